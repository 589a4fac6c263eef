// The host in a page that holds its data: an element of our own for each view. It gives the views the five things of a
// notebook's model that they use (get, set, on, off, save_changes), begins a view when the element comes into the page,
// and ends it when the element goes. ELEMENT, its name, and LOOK, the style sheet, stand above; see __init__.py.

/** The settings that a page holds, from base64 of what page.py packed. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const all = await new Response(stream).arrayBuffer();
  const length = new DataView(all).getUint32(0, true);
  const { t, veil, common, frozen } = JSON.parse(new TextDecoder().decode(new Uint8Array(all, 4, length)));
  const data = new DataView(all, 4 + length);
  return { t, veil, frozen: frozen.map(({ value, meta }) => ({ value, meta: { ...common, ...meta }, data })) };
}

/** A model that answers from what the page holds. */
function pageModel({ t, veil, frozen }) {
  const heard = new Map();
  const values = { ...frozen[0], t, veil, past: [], answer: {}, frozen: frozen.map((one) => one.value) };
  const model = {
    get: (name) => values[name],
    set(name, value) {
      if (values[name] === value) return;
      values[name] = value;
      for (const callback of heard.get(`change:${name}`) ?? []) callback();
    },
    on: (event, callback) => heard.set(event, (heard.get(event) ?? new Set()).add(callback)),
    off: (event, callback) => heard.get(event)?.delete(callback),
    save_changes() {
      const { asked } = values;
      if (!asked || asked.id === values.answer.id) return;
      const undone = asked.what === "undo" && values.past.at(-1);
      const wanted = { set: { ...values.value, ...asked.value }, undo: undone?.[0], reset: frozen[0].value }[asked.what];
      const found = wanted && frozen.find(({ value }) => Object.keys(wanted).every((name) => value[name] === wanted[name]));
      if (found && found.value !== values.value) {
        // What is set in one gesture is undone as one.
        const goesOn = asked.what === "set" && asked.gesture && asked.gesture === values.gesture;
        const now = [values.value, values.t, values.meta.equal?.used ?? null];
        if (!goesOn) model.set("past", undone ? values.past.slice(0, -1) : [...values.past, now].slice(-30));
        for (const name of ["value", "meta", "data"]) model.set(name, found[name]);
        if (undone) model.set("t", undone[1]);
      }
      values.gesture = asked.gesture;
      model.set("answer", { id: asked.id, problem: found ? "" : "These settings are not held here." });
    },
  };
  return model;
}

function wear() {
  if (document.getElementById(ELEMENT)) return;
  const style = make("style", { id: ELEMENT });
  style.textContent = LOOK;
  document.head.append(style);
}

if (!customElements.get(ELEMENT)) {
  customElements.define(
    ELEMENT,
    class extends HTMLElement {
      async connectedCallback() {
        // What was set stays set when a notebook takes the element out of the page and puts it back.
        this.model ??= unpack(this.querySelector("script").textContent).then(pageModel);
        const model = await this.model;
        if (!this.isConnected || this.end) return;
        wear();
        this.querySelector(".tertius-asleep").hidden = true;
        this.style.display = "block";
        this.end = render({ model, el: this });
      }

      disconnectedCallback() {
        this.end?.();
        this.end = null;
      }
    },
  );
}
