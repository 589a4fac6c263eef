"""No private file is opened on a computer that strangers share.

What makes a computer shared is said in `tertius.learner.hub`, which the learner's file keeps to as well.
"""

from __future__ import annotations

from collections.abc import Mapping

from tertius.intake.report import Draft
from tertius.learner.hub import MARKERS, PREFIXES, TRUSTED, is_shared

__all__ = ["MARKERS", "PREFIXES", "TRUSTED", "is_shared", "refuse_if_shared"]


def refuse_if_shared(environment: Mapping[str, str], draft: Draft) -> None:
    """Refuse, before the file is opened, on a shared computer."""
    if is_shared(environment):
        draft.refuse(
            "R47",
            "This notebook runs on a shared computer; your contacts have not agreed to that.",
            'Install tertius on your own computer, or practise with tertius.load("manufacturing_vp"). '
            "If the hub belongs to your own organisation, help(tertius.read) says what to do.",
        )
