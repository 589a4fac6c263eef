"""Simulation models, one module a family; each says what it means, its rule, its parameters and its source."""

from tertius.models.cascade import IndependentCascade
from tertius.models.caveats import removal_caveats
from tertius.models.closure import ClosurePressure, bridge_half_life
from tertius.models.contagion import ComplexContagion, RingContagion, steps_until
from tertius.models.crowd import Crowd, crowd_end
from tertius.models.epidemic import SIR, ContinuousSIR, critical_transmissibility, final_size
from tertius.models.exact import exact_reach
from tertius.models.influence import Choice, choose_adopters
from tertius.models.jobs import Employment, EmploymentChain, JobSearch, isolated_unemployment
from tertius.models.linear import LinearThreshold
from tertius.models.novelty import (
    TieNews,
    best_difference,
    expected_news,
    expected_topics,
    expected_topics_at_rate,
)
from tertius.models.percolation import TieRemoval, removal_gap
from tertius.models.threshold import ThresholdCascade, cascade_window
from tertius.models.transfer import MessageTransfer, helped_chance, whole_message_chance

__all__ = [
    "SIR",
    "Choice",
    "ClosurePressure",
    "ComplexContagion",
    "ContinuousSIR",
    "Crowd",
    "Employment",
    "EmploymentChain",
    "IndependentCascade",
    "JobSearch",
    "LinearThreshold",
    "MessageTransfer",
    "RingContagion",
    "ThresholdCascade",
    "TieNews",
    "TieRemoval",
    "best_difference",
    "bridge_half_life",
    "cascade_window",
    "choose_adopters",
    "critical_transmissibility",
    "crowd_end",
    "exact_reach",
    "expected_news",
    "expected_topics",
    "expected_topics_at_rate",
    "final_size",
    "helped_chance",
    "isolated_unemployment",
    "removal_caveats",
    "removal_gap",
    "steps_until",
    "whole_message_chance",
]
