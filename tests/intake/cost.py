"""What reading a file costs: seconds, and memory at most, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CODE = """
import json, re, sys, time
from tertius.intake import read
began = time.perf_counter()
read(sys.argv[1], me=sys.argv[2])
seconds = time.perf_counter() - began
# Not what getrusage says: that counts the process we came from, until it became this one.
peak = re.search("VmHWM:\\\\s*([0-9]+) kB", open("/proc/self/status").read())[1]
print(json.dumps([seconds, int(peak) * 1024 / 1e6]))
"""


def cost_of(path: Path, me: str, environment: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Seconds and peak memory in MB; on Linux alone, which keeps a peak for each program."""
    command = [sys.executable, "-c", CODE, str(path), me]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment or os.environ)
    seconds, megabytes = json.loads(said.stdout.splitlines()[-1])
    return seconds, megabytes
