"""Writing a network to files: whole and for oneself, or with less in it and for others."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tertius.errors import ParameterError, SaveError, check_count
from tertius.export import ledger, sharing, tables
from tertius.export.graphs import WRITERS
from tertius.export.tables import FILES, STRUCTURE
from tertius.privacy import key


@dataclass(frozen=True, repr=False)
class Saved:
    """What was written; print it, or leave it as the last line of a notebook cell.

    Attributes
    ----------
    path : pathlib.Path
        The file or folder.
    files : tuple of str
        Names of the files.
    people, ties : int
        How many are in them.
    left_out : int or None
        How many people were left out; ``None`` if nobody could be, because contacts are not counted.
    said : str
        The same in words, with what to know before anybody else sees it.
    """

    path: Path
    files: tuple[str, ...]
    people: int
    ties: int
    left_out: int | None
    said: str

    def __repr__(self) -> str:
        return self.said


def save(
    network: Any, path: str | os.PathLike[str], include_names: bool, relation: str | None, wave: int | None
) -> Saved:
    """As `Network.save`."""
    place = _checked(path)
    if network.meta.get("contains_names") and not include_names:
        raise ParameterError(
            "This network holds names as they stood in a file. Save it under code names, "
            "network.pseudonymise().save(…), or say include_names=True if the file is for you alone."
        )
    if network.meta.get("contains_names") and key.is_versioned(place.resolve()):
        raise ParameterError(
            "This folder is under version control, whose history keeps and shares what is in it: save a network with "
            "names somewhere else."
        )
    if place.suffix in WRITERS:
        graph = network.graph(relation, wave)
        contents = {place.name: WRITERS[place.suffix](graph)}
        people, ties = len(graph), graph.number_of_edges()
        told = f" It holds the ties of {graph.graph['relation']!r}, wave {graph.graph['wave']}."
    else:
        if relation is not None or wave is not None:
            raise ParameterError("A folder of tables holds all relations and waves: leave relation and wave out.")
        contents = tables.written(network.nodes, network.ties, network.meta)
        people, ties, told = len(network.nodes), len(network.ties), ""
    _write(place, contents)
    names = " It holds names: keep it to yourself." if network.meta.get("contains_names") else f" {STRUCTURE}"
    said = f"{place.name}: {people:,} people and {ties:,} ties.{told}{names}"
    return Saved(place, tuple(contents), people, ties, 0, said)


def share(network: Any, path: str | os.PathLike[str], least: int) -> Saved:
    """As `Network.share`."""
    place = _checked(path)
    check_count("least", least, 1)
    if place.suffix:
        raise ParameterError(f"What others may see is a folder of tables; {place.name!r} looks like a file.")
    nodes, ties, meta, left_out = sharing.for_others(network.nodes, network.ties, network.meta, least)
    contents = tables.written(nodes, ties, meta)
    _write(place, contents)
    if left_out is None:
        rare = "Contacts are not counted in this network, so nobody was left out as rare."
    else:
        rare = f"{left_out:,} with fewer than {least} contacts on record {'was' if left_out == 1 else 'were'} left out."
    said = (
        f"{place.name}: {len(nodes):,} people under new codes and {len(ties):,} ties; days are weeks, free texts are "
        f"gone. {rare} {STRUCTURE}"
    )
    return Saved(place, tuple(contents), len(nodes), len(ties), left_out, said)


def _checked(path: str | os.PathLike[str]) -> Path:
    try:
        place = Path(path).expanduser()
    except TypeError:
        raise ParameterError(f"Say where to save, as text; this is a {type(path).__name__}.") from None
    if not place.name or (place.suffix and place.suffix not in WRITERS):
        raise ParameterError(
            f"{place.name!r} says neither a folder nor a kind of file I write: name a folder, such as 'my_network', "
            f"or a file that ends in {', '.join(WRITERS)}."
        )
    return place


def _write(place: Path, contents: dict[str, bytes]) -> None:
    """Write files so that none is ever half written; tables go into a folder of their own."""
    folder = place.parent if place.suffix else place
    if not place.suffix and folder.is_dir():
        strangers = [entry.name for entry in folder.iterdir() if entry.name not in FILES]
        there = [name for name in FILES if (folder / name).exists()]
        if strangers or there not in ([], list(FILES)):
            other = (strangers or there)[0]
            raise SaveError(f"The folder {folder.name} holds other files, such as {other}; name a folder of its own.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            part = folder / f"{name}.part"
            part.write_bytes(content)
            os.replace(part, folder / name)
    except OSError as error:
        raise SaveError(f"{place.name} could not be written ({error.strerror}).") from None
    ledger.note_saved(place)
