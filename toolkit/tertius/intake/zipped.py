"""Files in a zip: read one by one into memory, never unpacked to the disk, and counted while they are read.

What a zip says of its own sizes is checked first and not believed: bytes are counted as they come.
"""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath

from tertius.errors import ReadError
from tertius.intake import opening
from tertius.intake.options import Limits
from tertius.intake.report import Draft

CHUNK = 256 * 1024


class _Members:
    """Files that lie together, by name."""

    names: list[str]

    def find(self, name: str) -> str | None:
        """The member whose name, without its folders, this is; of several the first."""
        return next((one for one in self.names if one.rpartition("/")[2].lower() == name.lower()), None)


class Unpacked(_Members):
    """A folder with what was in a zip; links in it are not followed."""

    def __init__(self, folder: Path, draft: Draft, limits: Limits) -> None:
        self._folder, self._draft, self._limits = folder, draft, limits
        try:
            files = [one for one in folder.iterdir() if one.is_file() and not one.is_symlink()]
        except OSError as error:
            opening.refuse_unopened(error, draft)
        self.names = sorted(one.name for one in files)

    def read(self, name: str) -> bytes:
        """The content of a file."""
        return opening.whole(self._folder / name, self._draft, self._limits)

    def close(self) -> None:
        """Nothing is held open."""


class Archive(_Members):
    """A zip whose members have names that can be trusted, and few enough.

    Parameters
    ----------
    file : pathlib.Path
    draft : Draft
    limits : Limits
        ``archive_members``, ``archive_ratio`` and ``megabytes``, which is for all that is read together.

    Raises
    ------
    ReadError
        If a member has a path that leads out of the archive, is a link, encrypted, an archive itself, or there twice.
    """

    def __init__(self, file: Path, draft: Draft, limits: Limits) -> None:
        self.draft, self.limits = draft, limits
        try:
            self._zip = zipfile.ZipFile(file)
        except Exception:
            # zipfile answers a damaged archive with whatever it stumbles over; all of it means the same here.
            draft.refuse("R38", "This zip file is damaged or ends too early.", "Download it again.")
        members = self._zip.infolist()
        if len(members) > limits.archive_members:
            draft.refuse(
                "R45",
                f"The zip file holds {len(members):,} files, and I look into one with at most "
                f"{limits.archive_members:,.0f}.",
                "Unpack it yourself, and read the file that you need.",
            )
        for member in members:
            self._check(member)
        self.names = [name for member in members if (name := member.filename) and not name.endswith("/")]
        if len(set(self.names)) < len(self.names):
            self._refuse("It holds two files of one name.")
        self._left = int(limits.megabytes * 1_000_000)

    def _check(self, member: zipfile.ZipInfo) -> None:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or "\0" in member.filename:
            self._refuse("It holds a file whose path leads out of it.")
        if stat.S_ISLNK(member.external_attr >> 16):
            self._refuse("It holds a link to another file.")
        if member.flag_bits & 0x1:
            self._refuse("It is encrypted.")
        if path.suffix.lower() in (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar"):
            self._refuse("It holds another archive.")

    def _refuse(self, expected: str) -> None:
        hint = "This cannot be allowed; unpack it yourself, and read the file that you need."
        self.draft.refuse("R45", expected, hint)

    def read(self, name: str) -> bytes:
        """The content of a member."""
        member = self._zip.getinfo(name)
        most = min(self._left, int(max(member.compress_size, 1) * self.limits.archive_ratio) + CHUNK)
        parts, size = [], 0
        try:
            with self._zip.open(member) as stream:
                while part := stream.read(CHUNK):
                    size += len(part)
                    if size > most or member.file_size > most:
                        self.draft.refuse(
                            "R45",
                            f"A file in the zip unpacks to more than I read: {self.limits.megabytes:g} MB in all, and "
                            f"{self.limits.archive_ratio:g} times its packed size.",
                            "Look whether it is the right one; or unpack it yourself, and read the file that you need.",
                        )
                    parts.append(part)
                    self.draft.check_time()
        except ReadError:
            raise
        except Exception:
            self.draft.refuse("R38", "A file in the zip is damaged.", "Download the zip again.")
        self._left -= size
        return b"".join(parts)

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()


def opened(place: Path, draft: Draft, limits: Limits) -> Archive | Unpacked:
    """The files in a zip, or in a folder into which one was unpacked."""
    return (Unpacked if place.is_dir() else Archive)(place, draft, limits)
