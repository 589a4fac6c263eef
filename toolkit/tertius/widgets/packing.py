"""Turn a `Scene` into what travels to the browser: a small dict of words, and one buffer of numbers.

States over time mostly stay as they were, so they travel as the first step and the changes after it, or as they are
where that is shorter. Everything in the buffer is little-endian and starts at a multiple of 8 bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tertius.draw.scene import Scene
from tertius.widgets.controls import decimals_for

KINDS = {kind: np.dtype(f"<{kind}") for kind in ("f8", "f4", "u4", "u2", "u1")}


def clean(text: object) -> str:
    """Return a text that can be sent: what is not valid Unicode becomes a question mark."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


def pack(scene: Scene, *, serial: int = 0, title: str | None = None) -> tuple[dict[str, Any], bytes]:
    """Return the words and the numbers of a scene.

    Parameters
    ----------
    scene : Scene
    serial : int
        Stands in both parts, so that the script never joins the words of one scene with the numbers of another.
    title : str, optional
        Instead of the scene's own.

    Returns
    -------
    dict
        Only what JSON knows. ``arrays`` says where each array lies: its kind, its first byte, its length.
    bytes
        The buffer; `unpack` reads it back.
    """
    n, shown = len(scene.labels), len(scene.times)
    names = tuple(dict.fromkeys(group for group in scene.groups if group))
    place = {group: k for k, group in enumerate(names)}
    nobody = len(names)
    source, target = scene.ties.pairs
    ends = "u2" if n <= 1 << 16 else "u4"
    arrays: list[tuple[str, str, np.ndarray]] = [
        ("serial", "u4", np.array([serial])),
        ("x", "f4", scene.positions[:, 0]),
        ("y", "f4", scene.positions[:, 1]),
        ("source", ends, source),
        ("target", ends, target),
        ("group", "u2", np.array([place.get(group, nobody) for group in scene.groups], int)),
        ("times", "f8", scene.times),
        *_frames("people", scene.people),
        *_frames("links", scene.links),
    ]
    curve = scene.curve
    if curve is not None:
        arrays += [(name, "f8", getattr(curve, name)) for name in ("run", "low", "middle", "high")]
    data, where = bytearray(), {}
    for name, kind, values in arrays:
        data += b"\0" * (-len(data) % 8)
        raw = np.ascontiguousarray(values, KINDS[kind])
        where[name] = [kind, len(data), raw.size]
        data += raw.tobytes()
    meta = {
        "serial": serial,
        "title": clean(title if title is not None else scene.title),
        "steps": shown - 1,
        "ego": None if scene.ego is None else int(scene.ego),
        "directed": bool(scene.ties.directed),
        "labels": [clean(label) for label in scene.labels],
        "groups": [clean(group) for group in names],
        "person_looks": [{"name": clean(k.name), "colour": k.colour, "shape": k.shape} for k in scene.person_looks],
        "tie_looks": [{"name": clean(k.name), "colour": k.colour, "line": k.line} for k in scene.tie_looks],
        "time": {
            "label": clean(scene.time_label),
            "percent": bool(scene.time_percent),
            "decimals": decimals_for(scene.times.tolist(), scene.time_percent),
        },
        "curve": None
        if curve is None
        else {
            "label": clean(curve.label),
            "runs": int(curve.runs),
            "names": [clean(name) for name in curve.called],
            "heads": [clean(head) for head in curve.heads],
            "limits": [float(curve.limits[0]), float(curve.limits[1])],
            "percent": bool(curve.percent),
            "decimals": 0 if curve.percent else decimals_for(curve.run.tolist(), most=2),
        },
        "sentences": [clean(sentence) for sentence in scene.sentences],
        "arrays": where,
    }
    return meta, bytes(data)


def _frames(name: str, frames: np.ndarray) -> list[tuple[str, str, np.ndarray]]:
    """The states of all steps: as they are, or as the first step and the changes, whichever is shorter."""
    frames = np.ascontiguousarray(frames, np.uint8)
    step, where = np.nonzero(frames[1:] != frames[:-1])
    place = "u2" if frames.shape[1] <= 1 << 16 else "u4"
    if frames.shape[1] + (1 + KINDS[place].itemsize) * len(step) + 4 * len(frames) >= frames.size:
        return [(name, "u1", frames.ravel())]
    return [
        (f"{name}.first", "u1", frames[0]),
        (f"{name}.counts", "u4", np.bincount(step, minlength=len(frames) - 1)),
        (f"{name}.where", place, where),
        (f"{name}.what", "u1", frames[1:][step, where]),
    ]


def unpack(meta: dict[str, Any], data: bytes) -> dict[str, np.ndarray]:
    """Read the buffer back, as the script does.

    Returns
    -------
    dict of str to numpy.ndarray
        ``x``, ``y``, ``source``, ``target``, ``group``, ``times``, ``people`` and ``links`` (steps + 1 rows), and
        ``run``, ``low``, ``middle``, ``high`` where there is a curve.
    """
    arrays = {
        name: np.frombuffer(data, KINDS[kind], length, offset)
        for name, (kind, offset, length) in meta["arrays"].items()
    }
    shown = meta["steps"] + 1
    for name, width in (("people", len(arrays["x"])), ("links", len(arrays["source"]))):
        if name in arrays:
            arrays[name] = arrays[name].reshape(shown, width)
            continue
        first, counts, where, what = (arrays.pop(f"{name}.{part}") for part in ("first", "counts", "where", "what"))
        frames = np.repeat(first[None, :], shown, axis=0)
        ends = np.cumsum(counts)
        for step, (end, count) in enumerate(zip(ends.tolist(), counts.tolist(), strict=True), start=1):
            frames[step] = frames[step - 1]
            frames[step, where[end - count : end]] = what[end - count : end]
        arrays[name] = frames
    return arrays
