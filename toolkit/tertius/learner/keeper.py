"""`Keeper`: the content of a learner's file in memory, and how it gets to the disk and back without loss."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from tertius.errors import ParameterError, ReadError, SaveError
from tertius.learner import content as contents
from tertius.learner.content import Content, Newer, Unusable
from tertius.learner.files import Store, because, locate
from tertius.learner.hub import is_shared
from tertius.learner.shape import BY_ID

SHARED = "This notebook runs on a shared computer"

Change = Callable[[Content], bool]
"""Adds something to content, and says whether it was anything new. It may be done again to content read later."""


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Keeper:
    """A learner's file, opened; `tertius.learner.Learner` adds what is recorded in it.

    What is recorded is a list of changes that are not on the disk yet. To save is to read the file again with the lock
    held, to do the changes to what stands there, and to write it.
    """

    def __init__(self, store: Store, environment: Mapping[str, str]) -> None:
        self._store = store
        self._environment = environment
        self._guard = threading.RLock()
        self._blank = contents.fresh(store.clock())
        self._known: Content | None = None
        self._shown = self._blank
        self._pending: list[Change] = []
        self._is_on_disk = False
        self._closed = ""
        self.path = store.path
        self.messages: list[str] = []

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        clock: Callable[[], datetime] = now,
        environment: Mapping[str, str] | None = None,
    ) -> Self:
        """Open the learner's file, or begin one; nothing is written before something is recorded.

        A file that is damaged or dated in the future is set aside, and the newest good one of the last three versions
        is used. A file of a newer tertius is opened for reading only. ``messages`` then says so.

        Parameters
        ----------
        path : str or path, optional
            The file, or its folder. Default: the folder that the variable ``TERTIUS_HOME`` names, else the present
            one, which is the notebook's.
        clock : callable, optional
            Says the time, with its time zone.
        environment : mapping, optional
            The variables to go by; those of the system if left out.

        Returns
        -------
        Learner

        Raises
        ------
        ReadError
            If the file is there but may not be opened.

        Examples
        --------
        >>> import tempfile
        >>> from tertius.learner import Learner
        >>> folder = tempfile.TemporaryDirectory()
        >>> learner = Learner.open(folder.name)
        >>> learner.predict("L06-E1", "weakest", confidence=80, because="they are bridges")["answer"]
        'weakest'
        >>> Learner.open(folder.name).predictions["L06-E1"]["confidence"]
        80
        >>> folder.cleanup()
        """
        environment = os.environ if environment is None else environment
        learner = cls(Store(locate(path, environment), clock), environment)
        learner.refresh()
        if learner._shown["network"] and is_shared(environment):
            learner.messages.append(f"{SHARED}, and your own map is on it: wipe() deletes it when you are done.")
        return learner

    def __repr__(self) -> str:
        return f"Learner({self.path.name!r}: {', '.join(self._counts()) or 'nothing recorded yet'})"

    def _counts(self) -> list[str]:
        """How much there is of what a learner would call recorded, such as "2 answers"."""
        told = [section for section in BY_ID if section != "views"]
        counts = {section: len(self._shown[section]) for section in told if self._shown[section]}
        return [f"{n} {section.removesuffix('s') if n == 1 else section}" for section, n in counts.items()]

    def summary(self) -> str:
        """Say in a sentence what is recorded, and in which file.

        Examples
        --------
        >>> import tempfile
        >>> from tertius.learner import Learner
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Learner.open(folder).summary()
        'Nothing is recorded yet; it will be kept in my-network.tertius.json.'
        """
        counts = self._counts()
        if self._shown["network"]:
            counts.append("your own map")
        if not counts:
            return f"Nothing is recorded yet; it will be kept in {self.path.name}."
        *first, last = counts
        return f"{self.path.name} holds {', '.join(first) + ' and ' if first else ''}{last}."

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been recorded; how a widget was left does not count."""
        return not any(self._shown[section] for section in contents.SECTIONS if section != "views")

    @property
    def is_shared(self) -> bool:
        """Whether the file is on a computer that strangers share."""
        return is_shared(self._environment)

    @property
    def created(self) -> str:
        """When the file was begun, as ``2026-01-31T09:30:00Z``; copies of one file have this in common."""
        return self._shown["created"]

    @property
    def today(self) -> date:
        """The day it is, as the learner's file counts days: in UTC."""
        return self._store.clock().astimezone(UTC).date()

    # --- the file

    @property
    def saved(self) -> str | None:
        """When the file was last written, as ``2026-01-31T09:30:00Z``; ``None`` if something is not on the disk."""
        with self._guard:  # another thread may just be saving
            return self._known["updated"] if self._known and self._is_on_disk and not self._pending else None

    @property
    def has_unsaved(self) -> bool:
        """Whether something was recorded that is not on the disk."""
        with self._guard:  # another thread may just be saving
            return bool(self._pending)

    @property
    def is_closed(self) -> bool:
        """Whether the file can be read but nothing can be saved in it, because a newer tertius has written it."""
        return bool(self._closed)

    def refresh(self) -> None:
        """Read the file again, to see what another notebook has recorded since.

        Raises
        ------
        ReadError
            If the file is there but may not be opened.
        """
        with self._guard:
            self._closed = ""
            try:
                content, told = self._look()
            except Newer as newer:
                content, told = newer.content, ""
                self._close(newer)
            self._tell(told)
            self._is_on_disk = content is not None
            if told and content and self._known:
                self._pending.insert(0, _merging(self._known))
            self._known = content or self._known
            self._show()

    def _look(self) -> tuple[Content | None, str]:
        """Return what is on the disk, mended where that is needed and can be done, and what the learner is told."""
        try:
            content = self._store.content()
            if content is not None or self._store.previous() is None:
                return content, ""
            fault = Unusable("is missing")
        except Newer:
            raise
        except Unusable as unusable:
            fault = unusable
        try:
            with self._store.locked():
                return self._store.mend()
        except OSError:  # nothing can be written here; the next save tries again
            content = self._store.previous()
            return content, self._store.tell(fault, content, None)

    def _tell(self, told: str) -> None:
        if told and told not in self.messages:
            self.messages.append(told)

    def _close(self, newer: Newer) -> None:
        self._closed = (
            f"{self.path.name} {newer.reason}, so it can be read but nothing can be saved in it: install the newer "
            "tertius, or open another file."
        )
        self._tell(self._closed)

    def _show(self) -> None:
        """Show what is on the disk and what still has to get there; what is shown is never changed after."""
        shown = contents.copy(self._known or self._blank)
        for change in self._pending:
            change(shown)
        self._shown = shown

    def _record(self, change: Change) -> None:
        with self._guard:
            with suppress(ReadError):  # then it cannot be saved either, and that is told
                self.refresh()
            if change(contents.copy(self._shown)):
                self._pending.append(change)
                self._show()
            self.save()

    def save(self) -> None:
        """Save what could not be saved before, or is no longer on the disk; if there is no such thing, do nothing.

        Raises
        ------
        SaveError
            If it still cannot be saved.
        """
        with self._guard:
            if not self._pending and (self._is_on_disk or not self._known):
                return
            try:
                with self._store.locked():
                    self._known = self._write()
            except Newer as newer:
                self._close(newer)
                raise SaveError(self._closed) from None
            except SaveError:
                raise
            except (OSError, ReadError) as error:
                why = because(error) if isinstance(error, OSError) else str(error)
                raise SaveError(
                    f"{self.path.name} could not be saved ({why}); what you recorded is kept in this notebook and goes "
                    "with the next save."
                ) from None
            self._pending.clear()
            self._is_on_disk = True
            self._show()

    def _write(self) -> Content:
        """Read the file again, add what is new, and write it; return what stands in it now."""
        base, told = self._store.mend()
        self._tell(told)
        if base is None:
            base = self._known or self._blank
        elif told and self._known:
            base = contents.merge(base, self._known)
        content = contents.copy(base)
        for change in self._pending:
            change(content)
        content["updated"] = max(content["updated"], contents.moment(self._store.clock()))
        self._store.replace(content)
        return content

    def export(self, *, private: bool = True, without_map: bool = False) -> bytes:
        """Return the file as it would be downloaded, with what could not be saved yet.

        Parameters
        ----------
        private : bool
            Whether reflections and the learner's own map are in it; an instructor needs neither.
        without_map : bool
            Leave out the learner's own map alone.

        Returns
        -------
        bytes
            Offer them under the name ``path.name``.
        """
        with self._guard:
            if self._closed and private and not without_map:
                return self._store.read() or b""
            left_out = ({} if private else {"reflections": {}, "network": []}) | (
                {"network": []} if without_map else {}
            )
            return contents.dump(self._shown | left_out)

    @staticmethod
    def holds_map(data: bytes) -> bool:
        """Whether the bytes of a learner's file hold an own map; not if they are no such file."""
        try:
            return bool(contents.parse(data)["network"])
        except ReadError:
            return False

    def restore(
        self,
        file: str | os.PathLike[str] | bytes,
        *,
        name: str = "The file",
        allow_public_hub: bool = False,
        without_map: bool = False,
    ) -> str:
        """Bring back what a downloaded or older file holds, and keep what is here: everything that either has.

        Parameters
        ----------
        file : str, path or bytes
            The file, or what stands in it. A name without a folder is looked for here and beside the learner's file.
        name : str
            What messages call it, if it is given as bytes.
        allow_public_hub : bool
            Whether a file with the learner's own map may be restored on a computer that strangers share; for after
            they were asked and said yes.
        without_map : bool
            Leave the learner's own map in the file where it is, and bring back the rest.

        Returns
        -------
        str
            What came back, in a sentence.

        Raises
        ------
        ReadError
            If the file cannot be used, or holds an own map on a shared computer. Nothing is changed then.
        SaveError
            If what came back could not be saved.
        """
        name, incoming = _read_copy(file, self.path.parent, name)
        if without_map:
            incoming = incoming | {"network": []}
        if incoming["network"] and not allow_public_hub and is_shared(self._environment):
            raise ReadError(
                f"{SHARED}, and {name} holds your own map; the people on it have not agreed to that. Restore it on "
                "your own computer, or leave the map out with without_map=True."
            )
        told, time = "", self._store.clock()
        if contents.is_ahead(incoming, time):
            told = " It was dated in the future; its dates now end today."
            incoming = contents.pulled_back(incoming, time)
        if not _count(incoming):
            return f"{name} holds nothing that was recorded; perhaps it was saved before anything was typed."
        with self._guard:
            self.refresh()
            before = _count(self._shown)
            self._record(_merging(incoming))
            came = _count(self._shown) - before
        within = f"t{name[1:]}" if name.startswith("The ") else name
        return f"{came or 'No'} new {'entry' if came == 1 else 'entries'} came back from {within}.{told}"

    def wipe(self) -> None:
        """Delete everything that was recorded, with the versions kept and the files set aside, and begin afresh.

        Raises
        ------
        SaveError
            If it could not be deleted.
        """
        with self._guard:
            empty = contents.fresh(self._store.clock())
            try:
                with self._store.locked():
                    others = self._store.wipe(empty)
            except SaveError:
                raise
            except OSError as error:
                raise SaveError(f"{self.path.name} could not be deleted ({because(error)}).") from None
            self._known, self._pending, self._closed, self._is_on_disk = empty, [], "", True
            self._show()
            self.messages.append(
                f"Everything recorded was deleted, with {others} older {'file' if others == 1 else 'files'}; copies "
                "that were downloaded, sent or backed up are out of reach."
            )


def _merging(other: Content) -> Change:
    def change(content: Content) -> bool:
        before = contents.dump(content)
        content.update(contents.merge(content, other))
        return contents.dump(content) != before

    return change


def _count(content: Content) -> int:
    return sum(map(len, contents.logs(content)))


def _read_copy(file: str | os.PathLike[str] | bytes, folder: Path, name: str) -> tuple[str, Content]:
    """Return what a message calls a copy of the file, and its content; a bare name may also be one in the folder."""
    if isinstance(file, bytes | bytearray | memoryview):
        data = bytes(file)
    else:
        try:
            path = Path(file).expanduser()
        except TypeError:
            raise ParameterError(f"A file is given by its name or as bytes; this is a {type(file).__name__}.") from None
        if not path.exists() and path.name == str(path):
            path = folder / path
        name = path.name
        try:
            if path.stat().st_size > contents.LARGEST:
                raise ReadError(f"{name} {contents.TOO_LARGE}; nothing was changed.")
            data = path.read_bytes()
        except OSError as error:
            raise ReadError(f"{name} could not be opened ({because(error)}); nothing was changed.") from None
    try:
        return name, contents.parse(data)
    except Unusable as unusable:
        raise ReadError(f"{name} {unusable.reason}; nothing was changed.") from None
