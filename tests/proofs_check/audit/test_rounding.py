from fractions import Fraction

import pytest

from proofs_check.audit.rounding import rounding_cell


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("8.1e-6", Fraction(805, 10**8), Fraction(815, 10**8)),
        ("1", Fraction(1, 2), Fraction(3, 2)),
        ("2.50", Fraction(2495, 1000), Fraction(2505, 1000)),
        ("-0.1", Fraction(-15, 100), Fraction(-5, 100)),
    ],
)
def test_half_a_unit_to_both_sides(printed: str, low: Fraction, high: Fraction) -> None:
    assert rounding_cell(printed) == (low, high)
