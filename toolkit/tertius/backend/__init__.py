"""tertius as a backend of networkx: ``networkx.constraint(graph, backend="tertius")`` runs here, many times as fast.

networkx reads this module whenever it is imported, so that nothing else is loaded here.
"""

SELF_TIES = "Self-loops are ignored, as in igraph: a person is no contact of their own."
STRENGTHS = "Weights are strengths, larger is closer: positive and finite, others are refused."
DIRECTION = "Whoever only is pointed at has a value too: contacts are those in either direction, as in the formula."


def get_info() -> dict:
    """Tell networkx what this backend offers, and where it differs on purpose.

    Examples
    --------
    >>> sorted(get_info()["functions"])
    ['clustering', 'constraint', 'effective_size', 'local_bridges']
    """
    return {
        "backend_name": "tertius",
        "project": "tertius",
        "package": "tertius",
        "short_summary": "Structural holes, clustering and local bridges by array operations, without compiled code.",
        "functions": {
            "constraint": {"additional_docs": f"{SELF_TIES} {DIRECTION} {STRENGTHS}"},
            "effective_size": {
                "additional_docs": f"{SELF_TIES} {DIRECTION} {STRENGTHS} For all nodes at once, too, a contact's ties "
                "are compared with that contact's strongest."
            },
            "clustering": {},
            "local_bridges": {"additional_docs": f"{SELF_TIES} Weights must not be negative, nor functions."},
        },
    }
