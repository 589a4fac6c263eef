// What the learner asks of the model, and its answers: one at a time.

class Wishes {
  constructor(view, model) {
    this.view = view;
    this.model = model;
    this.queue = [];
    this.made = 0;
  }

  /** Whether something is asked and not yet answered. */
  get isOpen() {
    return this.queue.length > 0;
  }

  /** Ask for "set", "undo" or "reset"; what is set in one gesture, such as a drag, is undone as one. */
  make(what, value = null, gesture = null) {
    const last = this.queue.at(-1);
    if (what === "set" && last?.what === "set" && this.queue.length > 1) {
      Object.assign(last, { value: { ...last.value, ...value }, gesture });
    } else {
      this.queue.push({ id: `${this.view.key}.${++this.made}`, what, value, gesture });
    }
    if (this.queue.length === 1) this.send();
  }

  /** A dragged slider shows each answer, and never lags behind by more than one. */
  send() {
    const { view, model } = this;
    view.root.dataset.busy = "true";
    this.end();
    this.slow = setTimeout(() => view.showNote("Running the model…"), 300);
    this.lost = setTimeout(() => {
      view.showNote("No answer yet. If you have just opened this notebook, run the cell above first.");
      view.say(view.note.textContent);
    }, 5000);
    model.set("asked", { ...this.queue[0] });
    model.save_changes();
  }

  answered() {
    const { id, problem } = this.model.get("answer") ?? {};
    if (!this.isOpen || id !== this.queue[0].id) return;
    this.queue.shift();
    this.view.showProblem(problem);
    if (this.isOpen) return this.send();
    this.end();
    delete this.view.root.dataset.busy;
    this.view.settle();
  }

  end() {
    clearTimeout(this.slow);
    clearTimeout(this.lost);
  }
}
