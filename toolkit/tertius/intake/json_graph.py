"""Networks in JSON, as networkx, D3, Graphology, Cytoscape and others write them."""

from __future__ import annotations

import json
import re
from typing import Any

from tertius.intake.declared import CANNOT_KNOW, Declared
from tertius.intake.json_shapes import shape_of
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft
from tertius.intake.text import Text

__all__ = ["CANNOT_KNOW", "parse"]

_AGAIN = "Save the network again from the program that made it."
_IDS = ("id", "key", "name")


class _NotFinite(ValueError):
    pass


def _refuse_constant(word: str) -> None:
    raise _NotFinite(word)


def parse(text: Text, draft: Draft, options: ReadOptions, me: str | None) -> Parsed:
    """Make a network of the file. There are no lines in JSON that mean anything; places are counted instead."""
    draft.evidence = "a network in JSON"
    content = _content(text, draft)
    draft.counted = "entry"
    if isinstance(content, dict) and isinstance(content.get("elements"), list) and "connections" in content:
        hint = "In Kumu, export the connections as CSV, and read that."
        draft.refuse("R07", "This looks like a map from Kumu, which tertius does not read.", hint)
    shape = shape_of(content)
    if shape is None:
        told = 'A network in JSON has a list "nodes" and a list "links" or "edges".'
        draft.refuse("R07", told, "Export the ties as CSV with the columns source and target, and read that.")
    nodes, links = shape.nodes, shape.links
    declared = Declared(draft, options)
    ids = [_id_of(node, k, draft) for k, node in enumerate(nodes, 1)]
    has_ids = all(id is not None for id in ids)
    ids = [id if id is not None else str(k) for k, id in enumerate(ids)] if has_ids or not any(ids) else ids
    for k, (id, node) in enumerate(zip(ids, nodes, strict=True), 1):
        declared.person(id, k, _details(node, ("id", "key")) if isinstance(node, dict) else {})
    ends = [_ends_of(link, k, draft) for k, link in enumerate(links, 1)]
    by_place = _by_place(ends, ids, has_ids, draft, options)
    for k, (link, (u, v)) in enumerate(zip(links, ends, strict=True), 1):
        if by_place:
            u, v = (ids[end] if isinstance(end, int) and 0 <= end < len(ids) else f"place {end}" for end in (u, v))
        said = _details(link, ("source", "target", "from", "to", "key", "id")) if isinstance(link, dict) else {}
        u, v = (None if end is None else str(end) for end in (u, v))
        declared.tie(u, v, k, said, _direction(link) if isinstance(link, dict) else None)
    return declared.network(me, shape.directed)


def _direction(link: dict[str, Any]) -> bool | None:
    """The direction that a tie says it has or has not."""
    if isinstance(link.get("directed"), bool):
        return link["directed"]
    return not link["undirected"] if isinstance(link.get("undirected"), bool) else None


def _content(text: Text, draft: Draft) -> Any:
    letters = text.letters.removeprefix("\ufeff")
    try:
        return json.loads(letters, parse_constant=_refuse_constant)
    except _NotFinite as error:
        line = letters[: re.search(rf"(?<![\w\"]){re.escape(str(error))}", letters).start()].count("\n") + 1
        draft.refuse("R27", "A weight is a finite number.", _AGAIN, row=line, found=str(error))
    except json.JSONDecodeError as error:
        if not letters[error.pos :].strip() or "Unterminated string" in error.msg:
            told = f"The file ends too early; I read up to line {error.lineno}."
            draft.refuse("R38", told, "Save or download it again.", row=error.lineno)
        draft.refuse("R07", "Here it is no well-formed JSON.", _AGAIN, row=error.lineno)
    except RecursionError:
        told = "Lists lie too deep in each other."
        draft.refuse("R45", told, "This limit cannot be raised; no network needs it.")
    except ValueError:
        draft.refuse("R45", "It holds a number too long to read.", "This limit cannot be raised.")


def _id_of(node: Any, place: int, draft: Draft) -> str | None:
    found = node if not isinstance(node, dict) else next((node[key] for key in _IDS if node.get(key) is not None), None)
    if found is None:
        return None
    if isinstance(found, (dict, list, bool)):
        draft.refuse("R14", f"An id is a text or a number; that of node {place} is neither.", _AGAIN)
    return str(found)


def _ends_of(link: Any, place: int, draft: Draft) -> tuple[Any, Any]:
    if isinstance(link, dict):
        ends = link.get("source", link.get("from")), link.get("target", link.get("to"))
    elif isinstance(link, list) and len(link) >= 2:
        ends = link[0], link[1]
    else:
        draft.refuse("R14", f"A link has a source and a target; link {place} has not.", _AGAIN)
    ends = tuple(next((end[key] for key in _IDS if key in end), None) if isinstance(end, dict) else end for end in ends)
    if any(isinstance(end, (dict, list, bool, float)) for end in ends):
        draft.refuse("R14", f"An end is a text or a whole number; link {place} has another.", _AGAIN)
    return ends


def _by_place(ends: list, ids: list[str], has_ids: bool, draft: Draft, options: ReadOptions) -> bool:
    """Whether links name nodes by their place in the list; asked where ids would fit too and mean others."""
    if options.links is not None:
        return options.links == "place"
    flat = [end for pair in ends for end in pair if end is not None]
    if not flat or not all(isinstance(end, int) for end in flat):
        return False
    fits_place = all(0 <= end < len(ids) for end in flat)
    fits_id = has_ids and {str(end) for end in flat} <= set(ids)
    if fits_place and fits_id and any(ids[end] != str(end) for end in flat):
        draft.refuse(
            "R07",
            "Links name nodes by numbers, which could be their ids or their places in the list.",
            f'Tell me: {draft.call(links="id")} or links="place".',
        )
    return fits_place and not fits_id


def _details(values: dict[str, Any], without: tuple[str, ...]) -> dict[str, str]:
    """Texts and numbers as text; what is itself a list is passed over."""
    return {
        str(word): "" if value is None else repr(value) if isinstance(value, float) else str(value)
        for word, value in values.items()
        if word not in without and not isinstance(value, (dict, list, bool))
    }
