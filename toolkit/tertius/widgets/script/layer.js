// Canvases that are painted once and shown until something on them changes.

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
