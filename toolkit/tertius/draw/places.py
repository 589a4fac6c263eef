"""Where to draw people, so that those near in the network are near in the picture."""

from __future__ import annotations

from random import Random
from weakref import WeakKeyDictionary

import numpy as np
from scipy.sparse import csgraph

from tertius.errors import ParameterError
from tertius.measures.reach import distances
from tertius.ties import Ties

EXACT_UP_TO = 400
"""Parts of the network up to this size are placed by all distances, larger ones by those to some people."""

SAMPLE, ROUND, ROUNDS = 256, 64, 8
"""How many people these are, to how many of them distances are mended in one round, and in how many rounds."""


def layout(graph, *, aspect: float = 1.3) -> np.ndarray:
    """Give everybody a place in the picture, by how many ties apart people are.

    The same network always gets the same places. Parts without a tie between them are laid side by side, the
    largest above the others.

    Parameters
    ----------
    graph : networkx graph, Network or Ties
        Direction and strength are ignored.
    aspect : float
        Width of the picture over its height, above 0.

    Returns
    -------
    numpy.ndarray, float64, shape (n, 2)
        Rounded to three decimals and read-only; x in [0, ``aspect``], y in [0, 1].

    Notes
    -----
    A first draft by pivot distances [1]_ is improved by stress majorisation [2]_: in parts of up to 400 people of all
    distances, in larger ones of those to 256 people drawn by lot, 64 at a time.

    References
    ----------
    .. [1] Brandes and Pich, Graph Drawing 2006, 42-53.
    .. [2] Gansner, Koren and North, Graph Drawing 2004, 239-250.

    Examples
    --------
    >>> import networkx as nx
    >>> layout(nx.path_graph(3), aspect=2)[:, 0].tolist()  # the middle one stands in between
    [0.0, 1.0, 2.0]
    """
    _check_aspect(aspect)
    ties = Ties.of(graph)
    known = _known.setdefault(ties, {})
    if aspect not in known:
        known[aspect] = _laid_out(ties, aspect)
        known[aspect].flags.writeable = False
    return known[aspect]


ROW = 100
"""How many people stand beside one another around a ring before it gets another row."""


def around_a_ring(n: int, *, aspect: float = 1.3) -> np.ndarray:
    """Give people places around a ring, in order, as evenly as it goes; many stand in staggered rows.

    Parameters
    ----------
    n : int
        People.
    aspect : float
        Width of the picture over its height, above 0.

    Returns
    -------
    numpy.ndarray, float64, shape (n, 2)
        Rounded to four decimals; x in [0, ``aspect``], y in [0, 1]. The first stands at the top, the others follow
        clockwise.

    Raises
    ------
    ParameterError
        If ``aspect`` is not above 0.

    Examples
    --------
    >>> around_a_ring(4, aspect=1).tolist()
    [[0.5, 1.0], [1.0, 0.5], [0.5, 0.0], [0.0, 0.5]]
    """
    _check_aspect(aspect)
    turn = np.linspace(0, 2 * np.pi, 4001)
    outline = np.column_stack([aspect * np.sin(turn), np.cos(turn)]) / 2
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))])
    angle = np.interp(np.arange(n) / max(n, 1) * way[-1], way, turn)
    rows = min(-(-n // ROW), 4)
    inward = 1 - 0.055 * (np.arange(n) % max(rows, 1))
    return np.round(np.column_stack([aspect * (1 + inward * np.sin(angle)), 1 + inward * np.cos(angle)]) / 2, 4) + 0.0


def _check_aspect(aspect: float) -> None:
    if not (np.isfinite(aspect) and aspect > 0):
        raise ParameterError(f"aspect is {aspect!r}; it is the picture's width over its height, above 0.")


_known: WeakKeyDictionary[Ties, dict[float, np.ndarray]] = WeakKeyDictionary()


def _laid_out(ties: Ties, aspect: float) -> np.ndarray:
    if not len(ties):
        return np.zeros((0, 2))
    links = ties.array()
    links = (links + links.T).tocsr()
    count, part = csgraph.connected_components(links, directed=False)
    sizes = np.bincount(part)
    places = np.zeros((len(ties), 2))
    parts = [np.flatnonzero(part == p) for p in np.argsort(-sizes, kind="stable")]
    floor = 0.0 if count == 1 else min(0.45, 0.1 + 0.5 * float(1 - sizes.max() / len(ties)))
    if sizes.max() == 1:
        _shelve(places, links, parts, aspect, 1.0)
    else:
        places[parts[0]] = _fitted(_place(links[parts[0]][:, parts[0]]), (0.0, floor, aspect, 1.0))
        _shelve(places, links, parts[1:], aspect, floor * 0.8)
    return np.round(places, 3) + 0.0


def _shelve(places: np.ndarray, links, parts: list[np.ndarray], aspect: float, height: float) -> None:
    """Put parts into the cells of a grid that reaches from the bottom up to ``height``."""
    if not parts:
        return
    columns = int(np.ceil(np.sqrt(len(parts) * aspect / height)))
    rows = int(np.ceil(len(parts) / columns))
    columns = int(np.ceil(len(parts) / rows))
    wide, high = aspect / columns, height / rows
    for k, members in enumerate(parts):
        left, top = (k % columns) * wide, height - (k // columns) * high
        cell = (left + 0.15 * wide, top - 0.85 * high, left + 0.85 * wide, top - 0.15 * high)
        places[members] = _fitted(_place(links[members][:, members]), cell)


def _place(links) -> np.ndarray:
    """Places of one connected part, in ties."""
    n = links.shape[0]
    if n == 1:
        return np.zeros((1, 2))
    if n == 2:
        return np.array([[0.0, 0.0], [1.0, 0.0]])
    if n > EXACT_UP_TO:
        return _upright(_sampled(links))
    places = _pivot_places(_pivot_distances(links, min(n, 50)))
    distance = csgraph.shortest_path(links, method="D", directed=False, unweighted=True)
    return _upright(_majorised(places, distance))


def _pivot_distances(links, count: int) -> np.ndarray:
    """Distances from ``count`` people, each as far as possible from those before; shape (count, n)."""
    distances = np.empty((count, links.shape[0]))
    pivot = 0
    for k in range(count):
        distances[k] = csgraph.dijkstra(links, directed=False, indices=pivot, unweighted=True)
        pivot = int(distances[: k + 1].min(axis=0).argmax())
    return distances


def _pivot_places(distances: np.ndarray) -> np.ndarray:
    squared = distances**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    _, vectors = np.linalg.eigh(centred @ centred.T)
    places = centred.T @ vectors[:, :-3:-1]
    spread = np.abs(places).max(axis=0)
    return places / np.where(spread > 1e-9, spread, 1) * distances.max() / 2


def _told_apart(places: np.ndarray) -> np.ndarray:
    """Move everybody a little: people whom the pivots cannot tell apart would share a spot, where no pull has a way."""
    turn = np.arange(len(places)) * 2.399963
    return places + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)])


def _majorised(places: np.ndarray, distance: np.ndarray, rounds: int = 80) -> np.ndarray:
    """Move people until distances in the picture match ``distance`` as well as they can."""
    n = len(places)
    places = _told_apart(places)
    weight = 1 / np.where(distance > 0, distance, np.inf) ** 2
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1 / n) - 1 / n
    pull = weight * distance
    for _ in range(rounds):
        apart = np.linalg.norm(places[:, None] - places[None], axis=2)
        force = -np.divide(pull, apart, out=np.zeros_like(pull), where=apart > 1e-9)
        np.fill_diagonal(force, -force.sum(axis=1))
        places = inverse @ (force @ places)
    return places


def _sampled(links) -> np.ndarray:
    """Places of a large part, from the distances to some people only: in time proportional to people and ties."""
    n = links.shape[0]
    # Python promises the same numbers from this generator for ever; so the same network has the same places.
    luck = Random(0)
    sample = np.argsort([luck.random() for _ in range(n)])[:SAMPLE]
    distance = distances(links.indptr, links.indices, sample)
    places = _told_apart(_pivot_places(distance[:ROUND].astype(float))).T.astype(np.float32)
    weight = 1 / np.maximum(distance, 1) ** 2
    weight[np.arange(SAMPLE), sample] = 0
    pull = weight * distance
    for begin in range(0, ROUND * ROUNDS, ROUND):
        some = slice(begin % SAMPLE, begin % SAMPLE + ROUND)
        pivots = places[:, sample[some]]
        across, up = places[:, None, :] - pivots[:, :, None]
        force = pull[some] / np.maximum(np.hypot(across, up), 1e-6)
        moved = [np.einsum("kn,kn->n", force, away) for away in (across, up)]
        places = (pivots @ weight[some] + moved) / weight[some].sum(axis=0)
    return places.T.astype(float)


def _upright(places: np.ndarray) -> np.ndarray:
    """Turn the picture's longest axis level, the same way round each time."""
    places = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(places, full_matrices=False)
    places = places @ axes.T
    ends = places[np.abs(places).round(6).argmax(axis=0), np.arange(2)]
    places = places * np.where(ends < 0, -1, 1)
    return places if places[0, 0] <= places[-1, 0] else places * (-1, 1)


def _fitted(places: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    """Scale and shift into (left, bottom, right, top), keeping proportions within a factor of 1.4."""
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([box[2] - box[0], box[3] - box[1]])
    middle = np.array([box[0] + box[2], box[1] + box[3]]) / 2
    scale = room / np.where(high - low > 1e-6, high - low, np.inf)
    used = scale[scale > 0]
    if used.size:
        scale = np.minimum(scale, 1.4 * used.min())
    return (places - (low + high) / 2) * scale + middle
