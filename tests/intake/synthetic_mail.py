"""Mailboxes made by a program, with the contact in them known: who wrote to whom, when, beside whom."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

ME = "me@example.com"
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 1_500


class Message(NamedTuple):
    """What is true of a message; the owner is person -1."""

    sender: int
    recipients: tuple[int, ...]
    moment: datetime
    is_noise: bool


def address(person: int) -> str:
    return ME if person < 0 else f"person{person}@host{person % 7}.example"


def messages(n: int, people: int, seed: int) -> Iterator[Message]:
    """Messages between the owner and people, some of them more often; a fifth is lists, blasts and robots."""
    luck = random.Random(seed)
    for _ in range(n):
        # The square of a uniform number: few people write much, many little.
        chosen = dict.fromkeys(int(people * luck.random() ** 2) for _ in range(luck.choice((1, 1, 1, 2, 3, 5))))
        first, *others = chosen
        moment = FIRST + timedelta(seconds=int(luck.random() * DAYS * 86_400))
        if luck.random() < 0.5:
            yield Message(-1, (first, *others), moment, luck.random() < 0.1)
        else:
            yield Message(first, (-1, *others), moment, luck.random() < 0.3)


def write(path: Path, made: Iterator[Message], marker: str) -> None:
    """Write them as a mailbox; the noise is drawn out of them by what robots and lists say of themselves."""
    noise = ("List-Id: <news.example>", "Precedence: bulk", "Auto-Submitted: auto-generated", "X-Gmail-Labels: Drafts")
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for k, one in enumerate(made):
            lines = [
                f"From {address(one.sender)} {one.moment:%a %b %d %H:%M:%S %Y}",
                f"Received: from relay by host; {marker}",
                f"Message-ID: <{k}@example.net>",
                f"Date: {format_datetime(one.moment)}",
                f"From: Person {one.sender} <{address(one.sender)}>",
                "To: " + ",\n ".join(f'"Person {person}" <{address(person)}>' for person in one.recipients),
                f"Subject: {marker}",
                *([noise[k % len(noise)]] if one.is_noise else []),
                "",
                *[f"{marker} and more of the kind, line {line}" for line in range(8)],
                "",
            ]
            stream.write("\n".join(lines) + "\n")


class Truth(NamedTuple):
    """What a tie of the owner is made of."""

    n_out: int
    n_in: int
    s: float


def truth(made: list[Message], half_life: float) -> dict[str, Truth]:
    """The strength of each of the owner's ties, straight from its definition (data specification, 4.3)."""
    kept = [one for one in made if not one.is_noise]
    newest = max(one.moment for one in kept).date()
    out, into, n_out, n_in = defaultdict(float), defaultdict(float), defaultdict(int), defaultdict(int)
    for one in kept:
        share = 2.0 ** (-(newest - one.moment.date()).days / half_life) / len(one.recipients)
        if one.sender < 0:
            for person in one.recipients:
                out[person] += share
                n_out[person] += 1
        else:
            into[one.sender] += share
            n_in[one.sender] += 1
    everybody = set(out) | set(into)
    most = max(out[person] + into[person] for person in everybody)
    found = {}
    for person in everybody:
        c = out[person] + into[person]
        r = 2 * min(out[person], into[person]) / c
        s = math.log(1 + c) / math.log(1 + most) * (0.5 + 0.5 * r)
        found[address(person)] = Truth(n_out[person], n_in[person], s)
    return found
