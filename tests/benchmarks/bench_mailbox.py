"""P16: a mailbox of 100,000 messages, in a process of its own that says how much memory it took at most."""

from __future__ import annotations

import mailbox
import os
import tempfile
import time
from collections.abc import Iterator
from email.utils import getaddresses
from pathlib import Path

from tests.benchmarks.runner import Row
from tests.intake import synthetic_mail
from tests.intake.cost import cost_of

MESSAGES, PART = 100_000, 10_000


def rows() -> Iterator[Row]:
    """Yield a tenth of the mailbox, which shows that memory stays flat, and the whole beside the standard library."""
    with tempfile.TemporaryDirectory(prefix="tertius-bench-") as folder:
        part, whole = Path(folder, "part.mbox"), Path(folder, "whole.mbox")
        made = list(synthetic_mail.messages(MESSAGES, 400, seed=3))
        synthetic_mail.write(part, made[:PART], "text")
        synthetic_mail.write(whole, made, "text")
        times, peak = measured(part, folder)
        yield Row(f"P16 mailbox, {PART:,} messages, {peak:.0f} MB at most", "–", times)
        times, peak = measured(whole, folder)
        peer = [addresses(part) * MESSAGES / PART for _ in range(2)]
        what = f"P16 mailbox, {MESSAGES:,} messages, {peak:.0f} MB at most"
        yield Row(what, "≤ 60 s, ≤ 300 MB", times, peer, by="addresses alone with mailbox, scaled up from a tenth")


def measured(path: Path, folder: str) -> tuple[list[float], float]:
    """Seconds of each of three times, and the largest peak of memory in MB."""
    environment = {**os.environ, "TERTIUS_CONFIG": str(Path(folder, "config")), "TERTIUS_TRUSTED_HUB": "1"}
    said = [cost_of(path, synthetic_mail.ME, environment) for _ in range(3)]
    seconds, peaks = zip(*said, strict=True)
    return list(seconds), max(peaks)


def addresses(path: Path) -> float:
    """Seconds that the standard library takes to find the addresses in a mailbox, and nothing else."""
    began = time.perf_counter()
    for message in mailbox.mbox(path, create=False):
        getaddresses([str(message[name] or "") for name in ("From", "To", "Cc")])
    return time.perf_counter() - began
