"""People whom the learner has forgotten stay out when a file is read again."""

from __future__ import annotations

from tertius.errors import warn
from tertius.export import ledger
from tertius.intake.report import plural
from tertius.network import Network


def without_forgotten(network: Network) -> Network:
    """Return the network without those who were forgotten on this computer (`Network.forget`)."""
    ids = ledger.forgotten_among(network.nodes["id"])
    if not ids:
        return network
    warn(f"{plural(len(ids), 'person was', 'people were')} left out because you have forgotten them.")
    return network.without(*ids)
