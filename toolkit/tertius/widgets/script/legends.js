// What the marks and lines mean, and how many there are now.

class Legends {
  constructor(view) {
    this.view = view;
    this.network = make("ul", { class: "tertius-legend", "aria-label": "What the marks mean, and how many there are" });
    this.curve = make("ul", { class: "tertius-legend", "aria-label": "What the lines mean, and their values now" });
  }

  show(scene, theme) {
    const { meta } = scene;
    const number = () => make("b");
    const item = (mark, name, value) => make("li", {}, mark, make("span", {}, name), value);
    const marks = [
      ...meta.person_looks.map((look) => [personMark(look, theme), look.name]),
      ...meta.tie_looks.map((look) => [tieMark(look, theme), look.name]),
    ];
    this.counts = marks.map(number);
    this.network.replaceChildren(...marks.map(([mark, name], k) => item(mark, name, this.counts[k])));
    if (!scene.curve) return;
    const stroke = (colour, width, dash) =>
      drawing(26, 18, ["path", { d: "M1 9H25", stroke: colour, "stroke-width": width, "stroke-dasharray": dash }]);
    const area = drawing(26, 18, ["rect", { x: 1, y: 3, width: 24, height: 12, rx: 2, fill: theme.band }]);
    this.values = [number(), number(), number()];
    const [run, middle, band] = meta.curve.names;
    this.curve.replaceChildren(
      item(stroke(theme.ink, 2.2, ""), run, this.values[0]),
      item(stroke(theme.median, 1.8, "6 4"), middle, this.values[1]),
      item(area, band, this.values[2]),
    );
  }

  draw(scene, t) {
    [...scene.peopleCounts[t], ...scene.tieCounts[t]].forEach((count, k) => put(this.counts[k], String(count)));
    if (!scene.curve) return;
    const [run, low, middle, high] = curveAt(scene, t);
    [run, middle, between(low, high)].forEach((text, k) => put(this.values[k], text));
  }
}
