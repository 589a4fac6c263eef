"""An Explorer is found as it was left."""

import threading
import time

import pytest
import traitlets

from tertius.course import left
from tertius.course.left import Left
from tertius.learner import Learner


class Explorer(traitlets.HasTraits):
    """What `Left` needs of an Explorer: two traits that change, ``state``, and ``put_back``."""

    value = traitlets.Dict({"order": "weakest"})
    t = traitlets.Int(35)

    @property
    def state(self):
        return {"settings": dict(self.value), "t": self.t}

    def put_back(self, state):
        self.value, self.t = state["settings"], state["t"]


@pytest.fixture
def learner(tmp_path):
    return Learner.open(tmp_path / "lessons", environment={})


def wait_for(claim, seconds=20):
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.01)


def kept(learner):
    return Learner.open(learner.path, environment={}).views


def test_an_explorer_that_was_not_touched_records_nothing(learner):
    Left(learner, "L06-E1-run", Explorer())
    time.sleep(1.5 * left.PAUSE)
    assert not learner.path.exists()


def test_it_is_kept_a_moment_after_the_last_change_and_put_back(learner, monkeypatch):
    explorer, written = Explorer(), []
    keep_view = learner.keep_view
    monkeypatch.setattr(learner, "keep_view", lambda *how: (written.append(how), keep_view(*how)))
    Left(learner, "L06-E1-run", explorer)
    for t in range(20):  # as a slider that is dragged
        explorer.t = t
    explorer.value = {"order": "random"}
    wait_for(lambda: kept(learner))
    assert kept(learner) == {"L06-E1-run": {"settings": {"order": "random"}, "t": 19}}
    assert len(written) == 1
    again = Explorer()
    Left(Learner.open(learner.path, environment={}), "L06-E1-run", again)
    assert again.state == explorer.state


def test_putting_it_back_is_no_change_of_the_learners(learner):
    learner.keep_view("L06-E1-run", Explorer(t=3).state)
    before = learner.path.read_bytes()
    Left(learner, "L06-E1-run", Explorer())
    time.sleep(1.5 * left.PAUSE)
    assert learner.path.read_bytes() == before


def test_a_cell_run_again_in_the_middle_of_a_drag_finds_the_last_state(sheet, learner):
    first, second = Explorer(), Explorer()
    sheet.run("E1", first)
    first.t = 7
    sheet.run("E1", second)
    assert second.t == 7
    first.t = 9  # the old one is still in memory, and no longer speaks for the learner
    time.sleep(1.5 * left.PAUSE)
    assert kept(sheet.learner)["L06-E1-run"]["t"] == 7


def test_in_solutions_nothing_is_kept(start):
    import tertius

    lesson, explorer = tertius.lesson("06", solutions=True), Explorer()
    assert lesson.run("E1", explorer) is explorer
    explorer.t = 7
    time.sleep(1.5 * left.PAUSE)
    assert lesson.learner.is_blank
    assert lesson.learner.views == {}


def test_what_cannot_be_saved_is_held_and_goes_with_the_next_save(learner):
    learner.path.mkdir(parents=True)  # so that nothing can be written there
    explorer = Explorer()
    watched = Left(learner, "L06-E1-run", explorer)
    explorer.t = 7
    watched.end()
    assert learner.has_unsaved
    learner.path.rmdir()
    learner.answer("L06-Q1", "a", "right")
    assert kept(learner)["L06-E1-run"]["t"] == 7


def test_without_threads_it_is_kept_at_once(learner, monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)  # as Python in a browser, which cannot be had here
    explorer = Explorer()
    Left(learner, "L06-E1-run", explorer)
    explorer.t = 7
    assert kept(learner)["L06-E1-run"]["t"] == 7


def test_an_older_state_never_comes_after_a_newer_one(learner, monkeypatch):
    monkeypatch.setattr(left, "PAUSE", 60)
    explorer, began, newer_came = Explorer(), threading.Event(), threading.Event()
    watched = Left(learner, "L06-E1-run", explorer)
    keep_view = learner.keep_view

    def slowly(name, state):
        if state["t"] == 7:
            began.set()
            newer_came.wait(0.5)
        keep_view(name, state)
        if state["t"] == 9:
            newer_came.set()

    monkeypatch.setattr(learner, "keep_view", slowly)
    explorer.t = 7
    older = threading.Thread(target=watched.keep)
    older.start()
    began.wait()
    explorer.t = 9
    watched.keep()
    older.join()
    assert kept(learner)["L06-E1-run"]["t"] == 9
    watched.end()


def test_moving_an_explorer_while_forms_are_filled_in_loses_neither(run_all, start):
    run = run_all()
    explorer = Explorer()
    watched = Left(run.learner, "L06-E1-run", explorer)
    stop = threading.Event()

    def drag():
        while not stop.is_set():
            explorer.t = (explorer.t + 1) % 60
            watched.keep()

    thread = threading.Thread(target=drag)
    thread.start()
    for number in range(15):
        assert run.forms["reflect"].press("save", text=f"Thought {number}.") == ""
        assert run.forms["reflect"].sign["text"] == "Saved"
        assert run.forms["mine"].press("draft", contacts=[{"who": f"P{number}"}]) == ""
        assert run.forms["mine"].sign["text"] == "Draft saved"
    stop.set()
    thread.join()
    watched.end()
    again = start().learner
    assert again.reflections == {"L06-R1": "Thought 14."}
    assert len(again.log("reflections", "L06-R1")) == 15
    assert again.views["L06-M1-mine"]["values"]["contacts"][0]["who"] == "P14"
    assert again.views["L06-E1-run"] == explorer.state
