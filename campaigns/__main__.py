"""Every campaign in turn, with its own defaults: `python -m campaigns [NAME...]`.

The exit status is 1 if one of them found a failure.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

NAMES = (
    "stream",
    "clients",
    "vectors",
    "engines",
    "kept",
    "stored",
    "fuzz",
    "statements",
    "differential",
    "tampering",
    "forgeries",
    "interruptions",
    "steps",
    "kernel",
    "mutants",
)
"""From the quickest to the longest; `python -m campaigns.NAME --help` tells more of each."""


def main(words: list[str] | None = None) -> int:
    """Run the campaigns that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m campaigns", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    names = parser.parse_args(words).names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"no campaign {min(unknown)!r}: choose from {', '.join(NAMES)}")
    failed = []
    for name in names:
        print(f"== {name}", flush=True)
        if import_module(f"campaigns.{name}").main([]):
            failed.append(name)
    print(f"failures in: {', '.join(failed)}" if failed else "no failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
