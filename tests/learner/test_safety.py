"""What was recorded outlives crashes, damage, wrong clocks, full disks, and two notebooks at once."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tertius.errors import ReadError, SaveError
from tertius.learner import NAME, Learner, files

RECORD = """
import sys
from tertius.learner import Learner
learner = Learner.open(sys.argv[1])
print("ready", flush=True)
for k in range(int(sys.argv[2]), int(sys.argv[3])):
    learner.answer(f"X{k}", k, "right")
    learner.reflect("R", f"{sys.argv[4]} {k}")
    print(k, flush=True)
"""
"""Records answers and says of each, once the call has returned, that it was recorded."""


def start(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


# --- versions


def test_the_last_three_versions_are_kept_newest_first(opened, folder):
    learner = opened()
    for answer in range(6):
        learner.answer("Q", answer, "wrong")
    kept = [f"my-network.previous-{number}.tertius.json" for number in (1, 2, 3)]
    assert names(folder) == sorted([NAME, *kept])
    assert [len(Learner.open(folder / name).answers["Q"]) for name in (NAME, *kept)] == [6, 5, 4, 3]


def test_a_version_that_went_missing_costs_no_other_version(opened, folder):
    learner = opened()
    for answer in range(4):
        learner.answer("Q", answer, "wrong")
    (folder / "my-network.previous-2.tertius.json").unlink()
    learner.answer("Q", 4, "wrong")
    versions = [folder / f"my-network.previous-{number}.tertius.json" for number in (1, 2, 3)]
    assert [len(Learner.open(path).answers["Q"]) for path in versions] == [4, 3, 1]


def test_versions_are_kept_where_a_file_can_have_one_name_only(opened, folder, monkeypatch):
    def refuse(self, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)  # as on a memory stick, which cannot be had here
    learner = opened()
    for answer in range(5):
        learner.answer("Q", answer, "wrong")
    versions = [folder / f"my-network.previous-{number}.tertius.json" for number in (1, 2, 3)]
    assert [len(Learner.open(path).answers["Q"]) for path in versions] == [4, 3, 2]


def test_a_file_of_another_name_has_versions_of_its_own(opened, folder):
    first, second = opened(folder / NAME), opened(folder / "class[1].json")
    for learner in (first, second):
        learner.answer("Q", 1, "wrong")
        learner.answer("Q", 2, "wrong")
    assert names(folder) == [
        "class[1].json",
        "class[1].previous-1.json",
        "my-network.previous-1.tertius.json",
        NAME,
    ]
    second.wipe()
    assert names(folder) == ["class[1].json", "my-network.previous-1.tertius.json", NAME]


def test_the_file_is_on_the_disk_before_it_takes_its_name_and_the_name_before_the_call_returns(
    opened, folder, monkeypatch
):
    learner = opened()
    learner.answer("Q", 1, "wrong")
    steps = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(handle):
        fsync(handle)
        status = os.fstat(handle)
        steps.append(("synced", status.st_ino, status.st_size))

    def watched_replace(source, target):
        steps.append(("named", os.stat(source).st_ino, os.stat(source).st_size))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    learner.answer("Q", 2, "wrong")
    file, place = learner.path.stat(), folder.stat()
    assert steps == [
        ("synced", file.st_ino, file.st_size),
        ("named", file.st_ino, file.st_size),
        ("synced", place.st_ino, place.st_size),
    ]


# --- damage


@pytest.fixture
def written(opened, folder):
    """A file with two answers, and one version kept, with the first of them."""
    learner = opened()
    learner.answer("Q", "first", "wrong")
    learner.answer("Q", "second", "right")
    return learner.path


IMMENSE = b'"predictions": {"E": {"answer": 1, "confidence": %d, "because": "", "at": "2026-01-31T09:30:00Z"}}' % (
    10**400
)
DAMAGE = {
    "cut": (lambda data: data[: len(data) // 2], "could not be read as JSON"),
    "empty": (lambda data: b"", "is empty"),
    "zeros": (lambda data: bytes(len(data)), "could not be read as JSON"),
    "another": (lambda data: b'{"cells": []}', "is not a learner's file of tertius"),
    "immense": (lambda data: data.replace(b'"predictions": {}', IMMENSE), "is not as tertius writes it"),
    "bent": (lambda data: data.replace(b'"answer"', b'"anser"'), "is not as tertius writes it"),
}


@pytest.mark.parametrize(("damage", "reason"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_set_aside_with_its_date_and_the_newest_good_version_used(
    opened, written, folder, damage, reason
):
    damaged = damage(written.read_bytes())
    written.write_bytes(damaged)
    os.utime(written, (1769800000, 1769800000))  # 2026-01-30 19:06:40 UTC
    learner = opened()
    aside = "my-network.damaged-2026-01-30-190640.tertius.json"
    assert len(learner.messages) == 1
    assert learner.messages[0].startswith(f"my-network.tertius.json {reason}")
    assert learner.messages[0].endswith(
        f", so it was set aside as {aside} and the version of 2026-01-31 09:30 UTC is used."
    )
    assert [entry["answer"] for entry in learner.answers["Q"]] == ["first"]
    assert (folder / aside).read_bytes() == damaged
    assert opened().messages == [], "it is mended now"


def test_damaged_versions_are_passed_over(opened, written, folder):
    opened().answer("Q", "third", "wrong")
    written.write_bytes(b"{")
    (folder / "my-network.previous-1.tertius.json").write_bytes(b"{")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first"]


def test_without_a_good_version_the_learner_begins_afresh_and_nothing_is_deleted(opened, folder):
    folder.mkdir()
    (folder / NAME).write_bytes(b"{")
    learner = opened()
    assert learner.messages[0].endswith("and you begin afresh, as there is no earlier version that can be used.")
    learner.answer("Q", "first", "wrong")
    assert [path.read_bytes() for path in folder.glob("my-network.damaged-*")] == [b"{"]


def test_files_damaged_at_the_same_time_get_different_names(opened, written, folder):
    for _ in range(2):
        written.write_bytes(b"{")
        os.utime(written, (1769800000, 1769800000))
        opened()
    assert [path.name for path in sorted(folder.glob("*damaged*"))] == [
        "my-network.damaged-2026-01-30-190640-2.tertius.json",
        "my-network.damaged-2026-01-30-190640.tertius.json",
    ]


def test_a_missing_file_is_made_of_the_newest_version(opened, written):
    written.unlink()
    learner = opened()
    assert learner.messages == ["my-network.tertius.json is missing, so the version of 2026-01-31 09:30 UTC is used."]
    assert written.exists()
    assert learner.answers["Q"][0]["answer"] == "first"


@pytest.mark.parametrize("mishap", [lambda path: path.write_bytes(b"{"), Path.unlink], ids=["damaged", "deleted"])
def test_an_open_notebook_mends_what_happens_to_the_file_meanwhile(opened, written, mishap):
    learner = opened()
    mishap(written)
    learner.answer("Q", "third", "wrong")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "second", "third"]
    assert len(learner.messages) == 1


def test_all_versions_of_a_file_have_in_common_when_it_was_begun(opened, clock, tmp_path):
    learner = opened()
    learner.answer("Q", "first", "wrong")
    clock.goes_on(days=1)
    elsewhere = opened(tmp_path / "elsewhere" / NAME)
    elsewhere.answer("Q", "second", "wrong")
    assert (learner.created, elsewhere.created) == ("2026-01-31T09:30:00Z", "2026-02-01T09:30:00Z")
    elsewhere.restore(learner.export())
    assert elsewhere.created == learner.created


def test_an_open_notebook_writes_anew_if_the_whole_folder_is_gone(opened, written, folder):
    learner = opened()
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    learner.refresh()
    assert learner.saved is None
    learner.save()
    assert learner.saved
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "second"]


# --- clocks


def test_a_file_from_the_future_is_set_aside_and_can_be_restored(opened, clock, folder):
    learner = opened()
    learner.answer("Q", "first", "wrong")
    clock.goes_on(days=400)
    learner.answer("Q", "second", "right")
    clock.goes_on(days=-400, hours=1)
    again = opened()
    aside = "my-network.future-2027-03-07-093000.tertius.json"
    assert again.messages == [
        "my-network.tertius.json is dated 2027-03-07, which has not come yet, so it was set aside as "
        f"{aside} (restore it if only a clock was wrong) and the version of 2026-01-31 09:30 UTC is used."
    ]
    assert [entry["answer"] for entry in again.answers["Q"]] == ["first"]
    told = again.restore(folder / aside)
    assert told == f"1 new entry came back from {aside}. It was dated in the future; its dates now end today."
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "second"]
    assert opened().messages == []


def test_a_clock_that_is_a_day_ahead_is_borne_with(opened, clock):
    clock.goes_on(days=1)
    opened().answer("Q", "first", "wrong")
    clock.goes_on(days=-1)
    learner = opened()
    learner.answer("Q", "second", "right")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "second"]
    assert opened().messages == []


# --- a newer tertius


@pytest.fixture
def newer(written):
    stored = json.loads(written.read_bytes())
    written.write_text(json.dumps(stored | {"schema": 2, "medals": {"L06": "gold"}}))
    return written


def test_a_newer_file_is_opened_for_reading_only_and_says_so(opened, newer):
    before = newer.read_bytes()
    learner = opened()
    closed = (
        "my-network.tertius.json was written by a newer tertius (its version is 2, and this tertius knows 1), so it "
        "can be read but nothing can be saved in it: install the newer tertius, or open another file."
    )
    assert learner.messages == [closed]
    assert [entry["answer"] for entry in learner.answers["Q"]] == ["first", "second"]
    with pytest.raises(SaveError) as refused:
        learner.answer("Q", "third", "wrong")
    assert str(refused.value) == closed
    assert (learner.saved, learner.messages, learner.is_closed) == (None, [closed], True)
    assert newer.read_bytes() == learner.export() == before


def test_a_file_that_becomes_newer_while_it_is_open_is_left_alone(opened, written, request):
    learner = opened()
    newer = request.getfixturevalue("newer")
    before = newer.read_bytes()
    with pytest.raises(SaveError, match="newer tertius"):
        learner.answer("Q", "third", "wrong")
    assert newer.read_bytes() == before


# --- no room, no right


@contextmanager
def room_for(largest):
    """No file may become larger than this; Python ignores the signal, so that writing fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_the_file_stays_and_what_was_recorded_goes_with_the_next_save(opened, written, folder):
    learner = opened()
    before, listed = written.read_bytes(), names(folder)
    with room_for(len(before) + 10), pytest.raises(SaveError) as refused:
        learner.answer("Q", "third, and quite long", "wrong")
    assert str(refused.value) == (
        "my-network.tertius.json could not be saved (File too large); what you recorded is kept in this notebook and "
        "goes with the next save."
    )
    assert (written.read_bytes(), names(folder)) == (before, listed)
    assert learner.saved is None
    assert [entry["answer"] for entry in learner.answers["Q"]][-1] == "third, and quite long"
    assert b"third" in learner.export()
    learner.reflect("R", "There is room again.")
    assert learner.saved
    again = opened()
    assert again.answers == learner.answers
    assert [entry["answer"] for entry in again.answers["Q"]] == ["first", "second", "third, and quite long"]


NOBODY = 65534


@contextmanager
def as_owner():
    """Act as the user who runs the tests, within `forbidden`."""
    was_nobody = os.geteuid() == NOBODY
    if was_nobody:
        os.seteuid(0)
    yield
    if was_nobody:
        os.seteuid(NOBODY)


@pytest.fixture
def forbidden():
    """A folder with a learner's file that may be read but not written to; root, who may all, is nobody meanwhile."""
    is_root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Learner.open(folder).answer("Q", "first", "wrong")
        (folder / NAME).chmod(0o644)
        folder.chmod(0o555)
        if is_root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_in_a_folder_that_cannot_be_written_to_the_file_is_read_and_saving_says_why(forbidden):
    learner = Learner.open(forbidden, environment={})
    assert learner.messages == []
    assert learner.answers["Q"][0]["answer"] == "first"
    with pytest.raises(SaveError, match=r"could not be saved \(Permission denied\); what you recorded is kept"):
        learner.answer("Q", "second", "right")
    assert learner.saved is None
    assert len(learner.answers["Q"]) == 2
    with pytest.raises(SaveError, match=r"could not be deleted \(Permission denied\)"):
        learner.wipe()
    assert len(Learner.open(forbidden, environment={}).answers["Q"]) == 1


def test_in_such_a_folder_a_damaged_file_is_left_and_an_earlier_version_shown(opened, written, folder):
    written.write_bytes(b"{")
    (folder / f".{NAME}.lock").unlink()
    (folder / f".{NAME}.lock").mkdir()  # so that the lock cannot be had
    learner = opened()
    assert learner.messages == [
        "my-network.tertius.json could not be read as JSON (it goes wrong on line 1), so the version of "
        "2026-01-31 09:30 UTC is used."
    ]
    assert written.read_bytes() == b"{"
    assert learner.answers["Q"][0]["answer"] == "first"
    (folder / f".{NAME}.lock").rmdir()
    learner.answer("Q", "third", "wrong")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "third"]
    assert len(list(folder.glob("*damaged*"))) == 1


def test_a_folder_that_is_a_file_is_told_when_saving(opened, tmp_path):
    (tmp_path / "lessons").write_text("not a folder")
    learner = opened()
    for answer in ("first", "second", "third"):
        with pytest.raises(SaveError, match=r"could not be saved \(Not a directory\)"):
            learner.answer("Q", answer, "wrong")
    assert [entry["answer"] for entry in learner.answers["Q"]] == ["first", "second", "third"]
    (tmp_path / "lessons").unlink()
    learner.save()
    assert opened().answers == learner.answers


def test_a_file_that_may_not_be_opened_is_told_and_left(forbidden):
    with as_owner():
        (forbidden / NAME).chmod(0)
    with pytest.raises(ReadError, match=r"could not be opened \(Permission denied\); it was left as it is"):
        Learner.open(forbidden, environment={})


def test_a_file_that_can_no_longer_be_opened_keeps_what_is_recorded_in_the_notebook(opened, written):
    learner = opened()
    written.unlink()
    written.mkdir()
    with pytest.raises(SaveError, match=r"could not be saved \(.*Is a directory"):
        learner.answer("Q", "third", "wrong")
    written.rmdir()
    learner.save()
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["first", "second", "third"]


# --- two at once


def test_two_open_notebooks_keep_what_both_record(opened):
    one, other = opened(), opened()
    one.answer("Q", "one", "wrong")
    other.answer("Q", "other", "wrong")
    one.answer("Q", "one", "wrong")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["one", "other", "one"]
    other.refresh()
    assert other.answers == one.answers


def test_threads_of_one_notebook_that_record_and_read_at_once_lose_nothing(opened):
    learner, faults, written = opened(), [], threading.Event()

    def record(writer):
        for k in range(20):
            learner.keep_view(f"V{writer}-{k}", {"t": k})

    def read():
        seen = 0
        while not written.is_set():
            try:
                # Another thread may just be saving; that is not yet "could not be saved".
                assert not learner.has_unsaved
                assert learner.saved or not seen
                assert len(learner.views) >= seen, "what was seen once is seen again"
                seen = len(learner.views)
            except Exception as fault:
                faults.append(fault)

    writers = [threading.Thread(target=record, args=[writer]) for writer in range(3)]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    written.set()
    reader.join()
    assert faults == []
    assert set(opened().views) == {f"V{writer}-{k}" for writer in range(3) for k in range(20)}


def test_programs_that_write_at_once_lose_nothing(folder):
    writers = [start(RECORD, folder / NAME, 100 * k, 100 * k + 30, f"writer {k}") for k in range(3)]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    learner = Learner.open(folder / NAME)
    assert learner.messages == []
    expected = {f"{100 * k + j}" for k in range(3) for j in range(30)}
    assert set(learner.answers) == {f"X{j}" for j in expected}
    texts = [entry["text"] for entry in json.loads(learner.path.read_bytes())["reflections"]["R"]]
    assert sorted(texts) == sorted(f"writer {k} {100 * k + j}" for k in range(3) for j in range(30))


def test_a_program_that_holds_the_lock_too_long_is_told(opened, written, folder, monkeypatch):
    hold = (
        "import fcntl, sys; file = open(sys.argv[1]); fcntl.flock(file, fcntl.LOCK_EX); print(1, flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, folder / f".{NAME}.lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    holder.stdout.readline()
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    learner = opened()
    with pytest.raises(SaveError, match=r"another program has been writing it for 0\.05 seconds; what you recorded"):
        learner.answer("Q", "third", "wrong")
    holder.communicate(b"\n", timeout=30)
    learner.save()
    assert len(opened().answers["Q"]) == 3


def test_where_there_are_no_locks_everything_else_works(opened, monkeypatch):
    monkeypatch.setattr(files, "fcntl", None)  # as Python in a browser, where there is one program
    learner = opened()
    learner.answer("Q", "first", "wrong")
    learner.wipe()
    learner.answer("Q", "second", "wrong")
    assert [entry["answer"] for entry in opened().answers["Q"]] == ["second"]


# --- kills


def kill_again_and_again(path, times, seed):
    """Kill a program that records, at random moments, and look each time for every answer that it said it had."""
    luck = random.Random(seed)
    promised = set()
    for k in range(times):
        writer = start(RECORD, path, 10_000 * k, 10_000 * k + 9_999, "writer")
        assert writer.stdout.readline() == "ready\n"
        time.sleep(luck.uniform(0, 0.3))
        writer.kill()
        said = writer.communicate(timeout=60)[0]
        promised |= {int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")}
        learner = Learner.open(path)
        assert learner.messages == []
        assert {log[0]["answer"] for log in learner.answers.values()} >= promised
    return promised


@pytest.fixture
def large(folder):
    """A file that takes a while to write, so that most kills come in the middle of it."""
    learner = Learner.open(folder / NAME)
    for number in range(3):
        learner.reflect(f"R{number}", "words " * 20_000)
    return learner.path


def test_ten_kills_lose_no_answer_that_was_recorded(large):
    assert len(kill_again_and_again(large, times=10, seed=1)) >= 3


@pytest.mark.slow
def test_a_hundred_kills_lose_no_answer_that_was_recorded(large):
    assert len(kill_again_and_again(large, times=100, seed=2)) >= 30


STEP_BY_STEP = """
import os, signal, sys
from tertius.learner import Learner
learner, left = Learner.open(sys.argv[1]), int(sys.argv[2])
def look(event, arguments):
    global left
    if event in ("open", "os.rename", "os.link", "os.remove", "fcntl.flock"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
learner.answer("Q", "last", "right")
print("done", flush=True)
"""
"""Records an answer and kills itself before one of the steps that the system is asked for."""


def test_a_kill_before_any_step_of_writing_leaves_the_old_version_or_the_new(tmp_path):
    for steps in range(100):
        path = tmp_path / str(steps) / NAME
        learner = Learner.open(path)
        for answer in range(5):
            learner.answer("Q", answer, "wrong")
        said = start(STEP_BY_STEP, path, steps).communicate(timeout=60)[0]
        again = Learner.open(path)
        assert again.messages == []
        answers = [entry["answer"] for entry in again.answers["Q"]]
        assert answers in ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, "last"])
        again.answer("Q", "after", "right")
        assert not list(path.parent.glob("*.part.*")), "what was left half written is swept away"
        assert len(list(path.parent.glob("*previous*"))) == 3
        if said == "done\n":
            assert answers[-1] == "last"
            break
    assert steps >= 10
