"""Reading the learner's own files: `read`, what can be told to it, and the report of what it found.

``hub`` keeps private files off shared computers; ``sniff`` says what a file is; ``text`` makes letters and records of
it; a module for each format makes people and ties of the records. All of them write to one ``report.Draft``, which
is also the one way to refuse.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tertius.errors import ParameterError, ReadError, choose_from
from tertius.intake import folders, hub, opening, pair, sniff, text
from tertius.intake.forgotten import without_forgotten
from tertius.intake.formats import FORMATS
from tertius.intake.inferred import infer_ties
from tertius.intake.options import Limits, ReadOptions, gather
from tertius.intake.pair import template
from tertius.intake.report import Draft, ImportProblem, ImportReport
from tertius.network import Network
from tertius.privacy import key, statement

__all__ = [
    "FORMATS",
    "ImportProblem",
    "ImportReport",
    "Limits",
    "ReadError",
    "ReadOptions",
    "infer_ties",
    "read",
    "template",
]

_PRIVACY = (
    "The network holds the names as they stand in the file: keep it on this computer, and ask people before you show "
    "a map with their names."
)

_CODES = (
    "People stand under code names; who they are is known on this computer until the notebook stops: "
    "network.with_names() shows them, to you alone."
)


def read(
    path: str | os.PathLike[str],
    kind: str = "auto",
    *,
    me: str | Sequence[str] | None = None,
    options: ReadOptions | None = None,
    **settings: Any,
) -> Network:
    """Read your own network from a file: an edge list, an address book, a mailbox, a calendar, or a graph.

    The simplest file is a table with a header ``source,target`` or ``source,target,weight`` and a line for each tie.
    Anything that would have to be guessed is asked instead, in an error that says what was found, on which line, and
    what to type. What was understood, changed or left out stands in ``.report`` of the network.

    Parameters
    ----------
    path : str or path
        The file, or a folder that is read as a whole. It is only read, never changed.
    kind : str
        What the file is, one of `tertius.intake.FORMATS`. "auto" finds out from its content.
    me : str or sequence of str, optional
        Your own name as it stands in the file, or your addresses in a mailbox or calendar; you become ``.ego``.
    options : ReadOptions, optional
        Answers to what the file leaves open.
    **settings
        The same answers, typed into the call: ``directed=``, ``decimal=``, ``encoding=``, ``delimiter=``,
        ``missing_weight=``, ``unit=``, ``header=`` and all others of `ReadOptions`.

    Returns
    -------
    Network
        Names as in the file; or code names, if it comes from an account of yours (see `Network.with_names`).

    Raises
    ------
    ReadError
        If the file is none of these, or cannot be read without guessing. ``.report`` says what was found until then.
    ParameterError
        If a setting is unknown or impossible.

    Notes
    -----
    Before the first file from an account of yours is read, what that means is printed, once on each computer. Messages
    and meetings become ties whose strength `Network.strength_table` explains; address books become a star around you,
    of which measures that need to know the ties among your contacts will say that they cannot.

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
    words = [me] if isinstance(me, str) else [] if me is None else me
    if not isinstance(words, (list, tuple)) or not all(isinstance(word, str) for word in words):
        raise ParameterError(f'me is {me!r}; it must be text, as it stands in the file: me="{me}".')
    choose_from(kind, ("auto", *FORMATS), "kind")
    options = gather(options, settings)
    typed = os.fspath(path)
    file = Path(typed)
    shown = file.as_posix() if typed and not file.is_absolute() else file.name
    draft = Draft(shown, file.name or shown or "(no name)", strict=options.strict, seconds=options.limits.seconds)
    if not options.allow_public_hub:
        hub.refuse_if_shared(os.environ, draft)
    if kind == "template":
        draft.refuse("R07", "A template is a folder with people.csv and ties.csv.", "tertius.template() writes one.")
    return without_forgotten(_network(typed, kind, list(words), options, draft, os.environ))


def _network(
    typed: str, kind: str, me: list[str], options: ReadOptions, draft: Draft, environment: Mapping[str, str]
) -> Network:
    """Recognise, say what is to be said, parse, report."""
    file = opening.locate(typed, draft)
    if file.is_dir():
        kind, content = folders.kind_of(file, kind, draft), file
    else:
        start, end = opening.ends(file, draft)
        kind, content = _of_file(file, kind, start, end, options, draft)
    form = FORMATS[kind]
    draft.kind = kind
    ending = file.suffix.lower()
    if file.is_file() and ending and ending not in form.endings:
        what = "a plain table" if kind == "edge_csv" else form.what
        draft.warn("R06", f"The name ends in {ending}, and the content is {what}; I went by the content.")
    if options.merge and (not form.is_personal or kind == "network_canvas"):
        told = "merge= joins addresses or profiles of an account, and this file is of another kind; nobody was joined."
        draft.warn("N04", told, "Write who is one person the same way in the file.")
    if form.is_personal:
        _say_first(environment, draft)
    elif len(me) > 1:
        draft.refuse("R42", f"You gave several names, and you can have one in {form.what}.", "Give me= that one.")
    else:
        me = me[0] if me else None
    module = form.load()
    with text.field_limit(options.limits.field_characters):
        if form.takes == "records":
            content = text.records(content, draft, options.delimiter, module.is_header, form.is_personal)
        nodes, ties, meta = module.parse(content, draft, options, me)
    report = draft.finish(
        nodes=len(nodes),
        ties=len(ties),
        alter_ties=meta["alter_ties"],
        cannot_know=module.CANNOT_KNOW,
        privacy=_PRIVACY if meta["contains_names"] else _CODES,
    )
    return Network(nodes, ties, meta, report)


def _of_file(
    file: Path, kind: str, start: bytes, end: bytes, options: ReadOptions, draft: Draft
) -> tuple[str, Path | bytes | text.Text]:
    """The kind of a file, and its content as its module takes it."""
    found = sniff.of_bytes(start, end)
    if isinstance(found, str) and kind in ("auto", found):
        return found, file
    if not (isinstance(found, str) and kind != "auto"):
        _refuse(found, draft)
    if {found, kind} == {"mbox", "eml"}:
        told = f"This is {FORMATS[found].what}, not {FORMATS[kind].what}."
        draft.refuse("R07", told, f'Leave out kind=, or say kind="{found}".')
    if kind == "maildir":
        draft.refuse("R07", "This is a file, and a Maildir is a folder.", 'A mailbox in one file is kind="mbox".')
    if kind != "auto" and FORMATS[kind].takes == "path":
        return kind, file
    data = opening.whole(file, draft, options.limits)
    if not data.strip(b"\0 \t\r\n"):
        draft.refuse("R02", "The file is empty.", "Look whether it was saved, and is the right one.")
    if kind != "auto" and FORMATS[kind].takes == "bytes":
        return kind, data
    if kind == "auto":
        markup = sniff.of_markup(start.decode("latin-1").replace("\0", "").removeprefix("ï»¿").lstrip("ÿþ"))
        if markup in FORMATS:
            return markup, data
    draft.kind = "edge_csv" if kind == "auto" else kind
    decoded = text.decode(data, draft, options.encoding)
    beginning = decoded.start()
    if not beginning.strip("\0 \t\r\n,;|"):
        draft.refuse("R02", "The file is empty.", "Look whether it was saved, and is the right one.")
    found = sniff.of_markup(beginning)
    _refuse(found, draft)
    if kind == "auto":
        found = found or sniff.of_text(beginning)
        _refuse(found, draft)
        kind = found or "edge_csv"
    return kind, data if FORMATS[kind].takes == "bytes" else decoded


def _refuse(finding: sniff.Finding | str | None, draft: Draft) -> None:
    if isinstance(finding, sniff.Finding):
        draft.refuse(finding.code, finding.expected, finding.hint)


def _say_first(environment: Mapping[str, str], draft: Draft) -> None:
    """Before the first file from somebody's own account, say what reading it means."""
    try:
        if hub.is_shared(environment):
            print(statement.ON_A_SHARED_COMPUTER)
        elif not key.is_there():
            print(statement.BEFORE_THE_FIRST)
    except ReadError as error:
        draft.refuse("R47", str(error))
