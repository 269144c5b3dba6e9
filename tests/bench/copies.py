"""Accuracy over copies of notices with other names, years and numbers, by template and kind.

`python -m tests.bench copies`.
"""

import tempfile
from collections import Counter
from pathlib import Path

from tests.assistant.copies.grading import all_graded

SEEDS = range(200, 212)


def main() -> None:
    """Print the totals, and each kind that is not always right."""
    with tempfile.TemporaryDirectory() as home:
        graded = all_graded(SEEDS, Path(home))
    totals = Counter(g.outcome for g in graded)
    print(f"{len(SEEDS)} copies of each: {totals['right']}/{len(graded)} right = {totals['right'] / len(graded):.1%}, "
          f"wrong {totals['wrong']}, refused {totals['refused']}")  # fmt: skip
    asked = Counter((g.template, g.kind) for g in graded)
    right = Counter((g.template, g.kind) for g in graded if g.outcome == "right")
    for key, count in asked.items():
        if right[key] < count:
            print(f"  {' '.join(key)}: {right[key]}/{count}")
