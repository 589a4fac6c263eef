"""Mailboxes made by a program, with the contact in them known: who wrote to whom, when, beside whom.

Addresses, names and dates are spelt in the ways that real mail has, and part of the messages tells of no contact; what
must come of both is worked out here from the definition alone, without the code that reads mail.
"""

from __future__ import annotations

import math
import random
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

ME = "me@example.com"
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 1_500

ASIDE = (
    "list or newsletter",
    "automatic message",
    "draft, spam or trash",
    "more than 25 recipients",
    "to yourself, or to nobody",
    "no valid date",
    "copy of a message",
)
"""Why a message tells of no contact, in the words of the report."""

LISTS = (
    "List-Id: <news.example>",
    "List-Unsubscribe: <mailto:off@news.example>",
    "Precedence: bulk",
    "precedence: List",
)
ROBOTS = ("Auto-Submitted: auto-generated", "Auto-Submitted: auto-replied; x=1")
NOBODY = ("no-reply@host1.example", "NoReply@host2.example", "MAILER-DAEMON@host3.example", "newsletter@host4.example")
DRAFTS = ("X-Gmail-Labels: Drafts", "X-Gmail-Labels: Inbox,Spam", "X-Mozilla-Draft-Info: internal/draft")
NO_DAYS = (
    "yesterday",
    "",
    "Thu, 1 Jan 1970 00:00:00 +0000",
    "Sat, 10 Oct 2099 10:00:00 +0000",
    "Mon, 31 Feb 2022 10:00:00",
)


class Message(NamedTuple):
    """What is true of a message; the owner is person -1, and ``aside`` says why it tells of no contact, if so."""

    number: int
    sender: int
    recipients: tuple[int, ...]
    moment: datetime
    aside: str = ""


def address(person: int) -> str:
    """The address of a person in its one form; of every five, two are told apart by a dot alone."""
    if person < 0:
        return ME
    five, which = divmod(person, 5)
    if which == 0:
        return f"person{person}@gmail.com"
    return f"pa{'.' * (which == 1)}ir{five}@host.example" if which < 3 else f"person{person}@host{person % 7}.example"


def messages(n: int, people: int, seed: int) -> Iterator[Message]:
    """Messages between the owner and people, some of them more often; a fifth tells of no contact."""
    luck = random.Random(seed)
    last = None
    for number in range(n):
        # The square of a uniform number: few people write much, many little.
        chosen = dict.fromkeys(int(people * luck.random() ** 2) for _ in range(luck.choice((1, 1, 1, 2, 3, 5))))
        first, *others = chosen
        moment = FIRST + timedelta(seconds=int(luck.random() * DAYS * 86_400))
        aside = luck.choice(ASIDE) if luck.random() < 0.2 else ""
        if aside == "copy of a message" and last is not None:
            yield last._replace(aside=aside)
            continue
        ends = (-1, (first, *others)) if luck.random() < 0.5 else (first, (-1, *others))
        last = Message(number, *ends, moment, "" if aside == "copy of a message" else aside)
        yield last


def write(path: Path, made: Iterable[Message], marker: str) -> None:
    """Write them as a mailbox; what sets some aside is drawn from what robots, lists and drafts say of themselves."""
    luck = random.Random(f"spelling of {marker}")
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for one in made:
            sender, to = _named(one.sender, luck), [_named(person, luck) for person in one.recipients]
            day, extra = _dated(one.moment, luck), []
            if one.aside == "list or newsletter":
                extra.append(luck.choice(LISTS))
            elif one.aside == "automatic message" and luck.random() < 0.5:
                extra.append(luck.choice(ROBOTS))
            elif one.aside == "automatic message":
                sender = f"Robot <{luck.choice(NOBODY)}>"
            elif one.aside == "draft, spam or trash":
                extra.append(luck.choice(DRAFTS))
            elif one.aside == "more than 25 recipients":
                to += [f"stranger{k}@example.net" for k in range(26)]
            elif one.aside == "to yourself, or to nobody":
                sender, to = _named(-1, luck), luck.choice(([_named(-1, luck)], ["undisclosed-recipients:;"]))
            elif one.aside == "no valid date":
                day = luck.choice(NO_DAYS)
            # Somebody may get a copy, and may be named twice.
            again = luck.randrange(len(to))
            to, copied = (to[:again] or to, to[again:]) if luck.random() < 0.3 else (to, [])
            lines = [
                f"From {address(one.sender)} {one.moment:%a %b %d %H:%M:%S %Y}",
                f"Received: from relay by host; {marker}",
                f"Message-ID: <{one.number}@example.net>",
                f"Date: {day}",
                f"From: {sender}",
                "To: " + luck.choice((", ", ",\n\t", ",")).join(to),
                *([f"Cc: {', '.join(copied)}"] if copied else []),
                f"Subject: {marker}",
                *extra,
                "",
                *[f"{marker} and more of the kind, line {line}" for line in range(8)],
                "",
            ]
            stream.write("\n".join(lines) + "\n")


def _named(person: int, luck: random.Random) -> str:
    """A person as one of their correspondents' programs writes them."""
    local, _, host = address(person).partition("@")
    if host == "gmail.com":
        at = luck.randrange(1, len(local))
        local = luck.choice((local, f"{local[:at]}.{local[at:]}"))
        host = luck.choice((host, "googlemail.com"))
    written = f"{local}{luck.choice(('', '', '+news', '+a.b'))}@{host}"
    written = luck.choice((written, written, written.upper(), written.title()))
    coded = b64encode(f"Person, {person} <boss@example.org>".encode()).decode()
    names = (
        f"Person {person} <{written}>",
        f'"Person, {person}" <{written}>',
        f"=?utf-8?q?Person=2C_{person}_=3Cboss=40example=2Eorg=3E?= <{written}>",
        f"=?UTF-8?B?{coded}?= <{written}>",
        f"<{written}>",
        f"{written} (Person, {person})",
        written,
    )
    return luck.choice(names)


def _dated(moment: datetime, luck: random.Random) -> str:
    """A moment on the clock of some place; one without a zone is in UTC."""
    zone = luck.choice((0, 0, 60, 330, -480, 840))
    written = format_datetime(moment.astimezone(timezone(timedelta(minutes=zone))))
    without = written.removesuffix(" +0000")
    return luck.choice((written, written.partition(", ")[2], f"{written} (the time here)", without))


class Truth(NamedTuple):
    """What a tie is made of."""

    n_out: int
    n_in: int
    n_shared: int
    c: float
    r: float
    s: float
    first: date
    last: date


def newest(made: Iterable[Message]) -> date:
    """The day of the latest message that tells of contact."""
    return max(one.moment for one in made if not one.aside).date()


def aside(made: Iterable[Message]) -> Counter[str]:
    """How many messages tell of no contact, by reason."""
    return Counter(one.aside for one in made if one.aside)


def truth(made: list[Message], half_life: float) -> dict[frozenset[str], Truth]:
    """What each tie is, by the addresses of its ends, straight from the definition (data specification, 4.3).

    Those who are named in one message beside the owner are tied to each other, by what the message counts, one way.
    """
    today = newest(made)
    out, into, counts, days = defaultdict(float), defaultdict(float), defaultdict(Counter), defaultdict(list)
    for one in made:
        if one.aside:
            continue
        day = one.moment.date()
        share = 2.0 ** (-(today - day).days / half_life) / len(one.recipients)
        own = one.recipients if one.sender < 0 else (one.sender,)
        for person in own:
            pair = frozenset((-1, person))
            (out if one.sender < 0 else into)[pair] += share
            counts[pair]["out" if one.sender < 0 else "in"] += 1
            days[pair].append(day)
        for pair in map(frozenset, combinations({one.sender, *one.recipients} - {-1}, 2)):
            out[pair] += share
            counts[pair]["shared"] += 1
            days[pair].append(day)
    most = max(out[pair] + into[pair] for pair in days if -1 in pair)
    found = {}
    for pair, when in days.items():
        c = out[pair] + into[pair]
        r = 2 * min(out[pair], into[pair]) / c
        s = min(1.0, math.log1p(c) / math.log1p(most) * (0.5 + 0.5 * r))
        n = counts[pair]
        ends = frozenset(map(address, pair))
        found[ends] = Truth(n["out"], n["in"], n["shared"], c, r, s, min(when), max(when))
    return found
