// A network over time, the curve beside it, and the settings of a simulation: all that a learner sees and moves.
//
// One script, two hosts: a notebook, through anywidget, and a plain page, through host.js. Of its host it uses
// model.get, set, on, off and save_changes, and nothing else. It draws on two small canvases, loads nothing, and
// writes names as text only, because names come from people's files.
//
// For tests and benchmarks the root element (.tertius) carries data-live once it has been painted, data-t and
// data-serial (which data) as last painted, data-busy while the model plays; and it sends "tertius-frame" after each
// frame, with detail.ms, the script's time.

const KINDS = { f8: Float64Array, f4: Float32Array, u4: Uint32Array, u2: Uint16Array, u1: Uint8Array };
const SVG = "http://www.w3.org/2000/svg";
const NEAR = 13; // px around the pointer within which a person counts as meant

// Data ---------------------------------------------------------------------------------------------------------

/** The scene that meta (words) and data (numbers) describe; see packing.py. */
function unpackScene(meta, data) {
  const bytes = new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength);
  const buffer = bytes.slice().buffer;
  const read = (name) => {
    const [kind, offset, length] = meta.arrays[name];
    return new KINDS[kind](buffer, offset, length);
  };
  if (read("serial")[0] !== meta.serial) return null;
  const scene = { meta, shown: meta.steps + 1, n: meta.labels.length };
  for (const name of ["x", "y", "source", "target", "group", "times"]) scene[name] = read(name);
  scene.ties = scene.source.length;
  for (const [name, width] of [["people", scene.n], ["links", scene.ties]]) {
    scene[name] = meta.arrays[name] ? read(name) : replay(read, name, width, scene.shown);
  }
  scene.curve = meta.curve && { run: read("run"), low: read("low"), middle: read("middle"), high: read("high") };
  scene.peopleCounts = countLooks(scene.people, scene.n, scene.shown, meta.person_looks.length);
  scene.tieCounts = countLooks(scene.links, scene.ties, scene.shown, meta.tie_looks.length);
  scene.peopleSince = lastChange(scene.people, scene.n, scene.shown);
  scene.linksSince = lastChange(scene.links, scene.ties, scene.shown);
  tiesOfEach(scene);
  return scene;
}

/** All steps, from the first one and what changed after it. */
function replay(read, name, width, shown) {
  const [first, counts, where, what] = ["first", "counts", "where", "what"].map((part) => read(`${name}.${part}`));
  const all = new Uint8Array(width * shown);
  all.set(first);
  for (let step = 1, k = 0; step < shown; step++) {
    const from = step * width;
    all.copyWithin(from, from - width, from);
    for (const end = k + counts[step - 1]; k < end; k++) all[from + where[k]] = what[k];
  }
  return all;
}

function countLooks(frames, width, shown, looks) {
  const counts = Array.from({ length: shown }, () => new Uint32Array(looks));
  for (let step = 0, k = 0; step < shown; step++) {
    for (const end = k + width, here = counts[step]; k < end; k++) here[frames[k]]++;
  }
  return counts;
}

/** For each step, the step since which everything has looked as it does: what is drawn can be kept that long. */
function lastChange(frames, width, shown) {
  const since = new Uint32Array(shown);
  for (let step = 1; step < shown; step++) {
    let k = step * width;
    const end = k + width;
    while (k < end && frames[k] === frames[k - width]) k++;
    since[step] = k < end ? step : since[step - 1];
  }
  return since;
}

/** The ties of each person: scene.tiesAt[scene.tiesFrom[i] … scene.tiesFrom[i + 1]]. */
function tiesOfEach(scene) {
  const { n, ties, source, target } = scene;
  scene.degree = new Uint32Array(n);
  for (let k = 0; k < ties; k++) {
    scene.degree[source[k]]++;
    scene.degree[target[k]]++;
  }
  scene.tiesFrom = new Uint32Array(n + 1);
  for (let i = 0; i < n; i++) scene.tiesFrom[i + 1] = scene.tiesFrom[i] + scene.degree[i];
  const next = scene.tiesFrom.slice();
  scene.tiesAt = new Uint32Array(2 * ties);
  for (let k = 0; k < ties; k++) {
    scene.tiesAt[next[source[k]]++] = k;
    scene.tiesAt[next[target[k]]++] = k;
  }
}

// Words and marks ----------------------------------------------------------------------------------------------

/** A number as people read it; controls.py writes the same. */
function written(value, { percent = false, decimals = 0 }) {
  if (!Number.isFinite(value)) return "unknown";
  let text = (percent ? value * 100 : value).toFixed(decimals);
  if (Number(text) === 0) text = text.replace("-", "");
  return percent ? `${text}\u00a0%` : text;
}

/** Write a text where it is not there yet: each change makes the browser lay out the page again. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function drawing(width, height, ...shapes) {
  const svg = document.createElementNS(SVG, "svg");
  const all = { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", focusable: "false" };
  for (const [name, value] of Object.entries(all)) svg.setAttribute(name, value);
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

/** The outline of a person around (0, 0), all of about the same size; as SVG text, which a canvas reads too. */
function outline(shape, r) {
  if (shape === "square") {
    const a = 0.88 * r;
    return `M${-a} ${-a}H${a}V${a}H${-a}Z`;
  }
  if (shape === "diamond") {
    const a = 1.25 * r;
    return `M0 ${-a}L${a} 0L0 ${a}L${-a} 0Z`;
  }
  if (shape === "triangle") return `M0 ${-1.3 * r}L${1.2 * r} ${0.85 * r}H${-1.2 * r}Z`;
  return `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`;
}

const DASHES = { solid: [], faint: [], dashed: [5, 4] };

function personMark(look, theme) {
  const { fill, edge, width } = theme.person(look, 6);
  const path = { d: outline(look.shape, 6), fill, stroke: edge, "stroke-width": width, transform: "translate(9 9)" };
  return drawing(18, 18, ...(look.shape === "none" ? [] : [["path", path]]));
}

function tieMark(look, theme) {
  const { stroke, alpha } = theme.tie(look, 1);
  if (look.line === "none") return drawing(26, 18, ["path", { d: "M1 9H7M19 9H25", stroke, "stroke-width": 2, opacity: 0.6 }]);
  const dash = { "stroke-dasharray": DASHES[look.line].join(" ") };
  return drawing(26, 18, ["path", { d: "M1 9H25", stroke, "stroke-width": 2, opacity: alpha, ...dash }]);
}

// Colour -------------------------------------------------------------------------------------------------------

const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

/** Red, green, blue of any CSS colour, painted on ``under`` if it lets that through. */
function rgb(colour, under = "#fff") {
  for (const paint of [under, colour]) {
    pixel.fillStyle = paint;
    pixel.fillRect(0, 0, 1, 1);
  }
  return [...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

const css = (parts) => `rgb(${parts.map(Math.round).join(" ")})`;
const mix = (one, other, share) => one.map((part, k) => part + (other[k] - part) * share);

function luminance(parts) {
  const linear = parts.map((part) => (part > 10.3 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The colour, moved towards ink until it stands out from paper by ``ratio``. */
function legible(parts, paper, ink, ratio) {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(parts, ink, share);
    if (contrast(mixed, paper) >= ratio) return mixed;
  }
  return ink;
}

/** The colours of a root element now, and how each look is painted with them. */
class Theme {
  constructor(root, probe) {
    root.dataset.theme = Theme.isDark(root) ? "dark" : "light";
    const style = getComputedStyle(probe);
    const paper = rgb(style.backgroundColor);
    const read = (colour) => rgb(colour, css(paper));
    const ink = read(style.color);
    const band = mix(paper, rgb("#56b4e9"), root.dataset.theme === "dark" ? 0.42 : 0.36);
    const parts = {
      paper,
      ink,
      muted: read(style.borderTopColor),
      accent: read(style.borderRightColor),
      line: read(style.borderBottomColor),
      cursor: legible(rgb("#d55e00"), paper, ink, 3),
      band,
      median: legible(rgb("#0072b2"), band, ink, 2.6),
    };
    for (const [name, value] of Object.entries(parts)) this[name] = css(value);
    this.grid = css(mix(paper, ink, 0.1));
    this.halo = `rgb(${paper.map(Math.round).join(" ")} / 82%)`;
    this.font = getComputedStyle(root).fontFamily;
    this.parts = parts;
    this.key = JSON.stringify([parts, this.font]);
  }

  static isDark(root) {
    for (let node = root.parentElement; node; node = node.parentElement) {
      const colour = getComputedStyle(node).backgroundColor;
      if (!/^(transparent|rgba\(.*, 0\))$/.test(colour)) return luminance(rgb(colour)) < 0.3;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches;
  }

  /** Light colours get a dark edge (on dark paper the reverse), so that each mark stands out by its outline. */
  person(look, r) {
    const { paper, ink } = this.parts;
    const colour = rgb(look.colour);
    if (look.shape === "ring") {
      return { fill: this.paper, edge: css(legible(colour, paper, ink, 3)), width: Math.max(1.6, 0.42 * r) };
    }
    return { fill: css(colour), edge: css(legible(mix(colour, ink, 0.45), paper, ink, 3)), width: Math.max(0.8, 0.14 * r) };
  }

  tie(look, alpha) {
    const { paper, ink } = this.parts;
    if (look.line === "faint") return { stroke: css(legible(rgb(look.colour), paper, ink, 1.6)), alpha: 0.55 * alpha };
    return { stroke: css(legible(rgb(look.colour), paper, ink, 3)), alpha };
  }
}

// Network ------------------------------------------------------------------------------------------------------

/** A canvas that is drawn once and shown, as it is or on another one, until something on it changes. */
class Layer {
  constructor() {
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.ctx = this.canvas.getContext("2d");
  }

  /** As it is, but of this size. */
  sized(width, height, ratio) {
    const { canvas, ctx } = this;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      Object.assign(canvas, { width: w, height: h });
      canvas.style.height = `${height}px`;
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    return ctx;
  }

  /** Empty, or all of one colour. */
  fresh(width, height, ratio, colour = null) {
    const ctx = this.sized(width, height, ratio);
    ctx.clearRect(0, 0, width, height);
    if (colour) {
      ctx.fillStyle = colour;
      ctx.fillRect(0, 0, width, height);
    }
    return ctx;
  }

  free() {
    this.canvas.width = this.canvas.height = 0;
  }
}

/** Text with a halo, so that it can be read above ties. */
function write(ctx, text, x, y, colour, halo) {
  ctx.lineWidth = 3.5;
  ctx.lineJoin = "round";
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

class Stage {
  constructor(view) {
    this.view = view;
    // Ties lie on a canvas of their own below: whoever is pointed at or dragged, they are not drawn again.
    this.under = new Layer();
    this.front = new Layer();
    this.names = new Layer(); // drawn on the front
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
    this.pointers = new Map();
    this.scene = null;
    this.chosen = this.pointed = this.held = -1;
    this.widths = new Map();
    this.listen();
    this.home();
  }

  home() {
    [this.k, this.dx, this.dy] = [1, 0, 0];
    this.stale = true;
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
    const before = this.scene;
    const same = (name) => before[name].length === scene[name].length && before[name].every((v, k) => v === scene[name][k]);
    const stays = before && same("x") && same("y") && scene.meta.labels.every((label, i) => label === before.meta.labels[i]);
    this.scene = scene;
    this.stale = true;
    const kinds = scene.ties === 1 ? "tie" : "ties";
    this.focus.setAttribute("aria-label", `Network of ${scene.n} people and ${scene.ties} ${kinds}`);
    if (stays) return;
    this.px = Float64Array.from(scene.x);
    this.py = Float64Array.from(scene.y);
    this.sx = new Float64Array(scene.n);
    this.sy = new Float64Array(scene.n);
    this.chosen = this.pointed = this.held = -1;
    this.home();
    const range = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
    this.box = [...range(scene.x), ...range(scene.y)].map((v) => (Number.isFinite(v) ? v : 0));
    const first = scene.meta.ego ?? -1;
    const weight = (i) => (i === first ? Infinity : scene.degree[i]);
    this.byWeight = Array.from({ length: scene.n }, (_, i) => i).sort((a, b) => weight(b) - weight(a) || a - b);
    this.hides = scene.meta.person_looks.some((look) => look.shape === "none");
  }

  resize(width, height, ratio) {
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    Object.assign(this, { width, height, ratio, stale: true });
  }

  /** Where everybody is on the canvas. */
  place() {
    const [left, right, low, high] = this.box;
    const room = 30;
    const [wide, tall] = [right - left || 1e-9, high - low || 1e-9];
    this.scale = Math.min((this.width - 2 * room) / wide, (this.height - 2 * room) / tall);
    const s = this.scale * this.k;
    const [x0, y0] = [this.width / 2 + this.dx, this.height / 2 + this.dy];
    for (let i = 0; i < this.scene.n; i++) {
      this.sx[i] = x0 + s * (this.px[i] - (left + right) / 2);
      this.sy[i] = y0 - s * (this.py[i] - (low + high) / 2);
    }
    const apart = Math.sqrt((this.width * this.height) / Math.max(this.scene.n, 1));
    this.r = Math.min(clamp(0.165 * apart, 2.8, 9) * Math.sqrt(this.k), 18);
  }

  draw(t) {
    const { scene, view } = this;
    const hidden = this.hides ? scene.peopleSince[t] : 0;
    const stale = this.stale;
    if (stale) {
      this.place();
      this.makeSprites();
    }
    if (stale || this.linksDrawn !== scene.linksSince[t] || this.heldDrawn !== this.held) {
      this.drawTies(t);
      [this.linksDrawn, this.heldDrawn] = [scene.linksSince[t], this.held];
    }
    if (stale || this.hiddenDrawn !== hidden) {
      this.drawNames(t);
      this.hiddenDrawn = hidden;
    }
    this.stale = false;
    const ctx = this.front.sized(this.width, this.height, this.ratio);
    this.drawPeople(ctx, t);
    const person = this.person();
    ctx.globalCompositeOperation = "destination-over"; // behind the people
    if (person >= 0) this.tiesOf(ctx, person, t, view.theme.accent, 2.2);
    if (this.held >= 0) this.tiesOf(ctx, this.held, t, view.theme.muted, 1.2);
    ctx.globalCompositeOperation = "source-over";
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.names.canvas, 0, 0);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (scene.meta.ego !== null) this.ring(ctx, scene.meta.ego, this.r + 4, 1.6, view.theme.ink);
    if (person >= 0) this.ring(ctx, person, this.r + 5, 2.6, view.theme.accent);
    this.showTip(person, t);
  }

  ring(ctx, i, r, width, colour) {
    ctx.beginPath();
    ctx.arc(this.sx[i], this.sy[i], r, 0, 2 * Math.PI);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }

  /**
   * Each look is painted once, as pixels; a frame is a copy of them at each person's place. Without a graphics card
   * this is five times as quick as drawing a thousand images, and more than that for outlines.
   */
  drawPeople(ctx, t) {
    const { sx, sy, scene, sprites, ratio } = this;
    const { width, height } = ctx.canvas;
    if (this.image?.width !== width || this.image.height !== height) this.image = new ImageData(width, height);
    const pixels = new Uint32Array(this.image.data.buffer);
    pixels.fill(0);
    const from = t * scene.n;
    for (let i = 0; i < scene.n; i++) {
      const sprite = sprites[scene.people[from + i]];
      if (!sprite) continue;
      const { size, paint } = sprite;
      const left = Math.round(sx[i] * ratio) - size / 2;
      const top = Math.round(sy[i] * ratio) - size / 2;
      const [first, last] = [Math.max(0, -left), Math.min(size, width - left)];
      for (let row = Math.max(0, -top), end = Math.min(size, height - top); row < end; row++) {
        const to = (top + row) * width + left;
        for (let column = first, at = row * size + first; column < last; column++, at++) {
          if (paint[at] !== 0) pixels[to + column] = paint[at];
        }
      }
    }
    ctx.putImageData(this.image, 0, 0);
  }

  makeSprites() {
    const { r, ratio, view } = this;
    const looks = this.scene.meta.person_looks;
    const key = JSON.stringify([r, ratio, view.theme.key, looks]);
    if (this.spriteKey === key) return;
    this.spriteKey = key;
    this.sprites = looks.map((look) => (look.shape === "none" ? null : this.sprite(look)));
  }

  sprite(look) {
    const { r, ratio } = this;
    const size = 2 * Math.ceil((1.4 * r + 3) * ratio);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    const { fill, edge, width } = this.view.theme.person(look, r);
    const path = new Path2D(outline(look.shape, r));
    ctx.translate(size / 2, size / 2);
    ctx.scale(ratio, ratio);
    ctx.lineJoin = "round";
    ctx.strokeStyle = this.view.theme.paper;
    ctx.lineWidth = width + 2;
    ctx.stroke(path);
    ctx.fillStyle = fill;
    ctx.fill(path);
    ctx.strokeStyle = edge;
    ctx.lineWidth = width;
    ctx.stroke(path);
    // The rim is of the paper's colour, so it can be all or nothing: then a copy needs no mixing.
    const paint = new Uint32Array(ctx.getImageData(0, 0, size, size).data.buffer);
    for (let at = 0; at < paint.length; at++) paint[at] = paint[at] >>> 24 > 127 ? paint[at] | 0xff000000 : 0;
    return { size, paint };
  }

  drawTies(t) {
    const { scene, sx, sy, width, height } = this;
    const { source, target, links, ties } = scene;
    const ctx = this.under.fresh(width, height, this.ratio, this.view.theme.paper);
    const from = t * ties;
    const order = { faint: 0, dashed: 1, solid: 2 };
    const seen = scene.meta.tie_looks.map((look, code) => ({ look, code, ends: [] }));
    let count = 0;
    for (let k = 0; k < ties; k++) {
      const [i, j] = [source[k], target[k]];
      const { look, ends } = seen[links[from + k]];
      if (!(look.line in order) || i === this.held || j === this.held) continue;
      const [x, y, u, v] = [sx[i], sy[i], sx[j], sy[j]];
      if ((x < 0 && u < 0) || (y < 0 && v < 0) || (x > width && u > width) || (y > height && v > height)) continue;
      ends.push(x, y, u, v);
      count++;
    }
    // Without a graphics card a line of at most one pixel is drawn some ten times as quickly as a wider one.
    const wanted = clamp(30 / Math.sqrt(Math.max(ties, 1)), 0.6, 1.5) * Math.min(this.k, 8) ** 0.4;
    const isMany = count > 250;
    ctx.lineWidth = isMany ? Math.min(wanted, 1 / (count > 1500 ? this.ratio : 1)) : wanted;
    const alpha = clamp(1.15 - 0.2 * Math.log10(Math.max(count, 1)), 0.42, 0.85);
    const drawn = seen.filter(({ ends }) => ends.length).sort((a, b) => order[a.look.line] - order[b.look.line]);
    for (const { look, code, ends } of drawn) {
      const paint = this.view.theme.tie(look, alpha);
      ctx.globalAlpha = paint.alpha;
      ctx.strokeStyle = ctx.fillStyle = paint.stroke;
      ctx.setLineDash(DASHES[look.line]);
      this.lines(ctx, ends);
      if (scene.meta.directed) this.arrows(ctx, code, from);
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  /** Many lines in few paths; wide lines in paths of 64, because crossings within a path cost most. */
  lines(ctx, ends) {
    const most = ctx.lineWidth * this.ratio > 1 ? 256 : Infinity;
    ctx.beginPath();
    for (let at = 0; at < ends.length; at += 4) {
      if (at && at % most === 0) {
        ctx.stroke();
        ctx.beginPath();
      }
      ctx.moveTo(ends[at], ends[at + 1]);
      ctx.lineTo(ends[at + 2], ends[at + 3]);
    }
    ctx.stroke();
  }

  /** A small head where each directed tie meets the person it points at. */
  arrows(ctx, code, from) {
    const { scene, sx, sy, r } = this;
    const [long, half] = [clamp(1.1 * r, 4, 9), clamp(0.5 * r, 2, 4)];
    ctx.beginPath();
    for (let k = 0; k < scene.ties; k++) {
      if (scene.links[from + k] !== code) continue;
      const [i, j] = [scene.source[k], scene.target[k]];
      const [dx, dy] = [sx[j] - sx[i], sy[j] - sy[i]];
      const length = Math.hypot(dx, dy);
      if (length < 2 * r + long) continue;
      const [ux, uy] = [dx / length, dy / length];
      const [x, y] = [sx[j] - ux * (r + 2), sy[j] - uy * (r + 2)];
      ctx.moveTo(x, y);
      ctx.lineTo(x - ux * long - uy * half, y - uy * long + ux * half);
      ctx.lineTo(x - ux * long + uy * half, y - uy * long - ux * half);
    }
    ctx.fill();
  }

  tiesOf(ctx, i, t, colour, width) {
    const { scene, sx, sy } = this;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    for (const line of ["solid", "dashed", "faint"]) {
      ctx.setLineDash(DASHES[line]);
      ctx.beginPath();
      for (let at = scene.tiesFrom[i]; at < scene.tiesFrom[i + 1]; at++) {
        const k = scene.tiesAt[at];
        if (scene.meta.tie_looks[scene.links[t * scene.ties + k]].line !== line) continue;
        ctx.moveTo(sx[scene.source[k]], sy[scene.source[k]]);
        ctx.lineTo(sx[scene.target[k]], sy[scene.target[k]]);
      }
      ctx.globalAlpha = line === "faint" ? 0.5 : 1;
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  /** Names of groups, then of as many people as fit without covering one another; the best tied come first. */
  drawNames(t) {
    const { scene, sx, sy, r, width, height, view } = this;
    const ctx = this.names.fresh(width, height, this.ratio);
    const taken = [];
    const isFree = ([left, top, right, low]) =>
      left >= 2 && top >= 2 && right <= width - 2 && low <= height - 2 &&
      taken.every((box) => right < box[0] || left > box[2] || low < box[1] || top > box[3]);
    ctx.textBaseline = "middle";
    ctx.textAlign = "center";
    ctx.font = `italic 600 14px ${view.theme.font}`;
    const cell = 26;
    const crowd = new Map();
    const key = (x, y) => Math.floor(x / cell) * 4096 + Math.floor(y / cell);
    for (let i = 0; i < scene.n; i++) {
      if (sx[i] < 0 || sy[i] < 0 || sx[i] > width || sy[i] > height) continue;
      const at = key(sx[i], sy[i]);
      crowd.has(at) ? crowd.get(at).push(i) : crowd.set(at, [i]);
    }
    const covered = ([left, top, right, low], most) => {
      let count = 0;
      for (let x = left - r; x < right + r + cell; x += cell) {
        for (let y = top - r; y < low + r + cell; y += cell) {
          for (const i of crowd.get(key(x, y)) ?? []) {
            if (sx[i] > left - r && sx[i] < right + r && sy[i] > top - r && sy[i] < low + r && ++count >= most) return count;
          }
        }
      }
      return count;
    };
    for (const { name, x, y } of this.groupMiddles()) {
      const half = ctx.measureText(name).width / 2 + 3;
      let [best, least] = [null, Infinity];
      for (const dy of [0, -14, 14, -28, 28, -42, 42]) {
        for (const dx of [0, -24, 24]) {
          const box = [x + dx - half, y + dy - 8, x + dx + half, y + dy + 8];
          const cost = Math.hypot(dx, dy) + 22 * covered(box, 9);
          if (cost < least && isFree(box)) [best, least] = [box, cost];
        }
      }
      if (!best) continue;
      taken.push(best);
      ctx.globalAlpha = 0.88;
      write(ctx, name, (best[0] + best[2]) / 2, best[1] + 8, view.theme.muted, view.theme.halo);
    }
    ctx.globalAlpha = 1;
    ctx.textAlign = "left";
    let room = Math.round(clamp((width * height) / 12000, 6, 60) * Math.min(this.k, 3));
    for (const i of this.byWeight) {
      if (!room) break;
      const isEgo = i === scene.meta.ego;
      const [x, y] = [sx[i], sy[i]];
      if (x < 0 || y < 0 || x > width || y > height) continue;
      if (scene.meta.person_looks[scene.people[t * scene.n + i]].shape === "none") continue;
      ctx.font = `${isEgo ? "bold 13px" : "12px"} ${view.theme.font}`;
      const text = this.short(i);
      if (!text) continue;
      if (!this.widths.has(ctx.font + text)) this.widths.set(ctx.font + text, ctx.measureText(text).width);
      const wide = this.widths.get(ctx.font + text);
      const gap = r + (isEgo ? 7 : 4);
      const spots = [
        [x + gap, y],
        [x - gap - wide, y],
        [x - wide / 2, y - gap - 7],
        [x - wide / 2, y + gap + 7],
      ].map(([left, middle]) => [left - 1, middle - 8, left + wide + 1, middle + 8]);
      const spot = spots.find((box) => isFree(box) && !covered(box, 1)) ?? (isEgo ? spots.find(isFree) : null);
      if (!spot) continue;
      taken.push(spot);
      room--;
      write(ctx, text, spot[0] + 1, spot[1] + 8, view.theme.ink, view.theme.halo);
    }
  }

  short(i) {
    const text = this.scene.meta.labels[i].trim();
    return text.length > 24 ? `${text.slice(0, 23)}…` : text;
  }

  groupMiddles() {
    const { groups } = this.scene.meta;
    if (groups.length < 2 || groups.length > 12) return [];
    const members = groups.map(() => []);
    this.scene.group.forEach((group, i) => members[group]?.push(i));
    const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
    return groups.map((group, g) => ({
      name: group.length > 24 ? `${group.slice(0, 23)}…` : group,
      x: median(members[g].map((i) => this.sx[i])),
      y: median(members[g].map((i) => this.sy[i])),
    }));
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

  free() {
    for (const layer of [this.under, this.front, this.names]) layer.free();
  }
}

// Curve --------------------------------------------------------------------------------------------------------

/** About ``most`` round numbers from low to high. */
function ticks(low, high, most) {
  const rough = (high - low) / most;
  if (!(rough > 0)) return [low];
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * [1, 2, 2.5, 5, 10].find((by) => by * ten >= rough * 0.999);
  const found = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) found.push(k * step);
  return found;
}

/** The fewest decimals that tell round numbers apart from others. */
function decimalsOf(values, percent) {
  const isTold = (value, decimals) => {
    const moved = (percent ? 100 * value : value) * 10 ** decimals;
    return Math.abs(moved - Math.round(moved)) < 1e-6;
  };
  return [0, 1, 2, 3].find((decimals) => values.every((value) => isTold(value, decimals))) ?? 4;
}

class Plot {
  constructor(view) {
    this.view = view;
    this.canvas = make("canvas", { role: "img" });
    this.ctx = this.canvas.getContext("2d", { alpha: false });
    this.node = make("div", { class: "tertius-plot" }, this.canvas);
    this.back = new Layer();
    view.listen(this.canvas, "pointerdown", (event) => {
      if (event.button !== 0) return;
      this.canvas.setPointerCapture(event.pointerId);
      this.seek(event);
    });
    view.listen(this.canvas, "pointermove", (event) => this.canvas.hasPointerCapture(event.pointerId) && this.seek(event));
  }

  show(scene) {
    this.scene = scene;
    this.stale = true;
    const { curve, time } = scene.meta;
    this.canvas.setAttribute("aria-label", `${curve.label} against ${time.label}; the numbers are in the table below`);
  }

  resize(width, height, ratio) {
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    Object.assign(this, { width, height, ratio, stale: true });
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  seek(event) {
    const { times } = this.scene;
    const x = event.clientX - this.canvas.getBoundingClientRect().left;
    let best = 0;
    for (let t = 1; t < times.length; t++) if (Math.abs(this.x(times[t]) - x) < Math.abs(this.x(times[best]) - x)) best = t;
    this.view.go(best);
  }

  measure() {
    const { scene, back, view } = this;
    const { curve, time } = scene.meta;
    const [low, high] = curve.limits;
    const [first, last] = [scene.times[0], scene.times[scene.times.length - 1]];
    this.yTicks = ticks(low, high, clamp(this.height / 55, 2, 5));
    this.xTicks = ticks(first, last, clamp(this.width / 80, 2, 6));
    this.yStyle = { percent: curve.percent, decimals: decimalsOf(this.yTicks, curve.percent) };
    this.xStyle = { percent: time.percent, decimals: decimalsOf(this.xTicks, time.percent) };
    back.ctx.font = `12px ${view.theme.font}`;
    const widest = Math.max(...this.yTicks.map((v) => back.ctx.measureText(written(v, this.yStyle)).width));
    const [left, right, top, bottom] = [widest + 12, this.width - 12, 10, this.height - 42];
    this.x = (v) => left + ((v - first) / (last - first || 1)) * (right - left);
    this.y = (v) => bottom - ((v - low) / (high - low || 1)) * (bottom - top);
    Object.assign(this, { left, right, top, bottom });
  }

  line(ctx, values, colour, width, dash) {
    const { times } = this.scene;
    ctx.beginPath();
    let isOpen = false;
    for (let t = 0; t < times.length; t++) {
      const isKnown = Number.isFinite(values[t]);
      if (isKnown) ctx[isOpen ? "lineTo" : "moveTo"](this.x(times[t]), this.y(values[t]));
      isOpen = isKnown;
    }
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.lineJoin = "round";
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  band(ctx, { low, high }) {
    const { times } = this.scene;
    ctx.fillStyle = this.view.theme.band;
    for (let from = 0; from < times.length; from++) {
      if (!Number.isFinite(low[from] + high[from])) continue;
      let to = from;
      while (to + 1 < times.length && Number.isFinite(low[to + 1] + high[to + 1])) to++;
      ctx.beginPath();
      for (let t = from; t <= to; t++) ctx.lineTo(this.x(times[t]), this.y(high[t]));
      for (let t = to; t >= from; t--) ctx.lineTo(this.x(times[t]), this.y(low[t]));
      ctx.fill();
      from = to;
    }
  }

  drawBack() {
    const { scene, view, left, right, top, bottom } = this;
    const { theme } = view;
    const ctx = this.back.fresh(this.width, this.height, this.ratio);
    ctx.font = `12px ${theme.font}`;
    ctx.lineWidth = 1;
    ctx.fillStyle = theme.muted;
    ctx.textBaseline = "middle";
    ctx.textAlign = "right";
    ctx.strokeStyle = theme.grid;
    for (const v of this.yTicks) {
      const y = Math.round(this.y(v)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(right, y);
      ctx.stroke();
      ctx.fillText(written(v, this.yStyle), left - 7, y);
    }
    ctx.textBaseline = "top";
    for (const v of this.xTicks) {
      const text = written(v, this.xStyle);
      const half = ctx.measureText(text).width / 2;
      ctx.textAlign = "center";
      ctx.fillText(text, clamp(this.x(v), half, this.width - half - 1), bottom + 8);
    }
    ctx.textAlign = "center";
    ctx.fillText(scene.meta.time.label, (left + right) / 2, bottom + 26);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 3, right - left, bottom - top + 6);
    ctx.clip();
    this.band(ctx, scene.curve);
    this.line(ctx, scene.curve.middle, theme.median, 1.8, [6, 4]);
    this.line(ctx, scene.curve.run, theme.ink, 2.2, []);
    ctx.restore();
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(left, Math.round(bottom) + 0.5);
    ctx.lineTo(right, Math.round(bottom) + 0.5);
    ctx.stroke();
  }

  draw(t) {
    const { ctx, scene, view, ratio } = this;
    if (this.stale) {
      this.measure();
      this.drawBack();
      this.stale = false;
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = view.theme.paper;
    ctx.fillRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.drawImage(this.back.canvas, 0, 0);
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const x = this.x(scene.times[t]);
    ctx.strokeStyle = ctx.fillStyle = view.theme.cursor;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, this.top - 4);
    ctx.lineTo(x, this.bottom);
    ctx.stroke();
    const value = scene.curve.run[t];
    if (!Number.isFinite(value)) return;
    ctx.beginPath();
    ctx.arc(x, this.y(value), 5.5, 0, 2 * Math.PI);
    ctx.lineWidth = 2;
    ctx.strokeStyle = view.theme.paper;
    ctx.fill();
    ctx.stroke();
  }

  free() {
    this.back.free();
    this.canvas.width = this.canvas.height = 0;
  }
}

// Settings -----------------------------------------------------------------------------------------------------

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
    this.undo = button("Undo", () => this.view.wish("undo"));
    this.reset = button("Reset", () => this.view.reset());
    const copy = button("Copy as text", () => this.view.copy());
    const actions = make("div", { class: "tertius-actions" }, this.undo, this.reset, copy);
    this.node.replaceChildren(...controls.map((control) => this.field(control)), actions);
  }

  field(control) {
    const [input, write, read] = this[control.kind](control);
    const set = () => this.view.wish("set", { [control.name]: read() }, `${this.view.key}.${this.gesture}`);
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

// Tables -------------------------------------------------------------------------------------------------------

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
    const now = this.view.time(t);
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
    const { meta, curve, times } = this.scene;
    const head = [meta.time.label, ...meta.curve.heads];
    const rows = Array.from(times, (_, t) => [
      this.view.time(t),
      ...[curve.run, curve.low, curve.middle, curve.high].map((values) => written(values[t], meta.curve)),
    ]);
    return this.table(`${meta.curve.label}, ${meta.curve.runs} runs`, head, rows);
  }
}

// The whole ----------------------------------------------------------------------------------------------------

const live = new WeakMap(); // how many views stand in for a static figure

class View {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.key = Math.random().toString(36).slice(2);
    this.ended = new AbortController();
    this.heard = [];
    this.queue = [];
    this.wishes = 0;
    this.timers = {};
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)");
    this.t = model.get("t") ?? 0;
    this.build();
    this.follow();
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
    this.stage = new Stage(this);
    this.plot = new Plot(this);
    this.tables = new Tables(this);
    this.legend = make("ul", { class: "tertius-legend", "aria-label": "What the marks mean, and how many there are" });
    const help = make(
      "p",
      { class: "tertius-note", id: this.id("help") },
      "In the picture: arrow keys go from person to person, Enter reads one, + and − zoom, Escape goes back. " +
        "Drag to move; click, then turn the wheel to zoom.",
    );
    this.plotName = make("div", { class: "tertius-plot-name" });
    this.plotLegend = make("ul", { class: "tertius-legend", "aria-label": "What the lines mean, and their values now" });
    this.plotPart = make("div", { class: "tertius-part tertius-beside" }, this.plotName, this.plot.node, this.plotLegend);
    this.stagePart = make("div", { class: "tertius-part" }, this.stage.node, this.legend);
    this.play = make("button", { type: "button", class: "tertius-play" });
    this.slider = make("input", { type: "range", min: 0, step: 1 });
    this.timeName = make("span");
    this.timeNow = make("b");
    this.timeWords = make("span", {}, this.timeName, ": ", this.timeNow);
    const now = make("label", { class: "tertius-now" }, this.timeWords, this.slider);
    this.timePart = make("div", { class: "tertius-time" }, this.play, now);
    this.sentence = make("p", { class: "tertius-sentence" });
    this.body = make("div", { class: "tertius-body" }, this.stagePart, this.timePart, this.sentence, this.plotPart);
    this.status = make("div", { class: "tertius-heard", role: "status", "aria-live": "polite" });
    this.probe = make("i", { class: "tertius-probe", "aria-hidden": "true" });
    const sheet = make("div", { class: "tertius-sheet" });
    const head = make("div", { class: "tertius-head" }, this.title, this.note);
    sheet.append(head, this.settings.node, this.problem, this.copied, this.body, this.tables.node, help);
    this.root = make("div", { class: "tertius", role: "group" }, sheet, this.status, this.probe);
    this.listen(this.slider, "input", () => this.go(this.slider.valueAsNumber));
    this.listen(this.slider, "change", () => this.save());
    this.listen(this.play, "click", () => (this.playing ? this.pause() : this.start()));
    this.listen(this.root, "keydown", (event) => {
      // A notebook would take arrows, Enter and letters as its own commands.
      const isTheirs = event.key === "Tab" || event.ctrlKey || event.altKey || event.metaKey;
      if (!isTheirs && !(event.key === "Enter" && event.shiftKey)) event.stopPropagation();
    });
    this.showPlaying();
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
    hear("answer", this.takeAnswer);
    this.room = new ResizeObserver(() => this.fit());
    this.room.observe(this.root);
    const recolour = () => this.recolour();
    this.themes = new MutationObserver(recolour);
    for (const node of [document.documentElement, document.body]) {
      this.themes.observe(node, { attributes: true, attributeFilter: ["class", "style", "data-jp-theme-name", "data-theme"] });
    }
    this.listen(matchMedia("(prefers-color-scheme: dark)"), "change", recolour);
    this.listen(window, "resize", () => this.fit());
  }

  // What the model says

  takeData() {
    if (this.ended.signal.aborted) return;
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
    if (meta.controls && JSON.stringify(before?.meta.controls) !== JSON.stringify(meta.controls)) {
      this.settings.build(meta.controls);
      this.takeSettings();
    }
    this.slider.max = meta.steps;
    this.timePart.hidden = !meta.steps;
    this.timeName.textContent = meta.time.label;
    this.slider.setAttribute("aria-label", meta.time.label);
    this.plotPart.hidden = !scene.curve;
    this.body.toggleAttribute("data-curve", Boolean(scene.curve));
    this.plotName.textContent = meta.curve?.label ?? "";
    this.stage.show(scene);
    if (scene.curve) this.plot.show(scene);
    this.tables.show(scene);
    if (this.theme) this.showLegends();
    if (before) this.sayLater();
    this.fit();
  }

  takeT() {
    if (!this.scene) return;
    const t = clamp(this.model.get("t") ?? 0, 0, this.scene.meta.steps);
    if (t === this.t) return;
    this.t = t;
    this.sayLater();
    this.ask();
  }

  takeSettings() {
    const [value, past] = [this.model.get("value"), this.model.get("past")];
    if (!value || !this.settings.controls) return;
    const frozen = this.model.get("frozen");
    // A control that is being moved shows the learner's wish until the last of them is answered.
    if (!this.queue.length) this.settings.show(value, Boolean(past?.length), frozen);
    const isStuck = frozen && [...this.settings.inputs.values()].some(({ input }) => input.disabled);
    this.fixed = isStuck ? "This page holds the settings shown. To change the others, run the lesson's notebook." : "";
    this.showNote(this.fixed);
  }

  // What the learner wishes

  wish(what, value, gesture) {
    const last = this.queue.at(-1);
    if (what === "set" && last?.what === "set" && this.queue.length > 1) {
      Object.assign(last, { value: { ...last.value, ...value }, gesture });
    } else {
      this.queue.push({ id: `${this.key}.${++this.wishes}`, what, value: value ?? null, gesture: gesture ?? null });
    }
    if (this.queue.length === 1) this.send();
  }

  /** One wish at a time: a dragged slider shows each answer, and never lags behind by more than one. */
  send() {
    this.root.dataset.busy = "true";
    clearTimeout(this.timers.slow);
    clearTimeout(this.timers.lost);
    this.timers.slow = setTimeout(() => this.showNote("Running the model…"), 300);
    this.timers.lost = setTimeout(() => {
      this.showNote("No answer yet. If you have just opened this notebook, run the cell above first.");
      this.say(this.note.textContent);
    }, 5000);
    this.model.set("asked", { ...this.queue[0] });
    this.model.save_changes();
  }

  takeAnswer() {
    const { id, problem } = this.model.get("answer") ?? {};
    if (!this.queue.length || id !== this.queue[0].id) return;
    this.queue.shift();
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
    if (this.queue.length) return this.send();
    clearTimeout(this.timers.slow);
    clearTimeout(this.timers.lost);
    delete this.root.dataset.busy;
    this.takeSettings();
    this.sayLater();
  }

  reset() {
    this.pause();
    this.stage.reset();
    this.go(Math.min(this.scene.meta.start, this.scene.meta.steps));
    this.wish("reset");
  }

  showNote(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  // Time

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

  start() {
    if (!this.scene?.meta.steps) return;
    if (this.t >= this.scene.meta.steps) this.go(0);
    // About seven seconds for the whole; one step a second for those who want no motion.
    const wait = this.isCalm.matches ? 1000 : clamp(7000 / this.scene.meta.steps, 60, 700);
    this.playing = setInterval(() => {
      this.go(this.t + 1);
      if (this.t >= this.scene.meta.steps) this.pause();
    }, wait);
    this.showPlaying();
  }

  pause() {
    clearInterval(this.playing);
    this.playing = null;
    this.showPlaying();
  }

  showPlaying() {
    const icon = this.playing ? "M2 1H6V13H2ZM9 1H13V13H9Z" : "M2 1L13 7L2 13Z";
    this.play.replaceChildren(drawing(14, 14, ["path", { d: icon, fill: "currentColor" }]), this.playing ? "Pause" : "Play");
  }

  time(t) {
    return written(this.scene.times[t], this.scene.meta.time);
  }

  // In words

  say(text) {
    clearTimeout(this.timers.say);
    this.status.textContent = text;
  }

  /** The sentence of the step, read once the learner has stopped moving. */
  sayLater() {
    clearTimeout(this.timers.say);
    this.timers.say = setTimeout(() => {
      this.status.textContent = this.scene.meta.sentences[this.t];
    }, 700);
  }

  text() {
    const { meta, curve } = this.scene;
    const value = this.model.get("value");
    const lines = [meta.title];
    if (meta.controls && value) lines.push(this.settings.words(value));
    if (meta.steps) lines.push(`${meta.time.label}: ${this.time(this.t)}`);
    lines.push(meta.sentences[this.t]);
    if (curve) {
      const [run, low, middle, high] = this.curveNow();
      const [one, centre, band] = meta.curve.names;
      lines.push(`${meta.curve.label}: ${run} (${one}); ${centre}: ${middle}; ${band}: ${low} to ${high}`);
    }
    return lines.filter(Boolean).join("\n");
  }

  curveNow() {
    const { meta, curve } = this.scene;
    return [curve.run, curve.low, curve.middle, curve.high].map((values) => written(values[this.t], meta.curve));
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
    this.timers.note = setTimeout(() => !this.ended.signal.aborted && this.showNote(this.fixed), 4000);
  }

  showLegends() {
    const { meta, curve } = this.scene;
    const { theme } = this;
    const item = (mark, name, value) => make("li", {}, mark, make("span", {}, name), value);
    const number = () => make("b");
    this.counts = [...meta.person_looks, ...meta.tie_looks].map(number);
    const marks = [
      ...meta.person_looks.map((look) => [personMark(look, theme), look.name]),
      ...meta.tie_looks.map((look) => [tieMark(look, theme), look.name]),
    ];
    this.legend.replaceChildren(...marks.map(([mark, name], k) => item(mark, name, this.counts[k])));
    if (!curve) return;
    const stroke = (colour, width, dash) =>
      drawing(26, 18, ["path", { d: "M1 9H25", stroke: colour, "stroke-width": width, "stroke-dasharray": dash }]);
    this.values = [number(), number(), number()];
    const area = drawing(26, 18, ["rect", { x: 1, y: 3, width: 24, height: 12, rx: 2, fill: theme.band }]);
    const [run, middle, band] = meta.curve.names;
    this.plotLegend.replaceChildren(
      item(stroke(theme.ink, 2.2, ""), run, this.values[0]),
      item(stroke(theme.median, 1.8, "6 4"), middle, this.values[1]),
      item(area, band, this.values[2]),
    );
  }

  // On the screen

  recolour() {
    const theme = new Theme(this.root, this.probe);
    if (theme.key === this.theme?.key) return;
    this.theme = theme;
    this.stage.stale = this.plot.stale = true;
    this.stage.widths.clear();
    if (this.scene) this.showLegends();
    this.ask();
  }

  /** Room has changed. Nothing can be drawn before the root is in the page and has a width. */
  fit() {
    const width = this.root.clientWidth;
    if (!width || !this.scene) return;
    this.recolour();
    const isWide = width >= 700;
    this.root.toggleAttribute("data-wide", isWide);
    const ratio = clamp(window.devicePixelRatio || 1, 1, 2);
    const inner = this.stage.node.clientWidth;
    const tall = this.scene.curve && isWide ? 0.7 : 0.62;
    const height = Math.round(clamp(inner * (isWide ? tall : 0.8), 260, 520));
    this.stage.resize(inner, height, ratio);
    if (this.scene.curve) this.plot.resize(this.plot.node.clientWidth, isWide ? height - 28 : 230, ratio);
    this.ask();
  }

  ask() {
    this.frameAsked ??= requestAnimationFrame(() => this.frame());
  }

  frame() {
    const began = performance.now();
    this.frameAsked = null;
    const { scene, t, stage } = this;
    if (!scene || !this.theme || !stage.width || !this.root.isConnected) return;
    stage.draw(t);
    if (scene.curve) this.plot.draw(t);
    this.showWords(t);
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

  showWords(t) {
    const { scene } = this;
    const { meta } = scene;
    const now = this.time(t);
    if (this.slider.valueAsNumber !== t) this.slider.value = t;
    this.slider.setAttribute("aria-valuetext", now);
    put(this.timeNow, now);
    put(this.sentence, meta.sentences[t]);
    [...scene.peopleCounts[t], ...scene.tieCounts[t]].forEach((count, k) => put(this.counts[k], String(count)));
    if (!scene.curve) return;
    const [run, low, middle, high] = this.curveNow();
    [run, middle, `${low} to ${high}`].forEach((text, k) => put(this.values[k], text));
  }

  /** The static figure before this view, in the same cell or page, has done its work. */
  replaceFigure() {
    const around = this.el.closest(".jp-OutputArea, .output, .cell-output-container") ?? document.body;
    const found = [...around.querySelectorAll(".tertius-still, .tertius")];
    const before = found[found.indexOf(this.root) - 1];
    if (!before?.matches(".tertius-still")) return;
    this.still = before;
    live.set(before, (live.get(before) ?? 0) + 1);
    before.style.display = "none";
  }

  end() {
    clearInterval(this.playing);
    if (this.frameAsked) cancelAnimationFrame(this.frameAsked);
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.ended.abort();
    for (const [event, callback] of this.heard) this.model.off(event, callback);
    this.room.disconnect();
    this.themes.disconnect();
    if (this.still) {
      live.set(this.still, live.get(this.still) - 1);
      if (!live.get(this.still)) this.still.style.display = "";
    }
    this.stage.free();
    this.plot.free();
    this.root.remove();
  }
}

function render({ model, el }) {
  const view = new View(model, el);
  return () => view.end();
}

export default { render };
