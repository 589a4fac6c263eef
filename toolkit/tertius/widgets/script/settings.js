// The settings of a simulation: presets, one native input for each control, what is kept equal, and what cannot move.

const NOT_HELD = " (not held here)";

class Settings {
  constructor(view) {
    this.view = view;
    this.node = make("div", { class: "tertius-settings", role: "group", "aria-label": "Settings" });
    this.inputs = new Map();
    this.gesture = 0;
    this.equal = make("p", { class: "tertius-equal" });
    this.why = make("p", { class: "tertius-note tertius-why", id: view.id("why") });
  }

  /** One input for each control; with ``frozen``, the settings that a page holds, only these can be chosen. */
  build({ controls, presets, equal }, frozen) {
    this.controls = controls;
    this.presets = presets;
    this.frozen = frozen;
    this.inputs.clear();
    const button = (text, act) => {
      const made = make("button", { type: "button" }, text);
      this.view.listen(made, "click", act);
      return made;
    };
    this.undo = button("Undo", () => this.view.wishes.make("undo"));
    const reset = button("Reset", () => this.view.reset());
    const copy = button("Copy as text", () => this.view.copy());
    const actions = make("div", { class: "tertius-actions" }, this.undo, reset, copy);
    const fields = controls.map((control) => this.field(control));
    const isCount = (_, k) => controls[k].kind === "count";
    const luck = make("div", { class: "tertius-settings" }, ...fields.filter(isCount), this.equal);
    const moved = fields.filter((field, k) => !isCount(field, k));
    this.preset = presets.length ? this.presetInput() : null;
    if (this.preset) moved.unshift(make("label", { class: "tertius-field" }, make("span", {}, "Preset"), this.preset));
    this.equal.hidden = !equal;
    this.why.textContent = this.whyNot();
    this.why.hidden = !this.why.textContent;
    this.node.replaceChildren(...moved, luck, actions, this.why);
  }

  /** The values of a control that the page holds, in the control's order; null where a kernel can play any. */
  held({ name, kind, options }) {
    if (!this.frozen) return null;
    const values = [...new Set(this.frozen.map((one) => one[name]))];
    if (kind === "choice") return options.map(([option]) => option).filter((option) => values.includes(option));
    return values.sort((a, b) => a - b);
  }

  /** What cannot move, and why; an empty text where a kernel can play anything. */
  whyNot() {
    if (!this.frozen) return "";
    if (this.frozen.length === 1) return "One setting is held here. For any other, run the notebook.";
    const [fixed, partly] = [[], []];
    for (const control of this.controls) {
      const [held, all] = [this.held(control).length, this.countOf(control)];
      if (held === 1) fixed.push(control.label);
      else if (held < all) partly.push(`${control.label} (${held}${Number.isFinite(all) ? ` of ${all}` : ""} values)`);
    }
    return [
      `${this.frozen.length} settings are held here.`,
      fixed.length ? `Fixed: ${fixed.join(", ")}.` : "",
      partly.length ? `In part: ${partly.join(", ")}.` : "",
      "For any other, run the notebook.",
    ].filter(Boolean).join(" ");
  }

  /** How many values a control has where a kernel can play any. */
  countOf({ kind, options, low, high, step }) {
    if (kind === "choice") return options.length;
    if (kind === "toggle") return 2;
    return kind === "slider" ? Math.round((high - low) / step) + 1 : Infinity;
  }

  field(control) {
    const held = this.held(control);
    const [input, write, read] = this[control.kind](control, held);
    const named = { input, write, output: null, control };
    this.inputs.set(control.name, named);
    if (held?.length === 1) {
      input.disabled = true;
      input.setAttribute("aria-describedby", this.why.id);
    }
    this.view.listen(input, control.kind === "slider" ? "input" : "change", () => {
      named.output?.replaceChildren(this.written(control, read()));
      this.set({ [control.name]: read() });
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

  set(value) {
    this.view.wishes.make("set", value, `${this.view.key}.${this.gesture}`);
  }

  presetInput() {
    const isHeld = ({ value }) => !this.frozen || this.frozen.some((one) => Object.keys(value).every((name) => one[name] === value[name]));
    const option = (preset) => {
      const can = isHeld(preset);
      return make("option", { disabled: !can }, can ? preset.name : preset.name + NOT_HELD);
    };
    const input = make("select", {}, make("option", { disabled: true }, "as set"), ...this.presets.map(option));
    this.view.listen(input, "change", () => {
      this.set(this.presets[input.selectedIndex - 1].value);
      this.gesture++;
    });
    return input;
  }

  choice({ options }, held) {
    const option = ([value, text], k) => {
      const can = !held || held.includes(value);
      return make("option", { value: k, disabled: !can }, can ? text : text + NOT_HELD);
    };
    const input = make("select", {}, ...options.map(option));
    const place = (value) => options.findIndex(([option]) => option === value);
    return [input, (value) => (input.selectedIndex = place(value)), () => options[input.selectedIndex][0]];
  }

  slider(control, held) {
    const { low, high, step } = control;
    // With some values only, the slider goes from one of them to the next.
    const some = held?.length > 1 ? held : null;
    const last = some ? some.length - 1 : Math.round((high - low) / step);
    const input = make("input", { type: "range", min: 0, max: last, step: 1 });
    const value = () => (some ? some[input.valueAsNumber] : Number((low + step * input.valueAsNumber).toPrecision(12)));
    const write = (given) => {
      input.value = some ? some.indexOf(given) : Math.round((given - low) / step);
      input.setAttribute("aria-valuetext", this.written(control, given));
    };
    this.view.listen(input, "input", () => input.setAttribute("aria-valuetext", this.written(control, value())));
    return [input, write, value];
  }

  toggle() {
    const input = make("input", { type: "checkbox" });
    return [input, (value) => (input.checked = value), () => input.checked];
  }

  count({ low, high }, held) {
    if (held?.length > 1) return this.choice({ options: held.map((value) => [value, String(value)]) });
    const input = make("input", { type: "number", min: low, max: high, step: 1, inputmode: "numeric" });
    return [input, (value) => (input.value = value), () => (Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : null)];
  }

  written(control, value) {
    if (control.kind === "choice") return control.options.find(([option]) => option === value)[1];
    if (control.kind === "toggle") return value ? "yes" : "no";
    return written(value, control);
  }

  /** Show what holds now; ``past`` is what Undo goes back through, the latest last. */
  show(value, past, { preset, equal }) {
    for (const [name, { input, write, output, control }] of this.inputs) {
      write(value[name]);
      output?.replaceChildren(this.written(control, value[name]));
    }
    if (this.preset) this.preset.selectedIndex = this.presets.findIndex(({ name }) => name === preset) + 1;
    this.undo.disabled = !past.length;
    const before = past.at(-1)?.[2] ?? null;
    this.isUneven = Boolean(equal) && before !== null && before !== equal.used;
    put(this.equal, equal ? equalInWords(equal, before) : "");
    this.equal.toggleAttribute("data-uneven", this.isUneven);
  }

  words(value, preset) {
    const named = this.controls.map((control) => `${control.label}: ${this.written(control, value[control.name])}`);
    return [preset ? `Preset: ${preset}` : "", ...named].filter(Boolean).join(" · ");
  }
}

/** Whether what is used now equals what the settings before used; budget.py says the same. */
function equalInWords({ name, used }, before) {
  if (before === null || used === before) return `Kept equal: ${name} (${used}).`;
  return `Not equal: ${used} ${name} now, ${before} before.`;
}
