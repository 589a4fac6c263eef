"""Two copies of a learner's file become one, and everything that either has is kept."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertius.learner import content as contents
from tertius.learner.shape import BY_ID, SECTIONS, moment

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)

unhurried = settings(deadline=None, max_examples=60)

seconds = st.integers(0, 20)
times = seconds.map(lambda after: moment(START + timedelta(seconds=after)))

ANSWERS = ["weakest", 'Gruß 🙂 \ud83d\u2028<"\n', 1, 1.0, True, None, 0.107, ["a", {"b": []}]]
ROW = {"what": "", "when": "", "give": "", "ask": "", "hours": 2}
TIES = {"columns": ["source", "target", "relation", "wave", "weight"], "rows": []}
POOLS = {
    "predictions": [{"answer": answer, "confidence": 80, "because": ""} for answer in ANSWERS],
    "answers": [{"answer": answer, "status": status} for answer in ANSWERS for status in ("right", "wrong")],
    "plan": [ROW | {"who": who} | dropped for who in ("P01", "P02") for dropped in ({}, {"dropped": True})],
    "network": [{"nodes": {"columns": ["id"], "rows": [[id]]}, "ties": TIES, "meta": {}} for id in ("P01", "P02")],
}
"""What entries may say. The parts that are not here are kept in the same way as ``answers`` or ``network``."""


def logs(section, least=0):
    """Entries in the order of their times, no two at the same time: as one history makes them."""
    by_second = st.dictionaries(seconds, st.sampled_from(POOLS[section]), min_size=least, max_size=3)
    return by_second.map(
        lambda by_second: [
            entry | {"at": moment(START + timedelta(seconds=after))} for after, entry in sorted(by_second.items())
        ]
    )


def part(section):
    if section in BY_ID:
        return st.dictionaries(st.sampled_from(["L06-E1", "L06-Q1"]), logs(section, least=1))
    return logs(section)


anything = st.one_of(st.integers(0, 2), st.lists(st.integers(0, 2), max_size=3))
histories = st.fixed_dictionaries({"created": times, "updated": times} | {name: part(name) for name in POOLS}).map(
    lambda drawn: contents.fresh(START) | drawn
)
unknown = st.dictionaries(
    st.sampled_from(["medals", "notes"]),
    st.one_of(anything, st.dictionaries(st.sampled_from(["a", "b"]), anything, max_size=2)),
)
with_unknown_parts = st.builds(lambda known, more: more | known, histories, unknown)


def entries(content):
    """Every entry with its place, as often as it stands there."""
    return Counter(
        (section, id, json.dumps(entry, sort_keys=True))
        for section in SECTIONS
        for id, log in (content[section] if section in BY_ID else {"": content[section]}).items()
        for entry in log
    )


@unhurried
@given(with_unknown_parts)
def test_what_is_written_is_read_again(content):
    data = contents.dump(content)
    assert contents.dump(contents.parse(data)) == data
    assert entries(contents.parse(data)) == entries(content)
    assert data.decode("utf-8").endswith("\n}\n")


@unhurried
@given(histories, histories)
def test_a_merged_file_holds_every_entry_of_both_and_nothing_else(one, other):
    assert entries(contents.merge(one, other)) == entries(one) | entries(other)


@unhurried
@given(with_unknown_parts, with_unknown_parts)
def test_it_does_not_matter_which_copy_comes_first(one, other):
    assert contents.dump(contents.merge(one, other)) == contents.dump(contents.merge(other, one))


@unhurried
@given(with_unknown_parts, with_unknown_parts)
def test_merging_a_copy_again_changes_nothing(one, other):
    assert contents.dump(contents.merge(one, one)) == contents.dump(one)
    merged = contents.merge(one, other)
    assert contents.dump(contents.merge(merged, one)) == contents.dump(merged)
    assert contents.dump(contents.merge(other, merged)) == contents.dump(merged)


@unhurried
@given(histories, histories, histories)
def test_it_does_not_matter_which_two_of_three_are_merged_first(a, b, c):
    left = contents.merge(contents.merge(a, b), c)
    right = contents.merge(a, contents.merge(b, c))
    assert contents.dump(left) == contents.dump(right)


@unhurried
@given(histories, histories)
def test_of_two_predictions_the_one_made_first_counts(one, other):
    merged = contents.to_file(contents.merge(one, other))["predictions"]
    for id, counts in merged.items():
        made = [*one["predictions"].get(id, []), *other["predictions"].get(id, [])]
        assert counts["at"] == min(entry["at"] for entry in made)


@unhurried
@given(with_unknown_parts, with_unknown_parts)
def test_merging_leaves_both_copies_as_they_were(one, other):
    before = contents.dump(one), contents.dump(other)
    contents.merge(one, other)
    assert (contents.dump(one), contents.dump(other)) == before


def test_unknown_parts_are_joined_and_where_they_cannot_be_the_later_copy_is_followed():
    early = contents.fresh(START) | {"medals": {"L06": "gold", "L05": "tin"}, "notes": ["a", "b"], "theme": "light"}
    late = contents.fresh(START) | {"medals": {"L06": "silver"}, "notes": ["b", "c"], "theme": "dark"}
    late["updated"] = moment(START + timedelta(days=1))
    merged = contents.merge(early, late)
    assert merged["medals"] == {"L06": "silver", "L05": "tin"}
    assert merged["notes"] == ["b", "c", "a"]
    assert merged["theme"] == "dark"


@pytest.mark.parametrize(("one", "other"), [([1], [10]), ([1], 10), ({"a": 1}, [1]), ({"a": [1]}, {"a": [10]})])
def test_unknown_parts_of_copies_updated_in_the_same_second_settle_too(one, other):
    one, other = (contents.fresh(START) | {"medals": medals} for medals in (one, other))
    merged = contents.dump(contents.merge(one, other))
    assert contents.dump(contents.merge(other, one)) == merged
    for copy in (one, other):
        assert contents.dump(contents.merge(contents.parse(merged), copy)) == merged


@unhurried
@given(histories, seconds)
def test_dates_in_the_future_are_pulled_back_and_the_order_stays(content, after):
    now = START + timedelta(seconds=after)
    pulled = contents.pulled_back(content, now)
    assert contents.newest(pulled) <= moment(now)
    for before, log in zip(contents.logs(content), contents.logs(pulled), strict=True):
        assert [entry | {"at": ""} for entry in log] == [entry | {"at": ""} for entry in before]
        assert [entry["at"] for entry in log] == sorted({entry["at"] for entry in log})


@unhurried
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["P01", "P02", "P03"])), max_size=8))
def test_the_plan_is_what_was_added_last_and_not_dropped_since(steps):
    log, expected = [], []
    for position, (is_dropped, who) in enumerate(steps):
        log.append({"who": who, "at": str(position)} | ({"dropped": True} if is_dropped else {}))
        expected = [other for other in expected if other != who] + [who] * (not is_dropped)
    assert [row["who"] for row in contents.plan_rows(log)] == expected
