"""``python -m tertius``: the same as the command ``tertius``."""

import sys

from tertius.cli import main

sys.exit(main())
