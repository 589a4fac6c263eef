// Words, and the marks of people and ties.

/** A number as people read it; controls.py writes the same. */
function written(value, { percent = false, decimals = 0 }) {
  if (!Number.isFinite(value)) return "unknown";
  let text = (percent ? value * 100 : value).toFixed(decimals);
  if (Number(text) === 0) text = text.replace("-", "");
  return percent ? `${text}\u00a0%` : text;
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
