// The same as tables.

class Tables {
  constructor(view) {
    this.view = view;
    this.inside = make("div", { class: "tertius-tables" });
    this.node = make("details", {}, make("summary", {}, "The same as a table"), this.inside);
    view.listen(this.node, "toggle", () => this.draw(view.t));
  }

  show(scene) {
    this.scene = scene;
    this.built = false;
    this.drawn = -1;
  }

  table(caption, head, rows) {
    const cells = (row) => row.map((text, k) => (k ? make("td", {}, text) : make("th", { scope: "row" }, text)));
    const top = make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)));
    const body = make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row))));
    const made = make("table", {}, make("caption", {}, caption), make("thead", {}, top), body);
    return make("div", { class: "tertius-scroll", tabindex: 0, role: "region", "aria-label": caption }, made);
  }

  /** Built when it is first opened, and kept up while it is open. */
  draw(t) {
    if (!this.node.open || !this.scene || this.drawn === t) return;
    const { scene } = this;
    const { meta } = scene;
    const now = this.view.time.written(t);
    const [people, ties] = [this.peopleRows(t), this.tieRows(t)];
    const when = meta.steps ? ` (${meta.time.label}: ${now})` : "";
    const looks = meta.person_looks.map((look) => look.name);
    const parts = [this.table(`People${when}`, [meta.groups.length ? "Group" : "", ...looks], people)];
    if (ties.length) parts.push(this.table(`Ties${when}`, ["", "Ties"], ties));
    if (scene.curve) {
      this.curve = this.built ? this.curve : this.curveTable();
      this.curve.querySelector("[aria-current]")?.removeAttribute("aria-current");
      this.curve.querySelectorAll("tbody tr")[t].setAttribute("aria-current", "true");
      parts.push(this.curve);
    }
    this.inside.replaceChildren(...parts);
    this.built = true;
    this.drawn = t;
  }

  peopleRows(t) {
    const { meta, n, people, group, peopleCounts } = this.scene;
    const rows = [];
    if (meta.groups.length) {
      const counts = [...meta.groups, "No group"].map(() => new Uint32Array(meta.person_looks.length));
      for (let i = 0; i < n; i++) counts[group[i]][people[t * n + i]]++;
      counts.forEach((row, g) => {
        if (g < meta.groups.length || row.some(Boolean)) rows.push([meta.groups[g] ?? "No group", ...Array.from(row, String)]);
      });
    }
    return [...rows, ["Everybody", ...Array.from(peopleCounts[t], String)]];
  }

  tieRows(t) {
    const { meta, tieCounts } = this.scene;
    return meta.tie_looks.map((look, code) => [look.name, String(tieCounts[t][code])]);
  }

  curveTable() {
    const { meta, times } = this.scene;
    const head = [meta.time.label, ...meta.curve.heads];
    const rows = Array.from(times, (_, t) => [
      this.view.time.written(t),
      ...curveAt(this.scene, t),
    ]);
    return this.table(`${meta.curve.label}, ${meta.curve.runs} runs`, head, rows);
  }
}
