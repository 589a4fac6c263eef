"""Data sets that are fetched on demand: only after their licence was accepted, and only if they are what was expected.

An entry is listed when its address and checksum were confirmed; there is none yet.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertius.data.cards import text_of
from tertius.errors import DataError, ParameterError

if TYPE_CHECKING:
    from tertius.network import Network

SILENCE = 30.0
"""Seconds for which a host may keep silent."""
PATIENCE = 600.0
"""Seconds that a download may take."""
AT_ONCE = 65_536
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _Unreachable(Exception):
    """The host did not answer, or stopped answering."""


class _Changed(Exception):
    """What comes is not what was expected."""


@dataclass(frozen=True)
class Remote:
    """A data set that somebody else keeps.

    Attributes
    ----------
    name, title : str
    url : str
        Where the file is; https.
    sha256 : str
        Checksum of the file, as 64 hexadecimal digits.
    size : int
        Of the file, in bytes; a download that grows beyond it is stopped.
    licence : str
        What its keepers say; "none found" if they say nothing.
    terms : str
        Address of the page that says so, or of the page that describes the data.
    citation : str
        The study that the data come from.
    checked : str
        The day on which all this was looked up, as ``2026-01-31``.
    nodes, ties : int
        How many there must be.
    relations : tuple of str
    about, columns, shows, misuse : str
        Sections of its card.
    parse : callable
        Makes a `Network` of the file.
    directed : bool
    waves : int
    lesson : str
        Where it is used first; empty if nowhere.
    """

    name: str
    title: str
    url: str
    sha256: str
    size: int
    licence: str
    terms: str
    citation: str
    checked: str
    nodes: int
    ties: int
    relations: tuple[str, ...]
    about: str
    columns: str
    shows: str
    misuse: str
    parse: Callable[[Path], Network]
    directed: bool = False
    waves: int = 1
    lesson: str = ""

    def __post_init__(self) -> None:
        _check_address(self.url)
        if len(self.sha256) != 64 or not set(self.sha256) <= set("0123456789abcdef"):
            raise ParameterError(f"sha256 of {self.name!r} is {self.sha256!r}; it has 64 hexadecimal digits.")

    @property
    def file(self) -> Path:
        """Where the file is kept on this computer, fetched or not: in the user's cache, or in ``TERTIUS_CACHE``."""
        import pooch

        folder = os.environ.get("TERTIUS_CACHE") or pooch.os_cache("tertius")
        return Path(folder).expanduser() / f"{self.name}{Path(urllib.parse.urlsplit(self.url).path).suffix}"

    def is_here(self) -> bool:
        """Whether the file is on this computer, and is the one that is expected."""
        file = self.file
        return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == self.sha256

    def row(self) -> dict[str, Any]:
        """Return its row in the list of data sets."""
        return {
            "name": self.name,
            "title": self.title,
            "nodes": self.nodes,
            "ties": self.ties,
            "relations": ", ".join(self.relations),
            "directed": self.directed,
            "waves": self.waves,
            "synthetic": False,
            "availability": "ready" if self.file.is_file() else "needs fetch",
            "licence": self.licence,
            "lesson": self.lesson,
        }

    def card(self) -> str:
        """Return its card, as Markdown."""
        return text_of(
            self.title,
            f"{self.about}\n\nIt does not come with tertius: `tertius.fetch({self.name!r})` shows the licence and, "
            f"once accepted, fetches {self.size:,} bytes.",
            {
                "Columns and units": self.columns,
                "What it can and cannot show": self.shows,
                "Misuse": self.misuse,
                "Licence": f"{self._licence()} This is not legal advice.",
                "Citation": self.citation,
            },
        )

    def statement(self) -> str:
        """Return what somebody should know before they fetch it."""
        return f"{self.title}. {self._licence()} Please cite: {self.citation}"

    def _licence(self) -> str:
        return f"Licence: {self.licence}; see {self.terms} (looked up on {self.checked})."

    def network(self) -> Network:
        """Return it as a `tertius.Network`, from the file on this computer.

        Raises
        ------
        DataError
            If it was not fetched, or if the file is not what it should be.
        """
        if not self.file.is_file():
            raise DataError(
                f"The data set {self.name!r} is not on this computer. tertius.fetch({self.name!r}) shows its licence "
                "and then fetches it."
            )
        if not self.is_here():
            raise DataError(
                f"The file of the data set {self.name!r} on this computer is damaged. Fetch it again: "
                f"tertius.fetch({self.name!r}, accept_licence=True)."
            )
        network = self.parse(self.file)
        if (len(network.nodes), len(network.ties)) != (self.nodes, self.ties):
            raise DataError(
                f"I read {len(network.nodes)} nodes and {len(network.ties)} ties of {self.name!r}, and it has "
                f"{self.nodes} and {self.ties}. That is a fault of tertius; please report it."
            )
        return network

    def fetch(self) -> None:
        """Download the file unless it is on this computer already.

        Raises
        ------
        DataError
            If the host cannot be reached, or if what it sends is not the file that is expected; nothing is kept then.
        """
        import pooch

        # What happens is told in our words; the library's own notes name folders.
        pooch.get_logger().setLevel("WARNING")
        file = self.file
        try:
            pooch.retrieve(self.url, f"sha256:{self.sha256}", file.name, file.parent, downloader=self._download)
        except _Unreachable as error:
            raise DataError(
                f"{self.name} is not on this computer and I could not reach its host ({error}). Connect and run "
                f"tertius.fetch({self.name!r}, accept_licence=True) again; load('manufacturing_vp') works offline."
            ) from None
        except (_Changed, ValueError):
            raise DataError(
                f"What is at the address of {self.name!r} has changed since {self.checked}: it is not the file whose "
                "checksum tertius knows, so I deleted it. A newer tertius may know the new one; "
                "load('manufacturing_vp') works without."
            ) from None
        except OSError as error:
            raise DataError(
                f"I could not keep {self.name!r} in the folder {str(file.parent)!r} ({error.strerror}). Make room "
                "there, or name another folder in the environment variable TERTIUS_CACHE."
            ) from None

    def _download(self, url: str, path: str, _: Any) -> None:
        """Write what is at the address to a file, as long as it can still be what is expected."""
        # A deadline besides the silence: a host that sends a byte now and then would hold the learner for ever.
        deadline = time.monotonic() + PATIENCE
        request = urllib.request.Request(url, headers={"User-Agent": "tertius"})
        with open(path, "wb") as output, _answer(request) as response:
            announced, count = response.length, 0
            if announced is not None and announced > self.size:
                raise _Changed
            while chunk := _next_part(response):
                count += len(chunk)
                if count > self.size:
                    raise _Changed
                if time.monotonic() > deadline:
                    raise _Unreachable("it took too long")
                output.write(chunk)
            if announced is not None and count < announced:
                raise _Unreachable("the connection broke")


def _answer(request: urllib.request.Request) -> http.client.HTTPResponse:
    try:
        return urllib.request.build_opener(_NowhereOpen).open(request, timeout=SILENCE)
    except urllib.error.HTTPError as error:
        error.close()
        raise _Unreachable(f"it answered {error.code}") from None
    except (OSError, http.client.HTTPException):
        raise _Unreachable("no answer") from None


class _NowhereOpen(urllib.request.HTTPRedirectHandler):
    """Follow where a host sends us, unless the way there is not encrypted."""

    def redirect_request(self, request, answer, code, message, headers, url):
        try:
            _check_address(url)
        except ParameterError:
            answer.close()
            raise _Unreachable("it sent me to an address that is not encrypted") from None
        return super().redirect_request(request, answer, code, message, headers, url)


def _next_part(response: http.client.HTTPResponse) -> bytes:
    try:
        return response.read1(AT_ONCE)
    except (OSError, http.client.HTTPException):
        raise _Unreachable("the connection broke") from None


def _check_address(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ParameterError(f"url is {url!r}; it must begin with https://.")


REMOTE: dict[str, Remote] = {}
"""Every such data set, by its name here. None is listed until its address and checksum were confirmed."""
