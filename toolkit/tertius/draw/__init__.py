"""Pictures: where people stand, what a scene shows, and matplotlib figures of it with a text alternative."""

from tertius.draw.allocation import allocation_curves, star_share
from tertius.draw.bands import bands, phases
from tertius.draw.barter import barter
from tertius.draw.charts import Chart, Line, chart
from tertius.draw.closure import closing_bridge
from tertius.draw.compare import compared
from tertius.draw.connections import connections
from tertius.draw.contagion import adoption
from tertius.draw.decay import dormant_ties, tie_decay, ties_left_by_rule
from tertius.draw.epidemic import epidemic, epidemic_shares
from tertius.draw.exchange import exchange, formats_compared
from tertius.draw.goodwill import goodwill_rhythms, needs_met_by_fade
from tertius.draw.gossip import trust_lost
from tertius.draw.heat import HeatMap, draw_heat_map, heat_map
from tertius.draw.html import Figure, figure
from tertius.draw.ideas import idea_survey
from tertius.draw.jobs import employment, job_split
from tertius.draw.joining import introductions
from tertius.draw.kinds import tie_kinds
from tertius.draw.learning import organizational_learning
from tertius.draw.novelty import tie_news
from tertius.draw.opinion import opinions
from tertius.draw.own_map import own_map
from tertius.draw.percolation import tie_removal
from tertius.draw.picture import curve, network
from tertius.draw.places import layout
from tertius.draw.scene import Curve, Look, Scene
from tertius.draw.search import searching
from tertius.draw.switching import switching
from tertius.draw.teams import teams
from tertius.draw.transfer import whole_message
from tertius.draw.trust import contact_split, patience_by_split

__all__ = [
    "Chart",
    "Curve",
    "Figure",
    "HeatMap",
    "Line",
    "Look",
    "Scene",
    "adoption",
    "allocation_curves",
    "bands",
    "barter",
    "chart",
    "closing_bridge",
    "compared",
    "connections",
    "contact_split",
    "curve",
    "dormant_ties",
    "draw_heat_map",
    "employment",
    "epidemic",
    "epidemic_shares",
    "exchange",
    "figure",
    "formats_compared",
    "goodwill_rhythms",
    "heat_map",
    "idea_survey",
    "introductions",
    "job_split",
    "layout",
    "needs_met_by_fade",
    "network",
    "opinions",
    "organizational_learning",
    "own_map",
    "patience_by_split",
    "phases",
    "searching",
    "star_share",
    "switching",
    "teams",
    "tie_decay",
    "tie_kinds",
    "tie_news",
    "tie_removal",
    "ties_left_by_rule",
    "trust_lost",
    "whole_message",
]
