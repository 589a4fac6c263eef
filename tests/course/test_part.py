"""What all forms have in common: drafts, the sign, what cannot be saved, two notebooks, files that hold anything."""

import json
import resource
import threading
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, example, given, settings
from tests.course import toy
from tests.course.test_questions import ANYTHING

import tertius
from tertius.course import Key, Number
from tertius.learner import Learner

FORMS = list(toy.ANSWERS)
HOSTILE = "<img src=x onerror=alert(1)> $\\frac{ \ud83d & \N{RIGHT-TO-LEFT OVERRIDE}"


def stored(file):
    return json.loads(file.read_text("utf-8"))


# --- drafts


def test_what_is_typed_is_kept_at_once_and_there_after_a_restart(run_all, file):
    form = run_all().forms["reflect"]
    assert form.press("draft", text="half a tho") == ""
    assert (form.sign["state"], form.sign["text"]) == ("saved", "Draft saved")
    assert stored(file)["views"]["L06-R1-reflect"][0]["state"] == {"values": {"text": "half a tho"}}
    assert stored(file)["reflections"] == {}, "it is not handed in"
    again = run_all().forms["reflect"]
    assert toy.shown(again) == toy.shown(form)


def test_a_draft_typed_back_to_nothing_is_nothing(sheet):
    form = sheet.reflect("R1", "What?")
    form.press("draft", text="x")
    form.press("draft", text="")
    assert form.sign == {"state": "empty", "text": "Nothing to save yet"}


def test_fields_that_are_not_asked_for_are_not_kept(sheet, file):
    sheet.reflect("R1", "What?").press("draft", text="so", more="9" * 99, draft=1)
    assert stored(file)["views"]["L06-R1-reflect"][0]["state"] == {"values": {"text": "so"}}


def test_half_an_emoji_is_kept_as_a_question_mark(sheet, file):
    form = sheet.reflect("R1", "What?")
    form.press("draft", text="torn \ud83d emoji")
    assert form.values == {"text": "torn ? emoji"}
    assert "torn ? emoji" in file.read_text("utf-8")


# --- what may come from a browser or a file


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=ANYTHING, other=ANYTHING)
def test_whatever_the_browser_sends_is_answered_in_a_sentence_and_the_file_stays_good(run_all, name, value, other):
    run = run_all()
    form, (button, values) = run.forms[name], toy.ANSWERS[name]
    first = next(iter(values), "why")
    for wish in (value, {"id": value, "button": button, "values": other}, {"button": button, "values": {first: value}}):
        form.hear(wish)
        assert isinstance(form.answer["problem"], str)
        assert "Error" not in form.answer["problem"]
        json.dumps(form.get_state(), default=str, ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert Learner.open(run.learner.path, environment={}).messages == []


@pytest.mark.parametrize("name", ["__init__", "check", "on_check", "", "None", "draft ", "refresh"])
def test_only_what_is_offered_can_be_pressed(sheet, file, name):
    assert sheet.reflect("R1", "What?").press(name, text="so") == "This has changed meanwhile; look at it again."
    assert sheet.learner.is_blank


def hostile_file(value):
    """A file in the right shape that holds a value wherever any may stand."""
    at = "2026-01-31T09:30:00Z"
    ids = [f"L06-{id}" for id in ("W1", "E1", "E2", "E3", "Q1", "X1", "M1")]
    views = ["L06-W1-warmup", "L06-Q1-quiz", "L06-X1-exercise", "L06-M1-mine", "L06-R1-reflect", "L06-A1-act"]
    views += [f"L06-E{n}-{step}" for n in (1, 2, 3) for step in ("predict", "explain")]
    names = (
        "answer",
        "confidence",
        "because",
        "why",
        "ties",
        "share",
        "contacts",
        "told",
        "text",
        "what",
        "when",
        "done",
    )
    state = {"values": dict.fromkeys(names, value), "hints": value, "code": value}
    return {
        "schema": 1,
        "created": at,
        "updated": at,
        "predictions": {id: {"answer": value, "confidence": 75.5, "because": HOSTILE, "at": at} for id in ids[1:4]},
        "answers": {id: [{"answer": value, "status": "brilliant", "at": at}] for id in ids},
        "views": {view: [{"state": state if n % 2 else {"values": value}, "at": at}] for n, view in enumerate(views)},
        "reflections": {"L06-R1": [{"text": HOSTILE, "at": at}]},
        "actions": {"L06-A1": [{"what": HOSTILE, "when": HOSTILE, "done": True, "at": at}]},
        "persona": {"name": "gone", "at": at},
    }


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=ANYTHING.filter(lambda value: value == value))
@example(value=1.7e308)
def test_whatever_the_file_holds_every_form_is_shown(run_all, file, value):
    file.parent.mkdir(exist_ok=True)
    try:
        file.write_text(json.dumps(hostile_file(value), allow_nan=False))
    except ValueError:
        return  # no JSON has that
    run = run_all()
    assert run.learner.messages == []
    for form in run.forms.values():
        json.dumps(form.get_state(), default=str, ensure_ascii=False, allow_nan=False).encode("utf-8")
        form.still().encode("utf-8")
    for name, (button, values) in toy.ANSWERS.items():
        run.forms[name].press(button, **values)  # and what is asked can still be answered
    assert run.learner.answers["L06-Q1"][-1]["answer"] == "only"


@pytest.mark.parametrize("name", FORMS)
def test_what_a_learner_wrote_is_escaped_wherever_it_is_shown(run_all, name):
    run = run_all()
    button, values = toy.ANSWERS[name]
    texts = dict.fromkeys(("because", "why", "text", "what"), HOSTILE)
    texts["contacts"] = [{"who": HOSTILE, "hours": HOSTILE}]
    for one in ("predict", "predict-number", "predict-curve"):
        run.forms[one].press("save", **toy.ANSWERS[one][1] | {"because": HOSTILE})
    run.forms[name].press(button, **values | texts)
    run.forms[name].press("draft", **texts, share=HOSTILE, answer=HOSTILE, when=HOSTILE)
    again = run_all()
    for form in (*run.forms.values(), *again.forms.values()):
        for made in (form.panel, form.shape["intro"], form.still()):
            assert "<img" not in made
    wrote = {"reflect", "act", "mine", "explain", "explain-curve", "exercise"}
    if name in wrote:
        assert "&lt;img src=x onerror=alert(1)&gt; $\\frac{ ?" in again.forms[name].still()


def test_no_formula_is_made_of_what_stands_between_two_dollar_signs(answered):
    for form in answered.forms.values():
        assert 'class="tertius-still tertius-paper mathjax_ignore tex2jax_ignore"' in form.still()


# --- what cannot be saved


@contextmanager
def full_disk():
    """No file may grow beyond a few bytes; Python ignores the signal, so that writing fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", FORMS)
def test_on_a_full_disk_every_form_says_so_and_nothing_is_lost(run_all, name):
    run = run_all()
    button, values = toy.ANSWERS[name]
    with full_disk():
        problem = run.forms[name].press(button, **values)
        assert "could not be saved (File too large); what you recorded is kept in this notebook" in problem
        for form in run.forms.values():
            assert form.sign["text"] == "Not saved; it is kept in this notebook and goes with the next save"
            assert form.sign["state"] == "lost"
        again = run.forms[name].press("draft", **values)
        assert "could not be saved" in again, "the same draft once more is not taken for saved"
    other = "reflect" if name != "reflect" else "mine"
    assert run.forms[other].press("draft", text="room again", contacts=[{"who": "P1"}]) == ""
    for form in run.forms.values():
        assert form.sign["state"] != "lost", "all forms say that it is saved now"
    assert toy.shown(run_all().forms[name]) == toy.shown(run.forms[name])
    assert (
        run_all().lesson.parts[run.lesson.parts_by_name(name)].is_done if hasattr(run.lesson, "parts_by_name") else True
    )


def test_on_a_full_disk_the_file_can_be_downloaded_with_what_could_not_be_saved(run_all):
    run = run_all()
    sent = []
    run.forms["save"].send = lambda content, buffers=None: sent.append(content)
    with full_disk():
        run.forms["reflect"].press("save", text="Not on the disk.")
        assert run.forms["save"].press("download") == ""
    assert "Not on the disk." in sent[0]["text"]
    assert run.forms["save"].sign["state"] == "lost"


def test_what_could_not_be_saved_outlives_running_all_cells_again(monkeypatch, file):
    monkeypatch.setenv("TERTIUS_HOME", str(file.parent))
    forms = toy.ask_all(tertius.lesson("06"))
    with full_disk():
        forms["quiz"].press("check", answer="only")
        forms = toy.ask_all(tertius.lesson("06"))
        assert forms["quiz"].status == "right"
        assert forms["quiz"].sign["state"] == "lost"
    forms["reflect"].press("save", text="Room again.")
    assert stored(file)["answers"]["L06-Q1"][0]["answer"] == "only"
    assert tertius.lesson("06").learner.reflections == {"L06-R1": "Room again."}


def test_an_answer_in_code_that_cannot_be_saved_does_not_stop_the_notebook(sheet):
    key = Key(3, hints=("a", "b", "c"), solution="three")
    with full_disk():
        form = sheet.exercise("X1", "How many?", Number(0, 9), key, answer=3)
        assert (form.status, form.sign["state"]) == ("right", "lost")
    sheet.learner.save()
    assert sheet.learner.answers["L06-X1"][0]["answer"] == 3


def test_a_file_of_a_newer_tertius_is_shown_and_cannot_be_typed_into(answered, run_all, file):
    newer = stored(file) | {"schema": 2}
    file.write_text(json.dumps(newer))
    run = run_all()
    assert "was written by a newer tertius" in run.forms["restore"].panel
    for name in FORMS:
        form = run.forms[name]
        assert (form.shape["is_open"], form.shape["buttons"]) == (False, [])
        assert form.sign["text"] == "Your file is from a newer tertius: it can be read, but nothing can be saved in it"
        assert form.values == answered.forms[name].values
    assert stored(file) == newer


def test_a_damaged_file_is_set_aside_and_said_so(answered, run_all, file):
    file.write_bytes(b"{")
    run = run_all()
    assert "so it was set aside as my-network.damaged-" in run.forms["restore"].panel
    assert "so it was set aside as my-network.damaged-" in run.forms["save"].panel
    assert run.forms["reflect"].values == answered.forms["reflect"].values


def test_a_file_that_is_damaged_meanwhile_is_mended_by_whoever_has_it_open(answered, file):
    before = answered.learner.answers
    file.write_bytes(b"{")
    assert answered.forms["reflect"].press("save", text="Go on.") == ""
    assert "was set aside as my-network.damaged-" in answered.forms["save"].panel
    assert Learner.open(file, environment={}).answers == before


# --- two notebooks


def test_what_another_notebook_recorded_is_shown_when_something_is_done_here(run_all):
    one, other = run_all(), run_all()
    other.forms["quiz"].press("check", answer="only")
    other.forms["reflect"].press("draft", text="typed elsewhere")
    one.forms["mine"].press("save", told=True)
    assert one.forms["quiz"].status == "right"
    assert one.forms["reflect"].values == {"text": "typed elsewhere"}


def test_running_a_cell_shows_what_another_notebook_recorded(run_all, start):
    one = start()
    run_all().forms["quiz"].press("check", answer="only")
    assert toy.ask_all(one)["quiz"].status == "right"


def test_two_notebooks_that_fill_in_forms_at_once_lose_nothing(run_all, start):
    runs, faults = [run_all(), run_all()], []

    def fill_in(run, name, field):
        for number in range(15):
            problem = run.forms[name].press("save", **{field: f"{name} {number}"}, when="2026-12-01")
            if problem:
                faults.append(problem)

    threads = [
        threading.Thread(target=fill_in, args=[runs[0], "reflect", "text"]),
        threading.Thread(target=fill_in, args=[runs[1], "act", "what"]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    learner = start().learner
    assert [entry["text"] for entry in learner.log("reflections", "L06-R1")] == [f"reflect {n}" for n in range(15)]
    assert [entry["what"] for entry in learner.log("actions", "L06-A1")] == [f"act {n}" for n in range(15)]


def test_forms_filled_in_while_cells_run_lose_nothing_and_show_what_is_so(run_all):
    """In JupyterLab what is typed may be heard in another thread than the one that runs cells."""
    run, faults = run_all(), []

    def fill_in(name, field):
        for number in range(15):
            form = run.lesson.parts[f"L06-{name}"].form
            if problem := form.press("save", **{field: f"Thought {number}."}, when="2026-12-01"):
                faults.append(problem)

    threads = [
        threading.Thread(target=fill_in, args=["R1-reflect", "text"]),
        threading.Thread(target=fill_in, args=["A1-act", "what"]),
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        toy.ask_all(run.lesson)
    assert faults == []
    assert len(run.learner.log("reflections", "L06-R1")) == len(run.learner.log("actions", "L06-A1")) == 15
    for name, part in run_all().lesson.parts.items():
        assert toy.shown(run.lesson.parts[name].form) == toy.shown(part.form), name


def test_an_older_look_never_comes_after_a_newer_one(run_all, monkeypatch):
    run, began, newer_came = run_all(), threading.Event(), threading.Event()
    part = run.lesson.parts["L06-R1-reflect"]
    look = part.look
    slow = threading.Thread(target=run.forms["mine"].press, args=["save"], kwargs={"told": True})

    def slowly():
        if threading.current_thread() is slow:
            began.set()
            newer_came.wait(0.5)
        return look()

    monkeypatch.setattr(part, "look", slowly)
    slow.start()
    began.wait()
    assert part.form.press("save", text="Newer.") == ""
    newer_came.set()
    slow.join()
    assert (part.form.values, part.form.sign["text"]) == ({"text": "Newer."}, "Saved")


def test_of_two_buttons_pressed_at_once_one_is_heard(run_all, monkeypatch):
    run, began, skipped = run_all(), threading.Event(), threading.Event()
    part = run.lesson.parts["L06-E1-explain"]
    show = part.on_show

    def slowly(values):
        began.set()
        skipped.wait(0.5)
        return show(values)

    monkeypatch.setattr(part, "on_show", slowly)
    slow = threading.Thread(target=part.form.press, args=["show"], kwargs={"why": "my words"})
    slow.start()
    began.wait()
    assert part.form.press("skip") == "This has changed meanwhile; look at it again."
    skipped.set()
    slow.join()
    assert [entry["answer"] for entry in run.learner.log("answers", "L06-E1")] == ["my words"]


def test_the_time_beside_saved_is_when_it_was_recorded(run_all):
    form = run_all().forms["reflect"]
    form.press("save", text="So.")
    assert form.sign["at"] == run_all().learner.when("reflections", "L06-R1")
