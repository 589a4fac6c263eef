// The curve beside the network: this run, the band of many runs, and where we are.

/** The numbers at step ``t`` as people read them: this run, and the low end, middle and high end of the band. */
function curveAt({ meta, curve }, t) {
  return [curve.run, curve.low, curve.middle, curve.high].map((values) => written(values[t], meta.curve));
}

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
