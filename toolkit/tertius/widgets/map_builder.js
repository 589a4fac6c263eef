// One more kind of field for form.js, after which this stands: a map from memory. Whom somebody turns to, what is to be
// said of each, who of them know each other, and a picture of it all. Whatever anybody types is written as text only.

const CELLS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const MOST_UNDONE = 100;

const likened = (code) => code.normalize("NFKD").replace(/[\p{M}\p{Cf}\s]/gu, "").toLowerCase();
const people = (n) => (n === 1 ? "1 contact" : `${n} contacts`);

KINDS.map = function map(field, changed) {
  const nobody = () => ({ people: [], ties: [], me: { group: "", offers: "", needs: "" }, stamp: "" });
  let state = nobody();
  let isOpen = true;
  let past = []; // what stood before each change, the latest last
  let cell = [1, 0]; // of the grid: which one the Tab key comes to
  const unfolded = new Set();
  const prompts = Object.fromEntries(field.prompts.map(([name]) => [name, ""])); // what is being typed there

  const known = make("datalist", { id: fresh() });
  const groups = make("datalist", { id: fresh() });
  const asking = make("div", { class: "tertius-prompts" });
  const cards = make("div", { class: "tertius-cards" });
  const grid = make("div", { class: "tertius-scroll-x" });
  const picture = make("figure", { class: "tertius-wide tertius-ego" });
  const back = make("button", { type: "button", "data-at": "undo" });
  const said = make("div", { class: "tertius-heard", role: "status", "aria-live": "polite" });
  const part = (text, ...nodes) => make("section", {}, make("h4", {}, text), ...nodes);
  const cardsPart = part(
    "2 · What is to be said of each",
    make("p", { class: "tertius-note" }, "How close you are matters most. To say more of a contact, open it with Enter; leave blank what you would rather not say."),
    cards,
  );
  const hint = make("p", { class: "tertius-note", id: fresh() });
  const gridPart = part("3 · Who knows whom", hint, grid);
  const node = make(
    "div",
    { class: "tertius-wide tertius-map", role: "group", "aria-label": field.label },
    known,
    groups,
    part("1 · Who is on your map", make("p", { class: "tertius-note" }, field.hint), asking),
    cardsPart,
    gridPart,
    picture,
    make("div", { class: "tertius-buttons" }, back),
    said,
  );

  let names = {}; // who is behind a code, as long as this page is open and wants to see it
  const called = (code) => (Object.hasOwn(names, code) ? names[code] : code);
  const nameOf = (person) => called(person.code.trim()) || `contact ${state.people.indexOf(person) + 1}`;
  /** A name with its code, because two people may have the same name; the code alone where names are not shown. */
  const told = (code) => (called(code) === code ? code : `${called(code)} (${code})`);
  const inGrid = () => state.people.filter((person) => person.grid);
  const isTied = (one, two) => state.ties.some((pair) => pair.includes(one) && pair.includes(two));
  const suggested = new Set(field.suggested.map(([one, other]) => JSON.stringify([one, other].sort())));
  const isSuggested = (one, other) => suggested.has(JSON.stringify([one.code.trim(), other.code.trim()].sort()));
  const tell = (text) => (said.textContent = text);

  /** Change the map so that it can be undone; changes of one kind in a row, such as letters typed, are one. */
  function alter(what, act, { mark = null, isWhole = true } = {}) {
    if (!isOpen) return;
    if (mark === null || past.at(-1)?.mark !== mark) past.push({ what, mark, state: structuredClone(state) });
    past = past.slice(-MOST_UNDONE);
    act();
    drawUndo();
    changed(isWhole);
  }

  function undo() {
    const last = past.pop();
    if (!last || !isOpen) return;
    state = { ...last.state, stamp: state.stamp };
    draw();
    tell(`Undone: ${last.what}.`);
    changed(true);
  }

  back.addEventListener("click", undo);
  node.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches('input:not([type="checkbox"]), textarea');
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping) return;
    event.preventDefault();
    event.stopPropagation();
    undo();
  });

  function drawUndo() {
    const last = past.at(-1);
    back.textContent = last ? `Undo: ${last.what}` : "Nothing to undo";
    // Not disabled: the focus would be lost with it.
    back.setAttribute("aria-disabled", String(!last || !isOpen));
  }

  // 1 · Who

  function add(prompt) {
    const typed = prompts[prompt].trim();
    if (!typed) return goOn(prompt);
    const isMeant = ([offered]) => [offered, called(offered), told(offered)].some((one) => likened(one) === likened(typed));
    const meant = field.known.filter(isMeant);
    if (meant.length > 1) return tell(`${meant.length} people of your import are called so: pick one by the code behind the name.`);
    const code = meant.length ? meant[0][0] : typed; // spelt as in the import
    const there = state.people.find((person) => [person.code, nameOf(person)].some((one) => likened(one) === likened(code)));
    if (there?.prompts.includes(prompt)) tell(`${nameOf(there)} is named here already.`);
    else if (there) {
      alter(`naming ${nameOf(there)} again`, () => there.prompts.push(prompt));
      tell(`${nameOf(there)} is on your map already, and is now named here too.`);
    } else if (state.people.length >= field.most) return tell(`A map from memory holds ${field.most} contacts; this one is full.`);
    else {
      const keys = new Set(state.people.map(({ key }) => key));
      let number = state.people.length + 1;
      while (keys.has(`contact-${number}`)) number++;
      const grid = inGrid().length < field.most_in_grid;
      const blank = { group: "", relation: "", closeness: "", often: "", last: "", offers: "", needs: "" };
      alter(`adding ${called(code)}`, () => state.people.push({ key: `contact-${number}`, code, prompts: [prompt], ...blank, grid }));
      tell(`${called(code)} is added: ${people(state.people.length)}.`);
    }
    prompts[prompt] = "";
    draw();
  }

  /** An empty line means that nobody else comes to mind: on to the next question, or to the first contact. */
  function goOn(prompt) {
    const next = field.prompts[field.prompts.findIndex(([name]) => name === prompt) + 1];
    const goal = node.querySelector(next ? `[data-at="prompt ${CSS.escape(next[0])}"]` : "summary");
    if (goal) goal.focus();
    else tell("Nobody is on your map yet: type a code.");
  }

  function drop(person) {
    const place = state.people.indexOf(person);
    alter(`removing ${nameOf(person)}`, () => {
      state.people.splice(place, 1);
      state.ties = state.ties.filter((pair) => !pair.includes(person.key));
    });
    draw();
    tell(`${nameOf(person)} is removed: ${people(state.people.length)}. Undo brings it back.`);
    const next = state.people[Math.min(place, state.people.length - 1)];
    node.querySelector(next ? `[data-at="card ${CSS.escape(next.key)}"]` : ".tertius-prompts input")?.focus();
  }

  function drawPrompts() {
    known.replaceChildren(
      ...state.people.map((person) => make("option", { value: nameOf(person) })),
      ...field.known.map(([code, text]) => make("option", { value: told(code) }, text)),
    );
    const blocks = field.prompts.map(([name, question]) => {
      const most = Object.keys(names).length ? 300 : field.longest.code; // a name with its code is longer than a code
      const input = make("input", { type: "text", autocomplete: "off", maxlength: most, list: known.id, "data-at": `prompt ${name}` });
      input.setAttribute("placeholder", "code or initials");
      input.value = prompts[name];
      input.readOnly = !isOpen;
      input.addEventListener("input", () => (prompts[name] = input.value));
      // Whoever leaves the line without Enter means it all the same; but only once the focus is where it goes, and not if it
      // is here again: drawn anew, with the next code half typed.
      const isLeft = () => document.activeElement?.dataset.at !== `prompt ${name}`;
      input.addEventListener("change", () => setTimeout(() => isOpen && isLeft() && prompts[name].trim() && add(name)));
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return; // meant for the notebook
        add(name);
      });
      const more = make("button", { type: "button", "aria-label": `Add to: ${question}`, "data-at": `add ${name}` }, "Add");
      more.addEventListener("click", () => {
        add(name);
        node.querySelector(`[data-at="prompt ${CSS.escape(name)}"]`).focus();
      });
      more.hidden = !isOpen;
      const named = state.people.filter((person) => person.prompts.includes(name));
      const list = make("ul", { class: "tertius-named", "aria-label": `Named here: ${question}` }, ...named.map((person) => {
        const away = make("button", { type: "button", "aria-label": `${nameOf(person)} was not meant here`, title: "not meant here" }, "×");
        away.addEventListener("click", () => {
          if (person.prompts.length === 1) drop(person);
          else {
            alter(`taking ${nameOf(person)} from a question`, () => person.prompts.splice(person.prompts.indexOf(name), 1));
            draw();
            node.querySelector(`[data-at="prompt ${CSS.escape(name)}"]`).focus();
          }
        });
        away.hidden = !isOpen;
        return make("li", {}, make("span", {}, nameOf(person)), away);
      }));
      list.hidden = !named.length;
      return make("div", { class: "tertius-prompt" }, make("label", {}, make("span", {}, question), input), more, list);
    });
    asking.replaceChildren(...blocks);
  }

  // 2 · What is said of each

  function drawCards() {
    cardsPart.hidden = !state.people.length;
    const filled = [...new Set(state.people.map(({ group }) => group.trim()).filter(Boolean))];
    groups.replaceChildren(...filled.map((value) => make("option", { value })));
    cards.replaceChildren(...state.people.map(card), mine());
  }

  function inShort(person) {
    const options = (name) => Object.fromEntries(field.options[name])[person[name]];
    const parts = [
      person.group.trim(),
      options("relation"),
      options("often"),
      person.last && `last ${person.last}`,
      person.offers.trim() && `offers ${person.offers.trim()}`,
      person.needs.trim() && `needs ${person.needs.trim()}`,
    ].filter(Boolean);
    return parts.join(" · ") || "nothing said yet";
  }

  const labelled = (text, input, className = "") => make("label", { class: `tertius-asked ${className}` }, make("span", {}, text), input);

  /** One line of text about somebody. */
  function line(person, name, text, at, write) {
    const list = name === "group" ? groups.id : null;
    const input = make("input", { type: "text", autocomplete: "off", maxlength: field.longest[name], "data-at": at, list });
    input.value = person[name];
    input.readOnly = !isOpen;
    input.addEventListener("input", () => write(input.value));
    return labelled(text, input, ["offers", "needs"].includes(name) ? "tertius-wide" : "");
  }

  /** What the learner says of themselves, so that offers and needs can be matched. */
  function mine() {
    const { me } = state;
    const short = make("span", { class: "tertius-note" });
    const body = make("div", { class: "tertius-fields" });
    const tellShort = () => (short.textContent = inShort({ relation: "", often: "", last: "", ...me }));
    for (const [name, text] of [["group", "Your organisation, team or field"], ["offers", "You could help others with (commas between)"], ["needs", "You look for (commas between)"]]) {
      body.append(line(me, name, text, `${name} me`, (value) => {
        alter("what you said of yourself", () => (me[name] = value), { mark: `me ${name}`, isWhole: false });
        tellShort();
      }));
    }
    tellShort();
    const whole = make("details", {}, make("summary", { "data-at": "card me" }, make("b", {}, "You"), " ", short), body);
    whole.open = unfolded.has("me");
    whole.addEventListener("toggle", () => (whole.open ? unfolded.add("me") : unfolded.delete("me")));
    return make("div", { class: "tertius-card" }, whole);
  }

  function card(person) {
    const title = make("b", {}, nameOf(person));
    const short = make("span", { class: "tertius-note" }, inShort(person));
    const head = make("summary", { "data-at": `card ${person.key}` }, title, " ", short);
    const at = (name) => `${name} ${person.key}`;
    const body = make("div", { class: "tertius-fields" });
    const change = (name, value, how) => {
      alter(`what you said of ${nameOf(person)}`, () => (person[name] = value), { mark: `${name} ${person.key}`, ...how });
      title.textContent = nameOf(person);
      away.textContent = `Remove ${nameOf(person)}`;
      closeness.firstChild.textContent = `How close are you to ${nameOf(person)}?`;
      short.textContent = inShort(person);
      drawPicture();
    };
    const label = (text, input) => body.append(labelled(text, input));
    const typed = (name, text) => {
      const whole = line(person, name, text, at(name), (value) => change(name, value, { isWhole: false }));
      body.append(whole);
      return whole.querySelector("input");
    };
    const select = (name) => {
      const input = make("select", { "data-at": at(name) }, make("option", { value: "" }, name === "closeness" ? "how close?" : "…"), ...field.options[name].map(([value, words]) => make("option", { value }, words)));
      input.value = person[name];
      input.disabled = !isOpen;
      input.addEventListener("change", () => change(name, input.value, { mark: null }));
      return input;
    };
    // The other parts are drawn when the code is whole, not for each of its letters.
    const code = typed("code", "Code or initials");
    code.addEventListener("change", () => {
      drawPrompts();
      drawGrid();
    });
    typed("group", "Organisation, team or field");
    label("This is", select("relation"));
    label("How often are you in touch?", select("often"));
    const day = make("input", { type: "date", "data-at": at("last") });
    day.value = person.last;
    day.disabled = !isOpen;
    day.addEventListener("change", () => change("last", day.value, { mark: null }));
    label("Last in touch, about", day);
    typed("offers", "Could help others with (commas between)");
    typed("needs", "Looks for (commas between)");
    const asked = make("input", { type: "checkbox", "data-at": at("grid") });
    asked.checked = person.grid;
    asked.disabled = !isOpen;
    asked.addEventListener("change", () => {
      if (asked.checked && inGrid().length >= field.most_in_grid) {
        asked.checked = false;
        return tell(`The grid has room for ${field.most_in_grid}: take somebody else out of it first.`);
      }
      alter(`${asked.checked ? "putting" : "taking"} ${nameOf(person)} ${asked.checked ? "into" : "out of"} the grid`, () => {
        person.grid = asked.checked;
        if (!person.grid) state.ties = state.ties.filter((pair) => !pair.includes(person.key));
      });
      drawGrid();
      drawPicture();
    });
    body.append(make("label", { class: "tertius-option" }, asked, make("span", {}, "in the grid of who knows whom")));
    const away = make("button", { type: "button", "data-at": at("remove") }, `Remove ${nameOf(person)}`);
    away.addEventListener("click", () => drop(person));
    away.hidden = !isOpen;
    body.append(away);
    const whole = make("details", {}, head, body);
    whole.open = unfolded.has(person.key);
    whole.addEventListener("toggle", () => (whole.open ? unfolded.add(person.key) : unfolded.delete(person.key)));
    const closeness = make("label", { class: "tertius-closeness" }, make("span", {}, `How close are you to ${nameOf(person)}?`), select("closeness"));
    return make("div", { class: "tertius-card" }, whole, closeness);
  }

  // 3 · Who knows whom

  function drawGrid() {
    const asked = inGrid();
    gridPart.hidden = asked.length < 2;
    if (asked.length < 2) return grid.replaceChildren();
    const open = asked.some((one, k) => asked.slice(0, k).some((other) => isSuggested(one, other) && !isTied(one.key, other.key)));
    hint.textContent =
      "Tick two who would talk to each other without you. Arrow keys go from box to box, Space ticks." +
      (open ? " Where a question mark stands, your import suggests a tie and nobody has said it: tick it if it is one." : "");
    const last = asked.length - 1;
    cell = [clamp(cell[0], 1, last), clamp(cell[1], 0, last - 1)];
    if (cell[1] >= cell[0]) cell = [cell[0], cell[0] - 1];
    const boxes = new Map();
    const go = (row, column) => {
      boxes.get(`${cell}`).tabIndex = -1;
      cell = [row, column];
      boxes.get(`${cell}`).tabIndex = 0;
      boxes.get(`${cell}`).focus();
    };
    const head = make("tr", {}, make("td"), ...asked.slice(0, -1).map((person) => make("th", { scope: "col", title: nameOf(person) }, make("span", {}, nameOf(person)))));
    const rows = asked.slice(1).map((person, k) => {
      const row = k + 1;
      const cells = asked.slice(0, row).map((other, column) => {
        const box = make("input", { type: "checkbox", tabindex: `${[row, column]}` === `${cell}` ? 0 : -1, "data-at": `tie ${person.key} ${other.key}` });
        const isOpenQuestion = isSuggested(other, person) && !isTied(other.key, person.key);
        box.setAttribute("aria-label", `${nameOf(other)} and ${nameOf(person)} know each other${isOpenQuestion ? "; your import suggests it" : ""}`);
        box.checked = isTied(person.key, other.key);
        box.disabled = !isOpen;
        box.addEventListener("change", () => {
          alter(`${nameOf(other)} and ${nameOf(person)}`, () => {
            if (box.checked) state.ties.push([other.key, person.key]);
            else state.ties = state.ties.filter((pair) => !(pair.includes(other.key) && pair.includes(person.key)));
          });
          mark.hidden = box.checked || !isSuggested(other, person);
          drawPicture();
        });
        const mark = make("span", { "aria-hidden": "true" }, "?");
        mark.hidden = !isOpenQuestion;
        box.addEventListener("focus", () => boxes.has(`${[row, column]}`) && `${cell}` !== `${[row, column]}` && go(row, column));
        box.addEventListener("keydown", (event) => {
          const step = CELLS[event.key];
          if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          const [to, into] = [row + step[0], column + step[1]];
          if (boxes.has(`${[to, into]}`)) go(to, into);
        });
        boxes.set(`${[row, column]}`, box);
        return make("td", {}, box, mark);
      });
      return make("tr", {}, make("th", { scope: "row", title: nameOf(person) }, make("span", {}, nameOf(person))), ...cells);
    });
    grid.replaceChildren(make("table", { class: "tertius-grid-of-ties", "aria-describedby": hint.id }, make("thead", {}, head), make("tbody", {}, ...rows)));
  }

  // The picture

  function drawPicture() {
    const n = state.people.length;
    picture.hidden = !n;
    const pairs = state.ties.length;
    const dashed = state.people.flatMap((one, k) => state.people.slice(0, k).filter((other) => isSuggested(one, other) && !isTied(one.key, other.key)).map((other) => [one, other]));
    const guessed = dashed.length ? ` ${dashed.length === 1 ? "1 dashed line is" : `${dashed.length} dashed lines are`} only inferred, and in no number.` : "";
    const words = `You and ${people(n)}; ${pairs === 1 ? "1 pair of them knows" : `${pairs} pairs of them know`} each other.${guessed}`;
    const [width, height] = [560, 340];
    const svg = make("svg:svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });
    const place = new Map();
    // Those who are in one group stand side by side.
    const ordered = [...state.people].sort((one, other) => one.group.trim().localeCompare(other.group.trim()));
    ordered.forEach((person, k) => {
      const angle = (2 * Math.PI * k) / n - Math.PI / 2;
      place.set(person.key, [width / 2 + 210 * Math.cos(angle), height / 2 + 128 * Math.sin(angle)]);
    });
    const line = ([x1, y1], [x2, y2], strength, dashes = null) => svg.append(make("svg:line", { x1, y1, x2, y2, class: "tertius-tie", "stroke-width": strength, "stroke-dasharray": dashes }));
    const middle = [width / 2, height / 2];
    for (const [one, other] of dashed) line(place.get(one.key), place.get(other.key), 1.5, "6 5");
    for (const [one, other] of state.ties) if (place.has(one) && place.has(other)) line(place.get(one), place.get(other), 1.5);
    for (const person of state.people) line(middle, place.get(person.key), person.closeness ? 0.6 + 0.75 * Number(person.closeness) : 1.2);
    const dot = ([x, y], text, className) => {
      svg.append(make("svg:circle", { cx: x, cy: y, r: 7, class: className }));
      const label = make("svg:text", { x, y: y < height / 2 - 4 ? y - 12 : y + 21, "text-anchor": "middle" }, text.length > 14 ? `${text.slice(0, 13)}…` : text);
      svg.append(label);
    };
    for (const person of state.people) dot(place.get(person.key), nameOf(person), "tertius-contact");
    dot(middle, "you", "tertius-me");
    picture.replaceChildren(svg, make("figcaption", { class: "tertius-note" }, `${words} Thicker is closer; where people stand means nothing.`));
  }

  function draw() {
    const at = node.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    drawPrompts();
    drawCards();
    drawGrid();
    drawPicture();
    drawUndo();
    if (at && !node.contains(document.activeElement)) (node.querySelector(`[data-at="${CSS.escape(at)}"]`) ?? back).focus();
  }

  draw();
  return {
    node,
    /** Show who is behind the codes, or hide it again. */
    call(known) {
      const isShown = Object.keys(names).length > 0;
      names = isShown ? {} : { ...known };
      draw();
      tell(isShown ? "Names are hidden." : "Names are shown in this page only; what is saved are the codes.");
    },
    read: () => structuredClone(state),
    write(value) {
      // The stamp says which map of the learner's file this one goes on from; nobody sees it.
      if (value && same({ ...value, stamp: "" }, { ...state, stamp: "" })) return void (state.stamp = value.stamp);
      state = value ? { ...nobody(), ...structuredClone(value) } : nobody();
      past = [];
      draw();
    },
    enable(open) {
      if (open === isOpen) return;
      isOpen = open;
      draw();
    },
  };
};
