"""A model's histories in all 64 runs of a block, for tests that look into its states."""

from tertius.simulate import BLOCK, Streams


def played(model, steps, seed=1):
    """The state at step 0, 1, …, each with runs on its last axis."""
    rng = Streams(model.streams, seed, 0)
    states = [model.start(rng, BLOCK)]
    for t in range(1, steps + 1):
        states.append(model.step(states[-1], t, rng))
    return states
