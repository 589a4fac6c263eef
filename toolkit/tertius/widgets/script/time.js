// Time: its slider, Play, and where we are in words.

class Time {
  constructor(view) {
    this.view = view;
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)");
    this.play = make("button", { type: "button", class: "tertius-play" });
    this.slider = make("input", { type: "range", min: 0, step: 1 });
    this.name = make("span");
    this.now = make("b");
    const words = make("span", {}, this.name, ": ", this.now);
    const now = make("label", { class: "tertius-now" }, words, this.slider);
    this.node = make("div", { class: "tertius-time" }, this.play, now);
    view.listen(this.slider, "input", () => view.go(this.slider.valueAsNumber));
    view.listen(this.slider, "change", () => view.save());
    view.listen(this.play, "click", () => (this.playing ? this.pause() : this.start()));
    this.showPlaying();
  }

  show(scene) {
    const { steps, time } = scene.meta;
    this.scene = scene;
    this.node.hidden = !steps;
    this.slider.max = steps;
    this.slider.setAttribute("aria-label", time.label);
    this.name.textContent = time.label;
  }

  written(t) {
    return written(this.scene.times[t], this.scene.meta.time);
  }

  draw(t) {
    const now = this.written(t);
    if (this.slider.valueAsNumber !== t) this.slider.value = t;
    this.slider.setAttribute("aria-valuetext", now);
    put(this.now, now);
  }

  start() {
    const { view } = this;
    const { steps } = this.scene?.meta ?? {};
    if (!steps) return;
    if (view.t >= steps) view.go(0);
    // About seven seconds for the whole; one step a second for those who want no motion.
    const wait = this.isCalm.matches ? 1000 : clamp(7000 / steps, 60, 700);
    this.playing = setInterval(() => {
      view.go(view.t + 1);
      if (view.t >= this.scene.meta.steps) this.pause();
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
}
