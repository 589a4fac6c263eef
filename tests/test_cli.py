"""The command line: what it does, what it says, how it ends."""

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.instructor import toy
from tests.intake.corpus.mail import ME, OUT, letter, mailbox

import tertius
from tertius import cli

REPOSITORY = Path(__file__).parents[1]


def run(*arguments, cwd=REPOSITORY):
    return subprocess.run(
        [sys.executable, "-m", "tertius", *arguments], cwd=cwd, capture_output=True, text=True, timeout=100
    )


def test_lessons_are_built_and_checked_from_where_they_are(tmp_path):
    toy.write(tmp_path)
    done = run("lessons", "build", "01", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(" cells in ")[0] for line in done.stdout.splitlines()] == [
        "lessons/01-toy.ipynb: 13",
        "solutions/01-toy.ipynb: 13",
        "docs/teaching.md: 1",
    ]
    done = run("lessons", "check", cwd=tmp_path / "lessons" / "source")
    assert (done.returncode, done.stdout) == (0, "2 notebooks are in step with their sources\n")


def test_what_is_wrong_is_said_without_a_traceback(tmp_path):
    folder = toy.write(tmp_path, toy.spoiled("Add something today.", "See cell 3."))
    done = run("lessons", "check", "--folder", str(folder), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == (
        "01-toy.md, cell L01-act: 'cell 3' names a cell by number, and numbers change; say what it shows.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: command"),
        (["lessons"], "the following arguments are required: task"),
        (["lessons", "check", "--quickly"], "unknown argument: --quickly"),
        (["dance"], "invalid choice: 'dance'"),
    ],
)
def test_a_command_that_makes_no_sense_is_answered_with_how_it_goes(capsys, arguments, message):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_the_lab_serves_the_lessons_and_hands_on_what_it_does_not_know(tmp_path):
    command = cli.lab_command(tmp_path, ["--no-browser", "--port=8889"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert command[3:] == [f"--ServerApp.root_dir={tmp_path}", "--no-browser", "--port=8889"]


def test_the_lab_is_jupyterlab_itself():
    done = run("lab", "--version")
    assert done.returncode == 0
    assert done.stdout.strip().split(".")[0] == "4"


def test_lessons_are_found_here_above_or_in_the_repository(tmp_path, monkeypatch):
    folder = toy.write(tmp_path)
    for here in (tmp_path, folder, folder / "source"):
        monkeypatch.chdir(here)
        assert cli.lessons_folder() == folder
    (tmp_path / "elsewhere").mkdir()
    (folder / "source" / "01-toy.md").unlink()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert cli.lessons_folder() == REPOSITORY / "lessons"


def test_a_file_is_read_and_its_report_printed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "1")
    monkeypatch.chdir(tmp_path)
    Path("ties.csv").write_text("source,target\n=1+1,B\nB,C\n")
    assert cli.main(["read", "ties.csv", "--no-directed", "--me", "B", "--out", "out"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("ties.csv: 3 people and 2 ties, from an edge list")
    assert "out: 3 people and 2 ties. It holds names: keep it to yourself." in said
    assert "'=1+1," in Path("out", "nodes.csv").read_text()
    assert tertius.read("out").nodes["id"].tolist() == ["=1+1", "B", "C"]
    assert cli.main(["read", "ties.csv", "--no-directed", "--out", "out"]) == 1
    assert "is there already" in capsys.readouterr().err
    assert cli.main(["read", "tise.csv"]) == 1
    assert "Did you mean 'ties.csv'?" in capsys.readouterr().err


def test_a_mailbox_is_read_for_several_own_addresses(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "1")
    path = tmp_path / "mail.mbox"
    path.write_text(mailbox(OUT, letter("me@work.example", "bo@example.org")))
    assert cli.main(["read", str(path), "--kind", "mbox", "--me", ME, "--me", "me@work.example"]) == 0
    said = capsys.readouterr().out
    assert "mail.mbox: 3 people and 2 ties, from a mailbox (mbox)." in said
    assert "ann@example.org" not in said


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A folder, in which we are, on a computer of one's own."""
    monkeypatch.setenv("TERTIUS_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("TERTIUS_TRUSTED_HUB", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_several_addresses_of_one_person_are_joined(private, capsys):
    others = letter(ME, "Bo Katz <bo@example.org>"), letter(ME, "Bo Katz <katz@example.com>")
    Path("my mail.mbox").write_text(mailbox(OUT, letter("Ann Lee <lee@example.com>", ME), *others))
    assert cli.main(["read", "my mail.mbox", "--me", ME]) == 0
    said = capsys.readouterr().out
    assert "my mail.mbox: 5 people" in said
    call = re.search(
        r"If the first are one person's: tertius (read 'my mail.mbox' --me \S+ --merge P-\w+,P-\w+)\.", said
    )
    assert cli.main(shlex.split(call[1])) == 0
    said = capsys.readouterr().out
    assert "my mail.mbox: 4 people" in said
    assert f"'my mail.mbox' --me {ME} --merge P-" in said  # the others, who are proposed now, come on top
    both = ["--merge", "ann@example.org, lee@example.com", "--merge", "bo@example.org,katz@example.com"]
    assert cli.main(["read", "my mail.mbox", "--me", ME, *both]) == 0
    assert "my mail.mbox: 3 people" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.main(["read", "my mail.mbox", "--me", ME, "--merge", "bo@example.org"])
    assert "'bo@example.org' names fewer than two; part them by a comma" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('tertius.read("mail (1).mbox", me="you@example.org")', "tertius read 'mail (1).mbox' --me you@example.org"),
        ("tertius.read(\"m\", merge=[['P-A', 'P-B']])", "tertius read m --merge P-A,P-B"),
        ('Tell me: kind="mbox" or kind="eml".', "Tell me: --kind mbox or --kind eml."),
        ("Look whether me= names you; merge= joins.", "Look whether --me names you; --merge joins."),
        ('tertius.read("a\\"b.csv", decimal=",")', 'tertius.read("a\\"b.csv", decimal=",")'),
        ("name=1, theme=x", "name=1, theme=x"),
    ],
)
def test_messages_name_the_options_of_the_command(text, said):
    assert cli.in_options(text) == said


def test_commands_in_messages_keep_what_was_given():
    call = "tertius.read(\"m\", merge=[['P-A', 'P-B']])"
    given = {"me": ["a@x", "b@x"], "merge": [["c@x", "d@x"]]}
    assert cli.in_options(call, given) == "tertius read m --me a@x --me b@x --merge c@x,d@x --merge P-A,P-B"
    assert cli.in_options('tertius.read("m", me="you@x")', {"me": ["a@x"]}) == "tertius read m --me you@x"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.mbox"], "nothing.mbox: There is no such file in this folder. Did you mean 'one.mbox'?"),
        (["void"], "void: The folder is empty. Look whether it is the right one."),
        (["empty.mbox"], "empty.mbox: The file is empty. Look whether it was saved, and is the right one."),
        (["pictures"], "pictures: In this folder I find no mailbox, e-mail, table or graph that I read."),
        (["tables"], "Name the file in it that you mean, such as tertius read tables/a.csv --me me@example.com."),
        (
            ["one.mbox", "--kind", "eml"],
            "one.mbox: This is a mailbox (mbox), not single e-mails (EML). Leave out --kind, ",
        ),
        (["one.eml", "--kind", "mbox"], "or say --kind eml."),
        (["one.mbox", "--kind", "maildir"], "A mailbox in one file is --kind mbox."),
        (["Maildir", "--kind", "mbox"], "This folder holds a mailbox in a folder (Maildir), not a mailbox (mbox)."),
        (["one.mbox", "--kind", "ics"], "one.mbox: There is no event in the calendar."),
        (["lists.mbox"], "No contact between you and anybody else is left (set aside: 1 list or newsletter)."),
        (["letter.msg"], "letter.msg: This is an e-mail as Outlook saves it (MSG). Save it as .eml, "),
    ],
)
def test_mistakes_with_mail_are_answered_in_a_sentence(private, capsys, arguments, said):
    msg = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__substg1.0_001A".encode("utf-16-le")
    files = {"one.mbox": mailbox(OUT), "one.eml": OUT, "empty.mbox": "", "pictures/a.png": "x", "tables/a.csv": "a,b",
             "Maildir/cur/1": OUT, "lists.mbox": mailbox(letter("x@example.org", ME, List_Id="<x>")),
             "letter.msg": msg}  # fmt: skip
    for name, content in files.items():
        path = private / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (private / "void").mkdir()
    assert cli.main(["read", *arguments, "--me", ME]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert "ReadError" not in printed.err + printed.out


def test_a_mailbox_of_nobody_is_refused_with_the_option_to_give(private, capsys):
    Path("mail.mbox").write_text(mailbox(OUT))
    assert cli.main(["read", "mail.mbox"]) == 1
    said = capsys.readouterr()
    assert said.err.endswith("Tell me your own address, or all of them: tertius read mail.mbox --me you@example.org.\n")


@pytest.mark.parametrize("package", ["jupytext", "nbclient", "codespell"])
def test_without_the_extra_the_command_says_what_to_install(monkeypatch, capsys, package):
    found = importlib.util.find_spec
    monkeypatch.setattr(cli.importlib.util, "find_spec", lambda name: None if package in name else found(name))
    assert cli.main(["lessons", "check"]) == 1
    assert capsys.readouterr().err == f"This needs {package}; install it with: pip install 'tertius[instructor]'\n"


def test_checking_makes_no_grammar_of_web_addresses(tmp_path):
    # jsonschema would, if its optional part is installed, as it is beside JupyterLab; it takes half of a check's time.
    assert importlib.util.find_spec("rfc3987_syntax")
    folder = toy.write(tmp_path)
    code = f"import sys; from tertius import cli; cli.main(['lessons', 'check', '--folder', {str(folder)!r}]); "
    done = subprocess.run(
        [sys.executable, "-c", f"{code}print('jsonschema' in sys.modules, 'lark' in sys.modules)"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == "True False"


def test_starting_the_command_loads_no_tools():
    code = "import sys, tertius.cli; print({'jupytext', 'nbclient', 'pandas', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ}, timeout=60)
    assert done.stdout.strip() == "set()"
