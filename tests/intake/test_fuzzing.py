"""Whatever is done to a file, what comes out is a Network that can be used or a ReadError, in bounded time."""

import os
import random
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
from tests.intake.corpus import MARKER, every

from tertius.errors import ReadError
from tertius.intake import FORMATS, Limits, read
from tertius.ties import Ties

SMALL = [file for file in every() if len(str(file.content)) < 4_000]
LIMITS = Limits(megabytes=1, nodes=500, ties=2_000, seconds=10)
SECONDS_A_KIND = 36
"""How long each kind is fuzzed in the slow test, ten minutes in all."""

SPICE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\n\n", b" ", b"<", b">",
    b"&", b"&#0;", b"]]>", b"<![CDATA[", b"[", b"]", b"{", b"}", b":", b"=", b"=?utf-8?b?////?=", b"(", b")", b"@",
    b"-1", b"1e999", b"nan", b"NaN", b"99999999999999999999999", b"%", b"\\", b"\xc3", b"\xe2\x80\xae",
    b"BEGIN:VCARD\n", b"END:VEVENT\n", b"From x 10:00\n", b"*Matrix\n", b"RRULE:FREQ=DAILY;INTERVAL=0\n",
    b"DTSTART:99991231T235959Z\n", b"Date: Fri, 31 Dec 9999 23:59:59 -2359\n",
    b"DTSTART;TZID=/../../x:20240101T000000\n", b"Content-Type: x\n", b"N:;;;;;;;;;\n", b"EXDATE:x\n",
    b"ATTENDEE:\n", b"KIND:group\n", b"Total", b"*Partition x\n", b'"elements":', b"mutual",
)  # fmt: skip
"""Pieces that mean something to one of the formats."""


def mutated(content: bytes, luck: random.Random, others: list[bytes]) -> bytes:
    """A file with one to six things done to it: bytes changed, cut out, doubled, put in, or taken from another file."""
    data = bytearray(content)
    for _ in range(luck.randint(1, 6)):
        at = luck.randrange(len(data) + 1)
        until = min(len(data), at + luck.choice((1, 2, 8, 60)))
        what = luck.randrange(7)
        if what == 0 and data:
            data[at % len(data)] = luck.randrange(256)
        elif what == 1:
            del data[at:until]
        elif what == 2:
            data[at:at] = data[at:until]
        elif what == 3:
            data[at:at] = luck.choice(SPICE)
        elif what == 4:
            data[at:until] = luck.choice(SPICE)
        elif what == 5:
            other = luck.choice(others)
            start = luck.randrange(len(other) + 1)
            data[at:until] = other[start : start + luck.choice((4, 40))]
        else:
            del data[at:]
    return bytes(data)


def as_bytes(content) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def check(path: Path, settings: dict) -> None:
    """Read; what comes out is sound, and nothing else comes out."""
    began = time.monotonic()
    refusal = network = None
    try:
        network = read(path, limits=LIMITS, allow_public_hub=True, **settings)
    except ReadError as error:
        refusal = error
    if refusal is not None:
        report = refusal.report
        assert report.is_refused
        if report.kind in FORMATS and FORMATS[report.kind].is_personal:
            assert MARKER not in str(refusal)
        assert str(path.parent) not in str(refusal)
    else:
        report = network.report
        ties = Ties.of(network)
        assert np.isfinite(ties.strength).all()
        assert ((ties.strength > 0) & (ties.strength <= 1)).all()
        if FORMATS[report.kind].is_personal:
            assert all(id.startswith(("me", "P-")) for id in network.nodes["id"])
    assert report.n_records == report.n_kept + sum(report.skipped.values())
    assert time.monotonic() - began < 3 * LIMITS.seconds


def fuzz(kind: str, seed: int, rounds: int, seconds: float) -> int:
    """Mutate the files of a kind for so many rounds or seconds; return how many were read or refused."""
    luck = random.Random(seed)
    files = [file for file in SMALL if file.kind == kind]
    others = [as_bytes(file.content) for file in SMALL if not isinstance(file.content, dict)]
    until = time.monotonic() + seconds
    done = 0
    while done < rounds and time.monotonic() < until:
        file = luck.choice(files)
        settings = {"kind": kind, **file.settings} if luck.random() < 0.5 else dict(file.settings)
        settings.pop("limits", None)
        with tempfile.TemporaryDirectory(prefix="tertius-fuzz-") as folder:
            if isinstance(file.content, dict):
                path = Path(folder, file.name)
                for name, content in file.content.items():
                    one = path / name
                    one.parent.mkdir(parents=True, exist_ok=True)
                    data = as_bytes(content)
                    one.write_bytes(mutated(data, luck, others) if luck.random() < 0.7 else data)
            else:
                path = Path(folder, file.name)
                path.write_bytes(mutated(as_bytes(file.content), luck, others))
            try:
                check(path, settings)
            except Exception:
                keep = os.environ.get("TERTIUS_FUZZ_KEEP")
                if keep and path.is_file():
                    Path(keep, f"{kind}-{seed}-{done}").write_bytes(path.read_bytes())
                raise
        done += 1
    return done


@pytest.mark.parametrize("kind", FORMATS)
def test_a_few_files_of_each_kind_with_a_few_things_done_to_them(kind, capsys):
    assert fuzz(kind, seed=1, rounds=12, seconds=5) > 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_many_files_of_each_kind_with_a_few_things_done_to_them(kind, capsys, record_property):
    done = fuzz(kind, seed=int(time.time()), rounds=100_000, seconds=SECONDS_A_KIND)
    record_property("inputs", done)
    assert done > 100
