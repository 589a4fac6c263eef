"""``make bench``: measure everything that has a target, or what is named: ``make bench ARGS="imports widget"``."""

import sys

from tests.benchmarks.runner import run

run(sys.argv[1:])
