"""What a model promises the engine, and the luck that the engine hands to a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np

State = Any
"""An array, or a NamedTuple of arrays, with runs on the last axis of every array."""


@runtime_checkable
class Model(Protocol):
    """Rules and parameters; data in, data out, no luck of its own.

    Write one as a ``@dataclass(frozen=True)`` that checks its parameters in ``__post_init__``. The shape of what it
    draws may depend on the network and on ``runs``, never on a rate or on what happened so far: then two settings
    with the same seed share their luck, and only the settings differ.

    Attributes
    ----------
    streams : tuple of str
        The purposes that luck serves, such as ``("start", "transmission")``. Each is a Generator on ``rng``. Put a
        new purpose last: the streams before it stay as they were.
    """

    streams: ClassVar[Sequence[str]]

    def start(self, rng: Streams, runs: int) -> State:
        """Return the state at step 0."""

    def step(self, state: State, t: int, rng: Streams) -> State:
        """Return the state after step ``t`` (1, 2, …), from the read-only state before it."""

    def observe(self, state: State) -> Mapping[str, np.ndarray]:
        """Return what is measured: an array of shape (runs,) for each name."""


class Streams:
    """One random Generator for each purpose that a model names.

    Made by the engine for each block of runs from the seed and the block's number alone, so a block is the same
    whoever computes it, and a draw for one purpose leaves the others alone.

    Examples
    --------
    >>> rng = Streams(("start", "order"), seed=1, block=0)
    >>> rng
    Streams('start', 'order')
    >>> bool(rng.order.random() == Streams(("start", "order"), seed=1, block=0).order.random())
    True
    """

    def __init__(self, names: Sequence[str], seed: int, block: int) -> None:
        self._names, self._seed, self._block = tuple(names), seed, block

    def __getattr__(self, name: str) -> np.random.Generator:
        # Only when it is asked for the first time; to make one takes as long as to draw thousands of numbers.
        names = self.__dict__.get("_names", ())
        if name not in names:
            raise AttributeError(
                f"This model draws from rng.{name}, but names only the streams {names}; add {name!r} to its streams."
            )
        child = np.random.SeedSequence(self._seed, spawn_key=(self._block, names.index(name)))
        stream = np.random.Generator(np.random.SFC64(child))
        setattr(self, name, stream)
        return stream

    def __repr__(self) -> str:
        return f"Streams({', '.join(map(repr, self._names))})"
