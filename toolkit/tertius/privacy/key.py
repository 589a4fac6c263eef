"""The key to the code names: 32 random bytes in the learner's own configuration folder, for nobody else to read.

Without the key a code name could be undone by trying addresses, which are easily guessed; so a plain hash would not do.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from tertius.errors import ReadError

FOLDER = "TERTIUS_CONFIG"
"""The variable that names another folder for the key and the table of names."""

KEY_NAME, NAMES_NAME = "code-names.key", "people.names.csv"
KEY_BYTES = 32

VERSIONED = (".git", ".hg", ".svn", ".bzr", ".jj")
"""What stands in a folder whose history is kept, and perhaps shared."""


class Key:
    """The secret; shown nowhere, in no message and no ``repr``."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def __reduce__(self) -> str:
        raise TypeError("The key to the code names is never copied into a file.")

    def __call__(self) -> bytes:
        """The bytes."""
        return self._secret


def folder(environment: Mapping[str, str] | None = None) -> Path:
    """Where the key is: the folder that ``TERTIUS_CONFIG`` names, else the one where programs keep their settings.

    Raises
    ------
    ReadError
        If the folder, or one above it, is under version control: its history would carry the key away.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(FOLDER)
    place = Path(named).expanduser() if named else Path(platformdirs.user_config_path("tertius", appauthor=False))
    place = place.resolve()
    if is_versioned(place):
        raise ReadError(
            "The key to the code names would lie in a folder under version control, whose history keeps and shares "
            f"it. Set the variable {FOLDER} to a folder of your own outside of it, and read the file again."
        )
    return place


def is_versioned(path: Path) -> bool:
    """Whether a path lies in a folder whose history is kept, and perhaps shared."""
    return any((above / mark).exists() for above in (path, *path.parents) for mark in VERSIONED)


def is_there(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a key was made on this computer."""
    return (folder(environment) / KEY_NAME).exists()


def load(environment: Mapping[str, str] | None = None) -> Key:
    """Return the key; make it if there is none.

    It is created exclusively, so two notebooks that start at once have one key, and with the rights of its owner alone.

    Raises
    ------
    ReadError
        If it cannot be made or read, or is damaged. A damaged key is left as it is: with another, the same people would
        get other code names.
    """
    place = folder(environment)
    path = place / KEY_NAME
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(path, secrets.token_bytes(KEY_BYTES))
        secret = _read(path)
    except OSError as error:
        raise ReadError(
            f"The key to the code names cannot be kept in your configuration folder: {error.strerror}. "
            f"Set the variable {FOLDER} to a folder where you may write, and read the file again."
        ) from None
    if len(secret) != KEY_BYTES:
        raise ReadError(
            f"The key to the code names, {KEY_NAME} in your configuration folder, is damaged. Put back a copy of it; "
            "or delete it, and people get new code names."
        )
    return Key(secret)


def write_new(path: Path, content: bytes) -> bool:
    """Write a file that only its owner may read, unless it is there already; return whether it was written."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    return True


def _read(path: Path) -> bytes:
    """The bytes, waiting a moment for another notebook that has just made the file and not yet written it."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(0o600)
    for _ in range(20):
        secret = path.read_bytes()
        if secret:
            break
        time.sleep(0.05)
    return secret
