"""Measures of a network: numbers with a definition, a source, and a word on when they are undefined."""

from tertius.measures.bridges import local_bridges, overlap
from tertius.measures.brokerage import brokerage_by_chance, brokerage_roles
from tertius.measures.chance import AgainstChance
from tertius.measures.choices import choice_value, compare_choices
from tertius.measures.closure import closure_share, forbidden_triads, forced_weak, open_triads
from tertius.measures.contact_layers import contact_layers
from tertius.measures.cuts import cut_points, global_bridges
from tertius.measures.disclosure import hide_small_cells
from tertius.measures.exposure import exposure
from tertius.measures.forgetting import Forgetting, ForgottenNames, forget_names
from tertius.measures.in_between import betweenness
from tertius.measures.introductions import introduction
from tertius.measures.layers import Layers, energy, role_strain
from tertius.measures.matching import matches
from tertius.measures.mixing import (
    assortativity,
    blau_index,
    ei_by_chance,
    ei_by_group,
    ei_by_person,
    ei_index,
    mixing_matrix,
    variety,
)
from tertius.measures.paths import first_steps
from tertius.measures.perception import CognitiveStructure, asked_for, friendship_paradox, missing_answers
from tertius.measures.positions import bonacich_power, centrality, closeness, core_number, eigenvector
from tertius.measures.removal import removal_curve
from tertius.measures.scorecard import scorecard
from tertius.measures.six_numbers import EgoReport, Finding, ego_report
from tertius.measures.structure import (
    bridging_share,
    clustering,
    constraint,
    effective_size,
    efficiency,
    hierarchy,
    structure,
)
from tertius.measures.terms import terms
from tertius.measures.transfer import cohesion, network_range
from tertius.measures.waves import density_by_wave, difference_in_differences, reciprocity_by_wave

__all__ = [
    "AgainstChance",
    "CognitiveStructure",
    "EgoReport",
    "Finding",
    "Forgetting",
    "ForgottenNames",
    "Layers",
    "asked_for",
    "assortativity",
    "betweenness",
    "blau_index",
    "bonacich_power",
    "bridging_share",
    "brokerage_by_chance",
    "brokerage_roles",
    "centrality",
    "choice_value",
    "closeness",
    "closure_share",
    "clustering",
    "cohesion",
    "compare_choices",
    "constraint",
    "contact_layers",
    "core_number",
    "cut_points",
    "density_by_wave",
    "difference_in_differences",
    "effective_size",
    "efficiency",
    "ego_report",
    "ei_by_chance",
    "ei_by_group",
    "ei_by_person",
    "ei_index",
    "eigenvector",
    "energy",
    "exposure",
    "first_steps",
    "forbidden_triads",
    "forced_weak",
    "forget_names",
    "friendship_paradox",
    "global_bridges",
    "hide_small_cells",
    "hierarchy",
    "introduction",
    "local_bridges",
    "matches",
    "missing_answers",
    "mixing_matrix",
    "network_range",
    "open_triads",
    "overlap",
    "reciprocity_by_wave",
    "removal_curve",
    "role_strain",
    "scorecard",
    "structure",
    "terms",
    "variety",
]
