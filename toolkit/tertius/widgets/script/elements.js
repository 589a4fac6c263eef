// Elements of a page.

const SVG = "http://www.w3.org/2000/svg";

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** Write a text where it is not there yet: each change makes the browser lay out the page again. */
function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A range; where both ends read alike it is one number. */
const between = (low, high) => (low === high ? low : `${low} to ${high}`);

/** Make an element, one of a drawing if its tag begins with "svg:"; what is null, undefined or false is left out. */
function make(tag, attributes = {}, ...children) {
  const node = tag.startsWith("svg:") ? document.createElementNS(SVG, tag.slice(4)) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}
