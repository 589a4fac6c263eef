"""Fetching on demand, from a server on this computer: licence first, and only the file that was expected."""

import hashlib
import http.server
import logging
import socket
import threading
import time
from dataclasses import replace

import pandas as pd
import pooch
import pytest

import tertius
from tertius.data import remote
from tertius.data.remote import Remote
from tertius.errors import DataError, ParameterError
from tertius.network import Network

CONTENT = b"Ann Bo 3\nBo Cy 1\n"


def parse(path):
    rows = [line.split() for line in path.read_text("utf-8").splitlines()]
    ties = pd.DataFrame(rows, columns=["source", "target", "weight"]).astype({"weight": float})
    nodes = pd.DataFrame({"id": sorted({*ties["source"], *ties["target"]})})
    relation = {"name": "advice", "directed": False, "unit": "count", "scale_max": None, "symmetrise": "max"}
    meta = {"name": "consulting", "default_relation": "advice", "relations": [relation]}
    return Network(nodes, ties.assign(relation="advice", wave=1), meta)


class Host(http.server.BaseHTTPRequestHandler):
    """Answers by path: /NAME.txt is what the method NAME does."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        getattr(self, self.path.strip("/").removesuffix(".txt"))()

    def log_message(self, *_):
        pass

    def give(self, content, length=None):
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(content)

    def good(self):
        self.give(CONTENT, len(CONTENT))

    def good_without_length(self):
        self.give(CONTENT)

    def changed(self):
        self.give(CONTENT.replace(b"3", b"4"), len(CONTENT))

    def announced_too_large(self):
        self.give(b"", 10**12)

    def endless(self):
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(10_000):
                self.wfile.write(b"x" * 65_536)
                self.server.sent += 65_536
        except OSError:
            pass  # the client hung up, as it should

    def broken_off(self):
        self.give(CONTENT[:5], len(CONTENT))

    def gone(self):
        self.send_error(404)

    def silent(self):
        self.server.wake.wait(10)

    def dripping(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        try:
            for byte in CONTENT:
                self.wfile.write(bytes([byte]))
                if self.server.wake.wait(0.2):
                    break
        except OSError:
            pass

    def moved(self):
        self.send_response(302)
        self.send_header("Location", "/good.txt")
        self.end_headers()

    def moved_into_the_open(self):
        self.send_response(302)
        self.send_header("Location", "http://data.example/good.txt")
        self.end_headers()


@pytest.fixture
def host():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.asked, server.sent, server.wake = [], 0, threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.wake.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def entry(url, **changes):
    return replace(
        Remote(
            name="consulting",
            title="A consulting firm",
            url=url,
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            size=len(CONTENT),
            licence="none found",
            terms="https://data.example/terms",
            citation="Someone (2004). Some Study.",
            checked="2026-11-24",
            nodes=3,
            ties=2,
            relations=("advice",),
            about="Who asks whom in a firm.",
            columns="- `weight`: how often.",
            shows="Little.",
            misuse="None known.",
            parse=parse,
        ),
        **changes,
    )


@pytest.fixture
def listed(host, tmp_path, monkeypatch):
    """Return a function that puts a data set into the list; its file would be kept in a new folder."""
    monkeypatch.setenv("TERTIUS_CACHE", str(tmp_path / "cache"))

    def put(path="good.txt", **changes):
        url = changes.pop("url", f"http://127.0.0.1:{host.server_address[1]}/{path}")
        monkeypatch.setitem(remote.REMOTE, "consulting", entry(url, **changes))
        return tmp_path / "cache"

    return put


def refusal(**how):
    with pytest.raises(DataError) as raised:
        tertius.fetch("consulting", **how)
    return str(raised.value)


def kept(cache):
    return sorted(path.name for path in cache.iterdir()) if cache.exists() else []


# The list


def test_nothing_is_listed_that_was_not_confirmed():
    for each in remote.REMOTE.values():
        assert each.url.startswith("https://")
        assert all((each.licence, each.terms, each.citation, each.checked, each.sha256))


def test_what_can_be_fetched_is_listed_and_described_without_asking_its_host(listed, host):
    listed()
    row = tertius.datasets().set_index("name").loc["consulting"]
    assert row["availability"] == "needs fetch"
    assert (row["nodes"], row["ties"], row["relations"], row["licence"]) == (3, 2, "advice", "none found")
    card = tertius.describe("consulting")
    assert "tertius.fetch('consulting')" in card.sections[0][1]
    assert "Licence: none found; see https://data.example/terms" in dict(card.sections)["Licence"]
    with pytest.raises(DataError, match=r"'consulting' is not on this computer. tertius.fetch\('consulting'\)"):
        tertius.load("consulting")
    assert host.asked == []


@pytest.mark.parametrize("url", ["http://data.example/x.txt", "ftp://127.0.0.1/x", "file:///etc/hosts", "x.txt"])
def test_an_address_is_encrypted(url):
    with pytest.raises(ParameterError, match="must begin with https://"):
        entry(url)


@pytest.mark.parametrize("sha256", ["", "none", "A" * 64, "0" * 63])
def test_a_checksum_cannot_be_left_out(sha256):
    with pytest.raises(ParameterError, match="64 hexadecimal digits"):
        entry("https://data.example/x.txt", sha256=sha256)


# Licence first


@pytest.mark.parametrize("accepted", [False, None, "yes", 1])
def test_without_a_yes_the_licence_is_shown_and_nothing_is_asked_for(listed, host, accepted):
    cache = listed()
    said = refusal(accept_licence=accepted)
    assert said == (
        "A consulting firm. Licence: none found; see https://data.example/terms (looked up on 2026-11-24). Please "
        "cite: Someone (2004). Some Study. If you accept this, run tertius.fetch('consulting', accept_licence=True)."
    )
    assert host.asked == []
    assert kept(cache) == []


@pytest.mark.parametrize("path", ["good.txt", "good_without_length.txt", "moved.txt"])
def test_with_a_yes_it_is_fetched_once_and_loaded_from_then_on(listed, host, capsys, path):
    cache = listed(path)
    network = tertius.fetch("consulting", accept_licence=True)
    assert (len(network.nodes), len(network.ties)) == (3, 2)
    assert "Licence: none found" in capsys.readouterr().out
    assert kept(cache) == ["consulting.txt"]
    asked = len(host.asked)
    assert tertius.load("consulting").ties.equals(network.ties)
    assert tertius.fetch("consulting").ties.equals(network.ties)  # on this computer already: no licence to accept
    assert tertius.datasets().set_index("name").loc["consulting", "availability"] == "ready"
    assert len(host.asked) == asked
    assert host.asked[0][1]["Accept-Encoding"] == "identity"


def test_the_library_s_own_notes_stay_out_of_the_notebook(listed, monkeypatch):
    notes = []
    monkeypatch.setattr(pooch.get_logger(), "handlers", [handler := logging.Handler()])
    monkeypatch.setattr(handler, "emit", notes.append)
    listed()
    tertius.fetch("consulting", accept_licence=True)
    assert notes == []


def test_what_is_here_is_loaded_whoever_keeps_it():
    assert len(tertius.fetch("karate").nodes) == 34
    assert len(tertius.fetch("law_firm", accept_licence=True).nodes) == 53


# What can go wrong


UNREACHABLE = (
    "consulting is not on this computer and I could not reach its host ({}). Connect and run "
    "tertius.fetch('consulting', accept_licence=True) again; load('manufacturing_vp') works offline."
)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("gone.txt", "it answered 404"),
        ("broken_off.txt", "the connection broke"),
        ("moved_into_the_open.txt", "it sent me to an address that is not encrypted"),
    ],
)
def test_a_host_that_does_not_deliver_is_told_as_offline(listed, path, why):
    cache = listed(path)
    assert refusal(accept_licence=True) == UNREACHABLE.format(why)
    assert kept(cache) == []


def test_no_host_is_told_as_offline(listed):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cache = listed(url=f"http://127.0.0.1:{port}/good.txt")
    assert refusal(accept_licence=True) == UNREACHABLE.format("no answer")
    assert kept(cache) == []


@pytest.mark.parametrize(
    ("path", "limit", "why"),
    [("silent.txt", "SILENCE", "no answer"), ("dripping.txt", "PATIENCE", "it took too long")],
)
def test_a_host_that_keeps_us_waiting_is_given_up(listed, monkeypatch, path, limit, why):
    cache = listed(path)
    monkeypatch.setattr(remote, limit, 0.5)
    start = time.monotonic()
    assert refusal(accept_licence=True) == UNREACHABLE.format(why)
    assert time.monotonic() - start < 3  # without the limits: 10 seconds of silence, 3.4 of dripping
    assert kept(cache) == []


@pytest.mark.parametrize("path", ["changed.txt", "announced_too_large.txt", "endless.txt"])
def test_another_file_is_deleted_and_never_used(listed, host, path):
    cache = listed(path)
    said = refusal(accept_licence=True)
    assert said == (
        "What is at the address of 'consulting' has changed since 2026-11-24: it is not the file whose checksum "
        "tertius knows, so I deleted it. A newer tertius may know the new one; load('manufacturing_vp') works without."
    )
    assert kept(cache) == []
    assert host.sent < 50 * 2**20  # what fits into buffers, of 625 MB that would have come


def test_a_damaged_copy_is_noticed_and_fetched_again(listed):
    cache = listed()
    tertius.fetch("consulting", accept_licence=True)
    (cache / "consulting.txt").write_bytes(b"Ann Bo 9\n")
    with pytest.raises(
        DataError, match=r"on this computer is damaged. Fetch it again: tertius.fetch\('consulting', acc"
    ):
        tertius.load("consulting")
    assert len(tertius.fetch("consulting", accept_licence=True).ties) == 2


def test_another_number_of_people_is_our_fault_and_said_so(listed):
    listed(nodes=4)
    assert "I read 3 nodes and 2 ties of 'consulting', and it has 4 and 2" in refusal(accept_licence=True)


def test_a_folder_that_takes_no_file_is_named(listed, tmp_path, monkeypatch):
    listed()
    (tmp_path / "taken").write_text("")
    monkeypatch.setenv("TERTIUS_CACHE", str(tmp_path / "taken"))
    said = refusal(accept_licence=True)
    assert said.startswith("I could not keep 'consulting' in the folder ")
    assert "TERTIUS_CACHE" in said


def test_the_cache_is_the_user_s_own_unless_another_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("TERTIUS_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert entry("https://data.example/a/x.csv?v=2").file.name == "consulting.csv"
    assert "tertius" in entry("https://data.example/x.csv").file.parts
