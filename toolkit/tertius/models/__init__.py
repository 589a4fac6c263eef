"""Simulation models, one module a family; each says what it means, its rule, its parameters and its source."""

from tertius.models.allocation import Allocation, Division, best_hours
from tertius.models.barter import KnowledgeBarter
from tertius.models.belief import reputation_belief
from tertius.models.cascade import IndependentCascade
from tertius.models.caveats import removal_caveats
from tertius.models.closure import ClosurePressure, bridge_half_life
from tertius.models.concentration import StarShare, best_star_share
from tertius.models.connections import Connections
from tertius.models.contagion import ComplexContagion, RingContagion, steps_until
from tertius.models.cooperation import DeathBirthGame
from tertius.models.crowd import Crowd, crowd_end
from tertius.models.decay import TieDecay, decay_chance, survival_by_age, tending_hours
from tertius.models.dormancy import DormantContact, best_silence, dormant_value
from tertius.models.epidemic import SIR, ContinuousSIR, critical_transmissibility, final_size
from tertius.models.exact import exact_reach
from tertius.models.exchange import Exchange
from tertius.models.formats import Forum, Newsletter, OneToOne, Roundtable
from tertius.models.goodwill import Goodwill
from tertius.models.gossip import TrustByExperience, TrustNetwork
from tertius.models.ideas import IdeaBrokerage, IdeaSurvey
from tertius.models.influence import Choice, choose_adopters
from tertius.models.jobs import Employment, EmploymentChain, JobSearch, isolated_unemployment
from tertius.models.joining import JoiningBroker
from tertius.models.learning import OrganizationalLearning
from tertius.models.linear import LinearThreshold
from tertius.models.novelty import (
    TieNews,
    best_difference,
    expected_news,
    expected_topics,
    expected_topics_at_rate,
)
from tertius.models.opinion import DeGroot, FriedkinJohnsen
from tertius.models.percolation import TieRemoval, removal_gap
from tertius.models.plane import PlaneSearch
from tertius.models.reputation import ImageScoring
from tertius.models.search import LandscapeSearch
from tertius.models.teams import TeamSearch
from tertius.models.threshold import ThresholdCascade, cascade_window
from tertius.models.transfer import MessageTransfer, helped_chance, whole_message_chance
from tertius.models.trust import ContactSplit, TrustGame

__all__ = [
    "SIR",
    "Allocation",
    "Choice",
    "ClosurePressure",
    "ComplexContagion",
    "Connections",
    "ContactSplit",
    "ContinuousSIR",
    "Crowd",
    "DeGroot",
    "DeathBirthGame",
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
    "IndependentCascade",
    "JobSearch",
    "JoiningBroker",
    "KnowledgeBarter",
    "LandscapeSearch",
    "LinearThreshold",
    "MessageTransfer",
    "Newsletter",
    "OneToOne",
    "OrganizationalLearning",
    "PlaneSearch",
    "RingContagion",
    "Roundtable",
    "StarShare",
    "TeamSearch",
    "ThresholdCascade",
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
    "cascade_window",
    "choose_adopters",
    "critical_transmissibility",
    "crowd_end",
    "decay_chance",
    "dormant_value",
    "exact_reach",
    "expected_news",
    "expected_topics",
    "expected_topics_at_rate",
    "final_size",
    "helped_chance",
    "isolated_unemployment",
    "removal_caveats",
    "removal_gap",
    "reputation_belief",
    "steps_until",
    "survival_by_age",
    "tending_hours",
    "whole_message_chance",
]
