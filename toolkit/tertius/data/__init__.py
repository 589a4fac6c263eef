"""Data sets: ours, those that come with other packages or are fetched, and the rules by which ours are made.

`datasets` lists them, `describe` says what to know about one, `load` gives it as a `tertius.Network`; none of the
three ever uses the network. `fetch` does, once the licence is accepted. `personas` lists the leaders of our cases.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "cards": ["Card"],
        "cases.entrepreneur": ["social_entrepreneur"],
        "cases.law": ["law_firm"],
        "cases.manufacturing": ["manufacturing_vp"],
        "cases.nonprofit": ["nonprofit_director"],
        "cases.pharma": ["pharma_executive"],
        "catalogue": ["datasets", "describe", "fetch", "load"],
        "personas": ["personas"],
        "rings": ["rewired_ring"],
    },
)
