// The host in a page that holds its data: an inline module, the parts above and this below. It
// gives the views the five things of a notebook's model that it uses: get, set, on, off, save_changes.

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const all = await new Response(stream).arrayBuffer();
  const length = new DataView(all).getUint32(0, true);
  const { t, frozen } = JSON.parse(new TextDecoder().decode(new Uint8Array(all, 4, length)));
  const shown = ({ value, meta, from, to }) => ({ value, meta, data: new DataView(all, 4 + length + from, to - from) });
  return { t, frozen: frozen.map(shown) };
}

function pageModel({ t, frozen }) {
  const heard = new Map();
  const values = { ...frozen[0], t, past: [], answer: {}, frozen: frozen.map((one) => one.value) };
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
      const last = values.past.at(-1);
      const whole = { ...values.value, ...asked.value };
      const wanted = { set: whole, undo: last?.[0], reset: frozen[0].value }[asked.what];
      const same = (one) => Object.keys(wanted).every((name) => one.value[name] === wanted[name]);
      const found = wanted && frozen.find(same);
      if (found && found.value !== values.value) {
        model.set("past", asked.what === "undo" ? values.past.slice(0, -1) : [...values.past, [values.value, values.t]]);
        for (const name of ["value", "meta", "data"]) model.set(name, found[name]);
      }
      model.set("answer", { id: asked.id, problem: found ? "" : "This page was saved without these settings." });
    },
  };
  return model;
}

for (const page of document.querySelectorAll("script.tertius-page")) {
  const el = page.previousElementSibling;
  unpack(page.textContent).then((saved) => render({ model: pageModel(saved), el }));
}
