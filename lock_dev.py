"""Print the entries of the first lock that the second does not hold: what only developers need."""

import re
import sys
from pathlib import Path

ENTRY = re.compile(r"^(?=[A-Za-z0-9])", re.M)


def entries(path: str) -> dict[str, str]:
    """Each pinned requirement of a lock file, by its first line."""
    return {e.split("\\")[0].strip(): e for e in ENTRY.split(Path(path).read_text(encoding="utf-8")) if e.strip()}


everything, runtime = entries(sys.argv[1]), entries(sys.argv[2])
sys.stdout.write("".join(text for key, text in everything.items() if key not in runtime))
