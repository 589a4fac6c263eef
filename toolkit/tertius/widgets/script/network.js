// The network as a learner handles it: pointing, reading, moving and zooming, by mouse, finger and keyboard.

const NEAR = 13; // px around the pointer within which a person counts as meant

class Network extends Picture {
  constructor(view) {
    super(view);
    this.chosen = this.pointed = -1;
    this.pointers = new Map();
    this.focus = make("div", {
      class: "tertius-network",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-describedby": view.id("help"),
    });
    this.focus.append(this.front.canvas);
    this.tip = make("div", { class: "tertius-tip", hidden: true, "aria-hidden": "true" });
    const button = (text, label, act) => {
      const made = make("button", { type: "button", "aria-label": label, title: label }, text);
      view.listen(made, "click", act);
      return made;
    };
    const middle = () => [this.width / 2, this.height / 2];
    const zoom = make("div", { class: "tertius-zoom" });
    zoom.append(
      button("+", "Zoom in", () => this.zoom(1.5, ...middle())),
      button("−", "Zoom out", () => this.zoom(1 / 1.5, ...middle())),
      button("⤢", "Whole network", () => this.reset()),
    );
    this.node = make("div", { class: "tertius-stage" }, this.under.canvas, this.focus, zoom, this.tip);
    this.listen();
  }

  /** Whole network, everybody in place, nobody chosen. */
  reset() {
    this.home();
    this.choose(-1);
    this.px?.set(this.scene.x);
    this.py?.set(this.scene.y);
    this.view.ask();
  }

  show(scene) {
    const stays = super.show(scene);
    const kinds = scene.ties === 1 ? "tie" : "ties";
    this.focus.setAttribute("aria-label", `Network of ${scene.n} people and ${scene.ties} ${kinds}`);
    if (!stays) this.chosen = this.pointed = -1;
    return stays;
  }

  draw(t) {
    this.marked = this.person();
    super.draw(t);
    this.showTip(this.marked, t);
  }

  // Whom the learner looks at

  person() {
    return this.pointed >= 0 ? this.pointed : this.chosen;
  }

  choose(i) {
    this.chosen = i;
    this.pointed = -1;
    this.view.ask();
  }

  about(i, t) {
    const { meta, people, group, links, ties, tiesAt, tiesFrom } = this.scene;
    const counts = new Array(meta.tie_looks.length).fill(0);
    for (let at = tiesFrom[i]; at < tiesFrom[i + 1]; at++) counts[links[t * ties + tiesAt[at]]]++;
    return {
      name: meta.labels[i] || "No name",
      group: meta.groups[group[i]] ?? "",
      state: meta.person_looks[people[t * this.scene.n + i]].name,
      ties: meta.tie_looks.map((look, code) => [look.name, counts[code]]).filter(([, count]) => count),
    };
  }

  say(i, t) {
    const { name, group, state, ties } = this.about(i, t);
    const counted = ties.map(([kind, count]) => `${kind}: ${count}`).join(", ");
    return `${[name, group, state, counted].filter(Boolean).join(". ")}.`;
  }

  /** The names of those whom person ``i`` has visible ties with. */
  contacts(i, t) {
    const { meta, links, ties, tiesAt, tiesFrom, source, target } = this.scene;
    const names = [];
    for (let at = tiesFrom[i]; at < tiesFrom[i + 1]; at++) {
      const k = tiesAt[at];
      if (meta.tie_looks[links[t * ties + k]].line === "none") continue;
      names.push(meta.labels[source[k] === i ? target[k] : source[k]]);
    }
    if (!names.length) return "No ties now.";
    return `Tied to ${names.slice(0, 15).join(", ")}${names.length > 15 ? ` and ${names.length - 15} more` : ""}.`;
  }

  showTip(i, t) {
    const { tip } = this;
    tip.hidden = i < 0 || this.held >= 0;
    if (tip.hidden) return;
    const { name, group, state, ties } = this.about(i, t);
    const key = JSON.stringify([name, group, state, ties]);
    if (this.tipKey !== key) {
      this.tipKey = key;
      const line = (text) => make("div", {}, text);
      const lines = [group, state, ties.map(([kind, count]) => `${kind}: ${count}`).join(" · ")].filter(Boolean);
      tip.replaceChildren(make("strong", {}, name), ...lines.map(line));
      this.tipSize = [tip.offsetWidth, tip.offsetHeight];
    }
    const [left, top] = this.tipPlace(i);
    tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** Beside the person, where it covers the fewest of those tied to them; of equals, on the outer side. */
  tipPlace(i) {
    const { sx, sy, scene, width, height } = this;
    const [wide, high] = this.tipSize;
    const gap = this.r + 9;
    const [x, y] = [sx[i], sy[i]];
    const sides = [
      [x + gap, y - high / 2],
      [x - gap - wide, y - high / 2],
      [x - wide / 2, y - gap - high],
      [x - wide / 2, y + gap],
    ];
    if (x < width / 2) [sides[0], sides[1]] = [sides[1], sides[0]];
    let [best, least] = [null, Infinity];
    for (const [wished, level] of sides) {
      const left = clamp(wished, 4, Math.max(4, width - wide - 4));
      const top = clamp(level, 4, Math.max(4, height - high - 4));
      const covers = (j) => sx[j] > left && sx[j] < left + wide && sy[j] > top && sy[j] < top + high;
      let cost = covers(i) ? 1000 : 0;
      for (let at = scene.tiesFrom[i]; at < scene.tiesFrom[i + 1]; at++) {
        const k = scene.tiesAt[at];
        if (covers(scene.source[k] === i ? scene.target[k] : scene.source[k])) cost++;
      }
      if (cost < least) [best, least] = [[left, top], cost];
    }
    return best;
  }

  // Moving about

  nearest(x, y) {
    const { sx, sy, scene } = this;
    const looks = scene.meta.person_looks;
    const from = this.view.t * scene.n;
    let [best, least] = [-1, Math.max(NEAR, this.r + 4) ** 2];
    for (let i = 0; i < scene.n; i++) {
      const apart = (sx[i] - x) ** 2 + (sy[i] - y) ** 2;
      if (apart <= least && looks[scene.people[from + i]].shape !== "none") [best, least] = [i, apart];
    }
    return best;
  }

  /** The nearest person that way; straight ahead counts for more than aside. */
  nextPerson(dx, dy) {
    const { sx, sy, scene, chosen } = this;
    if (chosen < 0) return this.byWeight[0] ?? -1;
    const looks = scene.meta.person_looks;
    const from = this.view.t * scene.n;
    let [best, least] = [-1, Infinity];
    for (let i = 0; i < scene.n; i++) {
      if (i === chosen || looks[scene.people[from + i]].shape === "none") continue;
      const [x, y] = [sx[i] - sx[chosen], sy[i] - sy[chosen]];
      const along = x * dx + y * dy;
      const aside = Math.abs(x * dy - y * dx);
      if (along <= 0 || aside > 1.5 * along) continue;
      const cost = along + 2 * aside;
      if (cost < least) [best, least] = [i, cost];
    }
    return best;
  }

  zoom(by, x, y) {
    const k = clamp(this.k * by, 0.5, 16);
    const [mx, my] = [x - this.width / 2, y - this.height / 2];
    this.dx = mx - ((mx - this.dx) * k) / this.k;
    this.dy = my - ((my - this.dy) * k) / this.k;
    this.k = k;
    this.pan(0, 0);
  }

  pan(dx, dy) {
    const [w, h] = [this.width, this.height].map((size) => 0.5 * size * Math.max(this.k, 1));
    this.dx = clamp(this.dx + dx, -w, w);
    this.dy = clamp(this.dy + dy, -h, h);
    this.stale = true;
    this.view.ask();
  }

  /** Bring a person into view. */
  reveal(i) {
    const edge = 40;
    const aim = (at, size) => clamp(at, edge, size - edge) - at;
    const [dx, dy] = [aim(this.sx[i], this.width), aim(this.sy[i], this.height)];
    if (dx || dy) this.pan(dx, dy);
  }

  move(i, x, y) {
    const s = this.scale * this.k;
    const [left, right, low, high] = this.box;
    this.px[i] = (x - this.width / 2 - this.dx) / s + (left + right) / 2;
    this.py[i] = -(y - this.height / 2 - this.dy) / s + (low + high) / 2;
    this.sx[i] = x;
    this.sy[i] = y;
    this.view.ask();
  }

  listen() {
    const on = (name, act, options) => this.view.listen(this.focus, name, act, options);
    on("pointerdown", (event) => this.press(event));
    on("pointermove", (event) => this.drag(event));
    on("pointerup", (event) => this.release(event));
    on("pointercancel", (event) => this.release(event));
    // Whoever has clicked the picture wants the wheel for it; anybody else wants to scroll the page.
    this.view.listen(document, "pointerdown", (event) => this.engage(this.node.contains(event.target)), { capture: true });
    on("pointerleave", (event) => event.pointerType === "mouse" && !this.pointers.size && this.hover(-1));
    on("wheel", (event) => this.wheel(event), { passive: false });
    on("keydown", (event) => this.key(event));
  }

  engage(isWanted) {
    this.isEngaged = isWanted;
    this.node.toggleAttribute("data-engaged", isWanted);
  }

  at(event) {
    const { left, top } = this.focus.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  hover(i) {
    this.node.toggleAttribute("data-over", i >= 0);
    if (i === this.pointed) return;
    this.pointed = i;
    this.view.ask();
  }

  press(event) {
    if (event.button !== 0 || !this.scene || !this.width) return;
    const [x, y] = this.at(event);
    this.focus.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [x, y]);
    this.pressed = { x, y, person: this.pointers.size === 1 ? this.nearest(x, y) : -1, far: this.pointers.size > 1 };
  }

  drag(event) {
    if (!this.scene || !this.width) return;
    const [x, y] = this.at(event);
    const last = this.pointers.get(event.pointerId);
    if (!last) return this.hover(this.nearest(x, y));
    const pressed = this.pressed;
    if (!pressed.far && Math.hypot(x - pressed.x, y - pressed.y) < 4) return;
    pressed.far = true;
    this.node.toggleAttribute("data-held", true);
    if (this.pointers.size === 2) {
      const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      const before = Math.hypot(last[0] - other[0], last[1] - other[1]);
      const after = Math.hypot(x - other[0], y - other[1]);
      this.zoom(after / Math.max(before, 1), (x + other[0]) / 2, (y + other[1]) / 2);
      this.pan((x - last[0]) / 2, (y - last[1]) / 2);
    } else if (pressed.person >= 0) {
      this.held = pressed.person;
      this.pointed = -1;
      this.move(this.held, x, y);
    } else {
      this.pan(x - last[0], y - last[1]);
    }
    this.pointers.set(event.pointerId, [x, y]);
  }

  release(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    const pressed = this.pressed;
    if (this.held >= 0) {
      this.held = -1;
      this.stale = true;
      this.view.ask();
    } else if (event.type === "pointerup" && !pressed.far) {
      this.choose(pressed.person === this.chosen ? -1 : pressed.person);
      if (this.chosen >= 0) this.view.say(this.say(this.chosen, this.view.t));
    }
    if (!this.pointers.size) this.node.toggleAttribute("data-held", false);
  }

  /** The wheel zooms once the picture was clicked or has the focus, or with Ctrl, as a pinch on a touchpad sends it. */
  wheel(event) {
    if (!this.scene || !this.width) return;
    if (!event.ctrlKey && !event.metaKey && !this.isEngaged && !this.focus.matches(":focus")) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);
    this.zoom(Math.exp(clamp(-pixels, -150, 150) * (event.ctrlKey ? 0.01 : 0.002)), ...this.at(event));
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.scene || !this.width) return;
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const middle = this.chosen >= 0 ? [this.sx[this.chosen], this.sy[this.chosen]] : [this.width / 2, this.height / 2];
    const { t } = this.view;
    if (event.key in ways) {
      const next = this.nextPerson(...ways[event.key]);
      if (next >= 0) {
        this.choose(next);
        this.reveal(next);
      }
      this.view.say(next >= 0 ? this.say(next, t) : "Nobody further that way.");
    } else if (event.key === "Enter" && !event.shiftKey) {
      const i = this.person();
      this.view.say(i >= 0 ? `${this.say(i, t)} ${this.contacts(i, t)}` : "Nobody is chosen; press an arrow key first.");
    } else if (event.key === "+" || event.key === "=") {
      this.zoom(1.5, ...middle);
    } else if (event.key === "-" || event.key === "−") {
      this.zoom(1 / 1.5, ...middle);
    } else if (event.key === "Escape" || event.key === "0") {
      this.reset();
      this.view.say("The whole network, nobody chosen.");
    } else {
      return;
    }
    event.preventDefault();
  }
}
