"""Simulation models, one module a family; each says what it means, its rule, its parameters and its source."""

from tertius.models.allocation import Allocation, Division, best_hours
from tertius.models.barter import KnowledgeBarter
from tertius.models.caveats import removal_caveats
from tertius.models.closure import ClosurePressure, bridge_half_life
from tertius.models.concentration import StarShare, best_star_share
from tertius.models.connections import Connections
from tertius.models.contagion import ComplexContagion, RingContagion, steps_until
from tertius.models.decay import TieDecay, decay_chance, survival_by_age, tending_hours
from tertius.models.dormancy import DormantContact, best_silence, dormant_value
from tertius.models.exchange import Exchange
from tertius.models.formats import Forum, Newsletter, OneToOne, Roundtable
from tertius.models.goodwill import Goodwill
from tertius.models.gossip import TrustByExperience, TrustNetwork
from tertius.models.ideas import IdeaBrokerage, IdeaSurvey
from tertius.models.jobs import Employment, EmploymentChain, JobSearch, isolated_unemployment
from tertius.models.joining import JoiningBroker
from tertius.models.learning import OrganizationalLearning
from tertius.models.novelty import (
    TieNews,
    best_difference,
    expected_news,
    expected_topics,
    expected_topics_at_rate,
)
from tertius.models.opinion import DeGroot, FriedkinJohnsen
from tertius.models.percolation import TieRemoval, removal_gap
from tertius.models.reputation import ImageScoring
from tertius.models.search import LandscapeSearch
from tertius.models.teams import TeamSearch
from tertius.models.transfer import MessageTransfer, helped_chance, whole_message_chance
from tertius.models.trust import ContactSplit, TrustGame

__all__ = [
    "Allocation",
    "ClosurePressure",
    "ComplexContagion",
    "Connections",
    "ContactSplit",
    "DeGroot",
    "Division",
    "DormantContact",
    "Employment",
    "EmploymentChain",
    "Exchange",
    "Forum",
    "FriedkinJohnsen",
    "Goodwill",
    "IdeaBrokerage",
    "IdeaSurvey",
    "ImageScoring",
    "JobSearch",
    "JoiningBroker",
    "KnowledgeBarter",
    "LandscapeSearch",
    "MessageTransfer",
    "Newsletter",
    "OneToOne",
    "OrganizationalLearning",
    "RingContagion",
    "Roundtable",
    "StarShare",
    "TeamSearch",
    "TieDecay",
    "TieNews",
    "TieRemoval",
    "TrustByExperience",
    "TrustGame",
    "TrustNetwork",
    "best_difference",
    "best_hours",
    "best_silence",
    "best_star_share",
    "bridge_half_life",
    "decay_chance",
    "dormant_value",
    "expected_news",
    "expected_topics",
    "expected_topics_at_rate",
    "helped_chance",
    "isolated_unemployment",
    "removal_caveats",
    "removal_gap",
    "steps_until",
    "survival_by_age",
    "tending_hours",
    "whole_message_chance",
]
