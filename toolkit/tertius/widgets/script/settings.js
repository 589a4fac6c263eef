// The settings of a simulation: one native input for each.

class Settings {
  constructor(view) {
    this.view = view;
    this.node = make("div", { class: "tertius-settings", role: "group", "aria-label": "Settings" });
    this.inputs = new Map();
    this.gesture = 0;
  }

  build(controls) {
    this.controls = controls;
    this.inputs.clear();
    const button = (text, act) => {
      const made = make("button", { type: "button" }, text);
      this.view.listen(made, "click", act);
      return made;
    };
    this.undo = button("Undo", () => this.view.wishes.make("undo"));
    this.reset = button("Reset", () => this.view.reset());
    const copy = button("Copy as text", () => this.view.copy());
    const actions = make("div", { class: "tertius-actions" }, this.undo, this.reset, copy);
    this.node.replaceChildren(...controls.map((control) => this.field(control)), actions);
  }

  field(control) {
    const [input, write, read] = this[control.kind](control);
    const set = () => this.view.wishes.make("set", { [control.name]: read() }, `${this.view.key}.${this.gesture}`);
    const named = { input, write, output: null, control };
    this.inputs.set(control.name, named);
    this.view.listen(input, control.kind === "slider" ? "input" : "change", () => {
      named.output?.replaceChildren(this.written(control, read()));
      set();
    });
    this.view.listen(input, "change", () => this.gesture++);
    if (control.kind === "toggle") return make("label", { class: "tertius-check" }, input, make("span", {}, control.label));
    const name = make("span", {}, control.label);
    if (control.kind === "slider") {
      named.output = make("b");
      name.append(": ", named.output);
      input.setAttribute("aria-label", control.label);
    }
    return make("label", { class: "tertius-field" }, name, input);
  }

  choice({ options }) {
    const input = make("select", {}, ...options.map(([, text], k) => make("option", { value: k }, text)));
    const place = (value) => options.findIndex(([option]) => option === value);
    return [input, (value) => (input.selectedIndex = place(value)), () => options[input.selectedIndex][0]];
  }

  slider(control) {
    const { low, high, step } = control;
    const input = make("input", { type: "range", min: 0, max: Math.round((high - low) / step), step: 1 });
    const value = () => Number((low + step * input.valueAsNumber).toPrecision(12));
    const write = (given) => {
      input.value = Math.round((given - low) / step);
      input.setAttribute("aria-valuetext", this.written(control, given));
    };
    this.view.listen(input, "input", () => input.setAttribute("aria-valuetext", this.written(control, value())));
    return [input, write, value];
  }

  toggle() {
    const input = make("input", { type: "checkbox" });
    return [input, (value) => (input.checked = value), () => input.checked];
  }

  count({ low, high }) {
    const input = make("input", { type: "number", min: low, max: high, step: 1, inputmode: "numeric" });
    return [input, (value) => (input.value = value), () => (Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : null)];
  }

  written(control, value) {
    if (control.kind === "choice") return control.options.find(([option]) => option === value)[1];
    if (control.kind === "toggle") return value ? "yes" : "no";
    return written(value, control);
  }

  /** Show what holds now; with ``frozen``, only what the page holds can be chosen. */
  show(value, hasPast, frozen) {
    for (const [name, { input, write, output, control }] of this.inputs) {
      write(value[name]);
      output?.replaceChildren(this.written(control, value[name]));
      if (!frozen) continue;
      const held = new Set(frozen.map((one) => one[name]));
      input.disabled = held.size < 2;
      if (control.kind === "choice") control.options.forEach(([option], k) => (input.options[k].disabled = !held.has(option)));
    }
    this.undo.disabled = !hasPast;
  }

  words(value) {
    return this.controls.map((control) => `${control.label}: ${this.written(control, value[control.name])}`).join(" · ");
  }
}
