"""What the ends of each tie share, as seen inside the network of one of them: ego, ego's contacts, and no one else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tertius.measures.triangles import Triangles


class EgoSums(NamedTuple):
    """Two numbers for each tie from i to j, in the network of i; shape (2, m), i being the low end, then the high one.

    Attributes
    ----------
    relayed : numpy.ndarray
        Sum over the other contacts q of the product of the strengths i–q and q–j, divided by the strength of all ties
        that q has in this network.
    strongest : numpy.ndarray
        Strength of the strongest tie that j has in this network.
    """

    relayed: np.ndarray
    strongest: np.ndarray


def ego_sums(listed: Triangles) -> EgoSums:
    """Work out `EgoSums` in two passes over the triangles: what each contact has in the network, what it passes on."""
    m = len(listed.low)
    once = np.ones(m) if listed.strength is None else listed.strength
    strength = np.concatenate([once, once])
    total, strongest, relayed = strength.copy(), strength.copy(), np.zeros(2 * m)
    for arcs in _arcs(listed):
        for iq, _, qj in arcs:
            np.add.at(total, iq, strength[qj])
            np.maximum.at(strongest, iq, strength[qj])
    for arcs in _arcs(listed):
        for iq, ij, qj in arcs:
            np.add.at(relayed, ij, strength[iq] * strength[qj] / total[iq])
    return EgoSums(relayed.reshape(2, m), strongest.reshape(2, m))


def _arcs(listed: Triangles):
    """Yield, for each block of triangles, its six readings as i→q, i→j and the tie of q and j.

    A tie k is the arc k from its low end and the arc k + m from its high end.
    """
    m = len(listed.low)
    for ab, ac, bc in listed.blocks():
        reverse = listed.low[bc] != listed.high[ab]
        ba, ca, cb = ab + m, ac + m, bc + np.where(reverse, 0, m)
        bc = bc + np.where(reverse, m, 0)
        yield ((ab, ac, bc), (ac, ab, bc), (ba, bc, ac), (bc, ba, ac), (ca, cb, ab), (cb, ca, ab))
