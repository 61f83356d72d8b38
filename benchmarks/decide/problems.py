"""The problems: loaded from the TOML files beside this one, one file a class."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from benchmarks.decide import reader

Truth: TypeAlias = Literal["true", "false", "equal", "undefined"]
FOLDER = Path(__file__).with_name("problems")

RIGHT: Mapping[Truth, tuple[str, ...]] = {
    "true": ("proved",),
    "false": ("refuted",),
    "equal": ("equal", "proved"),
    "undefined": ("undefined",),
}
"""The outcomes that answer a problem. Both sides equal also refutes a strict comparison."""


@dataclass(frozen=True)
class Problem:
    """A claim on a domain, with its truth.

    `witness` is a point at which a false claim fails, or at which an undefined one has no value.
    `along` and `place` say how to sample a domain with equations: parameters in intervals, and
    variables as functions of them. `choice` gives existential variables as functions of the others.
    """

    id: str
    kind: str
    claim: str
    domain: str
    truth: Truth
    source: str
    witness: Mapping[str, str] = field(default_factory=dict)
    along: Mapping[str, str] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    choice: Mapping[str, str] = field(default_factory=dict)

    def comparisons(self) -> list[reader.Comparison]:
        """The comparisons that the claim asserts."""
        return reader.claim(self.claim)

    def region(self) -> reader.Domain:
        """The domain, read."""
        return reader.domain(self.domain)

    def answers(self) -> tuple[str, ...]:
        """The outcomes that are right."""
        strict = any(
            len(part.relation) == 1 and part.relation != "=" for part in self.comparisons()
        )
        return ("equal", "refuted") if self.truth == "equal" and strict else RIGHT[self.truth]

    def is_wrong(self, outcome: str) -> bool:
        """Whether the outcome contradicts the truth; to give up never does."""
        if outcome in self.answers() or outcome not in ("proved", "refuted", "equal", "undefined"):
            return False
        return not (self.truth == "undefined" and outcome == "refuted")


def load(folder: Path = FOLDER) -> list[Problem]:
    """All problems, by class and in the order of the files."""
    found: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [Problem(kind=table["class"], **entry) for entry in table["problem"]]
    return found
