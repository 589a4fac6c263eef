"""Make the data files of this folder again, byte for byte.

    python datasets/pharma_executive/generate.py [folder]

The rule, and every parameter of it, is `tertius.data.pharma_executive`; only ``CARD.md`` is written by hand.
"""

import sys
from pathlib import Path

from tertius.data import files
from tertius.data.cases import pharma

SEED = 1

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    files.write(folder, pharma.tables(SEED), pharma.ABOUT)
    files.write_json(folder / "ground_truth.json", pharma.ground_truth(SEED))
