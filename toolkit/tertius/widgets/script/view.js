// A network over time, the curve beside it, and the settings of a simulation: all that a learner sees and moves.
//
// One script, two hosts: a notebook, through anywidget, and a plain page, through page.js. Of its host it uses
// model.get, set, on, off and save_changes, and nothing else. It draws on two small canvases, loads nothing, and
// writes names as text only, because names come from people's files.
//
// For tests and benchmarks the root element (.tertius) carries data-live once it has been painted, data-t and
// data-serial (which data) as last painted, data-busy while the model plays; and it sends "tertius-frame" after each
// frame, with detail.ms, the script's time.

const live = new WeakMap(); // how many views stand in for a static figure

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.key = Math.random().toString(36).slice(2);
    this.ended = new AbortController();
    this.heard = [];
    this.timers = {};
    this.t = model.get("t") ?? 0;
    this.wishes = new Wishes(this, model);
    this.build();
    this.follow();
    this.takeVeil();
    this.takeData();
  }

  id(name) {
    return `tertius-${this.key}-${name}`;
  }

  listen(node, name, act, options = {}) {
    node.addEventListener(name, act, { ...options, signal: this.ended.signal });
  }

  build() {
    this.title = make("div", { class: "tertius-title", role: "heading", "aria-level": 3 });
    this.settings = new Settings(this);
    this.note = make("p", { class: "tertius-note", id: this.id("note"), hidden: true });
    this.problem = make("p", { class: "tertius-problem", role: "alert", hidden: true });
    this.copied = make("textarea", { class: "tertius-copied", readonly: true, hidden: true, "aria-label": "The same as text" });
    this.network = new Network(this);
    this.plot = new Plot(this);
    this.legends = new Legends(this);
    this.time = new Time(this);
    this.tables = new Tables(this);
    const help = make(
      "p",
      { class: "tertius-note", id: this.id("help") },
      "In the picture: arrow keys go from person to person, Enter reads one, + and − zoom, Escape goes back. " +
        "Drag to move; click, then turn the wheel to zoom.",
    );
    this.plotName = make("div", { class: "tertius-plot-name" });
    const curve = [this.plotName, this.plot.node, this.legends.curve];
    this.plotPart = make("div", { class: "tertius-part tertius-beside" }, ...curve);
    const network = make("div", { class: "tertius-part" }, this.network.node, this.legends.network);
    this.sentence = make("p", { class: "tertius-sentence" });
    this.body = make("div", { class: "tertius-body" }, network, this.time.node, this.sentence, this.plotPart);
    this.status = make("div", { class: "tertius-heard", role: "status", "aria-live": "polite" });
    this.probe = make("i", { class: "tertius-probe", "aria-hidden": "true" });
    const sheet = make("div", { class: "tertius-sheet" });
    const head = make("div", { class: "tertius-head" }, this.title, this.note);
    this.veilWords = make("p");
    const lift = make("button", { type: "button" }, "Open it now");
    this.listen(lift, "click", () => this.lift());
    this.veil = make("div", { class: "tertius-veil" }, this.veilWords, lift);
    sheet.append(head, this.veil, this.settings.node, this.problem, this.copied, this.body, this.tables.node, help);
    this.root = make("div", { class: "tertius", role: "group" }, sheet, this.status, this.probe);
    this.listen(this.root, "keydown", (event) => {
      // A notebook would take arrows, Enter and letters as its own commands.
      const isTheirs = event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey;
      if (!isTheirs && !(event.key === "Enter" && event.shiftKey)) event.stopPropagation();
    });
    this.el.append(this.root);
  }

  /** Follow the model, the theme and the room there is. */
  follow() {
    const hear = (name, act) => {
      const callback = () => act.call(this);
      this.heard.push([`change:${name}`, callback]);
      this.model.on(`change:${name}`, callback);
    };
    // Words and numbers may arrive one after the other: look once, when both are there.
    for (const name of ["meta", "data"]) hear(name, () => queueMicrotask(() => this.takeData()));
    for (const name of ["value", "past"]) hear(name, this.takeSettings);
    hear("t", this.takeT);
    hear("veil", this.takeVeil);
    hear("answer", () => this.wishes.answered());
    this.room = new ResizeObserver(() => this.fit());
    this.room.observe(this.root);
    this.sight = new IntersectionObserver((seen) => this.inSight(seen.at(-1).isIntersecting));
    this.sight.observe(this.root);
    const recolour = () => this.recolour();
    this.themes = new MutationObserver(recolour);
    for (const node of [document.documentElement, document.body]) {
      this.themes.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-jp-theme-name", "data-theme"] });
    }
    for (const wish of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) this.listen(matchMedia(wish), "change", recolour);
    this.listen(window, "resize", () => this.fit());
  }

  // What the model says

  takeData() {
    if (this.ended.signal.aborted || this.isAway()) return;
    const [meta, data] = [this.model.get("meta"), this.model.get("data")];
    if (!meta?.arrays || !data?.byteLength || this.scene?.meta.serial === meta.serial) return;
    const scene = unpackScene(meta, data);
    if (!scene) return;
    const before = this.scene;
    this.scene = scene;
    this.t = clamp(this.t, 0, meta.steps);
    this.root.setAttribute("aria-label", meta.title);
    this.title.textContent = meta.title;
    this.title.hidden = !meta.title;
    this.settings.node.hidden = !meta.controls;
    const menu = ({ controls, presets }) => JSON.stringify([controls, presets]);
    if (meta.controls && (!before || menu(before.meta) !== menu(meta))) this.settings.build(meta, this.model.get("frozen"));
    this.takeSettings();
    this.plotPart.hidden = !scene.curve;
    this.body.toggleAttribute("data-curve", Boolean(scene.curve));
    this.plotName.textContent = meta.curve?.label ?? "";
    for (const part of [this.network, this.time, this.tables]) part.show(scene);
    if (scene.curve) this.plot.show(scene);
    if (this.theme) this.legends.show(scene, this.theme);
    if (before) this.sayLater();
    this.fit();
  }

  /** Words that stand in the place of it all, so that nobody sees the result before they have thought about it. */
  takeVeil() {
    const words = this.isLifted ? "" : (this.model.get("veil") ?? "");
    put(this.veilWords, words);
    this.root.toggleAttribute("data-veiled", Boolean(words));
    this.fit();
  }

  lift() {
    this.isLifted = true;
    this.takeVeil();
    this.root.querySelector("select, input")?.focus();
  }

  takeT() {
    if (!this.scene || this.isAway()) return;
    const t = clamp(this.model.get("t") ?? 0, 0, this.scene.meta.steps);
    if (t === this.t) return;
    this.t = t;
    this.sayLater();
    this.ask();
  }

  takeSettings() {
    const [value, past, meta] = ["value", "past", "meta"].map((name) => this.model.get(name));
    if (!value || !this.settings.controls || this.isAway()) return;
    // A control that is being moved shows the learner's wish until the last of them is answered.
    if (!this.wishes.isOpen) this.settings.show(value, past, meta);
  }

  /** All that was asked is answered. */
  settle() {
    this.showNote("");
    this.takeSettings();
    this.sayLater();
  }

  // What the learner wishes

  reset() {
    this.time.pause();
    this.network.reset();
    this.go(Math.min(this.scene.meta.start, this.scene.meta.steps));
    this.wishes.make("reset");
  }

  /** Show step ``t``: here and now, in other views of the same model, and a moment later in Python. */
  go(t) {
    this.t = clamp(t, 0, this.scene.meta.steps);
    this.ask();
    this.sayLater();
    this.model.set("t", this.t);
    clearTimeout(this.timers.save);
    this.timers.save = setTimeout(() => this.save(), 200);
  }

  save() {
    clearTimeout(this.timers.save);
    this.model.save_changes();
  }

  // In words

  showNote(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  showProblem(text) {
    this.problem.textContent = text;
    this.problem.hidden = !text;
  }

  say(text) {
    clearTimeout(this.timers.say);
    this.status.textContent = text;
  }

  /** The sentence of the step, read once the learner has stopped moving. */
  sayLater() {
    clearTimeout(this.timers.say);
    this.timers.say = setTimeout(() => {
      const sentence = this.scene.meta.sentences[this.t];
      this.status.textContent = this.settings.isUneven ? `${sentence} ${this.settings.equal.textContent}` : sentence;
    }, 700);
  }

  text() {
    const { meta, curve } = this.scene;
    const value = this.model.get("value");
    const lines = [meta.title];
    if (meta.controls) lines.push(this.settings.words(value, meta.preset), this.settings.equal.textContent);
    if (meta.steps) lines.push(`${meta.time.label}: ${this.time.written(this.t)}`);
    lines.push(meta.sentences[this.t]);
    if (curve) {
      const [run, low, middle, high] = curveAt(this.scene, this.t);
      const [one, centre, band] = meta.curve.names;
      lines.push(`${meta.curve.label}: ${run} (${one}); ${centre}: ${middle}; ${band}: ${between(low, high)}`);
    }
    return lines.filter(Boolean).join("\n");
  }

  async copy() {
    const text = this.text();
    try {
      await navigator.clipboard.writeText(text);
      this.copied.hidden = true;
      this.showNote("Copied.");
      this.say("Copied.");
    } catch {
      // Some hosts keep the clipboard to themselves: give the text to be copied by hand.
      this.copied.value = text;
      this.copied.hidden = false;
      this.copied.select();
      this.showNote("Press Ctrl+C (or ⌘C) to copy this text.");
    }
    clearTimeout(this.timers.note);
    this.timers.note = setTimeout(() => !this.ended.signal.aborted && this.showNote(""), 4000);
  }

  // On the screen

  /** The view has come into sight or gone out of it. */
  inSight(isSeen) {
    this.isSeen = isSeen;
    if (!isSeen) return this.time.pause();
    if (!this.isBehind) return;
    this.isBehind = false;
    for (const take of ["takeData", "takeT", "takeSettings", "fit"]) this[take]();
  }

  /** Whether the view was painted and is now out of sight: then it does nothing until it is seen again. */
  isAway() {
    const isAway = this.isSeen === false && Boolean(this.root.dataset.live);
    this.isBehind ||= isAway;
    return isAway;
  }

  recolour() {
    if (this.isAway()) return;
    const theme = new Theme(this.root, this.probe);
    if (theme.key === this.theme?.key) return;
    this.theme = theme;
    this.network.stale = this.plot.stale = true;
    this.network.widths.clear();
    if (this.scene) this.legends.show(this.scene, theme);
    this.ask();
  }

  /** Room has changed. Nothing can be drawn before the root is in the page and has a width. */
  fit() {
    const width = this.root.clientWidth;
    if (!width || !this.scene || this.isAway()) return;
    this.recolour();
    if (this.root.hasAttribute("data-veiled")) return this.replaceFigure();
    const isWide = width >= 700;
    this.root.toggleAttribute("data-wide", isWide);
    const ratio = clamp(window.devicePixelRatio || 1, 1, 2);
    const inner = this.network.node.clientWidth;
    const tall = this.scene.curve && isWide ? 0.7 : 0.62;
    const height = Math.round(clamp(inner * (isWide ? tall : 0.8), 260, 520));
    this.network.resize(inner, height, ratio);
    if (this.scene.curve) this.plot.resize(this.plot.node.clientWidth, isWide ? height - 28 : 230, ratio);
    this.ask();
  }

  ask() {
    if (this.isAway()) return;
    this.frameAsked ??= requestAnimationFrame(() => this.frame());
  }

  frame() {
    const began = performance.now();
    this.frameAsked = null;
    const { scene, t, network } = this;
    if (!scene || !this.theme || !network.width || !this.root.isConnected) return;
    network.draw(t);
    if (scene.curve) this.plot.draw(t);
    this.time.draw(t);
    put(this.sentence, scene.meta.sentences[t]);
    this.legends.draw(scene, t);
    this.tables.draw(t);
    const ms = performance.now() - began;
    const { dataset } = this.root;
    dataset.t = t;
    dataset.serial = scene.meta.serial;
    if (!dataset.live) {
      dataset.live = "true";
      this.replaceFigure();
    }
    this.root.dispatchEvent(new CustomEvent("tertius-frame", { bubbles: true, detail: { ms, t, serial: scene.meta.serial } }));
  }

  /** The static figure before this view, in the same cell or page, has done its work. */
  replaceFigure() {
    if (this.still) return;
    const around = this.el.closest(".jp-OutputArea, .output, .cell-output-container") ?? document.body;
    const found = [...around.querySelectorAll(".tertius-still, .tertius")];
    const before = found[found.indexOf(this.root) - 1];
    if (!before?.matches(".tertius-still")) return;
    this.still = before;
    live.set(before, (live.get(before) ?? 0) + 1);
    before.style.display = "none";
  }

  end() {
    this.time.pause();
    this.wishes.end();
    if (this.frameAsked) cancelAnimationFrame(this.frameAsked);
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.ended.abort();
    for (const [event, callback] of this.heard) this.model.off(event, callback);
    this.room.disconnect();
    this.sight.disconnect();
    this.themes.disconnect();
    if (this.still) {
      live.set(this.still, live.get(this.still) - 1);
      if (!live.get(this.still)) this.still.style.display = "";
    }
    this.network.free();
    this.plot.free();
    this.root.remove();
  }
}

/** Begin a view in an element; the function that comes back ends it. */
function render({ model, el }) {
  const view = new View(model, el);
  return () => view.end();
}
