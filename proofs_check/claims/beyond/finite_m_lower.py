"""A given number of clients: what hiding two means and the unknown place cost together."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import lower_bound, median_risk
from bounds.lower.attacks import TwoPoints
from bounds.lower.finite import finite_bound
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_BUDGET, _SCALE = Fraction(1, 20), 1020
_LEAST, _MOST = Fraction("0.00481"), Fraction("0.00614")
_BY_SUMS = Fraction("0.00474")
_MOST_GENUINE, _LENGTH = 1049, Fraction(2)  # N and L of the second route


def check(
    least: Fraction = _LEAST,
    by_sums: Fraction = _BY_SUMS,
    most_genuine: int = _MOST_GENUINE,
    alone: Fraction = Fraction(999_999, 1_000_000),
) -> Decision:
    """Decide the bound at one k, c and m.

    Args:
        least: what K(m) is to be above.
        by_sums: what the second route is to be above.
        most_genuine: N of the second route.
        alone: with c = 0 the bound is to be above so much of 1/m.
    """
    found = lower_bound(1, _BUDGET, digits=12, m=_SCALE)
    with working_precision(96):
        second = _by_sums(most_genuine)
        oracle = finite_bound((), 1, Fraction(0), Fraction(_SCALE))
    return Decision(
        CERTIFIED,
        f"one component, c = 1/20, m = {_SCALE}: K(m) is above {float(_LEAST)} and at most"
        f" {float(_MOST)}; with c = 0 it is 1/m, the error of the mean of all samples, and the"
        " lower bound gives this too",
        (
            Argued(
                "neither the reports nor their labels show which of the hidden means is true",
                "bounds.lower.finite, step 1",
            ),
            Argued(
                "what is left to doubt is the hidden mean and the place of the pair, and both"
                " count; the place has the Fisher information of the reports at most",
                "bounds.lower.finite, steps 2 to 3",
            ),
            Argued(
                "the average over U costs a factor km/N and what more than N genuine clients may"
                " lose",
                "bounds.lower.finite, step 4",
            ),
            Proved(f"the bound is above {float(least)}", less(least, found.value)),
            Proved(
                "second route: the same formula for one N and L, with the binomial tail as a sum of"
                f" whole numbers, is above {float(by_sums)} and below the bound",
                less(by_sums, second),
                less(second, found.value),
            ),
            Proved(
                f"with c = 0 and m = {_SCALE} the bound is above {float(alone)}/m",
                less(alone / _SCALE, oracle),
            ),
            Proved(
                f"the clipped median has an error below {float(_MOST)} (theorem-1)",
                less(median_risk(_BUDGET, _SCALE, 6).risk, _MOST),
            ),
        ),
    )


def _by_sums(most: int) -> arb:
    """(km/N)(R − (L + W)² P) for k = 1, with P from whole numbers."""
    others = int((1 + _BUDGET) * _SCALE) - 1
    genuine, total = 20, 21  # p = k/(k + c)
    tail = sum(comb(others, j) * genuine**j for j in range(most, others + 1))
    chance = to_ball(Fraction(tail, total**others))
    pair = TwoPoints(_BUDGET)
    width, length = pair.width(), to_ball(_LENGTH)
    spread = 2 * arb.pi() / length
    information = to_ball(others / (1 + _BUDGET)) * pair.information() + 1 + spread * spread
    steady = 1 - width * width / 4
    risk = pair.risk() + steady * steady / information
    cap = length + width
    return to_ball(Fraction(_SCALE, most)) * (risk - cap * cap * chance)


CLAIM = Claim(
    id="finite-m-lower",
    where="beyond the paper",
    printed="K(m) ≥ (km/N)(R − (L + W)²P), R the risk of the hidden means and of their place",
    latex=r"K(m) \ge \frac{km}{N}\bigl(R - (L + W)^2 P\bigr), \quad"
    r" R = \frac1k \sum_j \Bigl(r_j + \frac{(1 - W_j^2/4)^2}{I_j}\Bigr)",
    hypotheses="every k, c and m with (k + c)m whole; L > 0 and 1 ≤ N ≤ (k + c)m free, W the"
    " widest hidden set, below 2, P the chance of more than N genuine clients; the numbers are for"
    " k = 1, c = 1/20, m = 1020 and for c = 0",
    method="the argument in words, its formula enclosed in two ways",
    check=check,
    seeded=(
        Seeded("no factor km/N: only R", lambda: check(least=Fraction("0.00488"))),
        Seeded("N = km: half of the time there are more",
               lambda: check(most_genuine=_SCALE)),
        Seeded("N so large that the factor costs more than the tail",
               lambda: check(most_genuine=1070)),
        Seeded("more than the error of the mean of all samples, at c = 0",
               lambda: check(alone=Fraction(1_000_001, 1_000_000))),
    ),
    beside="theorem-1",
)  # fmt: skip
