// What is on show, read back from the words and numbers that packing.py made of it.

const KINDS = { f8: Float64Array, f4: Float32Array, u4: Uint32Array, u2: Uint16Array, u1: Uint8Array };

/** The scene that meta (words) and data (numbers) describe; see packing.py. */
function unpackScene(meta, data) {
  const [given, start] = [data.buffer ?? data, data.byteOffset ?? 0];
  // Arrays are read where they are if they lie well; what a notebook sends lies anywhere, and is copied.
  const isAligned = start % 8 === 0;
  const buffer = isAligned ? given : given.slice(start, start + data.byteLength);
  const from = isAligned ? start : 0;
  const read = (name) => {
    const [kind, offset, length] = meta.arrays[name];
    return new KINDS[kind](buffer, from + offset, length);
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
