"""Reading the learner's own files: `read`, what can be told to it, and the report of what it found.

``hub`` keeps private files off shared computers; ``sniff`` says what a file is; ``text`` makes letters and records of
it; a module for each format makes people and ties of the records. All of them write to one ``report.Draft``, which
is also the one way to refuse.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

from tertius.errors import ParameterError, ReadError, choose_from
from tertius.intake import edge_csv, hub, pair, sniff, text
from tertius.intake.forgotten import without_forgotten
from tertius.intake.inferred import infer_ties
from tertius.intake.options import Limits, ReadOptions, gather
from tertius.intake.pair import template
from tertius.intake.report import Draft, ImportProblem, ImportReport
from tertius.network import Network

__all__ = ["ImportProblem", "ImportReport", "Limits", "ReadError", "ReadOptions", "infer_ties", "read", "template"]

FORMATS = {"edge_csv": edge_csv}
"""Kinds of file that are read. Each module has ``parse(records, draft, options, me)``, ``is_header(cells)`` and
``CANNOT_KNOW``."""

_TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".dat", ".edges", ".edgelist", "")

_PRIVACY = (
    "The network holds the names as they stand in the file: keep it on this computer, and ask people before you show "
    "a map with their names."
)


def read(
    path: str | os.PathLike[str],
    kind: str = "auto",
    *,
    me: str | None = None,
    options: ReadOptions | None = None,
    **settings: Any,
) -> Network:
    """Read a file of ties: an edge list in CSV, a line a tie.

    The simplest file has a header ``source,target`` or ``source,target,weight`` and a line for each tie. Anything
    that would have to be guessed is asked instead, in an error that says what was found, on which line, and what to
    type. What was understood, changed or left out stands in ``.report`` of the network.

    Parameters
    ----------
    path : str or path
        The file. It is only read, never changed.
    kind : {"auto", "edge_csv"}
        What the file is. "auto" finds out from its content.
    me : str, optional
        Your own name as it stands in the file; it becomes ``.ego``.
    options : ReadOptions, optional
        Answers to what the file leaves open.
    **settings
        The same answers, typed into the call: ``directed=``, ``decimal=``, ``encoding=``, ``delimiter=``,
        ``missing_weight=``, ``unit=``, ``header=`` and all others of `ReadOptions`.

    Returns
    -------
    Network
        Names as in the file; one relation called "tie".

    Raises
    ------
    ReadError
        If the file is no edge list, or cannot be read without guessing. ``.report`` says what was found until then.
    ParameterError
        If a setting is unknown or impossible.

    Notes
    -----
    On a shared computer (Binder, a JupyterHub, hosted notebooks) nothing is opened, because the people in your file
    have not agreed to that. On a hub of your own organisation the administrator can set ``TERTIUS_TRUSTED_HUB=1``;
    ``allow_public_hub=True`` reads anyway, and is meant for invented data.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "ties.csv")
    ...     _ = file.write_text("source,target,weight\\nAnn,Bo,3\\nBo,Cy,5\\n")
    ...     network = read(file, directed=False, allow_public_hub=True)
    >>> network
    Network('ties': 3 people, 2 ties)
    >>> network.report.n_kept
    2
    """
    if kind in ("auto", "template") and (files := pair.found(path)):
        return without_forgotten(pair.read(files, me, gather(options, settings)))
    if not isinstance(path, (str, os.PathLike)) or isinstance(os.fspath(path), bytes):
        what = "a list of files" if isinstance(path, (list, tuple)) else f"a {type(path).__name__}"
        raise ParameterError(f'read() takes one file, such as tertius.read("ties.csv"); this is {what}.')
    if me is not None and not isinstance(me, str):
        raise ParameterError(f'me is {me!r}; it must be text, as it stands in the file: me="{me}".')
    choose_from(kind, ("auto", *FORMATS), "kind")
    options = gather(options, settings)
    typed = os.fspath(path)
    file = Path(typed)
    shown = file.as_posix() if typed and not file.is_absolute() else file.name
    draft = Draft(shown, file.name or shown or "(no name)", strict=options.strict, seconds=options.limits.seconds)
    if not options.allow_public_hub:
        hub.refuse_if_shared(os.environ, draft)
    data = _bytes_of(typed, draft, options.limits)
    return without_forgotten(_network(data, kind, me, options, draft))


def _network(data: bytes, kind: str, me: str | None, options: ReadOptions, draft: Draft) -> Network:
    """Recognise, decode, parse, report."""
    _refuse(sniff.of_bytes(data[: sniff.START_BYTES], data[-sniff.START_BYTES :]), draft)
    decoded = text.decode(data, draft, options.encoding)
    start = decoded.start()
    if not start.strip("\0 \t\r\n,;|"):
        draft.refuse("R02", "The file is empty.", "Look whether it was saved, and is the right one.")
    _refuse(sniff.of_markup(start), draft)
    if kind == "auto":
        _refuse(sniff.of_text(start), draft)
    ending = Path(draft.file).suffix.lower()
    if ending not in _TEXT_ENDINGS:
        draft.warn("R06", f"The name ends in {ending}, and the content is a plain table; I went by the content.")
    draft.kind = "edge_csv" if kind == "auto" else kind
    module = FORMATS[draft.kind]
    with text.field_limit(options.limits.field_characters):
        records = text.records(decoded, draft, options.delimiter, module.is_header)
        nodes, ties, meta = module.parse(records, draft, options, me)
    report = draft.finish(
        nodes=len(nodes),
        ties=len(ties),
        alter_ties=meta["alter_ties"],
        cannot_know=module.CANNOT_KNOW,
        privacy=_PRIVACY if meta["contains_names"] else "",
    )
    return Network(nodes, ties, meta, report)


def _refuse(finding: sniff.Finding | None, draft: Draft) -> None:
    if finding:
        draft.refuse(finding.code, finding.expected, finding.hint)


def _bytes_of(typed: str, draft: Draft, limits: Limits) -> bytes:
    """The content of the file, once it is known to be a file, to be here, and not to be too large."""
    if not typed.strip() or "\0" in typed:
        draft.refuse("R01", "This cannot be the name of a file.", 'Give its name, such as tertius.read("ties.csv").')
    if "://" in typed:
        draft.refuse("R01", "This is a web address.", "Download the file first, and read it from there.")
    file = Path(typed)
    try:
        file = file.expanduser()
        if file.is_dir():
            inside = draft.call(f"{draft.path_as_typed.rstrip('/')}/ties.csv")
            draft.refuse("R07", "This is a folder, and I read one file.", f"Name the file of ties in it: {inside}.")
        if not file.exists():
            _refuse_missing(file, draft)
        if not file.is_file():
            draft.refuse("R07", "This is a device or a pipe, not a file.", "Save its content as a file.")
        with file.open("rb") as stream:
            data = stream.read(int(limits.megabytes * 1_000_000) + 1)
    except (OSError, RuntimeError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "its path makes no sense here"
        hint = "Close it in other programs, look whether you may read it, and check how its name is written."
        draft.refuse("R01", f"The file cannot be opened: {why}.", hint)
    if len(data) > limits.megabytes * 1_000_000:
        draft.refuse(
            "R45",
            f"The file is larger than the {limits.megabytes:g} MB I read.",
            "Look whether it is the right one; or allow more: limits=tertius.intake.Limits(megabytes=500).",
        )
    return data


def _refuse_missing(file: Path, draft: Draft) -> None:
    """Say that there is no such file, with the names that come near."""
    folder = file.parent
    if not folder.is_dir():
        hint = "Put the file beside this notebook and give its name alone."
        draft.refuse("R01", f"There is no folder {folder.name!r} to look in.", hint)
    there = {entry.name.lower(): entry.name for entry in sorted(folder.iterdir()) if not entry.name.startswith(".")}
    near = difflib.get_close_matches(file.name.lower(), there, n=3, cutoff=0.6)
    tables = [name for name in there if name.endswith((".csv", ".tsv"))][:3]
    hint = "Put the file there, or give its whole path."
    if near:
        hint = f"Did you mean {' or '.join(repr(there[name]) for name in near)}?"
    elif tables:
        hint = f"The tables there are {', '.join(repr(there[name]) for name in tables)}."
    place = "the folder of this notebook" if folder == Path() else f"the folder {folder.name or str(folder)!r}"
    draft.refuse("R01", f"There is no such file in {place}.", hint)
