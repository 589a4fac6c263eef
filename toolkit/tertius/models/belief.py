"""What others come to expect of somebody, from the good and the bad that they saw, the longer ago the less."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertius.errors import ParameterError, check_above, check_share, check_two
from tertius.models.rows import as_row


def reputation_belief(
    good: Sequence[float], bad: Sequence[float], *, fade: float = 0.05, prior: tuple[float, float] = (1, 1)
) -> np.ndarray:
    r"""How likely others think it that the next touch will be good, month by month.

    Each month what was seen before fades, and what is seen now is added: :math:`a \leftarrow (1 - \lambda) a +` good,
    :math:`b \leftarrow (1 - \lambda) b +` bad. Believed is the mean of a Beta distribution,
    :math:`(a_0 + a) / (a_0 + b_0 + a + b)` [1]_. Where nothing fades and :math:`a_0 = b_0 = 1`, this is Laplace's rule
    of succession. With k touches a month, a + b, the weight of what was seen, comes to :math:`k / \lambda`: what fades
    fast never weighs much, so a name is soon made, soon lost and soon forgotten.

    Parameters
    ----------
    good, bad : sequence of float, of equal length
        Touches of each month, each at least 0.
    fade : float
        :math:`\lambda`, share of what was seen that is forgotten in a month, in [0, 1].
    prior : (float, float)
        :math:`a_0, b_0`: how many good and bad touches a first impression is worth, each above 0.

    Returns
    -------
    numpy.ndarray, float64, shape (months + 1,)
        In (0, 1); the first is what is believed before anything was seen.

    Raises
    ------
    ParameterError
        If a number is out of its range, or there are not as many good as bad.

    References
    ----------
    .. [1] Jøsang and Ismail, The Beta Reputation System, 15th Bled Electronic Commerce Conference (2002).

    Examples
    --------
    >>> reputation_belief([1, 1, 0], [0, 0, 1], fade=0).round(3).tolist()  # 1/2, 2/3, 3/4, 3/5
    [0.5, 0.667, 0.75, 0.6]
    """
    check_share("fade", fade, "share")
    check_two("prior", prior, "good and bad touches")
    for name, worth in zip(("prior[0]", "prior[1]"), prior, strict=True):
        check_above(name, worth, 0, "a number of touches")
    seen = []
    for name, touches in (("good", good), ("bad", bad)):
        seen.append(as_row(touches))
        if seen[-1] is None or seen[-1].ndim != 1 or not (np.isfinite(seen[-1]) & (seen[-1] >= 0)).all():
            raise ParameterError(f"{name} is {touches!r}; it holds touches for each month, each at least 0.")
    if len(seen[0]) != len(seen[1]):
        raise ParameterError(f"good is of {len(seen[0])} months and bad of {len(seen[1])}; give both for each month.")
    weight = np.zeros((len(seen[0]) + 1, 2))
    for month, touches in enumerate(np.column_stack(seen)):
        weight[month + 1] = (1 - fade) * weight[month] + touches
    belief = weight + np.array(prior, float)
    return belief[:, 0] / belief.sum(axis=1)
