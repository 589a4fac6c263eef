"""Four ways to meet: events person by person, what is exact about hours, trust and forums, and how they compare."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.models.played import played

from tertius.errors import ParameterError
from tertius.models import Exchange, Forum, Newsletter, OneToOne, Roundtable
from tertius.simulate import BLOCK, Streams, ensemble, simulate

WAYS = ("one-to-one", "roundtable", "newsletter", "forum")


# Every event, person by person, with the luck that the model draws


class Slow:
    """One run of an exchange, played with loops."""

    def __init__(self, model, state, run):
        self.model, self.run, self.n = model, run, model.members
        self.knows = [set(np.flatnonzero(row).tolist()) for row in state.knows[:, :, run]]
        self.trust = state.trust[:, :, run].copy()
        self.tied, self.activity, self.hours = set(), 1.0, 0.0
        self.rider, self.order = state.is_rider[:, run].tolist(), state.order[:, run].tolist()

    def sees(self, who, whom, shared):
        t = self.trust[who, whom]
        self.trust[who, whom] = t + self.model.trust_up * (1 - t) if shared else t * (1 - self.model.trust_down)

    @staticmethod
    def drawn(pieces, u):
        return sorted(pieces)[int(u * len(pieces))]

    def one_to_one(self, number, luck):
        way, host, member = self.model.way, self.n, self.order[number % self.n]
        before = {host: set(self.knows[host]), member: set(self.knows[member])}
        trust = self.trust.copy()
        for side, giver, taker in ((0, member, host), (1, host, member)):
            able = before[giver] - before[taker]
            if not able:
                continue
            shares = luck["sharing"][side] < way.base * trust[giver, taker]
            if shares and luck["absorbing"][side] < way.absorbed:
                self.knows[taker].add(self.drawn(able, luck["choosing"][side]))
            self.sees(taker, giver, shares)
        self.hours += 1

    def roundtable(self, number, luck):
        way, host = self.model.way, self.n
        guests = sorted(np.argsort(luck["guests"], kind="stable")[: way.guests].tolist())
        trust = self.trust.copy()
        shared = {}
        for guest in guests:
            among = np.mean([trust[guest, other] for other in guests if other != guest])
            base = way.rider_base if self.rider[guest] else way.base
            if luck["sharing"][guest] < base * among:
                shared[guest] = self.drawn(self.knows[guest], luck["choosing"][guest])
        for k, guest in enumerate(guests):
            for h, hearer in enumerate([*guests, host]):
                chance = way.host_absorbed if hearer == host else way.absorbed
                if guest in shared and luck["absorbing"][k, h] < chance:
                    self.knows[hearer].add(shared[guest])
                if hearer != guest:
                    self.sees(hearer, guest, guest in shared)
        for pair, u in zip(combinations(range(self.n), 2), luck["meeting"], strict=True):
            if set(pair) <= set(guests) and u < way.meets:
                self.tied.add(pair)
        self.hours += 2 * way.guests

    def newsletter(self, number, luck):
        way, host = self.model.way, self.n
        sent = sorted(self.knows[host], key=lambda piece: luck["choosing"][piece])[: way.pieces]
        for member in range(self.n):
            if luck["sharing"][member] < way.reads:
                self.knows[member] |= {p for k, p in enumerate(sent) if luck["absorbing"][k, member] < way.absorbed}
                self.sees(member, host, True)
                self.hours += 0.25

    def forum(self, number, luck):
        way, host, trust = self.model.way, self.n, self.trust.copy()
        posts = {}
        for member in range(self.n):
            among = np.mean([trust[member, other] for other in range(self.n) if other != member])
            base = way.rider_base if self.rider[member] else way.base
            if luck["sharing"][member] < base * way.rate * min(self.activity, way.liveliest) * among:
                posts[member] = self.drawn(self.knows[member], luck["choosing"][member])
        for poster, piece in posts.items():
            for hearer in range(self.n + 1):
                chance = way.host_absorbed if hearer == host else way.absorbed
                if hearer != poster and luck["absorbing"][poster, hearer] < chance:
                    self.knows[hearer].add(piece)
                    self.sees(hearer, poster, True)
                    if hearer != host and luck["meeting"][poster, hearer] < way.meets:
                        self.tied.add((min(poster, hearer), max(poster, hearer)))
        self.activity = way.lasts * self.activity + way.adds * len(posts)
        self.hours += 0.25 * len(posts)


def lucks(way, rng, n):
    """The luck of one event, in the order and shapes in which the model draws it."""
    if isinstance(way, OneToOne):
        return {name: getattr(rng, name).random((2, BLOCK)) for name in ("choosing", "sharing", "absorbing")}
    if isinstance(way, Roundtable):
        guests, choosing = rng.choosing.random((n, BLOCK)), rng.choosing.random((n, BLOCK))
        return {
            "guests": guests,
            "choosing": choosing,
            "sharing": rng.sharing.random((n, BLOCK)),
            "absorbing": rng.absorbing.random((way.guests, way.guests + 1, BLOCK)),
            "meeting": rng.meeting.random((n * (n - 1) // 2, BLOCK)),
        }
    if isinstance(way, Newsletter):
        choosing, sharing = rng.choosing.random((48, BLOCK)), rng.sharing.random((n, BLOCK))
        return {"choosing": choosing, "sharing": sharing, "absorbing": rng.absorbing.random((way.pieces, n, BLOCK))}
    shapes = {"choosing": (n,), "sharing": (n,), "absorbing": (n, n + 1), "meeting": (n, n)}
    return {name: getattr(rng, name).random((*shape, BLOCK)) for name, shape in shapes.items()}


@pytest.mark.parametrize("way", [*WAYS, Forum(rate=0.9, adds=0.5)])
def test_events_are_what_they_are_person_by_person(way):
    model = Exchange(way, 36, 0.4, first_trust=0.8, trust_up=0.2, trust_down=0.1, members=10)
    states = played(model, 6, seed=3)
    rng = Streams(model.streams, 3, 0)
    start = model.start(rng, BLOCK)
    slow = [Slow(model, start, run) for run in range(BLOCK)]
    name = {OneToOne: "one_to_one"}.get(type(model.way), type(model.way).__name__.lower())
    for number in range(int(72 // model.way.cost)):
        luck = lucks(model.way, rng, 10)
        for one in slow:
            getattr(one, name)(number, {key: draws[..., one.run] for key, draws in luck.items()})
    pairs = list(combinations(range(10), 2))
    for one in slow:
        end = [array[..., one.run] for array in states[6]]
        knows, trust, tied, _, _, activity, host_hours, member_hours = end
        assert [set(np.flatnonzero(row).tolist()) for row in knows] == one.knows
        np.testing.assert_allclose(trust, one.trust, atol=1e-12)
        assert {pair for pair, is_tied in zip(pairs, tied, strict=True) if is_tied} == one.tied
        assert activity == pytest.approx(one.activity, abs=1e-12)
        assert host_hours == 72
        assert member_hours == pytest.approx(one.hours, abs=1e-9)


def test_who_holds_what_at_first():
    state = played(Exchange(free_riders=0.3), 0)[0]
    assert (state.knows[:24].sum(axis=1) == 3).all()
    for member in range(24):
        field = member // 6
        assert state.knows[member, 12 * field : 12 * field + 12].sum(axis=0).tolist() == [3] * BLOCK
    assert (state.knows[24].reshape(4, 12, BLOCK).sum(axis=1) == 1).all()
    assert (state.is_rider.sum(axis=0) == 7).all()  # ⌊.3 · 24 + ½⌋
    more = played(Exchange(free_riders=0.6), 0)[0]
    assert (state.is_rider <= more.is_rider).all()
    np.testing.assert_array_equal(state.knows, more.knows)


# What is exact


@pytest.mark.parametrize("hours", [6, 12, 18, 24, 48])
def test_all_ways_cost_the_host_the_same_in_a_year(hours):
    for way in WAYS:
        assert (ensemble(Exchange(way, hours), 12, runs=5, seed=1)["host_hours"][-1] == 4 * hours).all()


def test_hours_that_do_not_suffice_are_kept_for_later():
    run = simulate(Exchange("roundtable", hours=6), 12, seed=1)
    assert run["host_hours"].tolist() == [0, 0, 0, 0, 8, 8, 8, 8, 16, 16, 16, 16, 24]
    assert simulate(Exchange(OneToOne(cost=0.5), hours=3), 12, seed=1)["member_hours"][-1] == 24


def test_what_never_happens_in_some_ways():
    trust = {"first_trust": 0.5, "trust_up": 0.2, "trust_down": 0.1}
    for way in ("newsletter", "one-to-one"):
        model = Exchange(way, **trust)
        many, states = ensemble(model, 12, runs=BLOCK, seed=2), played(model, 12, seed=2)
        assert (many["member_ties"] == 0).all()
        among = states[-1].trust[:24, :24][~np.eye(24, dtype=bool)]
        assert (among == 0.5).all()
        assert (many["ideas_back"][-1] == 0).all() == (way == "newsletter")
        assert (states[-1].trust[:24, 24] != 0.5).any()


@given(st.sampled_from(WAYS), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=12, deadline=None)
def test_knowledge_and_ties_never_shrink_and_trust_stays_a_share(way, first, up, down):
    states = played(Exchange(way, 24, 0.5, first, up, down), 6)
    for before, after in pairwise(states):
        assert (before.knows <= after.knows).all()
        assert (before.tied <= after.tied).all()
        assert after.trust.min() >= 0
        assert after.trust.max() <= 1 + 1e-12


def test_silence_that_is_seen_wears_trust_away():
    # [exact] t0 (1 − down)^k after k silences; nobody ever gives, so somebody always lacks something.
    model = Exchange(OneToOne(base=0), first_trust=0.8, trust_down=0.25)
    end = played(model, 12)[-1]
    np.testing.assert_allclose(end.trust[24, :24], 0.8 * 0.75**4, atol=1e-12)  # 96 talks, 4 a member
    np.testing.assert_allclose(end.trust[:24, 24], 0.8 * 0.75**4, atol=1e-12)


def test_somebody_with_nothing_new_is_not_silent():
    # Two members of two fields and a host who learn everything from each other; then nothing is lacking.
    model = Exchange(OneToOne(absorbed=1), hours=240, members=2, trust_down=0.5)
    end = played(model, 12)[-1]
    assert (end.knows == end.knows[2]).all()
    assert (end.trust[2, :2] == 1).all()


def table_trust(up, down, tables=4096):
    """Sum of trust among all guests before and after one table to which everybody comes and contributes fully."""
    way = Roundtable(guests=6, base=1, rider_base=1)
    model = Exchange(way, 24, first_trust=0.4, trust_up=up, trust_down=down, members=6)
    sums = []
    for block in range(tables // BLOCK):
        rng = Streams(model.streams, 5, block)
        state = model.step(model.start(rng, BLOCK), 1, rng)
        sums.append(state.trust[:6, :6].sum(axis=(0, 1)))
    return np.concatenate(sums)


def test_reciprocity_alone_creates_no_trust():
    # [exact] up = down and base 1: the sum of trust among guests is a martingale. 4,096 tables, 4 standard errors.
    after = table_trust(0.3, 0.3)
    assert abs(after.mean() - 30 * 0.4) < 4 * after.std(ddof=1) / np.sqrt(len(after))


def test_trust_drifts_up_where_giving_is_rewarded_more_than_silence_is_punished():
    # [exact] drift (up − down) t (1 − t) a pair when all are equal.
    after = table_trust(0.3, 0.1)
    expected = 30 * (0.4 + 0.2 * 0.4 * 0.6)
    assert abs(after.mean() - expected) < 4 * after.std(ddof=1) / np.sqrt(len(after))


@pytest.mark.parametrize(("free_riders", "factor"), [(0.5, 0.795), (0.0, 1.2)])
def test_a_forum_dies_out_or_takes_off(free_riders, factor):
    # [exact] below activity 1.5 a week multiplies it by .3 + .075 Σ base on average.
    riders = int(24 * free_riders)
    assert Forum().activity_factor(24 - riders, riders) == pytest.approx(factor, abs=1e-9)
    model = Exchange("forum", 6, free_riders)  # two hours a month: a week
    activity = np.concatenate([played(model, 1, seed)[-1].activity for seed in range(40)])
    assert abs(activity.mean() - factor) < 4 * activity.std(ddof=1) / np.sqrt(len(activity))


def test_a_table_joins_no_more_pairs_than_it_has():
    states = played(Exchange(Roundtable(meets=1)), 1)
    assert (states[1].tied.sum(axis=0) == 8 * 7 // 2).all()
    assert (played(Exchange(Roundtable(meets=0)), 12)[-1].tied == 0).all()


def test_a_free_rider_hears_slightly_more_than_a_contributor():
    # [exact] 7 (12 · .95 + 11 · .5)/23 = 5.14 against 7 (11 · .95 + 12 · .5)/23 = 5.01: a free rider is not heard by
    # themselves. Half trust halves both; what is heard is read from the trust that it adds. 4 standard errors.
    model = Exchange("roundtable", first_trust=0.5, trust_up=0.1, trust_down=0)
    heard = {True: [], False: []}
    for seed in range(60):
        state = played(model, 1, seed)[-1]
        count = (state.trust[:24, :24] > 0.5 + 1e-9).sum(axis=1)
        guest = np.argsort(Streams(model.streams, seed, 0).choosing.random((24, BLOCK)), axis=0, kind="stable")[:8]
        for run in range(BLOCK):
            for g in guest[:, run]:
                heard[bool(state.is_rider[g, run])].append(count[g, run])
    for is_rider, expected in ((True, 7 * (12 * 0.95 + 11 * 0.5) / 23), (False, 7 * (11 * 0.95 + 12 * 0.5) / 23)):
        values = np.array(heard[is_rider])
        assert abs(values.mean() - expected / 2) < 4 * values.std(ddof=1) / np.sqrt(len(values))
    assert np.mean(heard[True]) > np.mean(heard[False])


# How the ways compare: each seed the mean of 40 runs over a year


def means(way, seed, **how):
    many = ensemble(Exchange(way, **how), 12, runs=40, seed=seed)
    return {name: many.mean(name)[-1] for name in many}


def test_with_trust_that_moves_contributors_are_trusted_more_where_it_is_seen():
    # at the round table; equal among members in newsletters and talks.
    trust = {"first_trust": 0.5, "trust_up": 0.2, "trust_down": 0.1}
    for seed in range(20):
        table = means("roundtable", seed, **trust)
        assert table["contributor_trust"] > table["rider_trust"]
        for way in ("newsletter", "one-to-one"):
            found = means(way, seed, **trust)
            assert found["contributor_trust"] == found["rider_trust"] == pytest.approx(0.5, abs=1e-12)


def test_numbers_of_a_year():
    # Computed, 60 runs there: learned, ideas back, ties; 640 runs here, 4 standard errors of 60 runs.
    expected = {
        "one-to-one": (3.2, 36, 0),
        "roundtable": (7.4, 20.5, 47),
        "newsletter": (3.4, 0, 0),
        "forum": (1.1, 2.7, 1.6),
    }
    for way, numbers in expected.items():
        many = ensemble(Exchange(way), 12, runs=320, seed=4)
        for name, number in zip(("learned", "ideas_back", "member_ties"), numbers, strict=True):
            error = many[name][-1].std() * np.sqrt(1 / 60 + 1 / 320)
            assert abs(many.mean(name)[-1] - number) <= 4 * error + 0.06


def test_without_free_riders_there_is_nobody_to_trust_as_such():
    many = ensemble(Exchange(free_riders=0), 2, runs=5, seed=1)
    assert np.isnan(many["rider_trust"]).all()
    assert (many["contributor_trust"] == 1).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Exchange("round table"), "did you mean 'roundtable'"),
        (lambda: Exchange(hours=-1), "hours is -1"),
        (lambda: Exchange(free_riders=2), "free_riders is 2; it is a share"),
        (lambda: Exchange(trust_up=2), "trust_up is 2"),
        (lambda: Exchange(members=1), "members is 1"),
        (lambda: Exchange(members=6), "A round table of 8 guests needs as many members; there are 6"),
        (lambda: Roundtable(guests=1), "guests is 1"),
        (lambda: Roundtable(meets=2), "meets is 2"),
        (lambda: OneToOne(cost=0), "cost is 0"),
        (lambda: Newsletter(pieces=0), "pieces is 0"),
        (lambda: Newsletter(reads=2), "reads is 2"),
        (lambda: Forum(rate=2), "rate is 2"),
        (lambda: Forum(liveliest=-1), "liveliest is -1"),
    ],
)
def test_settings_out_of_range_are_refused(call, message):
    with pytest.raises(ParameterError, match=message):
        call()
