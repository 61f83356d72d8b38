"""The price beyond the best slope, from both sides."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bounds.certify.errors import DomainError, InputError
from bounds.lower import envelope, support_lines
from bounds.lower.attacks import rough_risk
from bounds.lower.envelope import accuracy, nodes, price_envelope
from bounds.lower.line import Line
from bounds.lower.support_lines import prove_line


def test_the_lower_side_is_concave_and_made_of_attacks() -> None:
    corners = nodes()
    slopes = [(b.risk - a.risk) / (b.mass - a.mass) for a, b in pairwise(corners)]
    assert all(later < earlier for earlier, later in pairwise(slopes))
    for node in corners[1:]:
        assert node.attack is not None
        assert float(node.risk) == pytest.approx(rough_risk(node.attack), rel=1e-6)
        assert node.attack.mass == node.mass


def test_no_attack_lies_above_the_upper_side() -> None:
    for node in nodes()[1:]:
        assert node.risk < envelope.best_slope().at(node.mass)
        assert all(node.risk < line.at(node.mass) for line in envelope.LINES)


@pytest.mark.parametrize("kappa", ["1/10", "0.65", "7/10", "0.705", 1, "1.37"])
def test_up_to_1_37_both_sides_agree_to_a_thousandth(kappa: str) -> None:
    found = price_envelope(kappa)
    low, high = found.low.low.fraction(), found.high.high.fraction()
    assert low < high < low * Fraction(1001, 1000)


def test_the_accuracy_is_that_of_the_worst_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lines in place of all: between the places where it is looked for nothing is worse."""
    lines = (envelope.LINES[0], envelope.LINES[4])
    monkeypatch.setattr(envelope, "LINES", lines)
    monkeypatch.setattr(support_lines, "LINES", lines)
    monkeypatch.setattr(envelope, "prove_line", lambda line: line)
    start, end = Fraction(1, 2), Fraction(1)
    worst = accuracy(start, end)
    for kappa in np.linspace(0.5, 1, 400):
        exact = Fraction(kappa)
        assert envelope.above(exact)[0] / envelope.below(exact)[0] - 1 <= worst
    assert worst > accuracy(start, Fraction(3, 5))


def test_a_line_that_is_used_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Line] = []
    monkeypatch.setattr(envelope, "prove_line", asked.append)
    found = price_envelope("0.7")
    assert asked == [found.line]
    assert prove_line(asked[0]).line == found.line


@pytest.mark.parametrize("kappa", ["6.5", 9, 10, 100, 10**6, 10**12])
def test_there_are_two_ends_at_every_budget(kappa: str | int) -> None:
    """Beyond the attacks the last one's risk or a plateau's; beyond the lines a tangent."""
    found = price_envelope(kappa)
    low, high = found.low.low.fraction(), found.high.high.fraction()
    assert envelope.nodes()[-1].risk - Fraction(1, 10**8) <= low < high <= 1
    assert found.line is not None
    exact = Fraction(kappa)
    assert low <= max(exact**2 / (exact**2 + 6), envelope.nodes()[-1].risk)
    assert found.line.at(exact) == 1 - 1 / (1 + exact) ** 2
    (attack,) = found.attacks
    assert attack.mass <= exact


def test_the_lower_end_does_not_fall_beyond_the_attacks() -> None:
    masses = [Fraction(part, 4) for part in range(24, 60)]
    risks = [envelope.below(mass)[0] for mass in masses]
    assert all(later >= earlier for earlier, later in pairwise(risks))


def test_the_table_of_the_results_is_what_is_proved() -> None:
    text = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    rows = re.findall(r"^  \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(rows) > 5
    for kappa, low, high in rows:
        least, most = (side(Fraction(kappa))[0] for side in (envelope.below, envelope.above))
        assert Fraction(low) <= least < Fraction(low) + Fraction(2, 10**4)
        assert Fraction(high) - Fraction(2, 10**4) < most <= Fraction(high)


def test_what_is_out_of_range_is_refused() -> None:
    for wrong in (0, -1, "x"):
        with pytest.raises(InputError):
            price_envelope(wrong)
    with pytest.raises(DomainError):
        accuracy(Fraction(1), Fraction(50))
