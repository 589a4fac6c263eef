"""LinkedIn's archive as it is downloaded: Connections.csv and messages.csv are read in the zip, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tertius.intake import linkedin, linkedin_messages, text
from tertius.intake.addresses import Addresses
from tertius.intake.aliases import Aliases
from tertius.intake.contact_records import Ledger
from tertius.intake.contacts import star
from tertius.intake.options import ReadOptions
from tertius.intake.parts import Parsed
from tertius.intake.report import Draft
from tertius.intake.text import Records
from tertius.intake.zipped import opened
from tertius.privacy import codes

CANNOT_KNOW = (*linkedin.CANNOT_KNOW, *linkedin_messages.CANNOT_KNOW)


def parse(file: Path, draft: Draft, options: ReadOptions, me: list[str]) -> Parsed:
    """Make a network of connections (relation ``listed``) and messages (relation ``contact``)."""
    archive = opened(file, draft, options.limits)
    try:
        connections, messages = archive.find("Connections.csv"), archive.find("messages.csv")
        if not connections and not messages:
            draft.refuse("R07", "There is neither Connections.csv nor messages.csv in it.", "Download both.")
        listed = archive.read(connections) if connections else b""
        written = archive.read(messages) if messages else b""
    finally:
        archive.close()
    aliases = Aliases(options, draft)
    whose = {}
    networks = []
    if listed:
        entries = list(linkedin.connections(_records(listed, draft, options, linkedin), draft, options))
        networks.append(star(entries, draft, options, me, "LinkedIn", aliases))
        whose = {("url", codes.profile(one.url)): one.identifier() for one in entries if one.url}
    if written:
        found = linkedin_messages.messages(_records(written, draft, options, linkedin_messages), draft)
        people = Addresses(linkedin_messages.owner(found, me, draft), draft, options, aliases)
        people.same_as = whose
        ledger = Ledger(people, draft, options)
        linkedin_messages.take(found, ledger, draft)
        networks.append(ledger.network("LinkedIn"))
    aliases.tell(draft)
    draft.evidence = f"an archive with {' and '.join(name for name in (connections, messages) if name)}"
    if not networks:
        draft.refuse("R02", "The files in it are empty.", "Download the archive again.")
    return networks[0] if len(networks) == 1 else _joined(*networks)


def _records(data: bytes, draft: Draft, options: ReadOptions, module: object) -> Records:
    return text.records(text.decode(data, draft, options.encoding), draft, options.delimiter, module.is_header, True)


def _joined(listed: Parsed, written: Parsed) -> Parsed:
    """One network with both relations; ties among contacts are known as far as messages tell."""
    extra = written.nodes[~written.nodes["id"].isin(listed.nodes["id"])]
    nodes = pd.concat([listed.nodes, extra], ignore_index=True).fillna("")
    ties = pd.concat([listed.ties, written.ties], ignore_index=True)
    for column in ("first_contact", "last_contact"):
        ties[column] = ties[column].fillna("")
    relations = [*written.meta["relations"], *listed.meta["relations"]]
    return Parsed(nodes, ties, written.meta | {"relations": relations})
