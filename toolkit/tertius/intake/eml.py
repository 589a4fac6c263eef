"""E-mails saved one by one (.eml, and Apple's .emlx): one, or a folder of them; only their headers are read."""

from __future__ import annotations

from pathlib import Path

from tertius.intake import folders
from tertius.intake.mail import CANNOT_KNOW, headers_in, network_of
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft

__all__ = ["CANNOT_KNOW", "parse"]


def parse(place: Path, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of the e-mails."""
    is_folder = place.is_dir()
    draft.evidence = "a folder of e-mails (EML)" if is_folder else "one e-mail (EML)"
    hint = "Look whether it was saved, and is the right one."
    if not is_folder and not place.stat().st_size:
        draft.refuse("R02", "The file is empty.", hint)
    files = folders.emails(place, draft) if is_folder else [place]
    return network_of(lambda: map(headers_in, files), draft, options, me, hint)
