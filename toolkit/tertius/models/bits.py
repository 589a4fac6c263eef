"""A block of 64 runs in one word: what is yes or no takes a bit a run, and all runs are worked out at once."""

from __future__ import annotations

import functools
import math

import numpy as np

from tertius.simulate import BLOCK

AT_ONCE = 1 << 12
"""How many words are made together: few enough to stay near the processor."""
COUNTED_AT_ONCE = 255 * 64
FIELDS = (
    (1, 3, np.uint64(0x5555555555555555)),
    (2, 5, np.uint64(0x3333333333333333)),
    (4, 17, np.uint64(0x0F0F0F0F0F0F0F0F)),
)
"""Of each step of adding up: how wide the fields are, how many are added, and where the wider fields are."""
BIT = np.uint64(1) << np.arange(BLOCK, dtype=np.uint64)
"""The bit of each of 64 runs."""
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def packed(bits: np.ndarray) -> np.ndarray:
    """Pack the last axis, a yes or no for each of 64 runs, into words; bool (…, 64) to uint64 (…).

    Examples
    --------
    >>> packed(np.arange(64) < 3).item()
    7
    """
    flat = np.packbits(np.ascontiguousarray(bits).reshape(-1), bitorder="little")
    return flat.view("<u8").astype(np.uint64, copy=False).reshape(bits.shape[:-1])


def unpacked(words: np.ndarray) -> np.ndarray:
    """Undo `packed`: bool, shape (…, 64), from words of shape (…)."""
    flat = np.ascontiguousarray(words).astype("<u8", copy=False).reshape(-1).view(np.uint8)
    return np.unpackbits(flat, bitorder="little").view(bool).reshape(*words.shape, BLOCK)


def counted(words: np.ndarray) -> np.ndarray:
    """In how many of the words each run's bit is set; int64 (64,) or (k, 64), from words of shape (m,) or (m, k).

    Three bits are added up in a field of two, five such fields in one of four, 17 such fields in one of eight: in all
    255 words, while they are still words.

    Examples
    --------
    >>> counted(np.array([1, 3, 1], np.uint64))[:3].tolist()
    [3, 1, 0]
    """
    if words.size < 255:
        return np.add.reduce(unpacked(words).view(np.uint8), axis=0, dtype=np.int64)
    total = np.zeros((*words.shape[1:], BLOCK), np.int64)
    for begin in range(0, len(words), COUNTED_AT_ONCE):
        part = words[begin : begin + COUNTED_AT_ONCE]
        fields = np.zeros((-(-len(part) // 255) * 255, *words.shape[1:]), np.uint64)
        fields[: len(part)] = part
        for axis, (width, together, mask) in enumerate(FIELDS):
            shifts = np.array([0, width], np.uint64).reshape(2, *[1] * fields.ndim)
            fields = (fields >> shifts) & mask
            shape = fields.shape[: axis + 1], fields.shape[axis + 1] // together, fields.shape[axis + 2 :]
            fields = np.add.reduce(fields.reshape(*shape[0], together, shape[1], *shape[2]), axis=axis + 1)
        places = np.ascontiguousarray(fields).astype("<u8", copy=False)[..., None].view(np.uint8)
        sums = np.add.reduce(places, axis=3, dtype=np.int64)
        # Now the bit 8 j + 4 a + 2 b + c is at [a, b, c, …, j].
        total += np.moveaxis(sums, (0, 1, 2), (-3, -2, -1)).reshape(total.shape)
    return total


def held(words: np.ndarray) -> np.ndarray:
    """Rows of words in which any bit is set; ascending int64 positions, from words of shape (n, k).

    Examples
    --------
    >>> held(np.array([[0, 0, 4], [0, 0, 0], [1, 0, 1]], np.uint64)).tolist()
    [0, 2]
    """
    # Column by column: to go along many short rows would cost numpy more.
    return np.flatnonzero(functools.reduce(np.bitwise_or, words.T) != 0)


def one_run_each(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where bits are set: position of the word and run, two int64 arrays, word by word; for few bits in many words."""
    held = np.flatnonzero(words != 0)
    at, run = np.divmod(np.flatnonzero(unpacked(words[held])), BLOCK)
    return held[at], run


def chance_words(chance: float | np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw ``count`` words whose bits are set with the given probability, independently.

    Each bit stands for an even number u in [0, 1) and is set where ``u < chance``. The first eight binary digits of
    every u are drawn; the others are worked out, from one more draw and the bit's place, where these eight do not
    decide. So what is drawn does not depend on the chance, and a higher chance sets the same bits and more.

    Parameters
    ----------
    chance : float or numpy.ndarray of shape (count,)
        In [0, 1]; 0 sets no bit, 1 all.
    count : int
    rng : numpy.random.Generator

    Returns
    -------
    numpy.ndarray, uint64, shape (count,)

    Examples
    --------
    >>> luck = lambda: np.random.default_rng(1)
    >>> few, many = chance_words(0.2, 1000, luck()), chance_words(0.3, 1000, luck())
    >>> bool(((few & ~many) == 0).all())
    True
    """
    key = rng.integers(0, 2**64, dtype=np.uint64)
    scaled = np.asarray(chance, float) * 256
    first = np.minimum(np.floor(scaled), 255).astype(np.uint8)
    rest = np.minimum((scaled - first) * 2.0**53, 2.0**53).astype(np.uint64)
    words = np.empty(count, np.uint64)
    for begin in range(0, count, AT_ONCE):
        part = slice(begin, min(begin + AT_ONCE, count))
        size = part.stop - begin
        digits = rng.integers(0, 2**64, 8 * size, dtype=np.uint64).view(np.uint8).reshape(size, BLOCK)
        compared = first[part, None] if first.ndim else first
        bits = digits < compared
        close = np.flatnonzero(digits == compared)
        place = np.uint64(begin * BLOCK) + close.astype(np.uint64)
        decided = rest[part][close // BLOCK] if rest.ndim else rest
        bits.reshape(-1)[close] = (_mixed(key + place * _STEP) >> np.uint64(11)) < decided
        words[part] = packed(bits)
    return words


def successes(tries: int, chance: float, rng: np.random.Generator) -> np.ndarray:
    """Which of many independent tries succeed, each with the same chance; ascending int64 positions.

    Drawn are the gaps between successes, so the work is that of the successes and not of the tries.
    """
    if chance <= 0 or not tries:
        return np.zeros(0, np.int64)
    parts, last = [], -1
    while last < tries:
        expected = (tries - last) * chance
        gaps = rng.geometric(chance, int(expected + 4 * math.sqrt(expected)) + 4)
        np.minimum(gaps, tries + 1, out=gaps)  # a tiny chance has gaps whose sum is beyond any number
        gaps[0] += last
        parts.append(gaps.cumsum())
        last = int(parts[-1][-1])
    found = np.concatenate(parts) if len(parts) > 1 else parts[0]
    return found[: found.searchsorted(tries)]


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Shuffle the bits of 64-bit numbers so that neighbours have nothing in common (the finaliser of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * _MIX_1
    numbers = (numbers ^ (numbers >> np.uint64(27))) * _MIX_2
    return numbers ^ (numbers >> np.uint64(31))
