// Colours that stand out on whatever paper there is.

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
