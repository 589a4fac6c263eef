// The network as a picture: people, ties and names at one step.

const FEW_PEOPLE = 20; // all are named, as in tertius.draw.picture

/** What is drawn. Who looks at whom is the learner's affair: see Network, which this is the picture of. */
class Picture {
  constructor(view) {
    this.view = view;
    // Ties lie on a canvas of their own below: whoever is pointed at or dragged, they are not drawn again.
    this.under = new Layer();
    this.front = new Layer();
    this.names = new Layer(); // drawn on the front
    this.scene = null;
    this.marked = -1; // the person whose ties stand out
    this.held = -1; // the person who is being dragged
    this.widths = new Map();
    this.home();
  }

  home() {
    [this.k, this.dx, this.dy] = [1, 0, 0];
    this.stale = true;
  }

  /** Take a scene, and say whether people and places are those of the scene before. */
  show(scene) {
    const before = this.scene;
    const same = (name) => before[name].length === scene[name].length && before[name].every((v, k) => v === scene[name][k]);
    const stays = before && same("x") && same("y") && scene.meta.labels.every((label, i) => label === before.meta.labels[i]);
    this.scene = scene;
    this.stale = true;
    this.hides = scene.meta.person_looks.some((look) => look.shape === "none");
    if (stays) return true;
    this.px = Float64Array.from(scene.x);
    this.py = Float64Array.from(scene.y);
    this.sx = new Float64Array(scene.n);
    this.sy = new Float64Array(scene.n);
    this.marked = this.held = -1;
    this.home();
    const range = (values) => values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
    this.box = [...range(scene.x), ...range(scene.y)].map((v) => (Number.isFinite(v) ? v : 0));
    const first = scene.meta.ego ?? -1;
    const weight = (i) => (i === first ? Infinity : scene.degree[i]);
    this.byWeight = Array.from({ length: scene.n }, (_, i) => i).sort((a, b) => weight(b) - weight(a) || a - b);
    return false;
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
    const person = this.marked;
    ctx.globalCompositeOperation = "destination-over"; // behind the people
    if (person >= 0) this.tiesOf(ctx, person, t, view.theme.accent, 2.2);
    if (this.held >= 0) this.tiesOf(ctx, this.held, t, view.theme.muted, 1.2);
    ctx.globalCompositeOperation = "source-over";
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(this.names.canvas, 0, 0);
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (scene.meta.ego !== null) this.ring(ctx, scene.meta.ego, this.r + 4, 1.6, view.theme.ink);
    if (person >= 0) this.ring(ctx, person, this.r + 5, 2.6, view.theme.accent);
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

  /**
   * Names of groups, then of as many people as fit without covering one another; the best tied come first. Where all
   * people can be named they go first, and a group's name stands only where there is room for it.
   */
  drawNames(t) {
    const { scene, sx, sy, r, width, height, view } = this;
    const ctx = this.names.fresh(width, height, this.ratio);
    const taken = [[width - 46, 0, width, 120]]; // where the buttons are
    const isFree = ([left, top, right, low]) =>
      left >= 2 && top >= 2 && right <= width - 2 && low <= height - 2 &&
      taken.every((box) => right < box[0] || left > box[2] || low < box[1] || top > box[3]);
    ctx.textBaseline = "middle";
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
    const isSmall = scene.n <= FEW_PEOPLE;
    const nameGroups = () => {
      ctx.textAlign = "center";
      ctx.font = `italic 600 14px ${view.theme.font}`;
      for (const { name, x, y } of this.groupMiddles()) {
        const half = ctx.measureText(name).width / 2 + 3;
        let [best, least] = [null, Infinity];
        for (const dy of [0, -14, 14, -28, 28, -42, 42]) {
          for (const dx of [0, -24, 24]) {
            const box = [x + dx - half, y + dy - 8, x + dx + half, y + dy + 8];
            const cost = Math.hypot(dx, dy) + 60 * covered(box, 9); // rather further away than across somebody
            if (cost < least && isFree(box) && !(isSmall && covered(box, 1))) [best, least] = [box, cost];
          }
        }
        if (!best) continue;
        taken.push(best);
        ctx.globalAlpha = 0.88;
        write(ctx, name, (best[0] + best[2]) / 2, best[1] + 8, view.theme.muted, view.theme.halo);
      }
      ctx.globalAlpha = 1;
    };
    const namePeople = () => {
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
    };
    for (const draw of isSmall ? [namePeople, nameGroups] : [nameGroups, namePeople]) draw();
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

  free() {
    for (const layer of [this.under, this.front, this.names]) layer.free();
  }
}
