"""The learner's file on disk: never half written, never lost, never written by two at once.

Beside ``my-network.tertius.json`` stand

* ``my-network.previous-1.tertius.json`` to ``-3``: the last three versions, newest first;
* ``my-network.damaged-….tertius.json`` and ``my-network.future-….tertius.json``: files that could not be used, put out
  of the way with their date;
* ``.my-network.tertius.json.lock``: empty, held for the moment of writing.

A new version is written to a file of another name, brought to the disk, and only then takes the name: whoever is
killed in between leaves the version before.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from tertius.errors import ReadError, SaveError
from tertius.learner.content import LARGEST, Content, Newer, Unusable, dump, is_ahead, newest, parse
from tertius.learner.shape import MOMENT

try:
    import fcntl
except ImportError:  # Windows, and Python in a browser
    fcntl = None
try:
    import msvcrt
except ImportError:
    msvcrt = None

NAME = "my-network.tertius.json"
ENDING = ".tertius.json"

HOME = "TERTIUS_HOME"
"""The variable that says which folder the file is in."""

KEPT = 3
"""How many versions are kept beside the present one."""

PARTS = r"\w+\.part"
"""How files are called that were not finished, between the name and its ending."""

PATIENCE = 10.0
"""Seconds to wait for another notebook that is writing."""


def locate(path: str | os.PathLike[str] | None, environment: Mapping[str, str]) -> Path:
    """Return where the learner's file is, or will be.

    Parameters
    ----------
    path : str or path, optional
        The file, or the folder that it is in. Default: the folder that ``TERTIUS_HOME`` names, else the present one,
        which is the notebook's.
    environment : mapping
        The variables to look in.

    Returns
    -------
    pathlib.Path
        Absolute, with links followed, so that a linked file is renewed where it is.

    Examples
    --------
    >>> locate(None, {"TERTIUS_HOME": "/somewhere"}).name
    'my-network.tertius.json'
    """
    place = Path(path or environment.get(HOME) or ".").expanduser()
    return (place if path and not place.is_dir() else place / NAME).resolve()


class FromTheFuture(Unusable):
    """A file dated so far ahead that a clock must have been wrong."""

    def __init__(self, at: str) -> None:
        super().__init__(f"is dated {at[:10]}, which has not come yet")
        self.at = at


class Store:
    """A learner's file and what is kept beside it.

    Parameters
    ----------
    path : pathlib.Path
        As `locate` returns it.
    clock : callable
        Says the time.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.clock = clock
        self._ending = ENDING if path.name.endswith(ENDING) else path.suffix
        self._stem = path.name.removesuffix(self._ending)
        self._last: tuple[bytes, Content] | None = None
        self._versions = [self._beside(f"previous-{number}") for number in range(1, KEPT + 1)]

    def _beside(self, word: str) -> Path:
        return self.path.with_name(f"{self._stem}.{word}{self._ending}")

    def _all_beside(self, words: str) -> list[Path]:
        name = re.compile(rf"\.?{re.escape(self._stem)}\.({words}){re.escape(self._ending)}")
        return [file for file in self.path.parent.iterdir() if name.fullmatch(file.name)]

    # --- reading

    def read(self, path: Path | None = None) -> bytes | None:
        """Return what stands in the file, or ``None`` if it is not there.

        Raises
        ------
        ReadError
            If it may not be opened.
        """
        path = path or self.path
        try:
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise ReadError(f"{path.name} could not be opened ({because(error)}); it was left as it is.") from None

    def content(self, path: Path | None = None) -> Content | None:
        """Return the content of the file, which must not be changed, or ``None`` if it is not there.

        Raises
        ------
        Unusable
            If it is damaged, comes from the future or from a newer tertius.
        ReadError
            If it may not be opened.
        """
        data = self.read(path)
        if data is None:
            return None
        if self._last is None or self._last[0] != data:
            self._last = data, parse(data)
        content = self._last[1]
        if is_ahead(content, self.clock()):
            raise FromTheFuture(newest(content))
        return content

    def previous(self) -> Content | None:
        """Return the content of the newest earlier version that can be used."""
        for version in self._versions:
            with suppress(ReadError):
                content = self.content(version)
                if content is not None:
                    return content
        return None

    # --- writing: with the lock held

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep others from writing; the folder is made if it is missing.

        The system itself lets go of the lock when a program ends, however it ends. Where a file system knows no locks
        nobody is kept out; the file is then still read again before each writing.

        Raises
        ------
        SaveError
            If another program holds the lock too long.
        OSError
            If the folder cannot be written to.
        """
        folder = self.path.parent
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        folder.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f".{self.path.name}.lock").open("ab") as file:
            deadline = time.monotonic() + PATIENCE
            while not _lock(file):
                if time.monotonic() > deadline:
                    raise SaveError(
                        f"{self.path.name} could not be saved, because another program has been writing it for "
                        f"{PATIENCE:g} seconds; what you recorded is kept in this notebook and goes with the next save."
                    )
                time.sleep(0.01)
            try:
                yield
            finally:
                _unlock(file)

    def replace(self, content: Content) -> None:
        """Write a new version, which must not be changed after; the present one becomes the newest of those kept."""
        data = dump(content)
        if len(data) > LARGEST:
            raise OSError(errno.EFBIG, f"it would be larger than {LARGEST // 1_000_000} MB")
        for leftover in self._all_beside(PARTS):
            leftover.unlink(missing_ok=True)
        self._write(self.path, data, after=self._keep_present)
        self._last = data, content

    def wipe(self, content: Content) -> int:
        """Write a first version and delete all that is kept beside the file; return how many files that were."""
        self._write(self.path, dump(content))
        others = self._all_beside(rf"previous-\d|damaged-.+|future-.+|{PARTS}")
        for other in others:
            other.unlink(missing_ok=True)
        return len(others)

    def mend(self) -> tuple[Content | None, str]:
        """Return the content to go on with, putting a file that cannot be used out of the way.

        Returns
        -------
        content : dict or None
            Of the file, else of the newest version that can be used; ``None`` if there is neither.
        told : str
            What happened, in one sentence; empty if the file is good, or if there is nothing.

        Raises
        ------
        Newer
            If a later tertius has written the file, which is left as it is.
        """
        aside = None
        try:
            content = self.content()
            if content is not None:
                return content, ""
            fault = Unusable("is missing")
        except Newer:
            raise
        except Unusable as unusable:
            fault, aside = unusable, self._set_aside(unusable)
        content = self.previous()
        if content is not None:
            self._write(self.path, dump(content))
        return content, self.tell(fault, content, aside) if aside or content else ""

    def tell(self, fault: Unusable, used: Content | None, aside: Path | None) -> str:
        """Say in a sentence what was wrong with the file, where it is now, and what is used instead."""
        told = f"{self.path.name} {fault.reason}, so "
        if aside:
            told += f"it was set aside as {aside.name}"
            told += " (restore it if only a clock was wrong)" * isinstance(fault, FromTheFuture) + " and "
        if used:
            at = used["updated"]
            return f"{told}the version of {at[:10]} {at[11:16]} UTC is used."
        return f"{told}you begin afresh, as there is no earlier version that can be used."

    def _set_aside(self, fault: Unusable) -> Path:
        """Give an unusable file another name, with its own date."""
        if isinstance(fault, FromTheFuture):
            word, date = "future", datetime.strptime(fault.at, MOMENT)
        else:
            word, date = "damaged", datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        name = f"{word}-{date:%Y-%m-%d-%H%M%S}"
        aside, number = self._beside(name), 2
        while aside.exists():
            aside, number = self._beside(f"{name}-{number}"), number + 1
        self.path.rename(aside)
        return aside

    def _keep_present(self) -> None:
        """Move the versions kept up by one, as far as the first free place, and keep the present one as the newest."""
        if not self.path.exists():
            return
        free = next((place for place, version in enumerate(self._versions) if not version.exists()), KEPT - 1)
        for place in range(free, 0, -1):
            self._versions[place - 1].replace(self._versions[place])
        try:
            self._versions[0].hardlink_to(self.path)
        except OSError:  # such as on a memory stick, whose file system knows one name a file
            self._write(self._versions[0], self.path.read_bytes())

    def _write(self, path: Path, data: bytes, after: Callable[[], None] = lambda: None) -> None:
        """Write a file so that it is there as a whole or not at all; ``after`` runs before it takes its name."""
        handle, name = tempfile.mkstemp(f".part{self._ending}", f".{self._stem}.", path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            after()
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        _sync_folder(path.parent)


def because(error: OSError) -> str:
    """Return what the system says was wrong, without a path."""
    return error.strerror or type(error).__name__


def _sync_folder(folder: Path) -> None:
    """Bring the new name itself to the disk; Windows does so on its own and opens no folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _lock(file: IO[bytes]) -> bool:
    """Whether the lock is ours now; it is, too, where there are no locks."""
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True


def _unlock(file: IO[bytes]) -> None:
    with suppress(OSError):
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_UN)
        elif msvcrt:
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
