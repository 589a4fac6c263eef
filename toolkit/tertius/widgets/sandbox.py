"""`Sandbox`: any model on any network, and the lines of code that do the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tertius.draw.scene import Scene
from tertius.errors import ParameterError, choose_from
from tertius.network import Network
from tertius.simulate import Ensemble, Model, Run
from tertius.ties import Ties
from tertius.widgets.controls import Choice, Slider
from tertius.widgets.explorer import Explorer
from tertius.widgets.frozen import Frozen
from tertius.widgets.playable import PLAYABLE, Playable

if TYPE_CHECKING:
    import pandas as pd

CODE = """\
import tertius
from tertius import draw, models
from tertius.simulate import ensemble, simulate
network = {network}
ties = tertius.Ties.of(network, directed=False)
model = models.{model}({settings})
run = simulate(model, {steps}, seed={seed})
runs = ensemble(model, {steps}, runs={runs}, seed={seed})
print(f"{observed}, mean of all runs in the end: {{runs.mean('{observed}')[-1]:.2f}}")
draw.figure(draw.{picture}(run, runs{people}), {t})"""


class Sandbox(Explorer):
    """An `Explorer` with a model to choose, a network, and how much: one number, whose meaning the title says.

    Parameters
    ----------
    networks : mapping of str to Network
        By the name of their data set. With only one there is no control for it.
    names : mapping of str to str, optional
        What a learner reads for each network.
    called : str
        What stands for a network in `code`; ``{name}`` is its name here.
    what : str
        The model at first, one of `models`.
    much : float
        How much at first, from 0 to 1 in tenths.
    steps : int

    Raises
    ------
    ParameterError
        If there is no network or no such model, or a model refuses the network.

    Examples
    --------
    >>> from tertius.data import load
    >>> sandbox = Sandbox({"karate": load("karate")}, what="illness", much=0.2)
    >>> sandbox.meta["title"].replace("\\N{NO-BREAK SPACE}", " ")
    'Something is caught · chance to catch it from a contact in a step: 10 %'
    >>> print(sandbox.code.splitlines()[5])
    model = models.SIR(ties, transmission=0.1)
    """

    def __init__(
        self,
        networks: Mapping[str, Network],
        names: Mapping[str, str] | None = None,
        *,
        called: str = 'tertius.load("{name}")',
        what: str = "opinions",
        much: float = 0.5,
        steps: int = 40,
    ) -> None:
        if not networks:
            raise ParameterError("A Sandbox needs a network to play on; got none.")
        choose_from(what, PLAYABLE, "what")
        self.networks, self._called = dict(networks), called
        self._ties = {name: Ties.of(network, directed=False) for name, network in self.networks.items()}
        labels = {name: (names or {}).get(name, name) for name in self.networks}
        # The engine plays what was built last, and the picture is of that.
        self._now: tuple[Playable, str, float] = PLAYABLE[what], next(iter(self.networks)), much
        super().__init__(
            self._built,
            self._drawn,
            steps=steps,
            what=Choice("What goes on", {name: one.label for name, one in PLAYABLE.items()}, what),
            **({"among": Choice("Among", labels)} if len(labels) > 1 else {}),
            much=Slider("How much of what the title says", 0, 1, 0.1, much),
        )

    @staticmethod
    def models() -> pd.DataFrame:
        """Every model, with what "how much" is for it: from nothing to all.

        Returns
        -------
        pandas.DataFrame
            One row a model by its short name: ``what goes on``, ``model``, ``how much is``, ``from`` and ``to``.
        """
        import pandas as pd

        rows = {
            name: (one.label, one.model.__name__, one.says, one.written(0), one.written(1))
            for name, one in PLAYABLE.items()
        }
        return pd.DataFrame.from_dict(rows, "index", columns=["what goes on", "model", "how much is", "from", "to"])

    def model(self, what: str, much: float, among: str | None = None) -> Model:
        """Make a model on one of the networks, such as for `tertius.simulate.sweep`.

        Parameters
        ----------
        what : str
        much : float
            From 0 to 1.
        among : str, optional
            The network; left out, the first.

        Raises
        ------
        ParameterError
            If there is no such model or network.
        """
        choose_from(what, PLAYABLE, "what")
        among = next(iter(self.networks)) if among is None else choose_from(among, self.networks, "among")
        return PLAYABLE[what].on(self._ties[among], much)

    @property
    def observed(self) -> str:
        """What says what came of it, by its name in runs and tables."""
        return PLAYABLE[self.value["what"]].observed

    @property
    def code(self) -> str:
        """Ten lines that play what is on show, and draw it."""
        playable, among, much = self._on_show(self.value)
        settings = playable.settings(self._ties[among], much).items()
        return CODE.format(
            network=self._called.format(name=among),
            model=playable.model.__name__,
            settings=", ".join([*([] if playable.instead else ["ties"]), *(f"{name}={it!r}" for name, it in settings)]),
            steps=self._last,
            seed=self.value["seed"],
            runs=self.value["runs"],
            observed=playable.observed,
            picture=playable.picture.__name__,
            people="" if playable.instead else ", people=network",
            t=self.t,
        )

    def freeze(self, **named: Any) -> Frozen:
        """Hold some settings as `Explorer.freeze` does; with nothing named all models, on the network on show.

        Parameters
        ----------
        **named : True or iterable
            As for `Explorer.freeze`. Left out: every model, with nothing, with as much as there is now, and with all.

        Returns
        -------
        Frozen
        """
        return super().freeze(**(named or {"what": True, "much": sorted({0.0, self.value["much"], 1.0})}))

    def _on_show(self, settings: Mapping) -> tuple[Playable, str, float]:
        return PLAYABLE[settings["what"]], settings.get("among", next(iter(self.networks))), settings["much"]

    def _built(self, **settings) -> Model:
        self._now = self._on_show(settings)
        playable, among, much = self._now
        return playable.on(self._ties[among], much)

    def _drawn(self, run: Run, runs: Ensemble) -> Scene:
        playable, among, much = self._now
        people = {} if playable.instead else {"people": self.networks[among]}
        return replace(playable.picture(run, runs, **people), title=playable.told(much))
