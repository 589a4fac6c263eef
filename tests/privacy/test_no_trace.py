"""No name, address, subject or text of an imported account is in anything that is shown, logged or written by default.

Files of every kind of account are read in a notebook and by the command, with whatever one does with a network, and
with mistakes; then every byte that any of it left behind is searched.
"""

import base64
import html
import json
import os
import re
import subprocess
import sys
import urllib.parse
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from email.header import Header

import matplotlib
import nbformat
import pytest

OWNER = ("Ottoluise", "Kvarngrim", "ottoluise.kvarn", "kvarngrim-post.example")
OTHERS = (
    ("Quenelda", "Zwickforth", "zwickforth", "plumbago-mail.example"),
    ("Thibodelle", "Marnwick", "thibo.marnwick", "marnwick-home.example"),
    ("Zoëlline", "Ågrenquist", "zoelline77", "gmail.com"),
    ("Frobisher", "O'Dunnavent", "fodunnavent", "plumbago-mail.example"),
    ("Xanthippe", "Brondelius", "xbrondelius", "plumbago-mail.example"),
)
"""First and last name, the part of an address before the @, and its host: letters that stand nowhere else."""

SUBJECT, TEXT, PLACE, NUMBER = "Brambleworth accounts", "snickerbloom is on the line", "Hollowgate room", "7700900123"
SAID = "Ironmongery"
"""What the tables of people hold by design, as in the files: organisations. It shows that the search finds things."""


def address(person):
    return f"{person[2]}@{person[3]}"


def profile(person):
    return f"https://www.linkedin.com/in/{person[2].replace('.', '-')}"


FORBIDDEN = sorted(
    {word for person in (OWNER, *OTHERS) for word in person[:3]}
    | {word.replace(".", "-") for _, _, word, _ in (OWNER, *OTHERS)}
    | {host.partition(".")[0] for *_, host in (OWNER, *OTHERS) if host != "gmail.com"}
    | {"Agrenquist", "Zoelline", "thibomarnwick", "Brambleworth", "snickerbloom", "Hollowgate", NUMBER, "900123"}
)


# --- the files


def letter(k, sender, *to, day="Tue, 12 Mar 2024 10:00:00 +0000"):
    def named(person):
        return f"{Header(f'{person[1]}, {person[0]}').encode()} <{address(person)}>"

    return (
        f"From {address(sender)} Tue Mar 12 10:00:00 2024\nReturn-Path: <{address(sender)}>\n"
        f"Message-ID: <{k}@x.example>\nDate: {day}\nFrom: {named(sender)}\n"
        f"To: {', '.join(map(named, to))}\nSubject: {SUBJECT}\nX-Note: {TEXT}\n"
        f"\nDear {to[0][0]},\n{TEXT}\n> {TEXT} {NUMBER}\n{sender[0]}\n\n"
    )


def letters(**how):
    made = [letter(k, *((OWNER, one) if k % 3 else (one, OWNER, OTHERS[0])), **how) for k, one in enumerate(OTHERS * 4)]
    # The same name beside another address.
    made.append(letter("z", (*OTHERS[0][:2], "q.zwickforth", "gmail.com"), OWNER, **how))
    return "".join(made)


CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)


def connections(day="12 Mar 2024"):
    lines = [f"{p[0]},{p[1]},{profile(p)},{address(p)},{SAID},Director,{day}\n" for p in OTHERS]
    return CONNECTIONS + "".join(lines)


def messages(*more):
    def line(a, b, k):
        return (
            f"c{k},{SUBJECT},{a[0]} {a[1]},{profile(a)},{b[0]} {b[1]},{profile(b)},2024-03-{k + 10} 10:00:00 UTC,"
            f'{SUBJECT},"{TEXT}\n{a[0]}",INBOX\n'
        )

    pairs = [pair for one in OTHERS for pair in ((OWNER, one), (one, OWNER))] + list(more)
    return MESSAGES + "".join(line(*pair, k) for k, pair in enumerate(pairs))


def cards():
    lines = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{p[0]} {p[1]}\r\nN:{p[1]};{p[0]};;;\r\nORG:{SAID}\r\nEMAIL:{address(p)}\r\n"
        f"TEL:+44 {NUMBER}\r\nURL:{profile(p)}\r\nNOTE:{TEXT}\r\nEND:VCARD\r\n"
        for p in OTHERS
    ]
    return "".join(lines)


def calendar():
    people = [f"ATTENDEE;CN={p[0]} {p[1]}:mailto:{address(p)}\r\n" for p in OTHERS]
    events = [
        f"BEGIN:VEVENT\r\nUID:{k}@{OWNER[3]}\r\nDTSTART:202403{k + 10}T100000Z\r\n"
        f"SUMMARY:{SUBJECT}\r\nLOCATION:{PLACE}\r\nDESCRIPTION:{TEXT}\r\n"
        f"ORGANIZER;CN={OWNER[0]}:mailto:{address(OWNER)}\r\n{''.join(people[: k + 1])}END:VEVENT\r\n"
        for k in range(len(OTHERS))
    ]
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:{SUBJECT}\r\n{''.join(events)}END:VCALENDAR\r\n"


FILES = {
    "mail.mbox": letters(),
    "broken.mbox": letters(day="when it rains"),
    "Basic_LinkedInDataExport.zip": {"Connections.csv": connections(), "messages.csv": messages()},
    "Connections.csv": connections("1/2/2020"),
    "Connections-2.csv": connections() + f'"{OTHERS[0][0]},{OTHERS[0][1]}\n',
    "messages.csv": messages(OTHERS[:2]),  # nobody stands on every one
    "contacts.vcf": cards(),
    "broken.vcf": cards().replace("END:VCARD", "END:VCRD"),
    "calendar.ics": calendar(),
    "broken.ics": calendar().replace("DTSTART:2024", "DTSTART:20241399"),
}  # fmt: skip

READ = {
    "mail": ("mail.mbox", "me=me"),
    "linked": ("Basic_LinkedInDataExport.zip", ""),
    "book": ("contacts.vcf", "me=me"),
    "met": ("calendar.ics", "me=me"),
}
"""By the name that each has in the notebook."""


def write(folder):
    for name, content in FILES.items():
        if isinstance(content, dict):
            with zipfile.ZipFile(folder / name, "w") as zipped:
                for inner, text in content.items():
                    zipped.writestr(inner, text)
        else:
            (folder / name).write_text(content, encoding="utf-8", newline="")


# --- what is done with them

BEGIN = """\
import logging, os, pickle
logging.basicConfig(level=logging.DEBUG)
import matplotlib, tertius
from tertius import draw
matplotlib.rcParams["svg.fonttype"] = "none"
%config InlineBackend.figure_formats = ["png", "svg"]
me = os.environ["OWN_ADDRESS"]
learner = tertius.Learner.open()"""

REFUSED = [
    'tertius.read("mail.mbox")',
    'tertius.read("mail.mbox", me="nobody@example.org")',
    'tertius.read("mail.mbox", me=me, min_contacts=500)',
    'tertius.read("mail.mbox", me=me, limits=tertius.intake.Limits(nodes=2))',
    'tertius.read("broken.mbox", me=me)',
    'tertius.read("mail.mbox", kind="edge_csv")',
    'tertius.read("Connections.csv")',
    'tertius.read("Connections-2.csv")',
    'tertius.read("contacts.vcf", kind="google_contacts")',
    'tertius.read("contacts.vcf", strict=True)',
    'tertius.read("messages.csv")',
    'tertius.read("broken.ics", me=me)',
    'tertius.read("calendar.ics")',
    'tertius.read("broken.vcf", me=me)',
    'mail.relation("friendship")',
    'mail.forget("nobody")',
    'mail.nodes["nothing"]',
    'mail.save("saved.xlsx")',
    "1 / len(mail.nodes[:0])",
]

EACH = [
    "{name} = tertius.read({file!r}, {me})\n{name}",
    "display({name}.report, {name}.report.problems, {name}.meta)\nprint({name}.report)",
    "display({name}.nodes, {name}.ties)\nprint({name}.nodes.to_string(), {name}.ties.to_string())",
    "tertius.NetworkView(draw.own_map({name}))",
    'display(draw.figure(draw.own_map({name})))\ntertius.NetworkView(draw.own_map({name})).html("{name}.html")',
    "draw.network(draw.own_map({name}));",
    "print(dict({name}.graph().nodes(data=True)), list({name}.graph().edges(data=True)), tertius.Ties.of({name}))",
    'print({name}.save("{name}"), {name}.share("{name}-shared", least=1))',
    'print(*[{name}.save("{name}" + ending) for ending in (".graphml", ".gexf", ".json")])',
    'with open("{name}.pickle", "wb") as stream:\n    pickle.dump({name}, stream)',
    "learner.use_network({name})\ndisplay(learner, learner.network, learner.summary())",
]

RECORDED = [
    "{name}.strength_table()",
    "display(tertius.ego_report({name}), tertius.ego_report({name}).frame())",
    "tertius.local_bridges({name}).head()",
]
"""What only records of contact allow."""

MORE = [
    "tertius.MapBuilder(mail, learner=learner)",
    "display(book.strength_table(), tertius.ego_report(book))",  # which a list of contacts refuses
    "tertius.NetworkView(draw.own_map(tertius.infer_ties(book)))",
    "two = [id for id in mail.nodes['id'] if id != 'me'][:2]\ntertius.read('mail.mbox', me=me, merge=[two]).report",
    "mail.forget(two[:1])",
    "tertius.read('mail.mbox', me=me).nodes",
    "%history",
]


def notebook():
    cells = [BEGIN]
    for name, (file, me) in READ.items():
        cells += [cell.format(name=name, file=file, me=me) for cell in EACH]
        cells += [cell.format(name=name) for cell in RECORDED if name != "book"]
    cells += MORE + REFUSED
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


COMMANDS = [
    ["mail.mbox", "--me", address(OWNER), "--out", "out-mail"],
    ["mail.mbox"],
    ["Basic_LinkedInDataExport.zip", "--out", "out-linked"],
    ["contacts.vcf", "--out", "out-book"],
    ["calendar.ics", "--me", address(OWNER), "--out", "out-met"],
    ["Connections-2.csv"],
]

# --- the search


def readings(data):
    """What bytes say, with what is written in other letters turned back; and what is packed into the text."""
    text = data.decode("utf-8", "replace")
    turned = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    yield from (text, turned, html.unescape(turned), urllib.parse.unquote(turned), data.decode("utf-16-le", "replace"))
    for run in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", text):
        inner = base64.b64decode(run + "=" * (-len(run) % 4), validate=False) if len(run.rstrip("=")) % 4 != 1 else b""
        yield inner.decode("utf-8", "replace")
        try:
            yield zlib.decompress(inner).decode("utf-8", "replace")
        except zlib.error:
            continue


def traces(data, words=tuple(FORBIDDEN)):
    """The words that some bytes hold, in whatever letters."""
    texts = [text.casefold() for text in readings(data)]
    return [word for word in words if any(word.casefold() in text for text in texts)]


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory):
    """All bytes that reading left behind: files by where they are, and what was said on the way."""
    top = tmp_path_factory.mktemp("computer")
    for name in ("home", "work", "tmp"):
        (top / name).mkdir()
    work = top / "work"
    write(work)
    (work / "own.ipynb").write_text(nbformat.writes(notebook()), encoding="utf-8")
    unset = re.compile(r"BINDER_|JUPYTER|TERTIUS_|IPYTHON|XDG_|COLAB|KAGGLE|PYTEST")
    environment = {name: value for name, value in os.environ.items() if not unset.match(name)}
    environment |= {"HOME": str(top / "home"), "TMPDIR": str(top / "tmp"), "OWN_ADDRESS": address(OWNER)}
    environment |= {"MPLCONFIGDIR": matplotlib.get_configdir(), "TERTIUS_TRUSTED_HUB": "1"}

    def run(*command):
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=work, env=environment, capture_output=True, timeout=300, check=False
        )

    commands = [["tertius", "read", *arguments] for arguments in COMMANDS]
    commands.append(
        [
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--allow-errors",
            "--log-level=DEBUG",
            "--output=run",
            "own.ipynb",
        ]
    )
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda command: run(*command), commands[::-1]))[::-1]
    said = {
        " ".join(command[:3]) + f" {k}": run.stdout + run.stderr
        for k, (command, run) in enumerate(zip(commands, runs, strict=True))
    }
    codes = [run.returncode for run in runs]
    assert codes == [0, 1, 0, 0, 0, 1, 0], said
    files = {
        str(path.relative_to(top)): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and not (path.parent == work and path.name in FILES)
    }
    return files | said


def test_the_search_finds_what_is_in_the_files_however_it_is_written():
    everything = b"".join(
        text.encode()
        for content in FILES.values()
        for text in (content.values() if isinstance(content, dict) else [content])
    )
    spelt = {"Zoelline", "Agrenquist", "900123", "thibomarnwick"}
    assert set(FORBIDDEN) - set(traces(everything)) <= spelt
    assert traces(json.dumps("Zoëlline").encode()) == ["Zoëlline"]
    assert traces(html.escape("O'Dunnavent").encode()) == ["O'Dunnavent"]
    assert traces(b'{"data": "' + base64.b64encode(zlib.compress(b"names: Quenelda")) + b'"}') == ["Quenelda"]
    assert traces("MARNWICK".encode("utf-16-le")) == ["Marnwick"]


def test_everything_was_really_done(left_behind):
    executed = nbformat.reads(left_behind["work/run.ipynb"].decode(), as_version=4)
    refused = [*MORE[1:2], *REFUSED]
    for cell in executed.cells:
        errors = [f"{output.ename}: {output.evalue}" for output in cell.outputs if output.output_type == "error"]
        assert bool(errors) == (cell.source in refused), (cell.source, errors)
        assert cell.execution_count
    shown = left_behind["work/run.ipynb"].decode()
    assert len(set(re.findall(r"\bP-[A-Z2-7]{8}\b", shown))) > len(OTHERS)
    assert SAID in shown
    assert executed.metadata["widgets"]
    for name in READ:
        for file in (f"{name}/nodes.csv", f"{name}-shared/ties.csv", f"{name}.graphml", f"{name}.gexf", f"{name}.json"):
            assert left_behind[f"work/{file}"]
        assert left_behind[f"work/out-{name}/nodes.csv"]
    assert b"P-" in left_behind["work/my-network.tertius.json"]
    assert any(path.endswith("code-names.key") for path in left_behind)


def test_nothing_that_was_left_behind_names_anybody(left_behind):
    found = {place: words for place, data in left_behind.items() if (words := traces(data))}
    assert not found
