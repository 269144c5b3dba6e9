"""`python -m tests.bench [NAME...]`: every benchmark of this folder, or those named."""

import pkgutil
import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    """Run each module that has `main()`."""
    found = sorted(info.name for info in pkgutil.iter_modules([str(Path(__file__).parent)]) if info.name != "__main__")
    if unknown := set(names) - set(found):
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    for name in names or found:
        if run := getattr(import_module(f"tests.bench.{name}"), "main", None):
            print(f"== {name}")
            run()


if __name__ == "__main__":
    main(sys.argv[1:])
