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

from tertius.errors import SaveError
from tertius.privacy.key import FOLDER, KEY_NAME, NAMES_NAME, own_folder

SAVED, FORGOTTEN = "saved.json", "forgotten.json"


def _read(name: str) -> list[str]:
    try:
        entries = json.loads((own_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []


def _write(name: str, entries: list[str]) -> None:
    place = own_folder()
    part = place / f"{name}.part"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
            json.dump(entries, stream)
        os.replace(part, place / name)
    except OSError as error:
        raise SaveError(
            f"The list {name} cannot be kept in your configuration folder ({error.strerror}); set the variable "
            f"{FOLDER} to a folder where you may write."
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


def secret() -> bytes | None:
    """The key to the code names, if there is one."""
    with suppress(OSError):
        return (own_folder() / KEY_NAME).read_bytes() or None
    return None


def _digest(id: str, key: bytes) -> str:
    return hmac.digest(key, f"forgotten\x00{id}".encode("utf-8", "surrogatepass"), "sha256").hex()


def note_forgotten(ids: Iterable[str]) -> bool:
    """Remember, for reading files again, who is to be left out; ``False`` without a key to do so with."""
    key = secret()
    if key is None:
        return False
    known = _read(FORGOTTEN)
    _write(FORGOTTEN, list(dict.fromkeys([*known, *(_digest(id, key) for id in ids)])))
    return True


def forgotten_among(ids: Iterable[str]) -> list[str]:
    """Which of these people are to be left out."""
    known, key = set(_read(FORGOTTEN)), secret()
    return [id for id in ids if _digest(id, key) in known] if known and key else []


def delete_all() -> list[str]:
    """Delete key, names, digests and the list of saved files; return the names of what was there."""
    deleted = []
    for name in (KEY_NAME, NAMES_NAME, FORGOTTEN, SAVED):
        try:
            (own_folder() / name).unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise SaveError(f"{name} in your configuration folder could not be deleted ({error.strerror}).") from None
        deleted.append(name)
    return deleted
