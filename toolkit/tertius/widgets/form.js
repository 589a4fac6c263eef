// Questions with buttons: what a learner types and presses, kept safe until Python has kept it.
//
// It stands behind script/elements.js and script/colour.js. Of its host it uses model.get, send, on and off. It loads
// nothing. Texts of learners are written as text only; the HTML in "intro" and "panel" was made in Python, which escapes
// whatever anybody typed.
//
// For tests the root element (.tertius-form) carries data-id, and data-sign: "empty", "saved", "typing", "waiting" or
// "lost"; data-serial counts the answers that have come from Python.

const PAUSE = 400; // ms without typing after which a draft is sent
const PATIENCE = 5000; // ms after which a kernel that does not answer is said to be away
const DRAFTS = "tertius:draft:";
const COPIES = "tertius:copies";
const MOST_COPIES = 3;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function when(at) {
  const time = new Date(at);
  return time.toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** The browser's own store; there may be none, or no room in it, and then it keeps nothing. */
const store = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  keys() {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  },
};

/** Copies of learners' files, by the time at which a file was begun: a later copy of a file takes the earlier one's place. */
const copies = {
  all() {
    const kept = Object.entries(store.get(COPIES) ?? {}).filter(([, copy]) => copy?.text);
    return kept.sort(([, one], [, other]) => (one.updated < other.updated ? 1 : -1));
  },
  keep(text) {
    const { created, updated } = JSON.parse(text);
    const rest = copies.all().filter(([begun]) => begun !== created);
    // Where there is no room for all, the older ones go first.
    for (let most = MOST_COPIES; most > 0; most--) {
      if (store.set(COPIES, Object.fromEntries([[created, { updated, text }], ...rest].slice(0, most)))) return;
    }
  },
  drop(created) {
    const rest = copies.all().filter(([begun]) => begun !== created);
    store.set(COPIES, rest.length ? Object.fromEntries(rest) : null);
  },
};

// Fields -------------------------------------------------------------------------------------------------------

/** A name that no other form on the page has: each form runs a copy of this script. */
const fresh = () => `tertius-${Math.random().toString(36).slice(2)}`;

/** Each kind of field returns its node, and how to read, write and switch it. */
const KINDS = {
  choice: (field, changed) => options(field, changed, "radio"),
  choices: (field, changed) => options(field, changed, "checkbox"),

  number(field, changed) {
    const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 10 });
    const range = make("span", { class: "tertius-note" }, [field.unit, `(${field.low} to ${field.high})`].filter(Boolean).join(" "));
    input.addEventListener("input", () => changed());
    return {
      node: make("label", { class: "tertius-asked" }, make("span", {}, field.label), input, " ", range),
      read: () => input.value.trim() || null,
      write: (value) => (input.value = value ?? ""),
      enable: (isOpen) => (input.disabled = !isOpen),
    };
  },

  text(field, changed) {
    const isLong = field.rows > 1;
    const input = make(isLong ? "textarea" : "input", isLong ? { rows: field.rows } : { type: "text", autocomplete: "off" });
    input.addEventListener("input", () => changed());
    return {
      node: make("label", { class: "tertius-asked tertius-wide" }, make("span", {}, field.label), input),
      read: () => input.value,
      write: (value) => (input.value = value ?? ""),
      enable: (isOpen) => (input.readOnly = !isOpen),
    };
  },

  day(field, changed) {
    const input = make("input", { type: "date" });
    for (const event of ["input", "change"]) input.addEventListener(event, () => changed());
    return {
      node: make("label", { class: "tertius-asked" }, make("span", {}, field.label), input),
      read: () => input.value || null,
      write: (value) => (input.value = value ?? ""),
      enable: (isOpen) => (input.disabled = !isOpen),
    };
  },

  tick(field, changed) {
    const input = make("input", { type: "checkbox" });
    input.addEventListener("change", () => changed(true));
    return {
      node: make("label", { class: "tertius-option" }, input, make("span", {}, field.label)),
      read: () => input.checked,
      write: (value) => (input.checked = value === true),
      enable: (isOpen) => (input.disabled = !isOpen),
    };
  },

  select(field, changed) {
    const input = make("select", {}, ...field.options.map(([value, text]) => make("option", { value }, text)));
    input.addEventListener("change", () => changed(true));
    return {
      node: make("label", { class: "tertius-asked" }, make("span", {}, field.label), input),
      read: () => input.value || null,
      write: (value) => (input.value = value ?? ""),
      enable: (isOpen) => (input.disabled = !isOpen),
    };
  },

  file(field, changed) {
    const input = make("input", { type: "file", accept: field.accept });
    let read = null;
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (!file) return;
      const url = await new Promise((done) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => done(reader.result));
        reader.addEventListener("error", () => done(""));
        if (file.size <= field.most) reader.readAsDataURL(file);
        else done("");
      });
      read = { name: file.name, size: file.size, data: url.includes(",") ? url.slice(url.indexOf(",") + 1) : null };
      changed();
      read = null; // it goes once
      input.value = ""; // so that the same file can be chosen again
    });
    return {
      node: make("label", { class: "tertius-asked" }, make("span", {}, field.label), input),
      read: () => read,
      write: () => {},
      enable: (isOpen) => (input.disabled = !isOpen),
    };
  },

  rows(field, changed) {
    const body = make("tbody");
    const head = make("tr", {}, ...field.columns.map(({ label }) => make("th", { scope: "col" }, label)), make("th"));
    const more = make("button", { type: "button" }, "Add a row");
    let rows = [];
    let isOpen = true;
    const filled = () => rows.map((cells) => Object.fromEntries(cells.map(({ name, part }) => [name, part.read()])));
    const number = () => {
      rows.forEach((cells, k) => {
        for (const { input, label } of cells) input?.setAttribute("aria-label", `${label}, row ${k + 1}`);
        cells.drop.setAttribute("aria-label", `Remove row ${k + 1}`);
      });
      more.hidden = !isOpen || rows.length >= field.most;
    };
    const add = (values = {}) => {
      const cells = field.columns.map((column) => {
        // In a cell there is no room for a list of options.
        const isChoice = column.kind === "choice";
        const kind = isChoice ? { ...column, kind: "select", options: [["", "…"], ...column.options] } : column;
        const part = KINDS[kind.kind](kind, changed);
        part.write(values[column.name] ?? null);
        part.enable(isOpen);
        const input = part.node.querySelector("input, textarea, select");
        return { name: column.name, label: column.label, part, input };
      });
      cells.drop = make("button", { type: "button", title: "Remove this row" }, "×");
      cells.drop.hidden = !isOpen;
      const row = make("tr", {}, ...cells.map(({ input, part }) => make("td", {}, part.node.matches("label") ? input : part.node)), make("td", {}, cells.drop));
      cells.drop.addEventListener("click", () => {
        const place = rows.indexOf(cells);
        rows.splice(place, 1);
        row.remove();
        if (!rows.length) add();
        number();
        (rows[Math.min(place, rows.length - 1)][0].input ?? more).focus();
        changed(true);
      });
      rows.push(cells);
      body.append(row);
      number();
      return cells;
    };
    more.addEventListener("click", () => add()[0].input?.focus());
    const table = make("table", { class: "tertius-rows" }, make("caption", {}, field.label), make("thead", {}, head), body);
    return {
      node: make("div", { class: "tertius-wide tertius-scroll-x" }, table, more),
      read: filled,
      write(value) {
        if (rows.length && same(value ?? [], filled())) return;
        rows = [];
        body.replaceChildren();
        for (const row of value ?? []) add(row);
        while (rows.length < Math.min(field.offered, field.most)) add();
      },
      enable(open) {
        isOpen = open;
        for (const cells of rows) {
          for (const { part } of cells) part.enable(open);
          cells.drop.hidden = !open;
        }
        number();
      },
    };
  },

  curve,
};

function options(field, changed, type) {
  const name = fresh();
  const inputs = field.options.map(([value]) => make("input", { type, name, value }));
  for (const input of inputs) input.addEventListener("change", () => changed(true));
  const labels = field.options.map(([, text], k) => make("label", { class: "tertius-option" }, inputs[k], make("span", {}, text)));
  if (field.none) {
    // Ticking it unticks the others, and the other way round.
    const none = make("input", { type, name, value: "" });
    for (const input of inputs) input.addEventListener("change", () => (none.checked &&= !input.checked));
    none.addEventListener("change", () => {
      for (const input of inputs.slice(0, -1)) input.checked &&= !none.checked;
      changed(true);
    });
    inputs.push(none);
    labels.push(make("label", { class: "tertius-option" }, none, make("span", {}, field.none)));
  }
  const around = { class: field.inline ? "tertius-options tertius-inline" : "tertius-options" };
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const all = (values) => (values.length ? values.filter(Boolean) : null);
  return {
    node: make("fieldset", around, make("legend", {}, field.label), ...labels),
    read: () => (type === "radio" ? (chosen()[0] ?? null) : all(chosen())),
    write(value) {
      const wanted = type === "radio" ? [value] : value?.length === 0 ? [""] : (value ?? []);
      for (const input of inputs) input.checked = wanted.includes(input.value);
    },
    enable: (isOpen) => inputs.forEach((input) => (input.disabled = !isOpen)),
  };
}

/** A curve to be drawn with the mouse, or point by point with the arrow keys; with `truth` also the band of the runs. */
function curve(field, changed) {
  const [width, height, left, right, top, bottom] = [560, 266, 62, 26, 28, 48];
  const { x, low, high, places } = field;
  const n = x.length;
  const step = (high - low) / 20;
  const px = (k) => left + ((x[k] - x[0]) / (x[n - 1] - x[0])) * (width - left - right);
  const py = (value) => height - bottom - ((value - low) / (high - low)) * (height - top - bottom);
  const written = (value) => (field.percent ? `${Math.round(100 * value)}\u00a0%` : String(Math.round(1000 * value) / 1000));
  const svg = make("svg:svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": field.label, class: "tertius-curve" });
  const label = (text, at) => make("svg:text", at, text);
  for (const value of [low, (low + high) / 2, high]) {
    svg.append(
      make("svg:line", { x1: left, x2: width - right, y1: py(value), y2: py(value), class: "tertius-grid" }),
      label(written(value), { x: left - 14, y: py(value) + 4, "text-anchor": "end" }),
    );
  }
  x.forEach((_, k) => svg.append(label(places[k], { x: px(k), y: height - bottom + 18, "text-anchor": "middle" })));
  svg.append(label(field.x_label, { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle" }));
  svg.append(label(field.y_label, { x: 4, y: 14 }));
  const outline = (values) => values.map((value, k) => `${px(k)} ${py(value)}`);
  const truth = make("svg:g");
  const line = make("svg:path", { class: "tertius-drawn" });
  svg.append(truth, line);
  let heights = null;
  let isOpen = true;
  const points = x.map((_, k) => {
    const point = make("svg:circle", { r: 8, cx: px(k), class: "tertius-point", tabindex: 0, role: "slider" });
    point.setAttribute("aria-label", `${field.y_label} at ${places[k]}`);
    point.setAttribute("aria-valuemin", low);
    point.setAttribute("aria-valuemax", high);
    point.setAttribute("aria-orientation", "vertical");
    point.addEventListener("keydown", (event) => {
      const by = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step, PageUp: 4 * step, PageDown: -4 * step }[event.key];
      const to = { Home: low, End: high }[event.key];
      if (!isOpen || event.ctrlKey || event.altKey || event.metaKey || (by === undefined && to === undefined)) return;
      event.preventDefault();
      set(k, to ?? (heights?.[k] ?? (low + high) / 2) + by);
    });
    svg.append(point);
    return point;
  });
  const draw = () => {
    const known = heights ?? x.map(() => (low + high) / 2);
    line.setAttribute("d", heights ? `M${outline(known).join("L")}` : "");
    points.forEach((point, k) => {
      point.setAttribute("cy", py(known[k]));
      point.setAttribute("aria-valuenow", known[k]);
      point.setAttribute("aria-valuetext", heights ? written(known[k]) : `not drawn yet; ${written(known[k])}`);
      point.setAttribute("aria-disabled", String(!isOpen));
      point.classList.toggle("tertius-open", !heights);
    });
  };
  const set = (k, value) => {
    heights ??= x.map(() => (low + high) / 2);
    heights[k] = clamp(Math.round(value / (step / 5)) * (step / 5), low, high);
    draw();
    changed();
  };
  const follow = (event) => {
    const box = svg.getBoundingClientRect();
    const [at, up] = [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
    const nearest = x.reduce((best, _, k) => (Math.abs(px(k) - at) < Math.abs(px(best) - at) ? k : best), 0);
    set(nearest, low + ((height - bottom - up) / (height - top - bottom)) * (high - low));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (!isOpen || event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    follow(event);
  });
  svg.addEventListener("pointermove", (event) => isOpen && svg.hasPointerCapture(event.pointerId) && follow(event));
  if (field.truth) {
    const { low: least, middle, high: most } = field.truth;
    truth.append(
      make("svg:path", { class: "tertius-band", d: `M${[...outline(most), ...outline(least).reverse()].join("L")}Z` }),
      make("svg:path", { class: "tertius-median", d: `M${outline(middle).join("L")}` }),
    );
  }
  const help = field.truth
    ? "Yours is the line with dots. The band holds nine of ten runs, and the dashed line is their median."
    : "Drag the dots to draw the curve, or go from dot to dot with Tab and move it with the arrow keys.";
  draw();
  return {
    node: make("figure", { class: "tertius-wide" }, make("figcaption", {}, field.label), svg, make("p", { class: "tertius-note" }, help)),
    read: () => heights,
    write(value) {
      heights = Array.isArray(value) && value.length === n ? [...value] : null;
      draw();
    },
    enable(open) {
      isOpen = open;
      draw();
    },
  };
}

// The whole ----------------------------------------------------------------------------------------------------

class FormView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.ended = new AbortController();
    this.heard = [];
    this.queue = [];
    this.wishes = 0;
    this.serial = 0;
    this.token = Math.random().toString(36).slice(2);
    this.changes = 0; // how often something was changed here
    this.isDirty = false; // whether something is here that Python does not hold
    this.isAway = false; // whether Python has not answered for too long
    this.fields = new Map();
    this.timers = {};
    this.build();
    this.follow();
    this.takeShape();
    this.takeValues();
    this.bringBack();
    this.takeSign();
    // Once it stands in the page, which may be a while after it was made.
    this.room = new ResizeObserver(() => this.root.isConnected && this.appear());
    this.room.observe(this.root);
  }

  get draftKey() {
    return `${DRAFTS}${this.model.get("key")}`;
  }

  listen(node, name, act, how = {}) {
    node.addEventListener(name, act, { ...how, signal: this.ended.signal });
  }

  build() {
    this.title = make("div", { class: "tertius-title", role: "heading", "aria-level": 3 });
    this.intro = make("div", { class: "tertius-intro" });
    this.asks = make("div", { class: "tertius-fields" });
    this.buttons = make("div", { class: "tertius-buttons" });
    this.problem = make("p", { class: "tertius-problem", role: "alert", hidden: true });
    this.panel = make("div", { class: "tertius-panel", tabindex: -1 });
    this.sign = make("span", { class: "tertius-sign" });
    this.status = make("div", { class: "tertius-heard", role: "status", "aria-live": "polite" });
    const foot = make("div", { class: "tertius-foot" }, this.sign);
    const sheet = make("div", { class: "tertius-sheet" });
    sheet.append(this.title, this.intro, this.asks, this.buttons, this.problem, this.panel, foot);
    this.root = make("div", { class: "tertius tertius-form", role: "group" }, sheet, this.status);
    this.listen(this.root, "keydown", (event) => {
      // A notebook would take arrows and letters as its commands, and run the cell anew on Enter with a modifier.
      const isTheirs = event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey;
      if (!isTheirs || event.key === "Enter") event.stopPropagation();
    });
    this.listen(window, "beforeunload", (event) => {
      if (this.model.get("shape").warns) event.preventDefault();
    });
    // Whatever was typed last leaves with the page, if the kernel still hears it; the browser's store has it anyway.
    this.listen(document, "visibilitychange", () => document.hidden && this.isDirty && this.sendDraft());
    this.el.append(this.root);
  }

  follow() {
    const hear = (event, act) => {
      const callback = (message) => act.call(this, message);
      this.heard.push([event, callback]);
      this.model.on(event, callback);
    };
    hear("change:shape", this.takeShape);
    hear("change:values", this.takeValues);
    hear("change:panel", this.takePanel);
    hear("change:sign", this.takeSign);
    hear("change:answer", this.takeAnswer);
    hear("msg:custom", this.takeMessage);
    this.themes = new MutationObserver(() => this.recolour());
    for (const node of [document.documentElement, document.body]) {
      this.themes.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-jp-theme-name", "data-theme"] });
    }
    this.listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.recolour());
  }

  recolour() {
    this.root.dataset.theme = Theme.isDark(this.root) ? "dark" : "light";
  }

  // What Python says

  takeShape() {
    const [before, shape] = [this.shape ?? {}, this.model.get("shape")];
    this.shape = shape;
    this.root.dataset.id = shape.id;
    this.root.setAttribute("aria-label", shape.title);
    this.title.textContent = shape.title;
    if (before.intro !== shape.intro) this.intro.innerHTML = shape.intro ?? "";
    this.takePanel(); // the focus may go there
    const focused = this.root.contains(document.activeElement) ? document.activeElement.dataset.button : null;
    const known = new Set(this.fields.keys());
    if (!same(before.fields, shape.fields)) this.buildFields(shape.fields);
    for (const { enable } of this.fields.values()) enable(shape.is_open !== false);
    if (before.copies_beside && before.copies_beside !== shape.copies_beside) copies.drop(before.copies_beside); // part of the file now
    if (!same(before.buttons, shape.buttons) || before.copies_beside !== shape.copies_beside) this.buildButtons(shape);
    if (focused && !this.root.contains(document.activeElement)) {
      const isNew = ({ name, kind, is_passing }) => kind === "text" && is_passing && !known.has(name);
      const asked = this.fields.get(shape.fields.find(isNew)?.name)?.node.querySelector("input");
      (asked ?? this.buttons.querySelector(`[data-button="${focused}"]`) ?? this.panel).focus();
    }
  }

  buildFields(fields) {
    const before = new Map([...this.fields].map(([name, field]) => [name, field.read()]));
    this.fields.clear();
    for (const field of fields) {
      const part = KINDS[field.kind](field, (isWhole) => this.changed(field, isWhole));
      part.node.dataset.field = field.name;
      this.fields.set(field.name, part);
      this.write(field.name, before.get(field.name) ?? this.model.get("values")[field.name]);
    }
    this.asks.replaceChildren(...[...this.fields.values()].map(({ node }) => node));
  }

  /** What is kept may come from another version of the lesson, in which the field was of another kind. */
  write(name, value) {
    const field = this.fields.get(name);
    try {
      field.write(value ?? null);
    } catch {
      field.write(null);
    }
  }

  buildButtons(shape) {
    const add = (name, text, isMain, act) => {
      const button = make("button", { type: "button", class: isMain ? "tertius-main" : null, "data-button": name }, text);
      this.listen(button, "click", (event) => event.detail < 2 && act()); // a double click is one
      return button;
    };
    const buttons = shape.buttons.map(({ name, text, main }) => add(name, text, main, () => this.press(name)));
    const kept = shape.copies_beside ? copies.all().filter(([created]) => created !== shape.copies_beside) : [];
    for (const [, { updated, text }] of kept) {
      buttons.push(add("copy", `Bring back what this browser kept (${when(updated)})`, false, () => this.press("copy", { copy: text })));
    }
    this.buttons.replaceChildren(...buttons);
    this.buttons.hidden = !buttons.length;
  }

  takeValues() {
    if (this.isDirty) return;
    const values = this.model.get("values");
    for (const [name, field] of this.fields) if (!same(field.read(), values[name] ?? null)) this.write(name, values[name]);
  }

  takePanel() {
    const html = this.model.get("panel");
    if (this.panelHtml !== html) this.panel.innerHTML = html;
    this.panelHtml = html;
    this.panel.hidden = !html;
  }

  takeSign() {
    if (this.isDirty || this.queue.length) return;
    const { state, text, at } = this.model.get("sign");
    this.showSign(state ?? "empty", [text, at && when(at)].filter(Boolean).join(" · "));
    if (state !== "lost") store.set(this.draftKey, null);
  }

  showSign(state, text) {
    this.root.dataset.sign = state;
    this.sign.textContent = text ?? "";
  }

  takeMessage({ do: what, name, text, names }) {
    const isAsked = (this.queue[0]?.button ?? "draft") !== "draft"; // here, and not in another view of this form
    // Who is behind code names: for this page alone, so it comes by message, and no field writes it down.
    if (what === "names" && isAsked) for (const field of this.fields.values()) field.call?.(names);
    if (what === "download" && isAsked) this.download(name, text);
    // A computer that forgets everything keeps a copy of the learner's file here, in the learner's own browser.
    if (what === "copy") copies.keep(text);
    if (what === "forget") {
      const home = `${DRAFTS}${this.model.get("key").split(":")[0]}:`;
      for (const key of store.keys()) if (key === COPIES || key.startsWith(home)) store.set(key, null);
    }
  }

  takeAnswer() {
    const { id, said, problem, held } = this.model.get("answer");
    if (!this.queue.length || id !== this.queue[0].id) return;
    const wish = this.queue.shift();
    clearTimeout(this.timers.away);
    this.isAway = false;
    this.root.dataset.serial = ++this.serial;
    this.tellProblem(problem);
    if (held && wish.changes === this.changes) {
      this.isDirty = false;
      if (wish.button !== "draft" && !problem) this.takeValues();
    }
    if (said) this.status.textContent = said;
    if (this.queue.length) return this.send();
    if (!this.isDirty) this.takeSign();
    else if (!held) this.showSign("lost", "Not saved");
  }

  tellProblem(problem) {
    this.problem.hidden = !problem;
    if (this.problem.textContent !== problem) this.problem.textContent = problem;
  }

  /** Python does not answer; say so until it does. */
  tellAway() {
    const kept = this.isDirty && store.get(this.draftKey) ? " What you typed is kept in this browser until then." : "";
    this.showSign(
      "lost",
      `Not saved yet: this notebook's kernel does not answer. If it is busy, wait; if it has stopped, choose Run, then Run All Cells.${kept}`,
    );
    if (!this.isAway) this.status.textContent = this.sign.textContent;
    this.isAway = true;
  }

  download(name, text) {
    const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    const link = make("a", { href: address, download: name });
    this.root.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  // What the learner does

  read() {
    return Object.fromEntries([...this.fields].map(([name, field]) => [name, field.read()]));
  }

  /** What was typed, without what is asked for once and not kept. */
  drafts() {
    const passing = new Set(this.shape.fields.filter((field) => field.is_passing).map(({ name }) => name));
    return Object.fromEntries(Object.entries(this.read()).filter(([name]) => !passing.has(name)));
  }

  changed(field, isWhole) {
    if (field.press) return this.press(field.press);
    if (field.is_passing) return;
    this.changes++;
    this.isDirty = true;
    store.set(this.draftKey, { values: this.drafts() });
    if (this.isAway) this.tellAway();
    else this.showSign("typing", "Saving …");
    clearTimeout(this.timers.draft);
    this.timers.draft = setTimeout(() => this.sendDraft(), isWhole ? 0 : PAUSE);
  }

  /** What was typed here and is not known to be saved, because the kernel, the server or the page went away. */
  bringBack() {
    const values = store.get(this.draftKey)?.values;
    if (!values || this.shape.is_open === false || same(values, this.drafts())) return;
    for (const name of Object.keys(values)) if (this.fields.has(name)) this.write(name, values[name]);
    this.changes++;
    this.isDirty = true;
    this.sendDraft();
  }

  sendDraft() {
    clearTimeout(this.timers.draft);
    this.wish("draft");
  }

  press(button, more = {}) {
    if (this.queue.some((wish) => wish.button !== "draft")) return; // one is under way
    clearTimeout(this.timers.draft);
    this.tellProblem("");
    this.status.textContent = "";
    this.wish(button, more);
  }

  wish(button, more = {}) {
    const wish = { id: `${this.token}.${++this.wishes}`, button, values: { ...this.read(), ...more }, changes: this.changes };
    const last = this.queue.at(-1);
    if (button === "draft" && last?.button === "draft" && this.queue.length > 1) this.queue.pop();
    this.queue.push(wish);
    if (this.queue.length === 1) this.send();
  }

  /** One wish at a time: the next one goes when Python has answered. */
  send() {
    clearTimeout(this.timers.away);
    this.timers.away = setTimeout(() => this.tellAway(), PATIENCE);
    this.showSign("waiting", "Saving …");
    const { id, button, values } = this.queue[0];
    try {
      this.model.send({ id, button, values });
    } catch {
      this.tellAway(); // the connection is closed
    }
  }

  appear() {
    this.room.disconnect();
    this.recolour();
    this.root.dataset.live = "true"; // which hides the static text in the same cell: it has done its work
  }

  end() {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.ended.abort();
    for (const [event, callback] of this.heard) this.model.off(event, callback);
    this.room.disconnect();
    this.themes.disconnect();
    this.root.remove();
  }
}

function render({ model, el }) {
  const view = new FormView(model, el);
  return () => view.end();
}

export default { render };
