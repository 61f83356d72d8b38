"""The independent checker against the prover: what a replay costs over the proof, by CPU time.

python -m benchmarks.test_checker_speed

prints the table of docs/performance.md; with pytest, the same pairs:

python -m pytest benchmarks/test_checker_speed.py -n 0 --benchmark-enable --benchmark-only
"""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from benchmarks.growth import interleaved, shown, table
from bounds.certify.certificates.seal import sealed
from bounds.checker import check
from bounds.critical.certificates import family_certificate
from bounds.critical.family import prove_family, slice_of

RANGES = (("2", "2"), ("1.2", "1.2"), ("8", "8"), ("1.2", "1.21"), ("3", "3.05"), ("8", "8.01"))
ENOUGH = 600
"""Units of work: files without witnesses are shorter, and allowed less by default."""


def proof(low: str, high: str) -> list[Any]:
    """The slices of a range, or of one Δ, proved."""
    if low == high:
        return [slice_of(Fraction(low), Fraction(high))]
    return list(prove_family(Fraction(low), Fraction(high)))


def bare(certificate: dict[str, Any]) -> dict[str, Any]:
    """The certificate without its witnesses: the checker searches."""
    evidence = copy.deepcopy(certificate["evidence"])
    for part in evidence["slices"]:
        del part["witnesses"]
    return sealed(certificate["kind"], certificate["statement"], evidence)


def accepted(certificate: dict[str, Any]) -> None:
    """Check it; whatever is not accepted is no replay."""
    assert check(certificate, work=ENOUGH).accepted


def against_the_prover() -> list[list[str]]:
    """The prover alone, with writing, the checker with witnesses and without; two ratios."""
    rows = []
    for low, high in RANGES:
        certificate = family_certificate(proof(low, high))
        without = bare(certificate)
        proved, written, checked, searched = interleaved(
            [
                lambda ends=(low, high): proof(*ends),
                lambda ends=(low, high): family_certificate(proof(*ends)),
                lambda file=certificate: accepted(file),
                lambda file=without: accepted(file),
            ],
            5,
        )
        name = low if low == high else f"[{low}, {high}]"
        ratios = [f"{checked / proved:.2f}", f"{checked / written:.2f}", f"{searched / proved:.2f}"]
        rows.append([name, shown(proved), shown(written), shown(checked), *ratios])
    return rows


@pytest.mark.parametrize("what", ["prover", "checker"])
@pytest.mark.parametrize(
    "ends", [pytest.param(e, marks=pytest.mark.benchmark(group="-".join(e))) for e in RANGES]
)
def test_shape(benchmark: Any, ends: tuple[str, str], what: str) -> None:
    certificate = family_certificate(proof(*ends))
    run = {
        "prover": lambda: family_certificate(proof(*ends)),
        "checker": lambda: accepted(certificate),
    }
    benchmark(run[what])


if __name__ == "__main__":
    head = ("Δ", "proof", "with its file", "check", "over proof", "over both", "searched")
    table(head, against_the_prover())
