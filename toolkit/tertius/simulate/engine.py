"""Play models, in blocks of 64 runs, with luck that depends on the seed and on nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from numbers import Integral
from operator import index
from typing import Any, NamedTuple

import numpy as np
from joblib import Parallel, delayed, effective_n_jobs

from tertius.errors import ModelError, ParameterError, check_count
from tertius.simulate.protocol import Model, Streams
from tertius.simulate.results import Ensemble, Run

BLOCK = 64
"""Runs are played 64 at a time, all 64 even if fewer are asked for: run 3 is the same run in any ensemble."""

Until = Callable[[Any], np.ndarray]


def simulate(model: Model, steps: int, *, seed: int | None = None, until: Until | None = None) -> Run:
    """Play one run and keep every state.

    It is run 0 of ``ensemble`` with the same seed.

    Parameters
    ----------
    model : Model
    steps : int
        How many times the rule is applied, at least 0.
    seed : int, optional
        Give the same seed for the same run. Left out, one is drawn; read it from the result.
    until : callable, optional
        Takes a state and says for each run whether it is over; the run ends with that state.

    Returns
    -------
    Run

    Raises
    ------
    ParameterError
        If ``steps`` or ``seed`` is not a whole number of at least 0.
    ModelError
        If the model edits a state in place, or returns something of the wrong shape.
    """
    return show(model, steps, runs=1, seed=seed, until=until)[0]


def ensemble(
    model: Model, steps: int, *, runs: int, seed: int | None = None, until: Until | None = None, n_jobs: int = 1
) -> Ensemble:
    """Play many independent runs and keep what was observed.

    Parameters
    ----------
    model, steps, seed, until
        As for `simulate`. A run that ``until`` ended keeps its last measurement at all later steps.
    runs : int
        How many runs, at least 1.
    n_jobs : int
        How many processes share the blocks of 64 runs; the numbers are the same for any.

    Returns
    -------
    Ensemble

    Raises
    ------
    ParameterError, ModelError
        As `simulate`.
    """
    seed = checked_seed(seed)
    steps, runs = checked_length(steps, runs)
    check_jobs(n_jobs)
    groups = grouped(model, range(-(-runs // BLOCK)), n_jobs)
    played = Parallel(n_jobs=n_jobs)(delayed(play)(model, steps, seed, group, until) for group in groups)
    return _joined(model, seed, runs, [block for group in played for block in group])


def show(
    model: Model, steps: int, *, runs: int, seed: int | None = None, until: Until | None = None
) -> tuple[Run, Ensemble]:
    """Play an ensemble and keep the states of its run 0: what `simulate` and `ensemble` return, in one pass.

    Parameters
    ----------
    model, steps, runs, seed, until
        As for `ensemble`.

    Returns
    -------
    Run, Ensemble
    """
    seed = checked_seed(seed)
    steps, runs = checked_length(steps, runs)
    observed, stopped, states = _play(model, steps, seed, 0, until, keep=True)
    last = int(stopped[0])
    run = Run(
        model, seed, tuple(states[: last + 1]), {name: values[: last + 1, 0] for name, values in observed.items()}
    )
    others = [
        block
        for group in grouped(model, range(1, -(-runs // BLOCK)))
        for block in play(model, steps, seed, group, until)
    ]
    return run, _joined(model, seed, runs, [Played(observed, stopped), *others])


class Played(NamedTuple):
    """What was measured on one block of 64 runs.

    Attributes
    ----------
    observed : dict of str to numpy.ndarray, shape (steps + 1, 64)
    stopped : numpy.ndarray, int, shape (64,)
        The step at which each run had met ``until``, or the last.
    """

    observed: dict[str, np.ndarray]
    stopped: np.ndarray


def grouped(model: Model, blocks: Sequence[int], n_jobs: int | None = 1) -> list[Sequence[int]]:
    """Divide blocks into groups that are played together: as many as the model takes at once and the workers share."""
    most = getattr(model, "blocks_at_once", 1) if _has_shortcut(type(model)) else 1
    most = max(1, min(most, -(-len(blocks) // effective_n_jobs(n_jobs))))
    return [blocks[first : first + most] for first in range(0, len(blocks), most)]


def play(model: Model, steps: int, seed: int, blocks: Sequence[int], until: Until | None = None) -> list[Played]:
    """Play some blocks of 64 runs, each with the luck that it always has.

    A model that has ``measure`` is asked for the numbers of all blocks at once; it is played step by step if ``until``
    is not its own ``is_settled``.
    """
    if not _has_shortcut(type(model)) or (until is not None and until != getattr(model, "is_settled", None)):
        return [Played(*_play(model, steps, seed, block, until)[:2]) for block in blocks]
    observed, settled = model.measure([Streams(model.streams, seed, block) for block in blocks], steps)
    stopped = np.minimum(settled, steps) if until is not None else np.full(len(blocks) * BLOCK, steps)
    for name, values in observed.items():
        if values.shape != (steps + 1, len(blocks) * BLOCK):
            raise ModelError(
                f"{type(model).__name__}.measure returned {name!r} with shape {values.shape}; one number for each step "
                f"and run is needed: {(steps + 1, len(blocks) * BLOCK)}."
            )
    parts = [slice(k * BLOCK, (k + 1) * BLOCK) for k in range(len(blocks))]
    return [Played({name: values[:, part] for name, values in observed.items()}, stopped[part]) for part in parts]


def _has_shortcut(kind: type) -> bool:
    """Whether a class has ``measure`` for the very rules it has; one that changes a rule of its parent has not."""
    rules = {"start", "step", "observe", "is_settled", "measure"}
    first = next((one for one in kind.__mro__ if rules & vars(one).keys()), None)
    return first is not None and "measure" in vars(first)


def _joined(model: Model, seed: int, runs: int, blocks: list[Played]) -> Ensemble:
    observed = {
        name: np.concatenate([block.observed[name] for block in blocks], axis=1)[:, :runs]
        for name in blocks[0].observed
    }
    return Ensemble(model, seed, observed, np.concatenate([block.stopped for block in blocks])[:runs])


def _play(model, steps: int, seed: int, block: int, until: Until | None, keep: bool = False):
    """Play one block; return its measurements (steps + 1, 64), where each run stopped, and run 0's states."""
    rng = Streams(model.streams, seed, block)
    state = _checked(model, "start", 0, lambda: model.start(rng, BLOCK))
    observed: dict[str, np.ndarray] = {}
    states = []
    columns: dict[int, np.ndarray] = {}
    over = np.zeros(BLOCK, bool)
    stopped = np.full(BLOCK, steps)
    for t in range(steps + 1):
        if t:
            before = state
            state = _checked(model, "step", t, lambda before=before, t=t: model.step(before, t, rng))
        if keep:
            columns = {id(array): columns.get(id(array), _first_run(array)) for array in _arrays(state)}
            kept = [columns[id(array)] for array in _arrays(state)]
            states.append(type(state)(*kept) if isinstance(state, tuple) else kept[0])
        is_any_over = over.any()
        for name, values in model.observe(state).items():
            values = np.asarray(values)
            if values.shape != (BLOCK,):
                raise ModelError(
                    f"{type(model).__name__}.observe returned {name!r} with shape {values.shape}; "
                    f"one number a run is needed: ({BLOCK},)."
                )
            if t == 0:
                observed[name] = np.empty((steps + 1, BLOCK), values.dtype)
            observed[name][t] = np.where(over, observed[name][t - 1], values) if is_any_over else values
        if until is not None:
            newly = np.broadcast_to(np.asarray(until(state), bool), (BLOCK,)) & ~over
            stopped[newly] = t
            over = over | newly
            if over.all():
                for values in observed.values():
                    values[t + 1 :] = values[t]
                break
    return observed, stopped, states


def _arrays(state) -> tuple[np.ndarray, ...]:
    return state if isinstance(state, tuple) else (state,)


def _first_run(array: np.ndarray) -> np.ndarray:
    """Run 0 of an array of the state; a copy, so that a kept run does not keep the other 63."""
    column = array[..., 0].copy() if array.shape[-1] == BLOCK else array[..., 0] & np.uint64(1)
    if column.ndim:
        column.flags.writeable = False
    return column


def _checked(model, method: str, t: int, act: Callable[[], Any]):
    """Call the model, explain what breaks the protocol, and make the new state read-only."""
    name = f"{type(model).__name__}.{method}"
    try:
        state = act()
    except ValueError as error:
        if "read-only" in str(error):
            raise ModelError(
                f"{name} edited its state in place at step {t}; return a new array instead, such as one made with "
                "numpy.where or state.copy()."
            ) from error
        raise
    for array in _arrays(state):
        if not isinstance(array, np.ndarray):
            raise ModelError(
                f"{name} returned {type(array).__name__} at step {t}; a state is a numpy array or a NamedTuple of "
                "them, with runs on the last axis."
            )
        packed = array.dtype == np.uint64 and array.ndim and array.shape[-1] == 1
        if not array.ndim or (array.shape[-1] != BLOCK and not packed):
            raise ModelError(
                f"{name} returned an array of shape {array.shape} at step {t}; runs stand on the last axis, so its "
                f"length is {BLOCK} (or 1 word of 64 bits)."
            )
        array.flags.writeable = False
    return state


def checked_length(steps: int, runs: int) -> tuple[int, int]:
    """Return the numbers of steps and runs; as Python's own, for the narrow ones of numpy cannot count far."""
    check_count("steps", steps, 0)
    check_count("runs", runs, 1)
    return index(steps), index(runs)


def check_jobs(n_jobs: int | None) -> None:
    """Refuse what is no number of processes; none says that joblib decides."""
    if n_jobs is not None and (isinstance(n_jobs, bool) or not isinstance(n_jobs, Integral) or n_jobs == 0):
        raise ParameterError(f"n_jobs is {n_jobs!r}; it is a number of processes, or -1 for all processors.")


def checked_seed(seed: int | None) -> int:
    """Return the seed, or draw one if there is none."""
    if seed is None:
        return secrets.randbits(32)
    check_count("seed", seed, 0)
    return index(seed)
