"""Where networks were saved, and who is to stay forgotten: two small lists in the learner's own folder.

They lie beside the key to the code names. Who is to be forgotten is not written down: what is kept is a digest that
only the key can be held against.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tertius.errors import ReadError, SaveError
from tertius.privacy import key, names

SAVED, FORGOTTEN = "saved.json", "forgotten.json"


def _read(name: str) -> list[str]:
    try:
        entries = json.loads((key.folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # a folder under version control is no place for the lists either
        return []
    return [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []


def _write(name: str, entries: list[str]) -> None:
    try:
        place = key.folder()
        part = place / f"{name}.part"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        key.write_new(part, json.dumps(entries).encode())
        os.replace(part, place / name)
    except ReadError as error:
        raise SaveError(str(error)) from None
    except OSError as error:
        raise SaveError(
            f"The list {name} cannot be kept in your configuration folder ({error.strerror}); set the variable "
            f"{key.FOLDER} to a folder where you may write."
        ) from None


def note_saved(path: Path) -> None:
    """Remember that a network was saved here, so that it can be told to whoever wants to be forgotten."""
    known = _read(SAVED)
    if (place := str(path.resolve())) not in known:
        with suppress(SaveError):  # a computer without such a folder saves all the same
            _write(SAVED, [*known, place])


def saved() -> list[Path]:
    """Where networks were saved, as far as something still stands there."""
    return [path for path in map(Path, _read(SAVED)) if path.exists()]


def _digests(ids: Iterable[str]) -> list[str]:
    """What is kept of people who are forgotten; empty without a key to do it with."""
    try:
        if not key.is_there():
            return []
        secret = key.load()()
    except ReadError:
        return []
    said = (f"forgotten\x00{id}".encode("utf-8", "surrogatepass") for id in ids)
    return [hmac.digest(secret, one, "sha256").hex() for one in said]


def note_forgotten(ids: Iterable[str]) -> bool:
    """Take people off the table of names, and remember who is to be left out when files are read again.

    ``False`` if there is no key to do so with.

    Raises
    ------
    SaveError
        If the lists cannot be written.
    """
    ids = list(ids)
    try:
        names.drop(ids)
    except ReadError as error:
        raise SaveError(str(error)) from None
    digests = _digests(ids)
    if digests:
        _write(FORGOTTEN, list(dict.fromkeys([*_read(FORGOTTEN), *digests])))
    return bool(digests)


def forgotten_among(ids: Iterable[str]) -> list[str]:
    """Which of these people are to be left out."""
    known, ids = set(_read(FORGOTTEN)), list(ids)
    return [id for id, digest in zip(ids, _digests(ids), strict=False) if digest in known] if known else []


def delete_all() -> list[str]:
    """Delete key, names, digests and the list of saved files; return the names of what was there."""
    names.forget()
    deleted = []
    for name in (key.KEY_NAME, key.NAMES_NAME, FORGOTTEN, SAVED):
        try:
            (key.folder() / name).unlink()
        except FileNotFoundError:
            continue
        except ReadError:
            break  # nothing of ours can be there
        except OSError as error:
            raise SaveError(f"{name} in your configuration folder could not be deleted ({error.strerror}).") from None
        deleted.append(name)
    return deleted
