"""Folders that are read as a whole: what they are, and the files of mail in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from tertius.intake import opening, sniff
from tertius.intake.folder_names import is_folder_aside
from tertius.intake.formats import FORMATS
from tertius.intake.report import Draft

DEEPEST = 3
"""Folders within folders that are looked into."""

MAILBOX_ENDINGS = ("", ".mbox", ".mbx")
EMAIL_ENDINGS = (".eml", ".emlx")


def kind_of(folder: Path, kind: str, draft: Draft) -> str:
    """The kind of a folder, which must be ``kind`` unless that is "auto"."""
    found = _kinds(folder, draft)
    if kind in found:
        return kind
    if kind == "auto" and len(found) == 1:
        return found[0]
    if kind == "auto" and found:
        words = " or ".join(f'kind="{one}"' for one in found)
        what = " and ".join(FORMATS[one].what for one in found)
        draft.refuse("R07", f"This folder holds {what}, and I read one kind.", f"Tell me: {words}.")
    if found:
        told = f"This folder holds {FORMATS[found[0]].what}, not {FORMATS[kind].what}."
        draft.refuse("R07", told, f'Leave out kind=, or say kind="{found[0]}".')
    _refuse(folder, draft)


def mailboxes(folder: Path, draft: Draft) -> tuple[list[Path], list[str]]:
    """The mailboxes in a folder, and the names of those that are left out: drafts, spam and trash."""
    kept, aside = [], []
    for file in _files(folder, draft):
        if file.suffix.lower() in MAILBOX_ENDINGS and sniff.is_mailbox(opening.ends(file, draft)[0]):
            # Apple's mailboxes are folders: Work.mbox/mbox.
            name = file.parent.stem if file.name == "mbox" and file.parent != folder else file.stem
            if is_folder_aside(name):
                aside.append(name)
            else:
                kept.append(file)
    return kept, aside


def emails(folder: Path, draft: Draft) -> list[Path]:
    """The e-mails in a folder, a file each."""
    return [file for file in _files(folder, draft) if file.suffix.lower() in EMAIL_ENDINGS]


def _kinds(folder: Path, draft: Draft) -> list[str]:
    names = opening.names_in(folder, draft)
    found = sniff.of_folder(names)
    if found:
        return [found]
    try:
        if any((folder / name / "cur").is_dir() for name in names):
            return ["maildir"]
    except OSError as error:
        opening.refuse_unopened(error, draft)
    of_mail = {"mbox": any(mailboxes(folder, draft)), "eml": emails(folder, draft)}
    return [kind for kind, files in of_mail.items() if files]


def _files(folder: Path, draft: Draft, depth: int = 0) -> Iterator[Path]:
    """The files in a folder and in those within it, in an order that does not depend on the system."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        if depth == 0:
            opening.refuse_unopened(error, draft)
        return
    for entry in entries:
        draft.check_time()
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_file():
            yield entry
        elif depth < DEEPEST and entry.is_dir():
            yield from _files(entry, draft, depth + 1)


def _refuse(folder: Path, draft: Draft) -> NoReturn:
    """Say that it is a folder, naming a file in it that may be meant."""
    names = sorted(opening.names_in(folder, draft))
    if not names:
        draft.refuse("R07", "The folder is empty.", "Look whether it is the right one.")
    endings = {ending for form in FORMATS.values() for ending in form.endings}
    known = [name for name in names if Path(name).suffix.lower() in endings and not name.startswith(".")]
    if not known:
        hint = "Look whether it is the right one; or name the file that you mean."
        draft.refuse("R07", "In this folder I find no mailbox, e-mail, table or graph that I read.", hint)
    first = "ties.csv" if "ties.csv" in known else known[0]
    inside = draft.call(f"{draft.path_as_typed.rstrip('/')}/{first}")
    draft.refuse(
        "R07", "This is a folder, and I read one file.", f"Name the file in it that you mean, such as {inside}."
    )
