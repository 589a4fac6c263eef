"""Make the data files of this folder again, byte for byte.

    python datasets/law_firm_selected/generate.py [folder]

The rule, and every parameter of it, is `tertius.data.law_firm`; only ``CARD.md`` is written by hand.
"""

import sys
from pathlib import Path

from tertius.data import files
from tertius.data.cases import law

SEED = 1

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    files.write(folder, law.selected_tables(SEED), law.ABOUT_SELECTED)
    files.write_json(folder / "ground_truth.json", law.ground_truth(SEED, name=law.SELECTED))
