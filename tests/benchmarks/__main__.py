"""``make bench``: measure what has a target, or what is named: ``make bench ARGS="imports million"``."""

import sys

from tests.benchmarks.runner import run

run(sys.argv[1:])
