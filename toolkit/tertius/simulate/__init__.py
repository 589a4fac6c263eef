"""The simulation engine: it runs any model that keeps the protocol, and knows no model and no graph.

A model is a frozen dataclass of rules and parameters with three methods (`Model`); the engine owns all luck and hands
it on as named streams (`Streams`). `simulate` shows one run, `ensemble` measures many, `show` does both at once,
`sweep` measures many for every setting of a grid.
"""

from tertius.simulate.engine import BLOCK, ensemble, show, simulate
from tertius.simulate.protocol import Model, Streams
from tertius.simulate.results import Ensemble, Run
from tertius.simulate.sweep import sweep

__all__ = ["BLOCK", "Ensemble", "Model", "Run", "Streams", "ensemble", "show", "simulate", "sweep"]
