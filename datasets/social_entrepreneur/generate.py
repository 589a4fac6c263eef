"""Make the data files of this folder again, byte for byte.

    python datasets/social_entrepreneur/generate.py [folder]

The rule, and every parameter of it, is `tertius.data.social_entrepreneur`; only ``CARD.md`` is written by hand.
"""

import sys
from pathlib import Path

from tertius.data import files
from tertius.data.cases import entrepreneur

SEED = 1

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    files.write(folder, entrepreneur.tables(SEED), entrepreneur.ABOUT)
    files.write_json(folder / "ground_truth.json", entrepreneur.ground_truth(SEED))
