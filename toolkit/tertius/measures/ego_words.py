"""What the numbers of a person's map say, in words for somebody who has to act on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tertius.intake.report import plural

SHOWN_NAMES = 3

FEW = 5
"""Below so many contacts each one moves every number a lot."""

LITTLE, MUCH = 1 / 3, 2 / 3
"""What a summary calls few or most; our choice."""


@dataclass(frozen=True)
class Facts:
    """What is known about a map besides its numbers.

    Attributes
    ----------
    contacts, forgotten : int
        How many contacts there are, and how many of them the range leaves out.
    pairs_tied : int
        Pairs of contacts who know each other.
    knows_alters : bool
        Whether the data say who knows whom.
    top, top_known : str, int
        The contact who adds most to constraint, and how many of the others that one knows; empty if several do.
    kind : str
        What the groups are, such as ``"sector"``.
    group_sizes : tuple of (str, int)
        The groups of the contacts, with how many contacts are of each; largest first.
    missing : tuple of str
        Groups of the network in which the person has nobody.
    weak, unshared : tuple of str
        Contacts with a weak tie, and those of them whom no other contact knows.
    silent, silent_days : str, int
        Who has been out of touch longest, and for how many days; empty if no dates are known.
    """

    contacts: int
    forgotten: int = 0
    pairs_tied: int = 0
    knows_alters: bool = True
    top: str = ""
    top_known: int = 0
    kind: str = ""
    group_sizes: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    unshared: tuple[str, ...] = ()
    silent: str = ""
    silent_days: int = 0


@dataclass(frozen=True)
class Words:
    """A number of a map in words.

    Attributes
    ----------
    shown : str
        The number as people read it, with what it is of.
    says, trap, could, never : str
        What it says; what misleads about it; what one could do; what not to conclude, after "Do not conclude".
    """

    shown: str
    says: str
    trap: str
    could: str
    never: str


def percent(share: float) -> str:
    """Write a share as a percentage, with a space that does not break.

    Examples
    --------
    >>> percent(0.115).replace("\\N{NO-BREAK SPACE}", " ")
    '12 %'
    """
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"


def plain(value: float) -> str:
    """Write a number with one decimal, or with none where that is all of it; below 2 with two.

    Examples
    --------
    >>> plain(11.615), plain(10.0), plain(0.109)
    ('11.6', '10', '0.11')
    """
    return f"{value:.2f}" if abs(value) < 2 and value != round(value) else f"{value:.1f}".removesuffix(".0")


def listed(names: Sequence[str]) -> str:
    """Write a few names as people say them.

    Examples
    --------
    >>> listed(["Ann"]), listed(["Ann", "Bo"]), listed(["Ann", "Bo", "Cy", "Di", "Ed"])
    ('Ann', 'Ann and Bo', 'Ann, Bo, Cy and 2 more')
    """
    more = len(names) - SHOWN_NAMES
    *first, last = [*names[:SHOWN_NAMES], f"{more} more"] if more > 0 else names
    return f"{', '.join(first)} and {last}" if first else last


def size_words(value: float, facts: Facts) -> Words:
    """How many contacts there are."""
    return Words(
        shown=plural(facts.contacts, "person", "people"),
        says="How many people you can turn to without asking anybody for an introduction.",
        trap=(
            "It counts whom the map has. From memory people leave out names, and rather those of loose ties; and a "
            "name on a list is not yet somebody who answers."
        ),
        could="Before you read on, go through your calendar and messages of a year and add whom you left out.",
        never="that more would be better: each contact takes time, and the number does not say what they give.",
    )


def density_words(value: float, facts: Facts) -> Words:
    """How many pairs of contacts know each other."""
    pairs = facts.contacts * (facts.contacts - 1) // 2
    if value < 0.5:
        could = (
            "If a project needs several of them at once, introduce two who would both gain, and ask both first. If you "
            "want news from many sides, leave it as it is."
        )
    else:
        could = (
            "If a project needs them all, you have what it takes. If you keep hearing the same, spend an hour a month "
            "with somebody whom none of them knows."
        )
    return Words(
        shown=f"{percent(value)} ({facts.pairs_tied} of {plural(pairs, 'pair')})",
        says=(
            "How far your contacts can talk to each other without you. Where many do, word gets round and promises "
            "tend to be kept; where few do, you hear different things, and nobody but you sees the whole."
        ),
        trap=(
            "You know less of ties among others than of your own, and a pair you do not know of counts as strangers. "
            "And it falls as a list grows: compare only maps of about the same length."
        ),
        could=could,
        never="that strangers would not get on, or that all the others trust each other: a tie says that they know of "
        "each other, not what passes between them.",
    )


def effective_size_words(value: float, facts: Facts) -> Words:
    """How many contacts do not stand for each other."""
    k = facts.contacts
    if value > k / 2 and k > 1:
        could = (
            f"An introduction between two strangers costs you {plain(2 / k)} of it, once. Where both would gain, that "
            "is a fair price: make it."
        )
    else:
        could = (
            "Think of one person outside these circles whom you would like to know, and ask who could introduce you."
        )
    return Words(
        shown=f"{plain(value)} of {k}",
        says=(
            "How many separate voices your contacts amount to: their number, less how many of the others each of them "
            f"knows on average ({plain(k - value)})."
        ),
        trap=(
            "Contacts who know each other may still know different things, and strangers may all read the same paper. "
            "It counts ties, not ideas."
        ),
        could=could,
        never="that you need more of it: for some goals, few people who know each other well are what you need.",
    )


def constraint_words(value: float, facts: Facts) -> Words:
    """How far the contacts lead back to the same people."""
    k = facts.contacts
    if facts.top and facts.top_known:
        could = (
            f"{facts.top} counts most in it, and knows {facts.top_known} of your other contacts: much of what you "
            f"hear may come by way of {facts.top}. Ask one of the others for a view of their own."
        )
    elif k < 3:
        could = "You depend on very few people. Name one more whom you could ask for advice, and ask."
    else:
        could = (
            "No single contact stands out in it. If it is more than you like, meet somebody whom none of these knows."
        )
    return Words(
        shown=f"{plain(value)} (with {plural(k, 'contact')}, at least {plain(1 / k)})",
        says=(
            "How far your ways lead back to the same people. High: a few can hold you up, or speak for you. Low: where "
            "one way is closed, others are open."
        ),
        trap=(
            "It is high where a list is short, where contacts know each other, and where all hang on one of them; the "
            "number alone does not say which. Programs count it in two ways; here a contact's ties to everybody count."
        ),
        could=could,
        never=(
            "that it is good or bad: there is no right level. In one firm, managers with less of it were rated higher "
            "(Burt 2004, Observational), which need not be the reason."
        ),
    )


def variety_words(value: float, facts: Facts) -> Words:
    """From how many groups the contacts come."""
    kinds = f"{facts.kind}s"
    present = len(facts.group_sizes)
    largest, most = facts.group_sizes[0]
    single = [name for name, size in facts.group_sizes if size == 1]
    if facts.missing:
        could = (
            f"You have nobody in {listed(facts.missing)}. If your goal touches one of these, ask a contact who could "
            "introduce you there."
        )
    elif single and present > 1:
        each = " each" if len(single) > 1 else ""
        could = (
            f"You reach {listed(single)} through one person{each}. Where it matters to your goal, get to know a second "
            "person there."
        )
    else:
        could = f"The largest {facts.kind} is {largest}: ask somebody of another what you would not hear there."
    return Words(
        shown=f"{plain(value)} ({plural(present, facts.kind)}; the largest: {largest}, {most} of "
        f"{sum(size for _, size in facts.group_sizes)})",
        says=(
            "Draw one of your contacts at random, put the name back and draw again: in "
            f"{percent(value)} of draws the two come from different {kinds}."
        ),
        trap=(
            f"It depends on how finely {kinds} are cut: with {plural(present, facts.kind)} it cannot pass "
            f"{plain(1 - 1 / present)}."
        ),
        could=could,
        never=(
            f"that one person speaks for a whole {facts.kind}, or that mixed company has better ideas by itself: "
            "somebody must listen."
        ),
    )


def weak_share_words(value: float, facts: Facts) -> Words:
    """How many ties are weak."""
    weak = len(facts.weak)
    if facts.silent:
        could = (
            f"You have been out of touch longest with {facts.silent} ({plural(facts.silent_days, 'day')}). A short "
            "message that gives something and asks nothing is enough to begin."
        )
    elif facts.unshared:
        one_of = "" if len(facts.unshared) == 1 else "one of "
        could = (
            f"No other contact of yours knows {listed(facts.unshared)}. Write to {one_of}them this week, with "
            "something of use to them, and ask nothing."
        )
    elif weak:
        could = f"Write to {facts.weak[0]} this week, with something of use to them, and ask nothing."
    else:
        could = "All your ties are close, and close ties take time. Keep an hour a month for somebody you hardly know."
    says = (
        "How many of your ties are loose. News from elsewhere often comes by loose ties; help, and what is hard to "
        "explain, by close ones."
    )
    if weak and facts.knows_alters:
        alone = len(facts.unshared)
        leads = "1 leads to somebody" if alone == 1 else f"{alone} lead to people"
        says += f" Of your {weak} here, {leads} whom no other contact of yours knows."
    return Words(
        shown=f"{percent(value)} ({weak} of {plural(facts.contacts, 'tie')})",
        says=says,
        trap=(
            "Weak means a strength below 0.6, where 1 is the closest: a 1 or 2 of 5. Others might rate otherwise. A "
            "weak tie need not lead anywhere new, and few messages do not make a tie weak."
        ),
        could=could,
        never="that weak ties matter less and can be dropped, or that they bring jobs and ideas by themselves.",
    )


def whole(value: float) -> str:
    """Write a count.

    Examples
    --------
    >>> whole(13.0)
    '13'
    """
    return f"{value:,.0f}"


WORDS: dict[str, tuple[str, Callable[[float], str], Callable[[float, Facts], Words]]] = {
    "size": ("Contacts", whole, size_words),
    "density": ("Contacts who know each other (density)", percent, density_words),
    "effective_size": ("Contacts who do not overlap (effective size)", plain, effective_size_words),
    "constraint": ("How far they lead back to the same people (constraint)", plain, constraint_words),
    "variety": ("How mixed they are (variety)", plain, variety_words),
    "weak_share": ("Weak ties", percent, weak_share_words),
}
"""Heading, number and words of each measure, in the order in which they are read."""


def summary(facts: Facts, density: float, weak_share: float) -> str:
    """Say in a few sentences what the map suits; ``nan`` where a number is not known."""
    if facts.contacts < FEW:
        return ""
    parts = []
    if density <= LITTLE:
        parts.append(
            "Most of your contacts do not know each other. That suits hearing different things; it is a weak start for "
            "what several of them must do together."
        )
    elif density >= MUCH:
        parts.append(
            "Most of your contacts know each other. That suits trust, and what several of them must do together; you "
            "will seldom hear from them what the others do not know."
        )
    elif density == density:
        parts.append("Some of your contacts know each other and some do not: you have some of both worlds.")
    if weak_share >= MUCH:
        parts.append("Most of your ties are loose: many doors, and few people of whom you could ask a great favour.")
    elif weak_share <= LITTLE:
        parts.append("Most of your ties are close: help at hand, and much of your time with people you know well.")
    if parts:
        parts.append("Whether that is what you need depends on your goal, not on these numbers.")
    return " ".join(parts)


def range_words(value: float, low: float, high: float, facts: Facts, write: Callable[[float], str]) -> str:
    """What forgetting a few more names does to a number, and how to read the number then."""
    if not facts.forgotten:
        return "None: there are too few names to leave one out."
    names = f"With {plural(facts.forgotten, 'name')} fewer"
    if low != low:
        return f"None: {names.lower()} it is undefined."
    if write(low) == write(high) == write(value):
        return f"{names}, still {write(low)}."
    between = write(low) if write(low) == write(high) else f"{write(low)} to {write(high)}"
    if facts.contacts < FEW:
        return f"{names}, {between}. With so few names no more can be said."
    if high < value and write(high) != write(value):
        return f"{names}, {between}: forgetting lowers it, so the true number is rather above {write(value)}."
    if low > value and write(low) != write(value):
        return f"{names}, {between}: forgetting raises it, so the true number is rather below {write(value)}."
    return f"{names}, {between}: forgetting moves it either way, so a change within this range is no news."
