"""Whether a computer is one that strangers share. Private files and maps stay off such a computer."""

from __future__ import annotations

from collections.abc import Mapping

PREFIXES = ("BINDER_", "JUPYTERHUB_")
"""Variables that Binder and JupyterHub set begin with these."""

MARKERS = ("TERTIUS_PUBLIC_HUB", "COLAB_RELEASE_TAG", "KAGGLE_KERNEL_RUN_TYPE", "DEEPNOTE_PROJECT_ID")
"""Our own marker, set by ``binder/``, and those of well-known notebook hosts."""

TRUSTED = "TERTIUS_TRUSTED_HUB"
"""Set to 1 by the administrator of an institution's own hub."""


def is_shared(environment: Mapping[str, str]) -> bool:
    """Whether these environment variables are those of a public hub, which nobody has declared trusted.

    Examples
    --------
    >>> is_shared({"BINDER_SERVICE_HOST": "10.0.0.1"}), is_shared({"HOME": "/home/ann"})
    (True, False)
    >>> is_shared({"JUPYTERHUB_USER": "ann", "TERTIUS_TRUSTED_HUB": "1"})
    False
    """
    if environment.get(TRUSTED) == "1":
        return False
    return any(name.startswith(PREFIXES) or name in MARKERS for name in environment)
