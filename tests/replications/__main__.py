"""``make replicate``: work out every number, and write docs/replications.md; ``ARGS="granovetter"``: show one paper."""

import sys

from tests.replications.table import PAGE, page, papers, written

found = []
for paper in papers():
    if sys.argv[1:] and not any(part.lower() in paper.name.lower() for part in sys.argv[1:]):
        continue
    rows = []
    for row in paper.rows:
        ours, agrees = row.compared()
        rows.append((row, ours, agrees))
        said = "" if agrees else ", DIFFERS"
        print(f"{paper.name}, {row.what}: theirs {written(row.theirs)}, ours {written(ours)}{said}", flush=True)
    found.append((paper, rows))
if not sys.argv[1:]:
    PAGE.write_text(page(found), encoding="utf-8")
    print(f"Written: {PAGE.name}")
# A number that is known to differ is no failure; one that differs without a reason, or agrees against it, is.
sys.exit(any(agrees == bool(row.differs) for _, rows in found for row, _, agrees in rows))
