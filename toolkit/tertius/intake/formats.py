"""Every kind of file that is read: what it is called, which module reads it, and what that module is given.

A module has ``parse(content, draft, options, me)``, which returns `parts.Parsed`, and ``CANNOT_KNOW``, a sentence for
each thing that such a file cannot tell. It is loaded when a file of its kind is read. One that takes records has
``is_header(cells)`` too.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import NamedTuple


class Format(NamedTuple):
    """A kind of file.

    Attributes
    ----------
    module : str
        The module in this folder that reads it.
    what : str
        What messages call it.
    takes : {"records", "text", "bytes", "path"}
        What ``parse`` is given: the lines of a table, letters, bytes, or the place of a file or folder.
    endings : tuple of str
        How the names of such files end; any other is told in a warning.
    is_personal : bool
        Whether it comes from an account or address book, so that people get code names while it is read.
    """

    module: str
    what: str
    takes: str
    endings: tuple[str, ...]
    is_personal: bool = False

    def load(self) -> ModuleType:
        """The module."""
        return importlib.import_module(f"tertius.intake.{self.module}")


_TABLE = (".csv", ".tsv", ".tab", ".txt", ".dat", ".edges", ".edgelist")

FORMATS = {
    "edge_csv": Format("edge_csv", "an edge list", "records", _TABLE),
    "adjacency_csv": Format("adjacency_csv", "a matrix of ties", "records", _TABLE),
    "graphml": Format("graphml", "a network in GraphML", "bytes", (".graphml", ".xml")),
    "gexf": Format("gexf", "a network in GEXF", "bytes", (".gexf", ".xml")),
    "gml": Format("gml", "a network in GML", "text", (".gml", ".txt")),
    "pajek": Format("pajek", "a network in Pajek's format", "text", (".net", ".paj", ".txt")),
    "json_graph": Format("json_graph", "a network in JSON", "text", (".json",)),
    "linkedin_connections": Format("linkedin", "LinkedIn's list of connections", "records", _TABLE, True),
    "linkedin_messages": Format("linkedin_messages", "LinkedIn's messages", "records", _TABLE, True),
    "linkedin_archive": Format("linkedin_archive", "LinkedIn's archive", "path", (".zip",), True),
    "google_contacts": Format("google", "Google's contacts", "records", _TABLE, True),
    "outlook_contacts": Format("outlook", "contacts of Outlook, Thunderbird or Yahoo", "records", _TABLE, True),
    "mbox": Format("mbox", "a mailbox (mbox)", "path", (".mbox", ".mbx", ".eml", ".txt"), True),
    "maildir": Format("maildir", "a mailbox in a folder (Maildir)", "path", (), True),
    "eml": Format("eml", "single e-mails (EML)", "path", (".eml", ".emlx", ".txt"), True),
    "ics": Format("ics", "a calendar (ICS)", "text", (".ics", ".ical", ".ifb"), True),
    "network_canvas": Format("network_canvas", "interviews made with Network Canvas", "path", (".zip",), True),
    "vcard": Format("vcard", "an address book (vCard)", "text", (".vcf", ".vcard"), True),
}
"""Kinds by the word for ``kind=``."""
