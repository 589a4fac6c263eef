"""The shape of the file: the checks at opening and the JSON Schema agree, and old versions are brought forward."""

import copy
import json
from importlib import resources

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tertius.learner import SCHEMA, content, shape
from tertius.learner.content import MIGRATIONS, Newer, Unusable

AT = "2026-01-31T09:30:00Z"
DESCRIBED = json.loads(resources.files("tertius.learner").joinpath("learner.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(DESCRIBED, format_checker=FormatChecker(["date-time"]))


def prediction():
    return {"answer": "weakest", "confidence": 80, "because": "", "at": AT}


def network():
    return {
        "nodes": {"columns": ["id", "label"], "rows": [["P01", "Ann"], ["P02", None]]},
        "ties": {
            "columns": ["source", "target", "relation", "wave", "weight"],
            "rows": [["P01", "P02", "own", 1, 2.5]],
        },
        "meta": {"ego": "P01"},
        "at": AT,
    }


def full():
    """A file in which every part stands."""
    return {
        "schema": SCHEMA,
        "created": AT,
        "updated": AT,
        "predictions": {"L06-E1": prediction() | {"later": [prediction()]}},
        "answers": {"L06-Q1": [{"answer": 2, "status": "wrong", "at": AT}]},
        "reflections": {"L06-R1": [{"text": "", "at": AT}]},
        "actions": {"L06-A1": [{"what": "write", "when": "2026-02-03", "done": False, "at": AT}]},
        "measures": {"degree": [{"value": None, "at": AT}]},
        "views": {"L06-E1": [{"state": {"t": 21}, "at": AT}]},
        "plan": [
            {"who": "P07", "what": "", "when": "", "give": "", "ask": "", "hours": 2, "dropped": True, "at": AT},
        ],
        "persona": {"name": "law_firm", "at": AT, "earlier": [{"name": "manufacturing_vp", "at": AT}]},
        "network": network() | {"earlier": [network()]},
    }


def places(value, path=()):
    """Every place in a file, as the keys that lead to it."""
    if path and path != ("schema",):
        yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def faults(stored):
    try:
        shape.check(stored)
    except shape.Fault as fault:
        return str(fault)
    return ""


def test_the_schema_is_itself_in_order_and_says_which_version_it_describes():
    Draft202012Validator.check_schema(DESCRIBED)
    assert DESCRIBED["properties"]["schema"]["const"] == SCHEMA
    assert DESCRIBED["properties"].keys() == {"schema", "created", "updated", *shape.SECTIONS}


def test_a_full_file_is_in_order_and_so_is_one_without_any_part():
    empty = {"schema": SCHEMA, "created": AT, "updated": AT}
    for stored in (full(), empty):
        assert faults(stored) == ""
        VALIDATOR.validate(stored)


REMOVED = object()
VALUES = [REMOVED, None, True, -1, 0, 1.5, 49, 50, 100, 101, "", "x", AT, "2026-02-30T09:30:00Z", [], ["id"], {}, [{}]]


def changed(path, value):
    """A full file with another value in one place, or without it."""
    stored = full()
    place = stored
    for key in path[:-1]:
        place = place[key]
    if value is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return stored


@pytest.mark.parametrize("part", ["created", "updated", *shape.SECTIONS])
def test_the_checks_and_the_schema_agree_on_every_file_with_one_thing_changed(part):
    cases = [(path, value) for path in places(full()) if path[0] == part for value in VALUES]
    assert len(cases) >= len(VALUES)
    for path, value in cases:
        stored = changed(path, value)
        said, is_described = faults(stored), VALIDATOR.is_valid(stored)
        if part == "network":  # ids that are unique and known, and rows as long as the columns, are beyond a schema
            assert is_described or said, (path, value)
        else:
            assert is_described == (said == ""), (path, value, said)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("answers", "L06-Q1", 0, "at"), "soon", "answers → L06-Q1 → 1 → at should be a time such as 2026-01-31T09:30"),
        (("predictions", "L06-E1", "confidence"), 30, "confidence should be a number from 50 to 100 or null, not 30"),
        (("predictions", "L06-E1", "later", 0, "because"), 1, "L06-E1 → later → 1 → because should be a text, not 1"),
        (("plan", 0, "hours"), "two", "plan → 1 → hours should be a number from 0 up or null, not 'two'"),
        (("plan",), {}, "plan should be a list, not {}"),
        (("reflections",), "x" * 50, "reflections should be an object, not '" + "x" * 38 + "…"),
        (("network", "nodes", "rows", 1, 0), "P01", "network → nodes holds the person 'P01' twice"),
        (("network", "ties", "rows", 0, 1), "P03", "network → ties names 'P03', who is not among the nodes"),
        (("network", "ties", "rows", 0), ["P01"], "network → ties should be a table"),
        (("network", "nodes", "columns", 1), "id", "network → nodes should be a table: columns of different names"),
        (("network", "nodes", "columns", 0), "who", "network → nodes lacks the column 'id'"),
    ],
)
def test_a_fault_is_told_with_its_place(path, value, said):
    assert said in faults(changed(path, value))


def test_what_lacks_is_told_by_its_name():
    stored = full()
    del stored["actions"]["L06-A1"][0]["done"]
    assert faults(stored) == "actions → L06-A1 → 1 lacks 'done'"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfe{", "is not text in UTF-8"),
        (b'{"schema": 1,\n "created', "could not be read as JSON (it goes wrong on line 2)"),
        (b'{"schema": 1, "schema": 1}', "could not be read as JSON ('schema' stands twice in one place)"),
        (b'{"schema": 1, "x": NaN}', "could not be read as JSON (NaN is no number)"),
        (b'{"schema": 1, "x": 1e999}', "holds a number that is too large"),
        (b'{"schema": 1, "x": ' + b"9" * 5000 + b"}", "could not be read as JSON (Exceeds the limit"),
        (b"[" * 101 + b"]" * 101, "holds lists within lists too deep to read"),
        (b"[" * 100_000, "holds lists within lists too deep to read"),
        (b"[]", "is not a learner's file of tertius (it does not say its version under 'schema')"),
        (b"{}", "is not a learner's file of tertius"),
        (b'{"schema": true}', "is not a learner's file of tertius"),
        (b'{"schema": 0}', "is not a learner's file of tertius"),
        (b'{"schema": 1}', "is not as tertius writes it (the whole lacks 'created')"),
    ],
)
def test_bytes_that_cannot_be_used_are_told_in_words(data, reason):
    with pytest.raises(Unusable) as refused:
        content.parse(data)
    assert refused.value.reason.startswith(reason)


def test_a_file_that_is_too_large_is_not_looked_into(monkeypatch):
    monkeypatch.setattr(content, "LARGEST", 1_000_000)
    with pytest.raises(Unusable, match="larger than the 200 MB that are read"):
        content.parse(b" " * 1_000_001)


def test_a_byte_order_mark_of_an_editor_is_no_damage():
    assert content.parse(b"\xef\xbb\xbf" + json.dumps(full()).encode())["answers"]["L06-Q1"]


def test_what_is_not_known_is_kept_wherever_it_stands():
    stored = full() | {"medals": {"L06": "gold"}}
    stored["answers"]["L06-Q1"][0]["seconds"] = 12
    stored["predictions"]["L06-E1"]["mood"] = "calm"
    stored["network"]["colour"] = "blue"
    assert json.loads(content.dump(content.parse(json.dumps(stored).encode()))) == stored


# --- versions


def test_there_is_a_step_from_every_older_version():
    assert set(MIGRATIONS) == set(range(1, SCHEMA))


def test_an_old_file_goes_through_every_version_in_turn():
    steps = {
        1: lambda old: old | {"replies": old["replies"] + ["1 to 2"]},
        2: lambda old: {"schema": 2, "answers": [*old["replies"], "2 to 3"]},
    }
    old = {"schema": 1, "replies": []}
    assert content.migrate(old, steps, newest=3) == {"schema": 3, "answers": ["1 to 2", "2 to 3"]}
    assert old == {"schema": 1, "replies": []}
    assert content.migrate({"schema": 3, "answers": []}, steps, newest=3) == {"schema": 3, "answers": []}


def test_an_old_file_that_a_step_cannot_understand_is_told():
    with pytest.raises(shape.Fault, match="could not be brought forward from version 1"):
        content.migrate({"schema": 1}, {1: lambda old: old | {"answers": old["replies"]}}, newest=2)


def test_of_a_newer_file_the_parts_that_can_be_understood_are_read():
    stored = full() | {"schema": SCHEMA + 1, "answers": "now in a data base", "medals": {}}
    with pytest.raises(Newer) as refused:
        content.parse(json.dumps(stored).encode())
    known = refused.value.content
    assert known["predictions"].keys() == {"L06-E1"}
    assert known["answers"] == {}
    assert "newer tertius (its version is 2, and this tertius knows 1)" in refused.value.reason


@pytest.mark.parametrize("part", ["created", "updated", *shape.SECTIONS])
def test_a_newer_file_may_be_different_in_any_part(part):
    stored = copy.deepcopy(full()) | {"schema": SCHEMA + 1, part: 7}
    with pytest.raises(Newer) as refused:
        content.parse(json.dumps(stored).encode())
    assert not refused.value.content.get(part) or part in ("created", "updated")
