"""`Left`: keeps how the learner leaves an Explorer, and puts it back."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from tertius.errors import TertiusError
from tertius.learner import Learner
from tertius.widgets.explorer import Explorer

PAUSE = 0.5
"""Seconds without a change after which the state is kept: a slider that is dragged changes it many times a second."""


class Left:
    """Puts an Explorer back as it was left, and from then on keeps how it is left.

    Parameters
    ----------
    learner : Learner
    name : str
        Under which it is kept in the learner's file.
    explorer : Explorer
    """

    def __init__(self, learner: Learner, name: str, explorer: Explorer) -> None:
        self._learner, self._name, self.explorer = learner, name, explorer
        self._timer: threading.Timer | None = None
        self._guard = threading.Lock()
        if log := learner.log("views", name):
            explorer.put_back(log[-1]["state"])
        explorer.observe(self._later, ["value", "t"])

    def _later(self, change: dict[str, Any]) -> None:
        self._stop()
        self._timer = threading.Timer(PAUSE, self.keep)
        self._timer.daemon = True
        try:
            self._timer.start()
        except RuntimeError:  # Python in a browser has no threads
            self.keep()

    def _stop(self) -> bool:
        """Forget the timer; return whether there was something to keep still."""
        timer, self._timer = self._timer, None
        if timer:
            timer.cancel()
        return timer is not None

    def keep(self) -> None:
        """Keep the state now."""
        # One at a time, or an older state could come after a newer one. What cannot be saved is held, and goes with the
        # next save; the forms say so.
        with self._guard, suppress(TertiusError):
            self._learner.keep_view(self._name, self.explorer.state)

    def end(self) -> None:
        """Keep what has not been kept, and nothing more from then on."""
        self.explorer.unobserve(self._later, ["value", "t"])
        if self._stop():
            self.keep()
