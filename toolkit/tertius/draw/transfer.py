"""Whether a message arrives whole, by how many parts it has."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tertius.draw.charts import Chart, Line
from tertius.draw.words import percent
from tertius.errors import ParameterError, check_count
from tertius.models.transfer import whole_message_chance

STYLES = (("#b34700", "dashed", "ring"), ("#0072b2", "solid", "disc"), ("#009e73", "solid", "diamond"))
TOLD_AT = 10


def whole_message(chances: Mapping[str, float], most_parts: int = 15) -> Chart:
    """Chart the probability that a message arrives whole, for one to three kinds of tie.

    Parameters
    ----------
    chances : mapping of str to float
        What a kind of tie is called, and its chance that one part is understood, in [0, 1].
    most_parts : int
        Parts of the longest message, at least 1.

    Returns
    -------
    Chart

    Raises
    ------
    ParameterError
        If there is no kind of tie or more than three, or a setting is out of its range.

    Examples
    --------
    >>> whole_message({"weak tie": 0.5}, most_parts=2).lines[0].y.tolist()
    [0.5, 0.25]
    """
    if not 1 <= len(chances) <= len(STYLES):
        raise ParameterError(f"chances names {len(chances)} kinds of tie; give one to {len(STYLES)}.")
    check_count("most_parts", most_parts, 1)
    parts = np.arange(1, most_parts + 1)
    lines = tuple(
        Line(name, np.array([whole_message_chance(k, chance) for k in parts.tolist()]), *style)
        for (name, chance), style in zip(chances.items(), STYLES, strict=False)
    )
    told = min(TOLD_AT, most_parts)
    ends = "; ".join(
        f"{line.name}: {percent(line.y[0])} for one part, {percent(line.y[told - 1])} for {told}" for line in lines
    )
    return Chart(
        title="All parts must arrive",
        x_label="parts of the message",
        y_label="chance that it arrives whole",
        x=parts.astype(float),
        lines=lines,
        sentence=f"The more parts a message has, the less often all arrive. {ends}.",
    )
