"""The inequalities for every Δ ≥ 3/2: against single Δ by mpmath, and against seeded errors."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest
from flint import arb
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import CriticalSlice, critical_slices
from bounds.critical.large_delta.slices import slice_of
from bounds.upper import over_delta, printed_inequalities, printed_inequalities_over_delta
from bounds.upper.over_delta import far_term_serves_from, lead
from bounds.upper.over_slices import printed_far_share

WHOLE = [name for name, *_ in over_delta._WHOLE]


def verdict_at(name: str, delta: Fraction) -> str:
    (row,) = (
        row
        for row in printed_inequalities_over_delta()
        if row.name.startswith(name)
        and row.low.high.fraction() <= delta
        and (row.high is None or delta < row.high.low.fraction())
    )
    return row.verdict


def test_the_ranges_leave_no_delta_out() -> None:
    rows = printed_inequalities_over_delta()
    for name in {row.name for row in rows}:
        parts = [row for row in rows if row.name == name]
        assert Fraction(3, 2) == parts[0].low.low.fraction() == parts[0].low.high.fraction()
        assert parts[-1].high is None
        assert all(a.high == b.low for a, b in pairwise(parts))
        assert all(a.verdict != b.verdict for a, b in pairwise(parts))


@pytest.mark.heavy
@settings(max_examples=6)
@given(st.fractions(Fraction(3, 2), 6, max_denominator=40))
@example(Fraction("2.8669"))
@example(Fraction("2.8670"))
def test_one_delta_at_a_time_says_the_same(delta: Fraction) -> None:
    for row in printed_inequalities(delta):
        assert verdict_at(row.name, delta) == row.verdict


@pytest.mark.heavy
@pytest.mark.parametrize("text", ["1.5", "1.7", "2.5", "4", "7", "12"])
def test_every_inequality_by_mpmath(text: str) -> None:
    """All of the docstring's steps at one Δ, with every quantity from its definition."""
    value = bounds.eps_cr(text, 60)
    with mpmath.workdps(120):
        d, phi, cdf = mpmath.mpf(text), mpmath.npdf, mpmath.ncdf
        eps = mpmath.mpf(value.eps.decimals()[0])
        least, most = mpmath.mpf(value.loss.decimals()[0]), mpmath.mpf(value.loss.decimals()[1])
        rho = cdf(d) - cdf(-d)

        def deficit(x: mpmath.mpf) -> mpmath.mpf:
            return rho - (cdf(x + d) - cdf(x - d))

        w, price = deficit(2 * d), deficit(3 * d)
        assert mpmath.almosteq(w, 1 - 3 * cdf(-d) + cdf(-3 * d))
        assert w + phi(d) * 2 * d > cdf(d)  # so the loss at w is 1
        assert eps < w < price
        assert w / price + most < 1
        assert 0 < least < most < eps
        assert eps / w > most
        # C₂ from Appendix B, letter by letter
        x, y = (mpmath.mpf(t.decimals()[0]) for t in (value.radius, value.radius_of_estimate))
        c_root = mpmath.cbrt(eps / x**3)
        a = mpmath.cbrt(eps) ** 2 + phi(d) / c_root
        ninth = mpmath.root(eps, 9)
        c_bar = a * ninth**2 / 2 + phi(d) / (2 * c_root) * mpmath.cbrt(a)
        top = c_bar * ninth
        c2 = (c_bar / phi(top)) ** 2
        assert least < c2 * ninth**2 < eps / w
        if d > 3.1:
            assert c2 * ninth**2 + 2 * cdf(-1.5 * d) * 3.25 * d**2 < eps / w
        assert x < mpmath.cbrt(eps * c_root**-3) * (1 + mpmath.mpf(10) ** -50)
        # lines 3 and 5 of the chain at κ = ε_cr
        estimate = eps + x * phi(d)
        assert mpmath.almosteq(a * mpmath.cbrt(eps), estimate, 1e-50)
        assert mpmath.almosteq(deficit(y), estimate, 1e-40)
        assert y > mpmath.cbrt(estimate) / c_root
        quantile = mpmath.sqrt(2) * mpmath.erfinv(2 * top)
        assert quantile > top / phi(top)
        # the far clients
        t = 1.5 * d
        lost = mpmath.quad(lambda z: 2 * z * z * phi(z), [t, t + 2, t + 10, mpmath.inf])
        assert (eps / price + least > lost) == (d > 2.8669)


@given(st.floats(1e-6, 0.49))
def test_the_fifth_line_fails_for_every_argument(s: float) -> None:
    with mpmath.workdps(40):
        at = mpmath.mpf(s)
        assert mpmath.sqrt(2) * mpmath.erfinv(2 * at) > at / mpmath.npdf(at)


@pytest.mark.heavy
@given(st.floats(1 / 3, 60), st.floats(0.001, 0.999))
def test_the_line_of_lemma_3_fails_from_the_length_told(delta: float, share: float) -> None:
    with mpmath.workdps(1200):
        d = mpmath.mpf(delta)
        bend = mpmath.sqrt(d * d + 2 * mpmath.log(2)) - d
        assert bend < 3 * d

        def holds(length: mpmath.mpf) -> bool:
            line_5 = length * (mpmath.npdf(d) - mpmath.npdf(length + d))
            return bool(line_5 <= length * mpmath.npdf(d) / 2)

        assert holds(bend * share)
        assert not holds(bend + (3 * d - bend) * share)


@pytest.mark.parametrize("digits", [1, 10, 40])
def test_where_the_far_term_serves(digits: int) -> None:
    end = far_term_serves_from(digits)
    assert f"{float(end):.6f}" == "2.866941" or digits == 1
    with working_precision(400):
        low, high = end.low.fraction(), end.high.fraction()
        assert lead(low, 60) < 0
        assert lead(high, 60) > 0
        assert (high - low) * 10 ** (digits - 1) < 1


def test_the_slope_of_the_lead_is_that_of_differences() -> None:
    """D of a slice's two ends differ by the width times a value of dD/dΔ in it."""
    with working_precision(128):
        for part in critical_slices()[:110:10]:
            assert part.high is not None
            rate = over_delta._lead_rate(part)
            quotient = (lead(part.high, 30) - lead(part.low, 30)) / to_ball(part.high - part.low)
            assert rate > 0
            assert rate.overlaps(quotient)
            assert rate.rad() < 0.45 * rate.mid()


@pytest.mark.parametrize("delta", ["1.5", "2", "3"])
def test_the_slope_of_the_lead_on_a_narrow_slice(delta: str) -> None:
    low = Fraction(delta)
    high = low + Fraction(1, 10**6)
    with working_precision(160):
        rate = over_delta._lead_rate(slice_of(low, high))
        quotient = (lead(high, 40) - lead(low, 40)) / to_ball(high - low)
        assert rate.overlaps(quotient)
        assert rate.rad() < abs(quotient) / 1000


def test_the_lead_falls_later_and_is_positive_there() -> None:
    with working_precision(128):
        late = [part for part in critical_slices() if not over_delta._lead_rate(part) > 0]
        assert 3 < late[0].low < 4
        assert all(over_delta._far_share(part.low) < part.mass for part in late)
        assert lead(Fraction(4), 30) < lead(Fraction("3.5"), 30)


@pytest.mark.parametrize("index", [0, 60, 100, 140, 165])
def test_the_bounds_by_mpmath(index: int) -> None:
    """Each bound of the docstring holds at both ends of a slice, and is not far from the truth."""
    part = critical_slices()[index]
    assert part.high is not None
    with mpmath.workdps(60), working_precision(128):
        for end in (part.low, part.high):
            d = mpmath.mpf(end.numerator) / end.denominator
            phi, cdf, t = mpmath.npdf, mpmath.ncdf, 1.5 * d
            unit = phi(d) / d
            gap = cdf(-d) - cdf(-2 * d) - cdf(-3 * d) + cdf(-4 * d)
            lost = 3 * cdf(-d) - cdf(-3 * d)  # 1 − w
            far = 2 * (t * phi(t) + cdf(-t))
            printed = 2 * cdf(-t) * 3.25 * d**2

            def number(ball: arb) -> mpmath.mpf:
                return mpmath.mpf(ball.mid().str(40, radius=False))

            told = number(over_delta._price_exceeds(part).lower())
            assert 0.8 * gap / unit < told < gap / unit
            told = number((1 - over_delta._lost_mass(part)).lower())
            assert told < lost
            told = number(((1 - over_delta._lost_mass(part)) / part.unit).upper())
            assert 0.8 * lost / unit < told
            told = number(over_delta._far_share(end))
            assert far / unit < told < 1.1 * far / unit
            told = number(printed_far_share(end))
            assert printed / unit < told < 1.3 * printed / unit


def with_one_altered(
    change: Callable[[CriticalSlice], CriticalSlice], index: int
) -> Callable[[], tuple[CriticalSlice, ...]]:
    honest = list(critical_slices())
    honest[index] = change(honest[index])
    return lambda: tuple(honest)


def scaled(**factors: str) -> Callable[[CriticalSlice], CriticalSlice]:
    def change(part: CriticalSlice) -> CriticalSlice:
        moved = {name: getattr(part, name) * arb(text) for name, text in factors.items()}
        return replace(part, **moved)

    return change


SEEDED = {
    "C0 c/k + C1 >= optimum, c/k > eps_cr": scaled(shift="2.1"),
    "C0 c/k + C1 < 1 for c/k < 1/C0": scaled(shift="0"),
    "C2 (c/k)^(2/9) >= loss, c/k <= eps_cr": scaled(v="1.2"),
    "C2 (c/k)^(2/9) >= optimum, c/k <= eps_cr": scaled(u="1.1"),
    "equal attack optimal, c/k < eps_cr": scaled(shift="1.1"),
    "others left at eps_cr optimal, c/k > eps_cr": scaled(shift="1.1"),
    "rho - f(3 Delta) the least mass with loss 1": scaled(tau="1000"),
    "l(eps) <= (eps/C)^(1/3), eps <= eps_cr": scaled(u="7"),
    "chain to C2, line 3": scaled(v="0.8"),
    "chain to C2, line 5": scaled(unit="10"),
    "C1 < 1/50": scaled(g="1.4"),
    "C2 < 1/20": scaled(unit="1.6"),
    "eps_cr decreases": scaled(mass_rate="-100"),
}


MORE = [
    ("C0 c/k + C1 >= optimum, c/k > eps_cr", scaled(unit="4", shift="0.5")),
    ("C0 c/k + C1 < 1 for c/k < 1/C0", scaled(g="100")),
    ("eps_cr decreases", lambda part: replace(part, mass_rate=arb("-0.36"))),
]


@pytest.mark.step(
    "each inequality on every slice",
    "w is below the price",
    "w is above ε_cr",
    "C₁ > 0",
    "(1 − C₁)/C₀ > ε_cr",
    "C₁ < ε_cr",
    "C₂ε_cr^{2/9} < ε_cr/w",
    "v³E > u³(E + u)",
)
@pytest.mark.parametrize(("name", "change"), [*SEEDED.items(), *MORE])
def test_a_seeded_error_on_one_slice_leaves_it_undecided(
    name: str,
    change: Callable[[CriticalSlice], CriticalSlice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    test = next(row[2] for row in over_delta._WHOLE if row[0] == name)
    over_delta._require(name, test)
    monkeypatch.setattr(over_delta, "critical_slices", with_one_altered(change, 0))
    with pytest.raises(bounds.Inconclusive, match="not decided for Delta from 1"):
        over_delta._require(name, test)


def test_two_of_them_need_no_slice() -> None:
    assert set(WHOLE) - set(SEEDED) == {"E <= 3.25 Delta^2", "Lemma 3, display, line 6"}


@pytest.mark.step("the lead rises, as far as it does", "or is positive")
@pytest.mark.parametrize(
    ("low", "change"),
    [
        ("1.5", lambda part: replace(part, mass_rate=arb(20))),
        ("2", scaled(g_rate="1000")),
        ("2", scaled(unit="20")),
        ("3.1", scaled(mass="0.1")),
    ],
)
def test_a_lead_that_falls_too_soon_is_noticed(
    low: str,
    change: Callable[[CriticalSlice], CriticalSlice],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over_delta._lead_changes_once()
    index = next(i for i, part in enumerate(critical_slices()) if part.low >= Fraction(low))
    monkeypatch.setattr(over_delta, "critical_slices", with_one_altered(change, index))
    with pytest.raises(bounds.Inconclusive, match="far term is not decided"):
        over_delta._lead_changes_once()


def test_a_far_term_with_the_wrong_sign_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = over_delta.far_loss
    monkeypatch.setattr(over_delta, "far_loss", lambda delta: -honest(delta))
    with pytest.raises(bounds.Inconclusive, match="not isolated"):
        far_term_serves_from(7)


@pytest.mark.parametrize("digits", [0, -1, "x", None, True])
def test_digits_that_are_no_count_are_refused(digits: object) -> None:
    with pytest.raises(bounds.InputError):
        printed_inequalities_over_delta(digits)


def test_a_printed_factor_above_the_least_is_not_refuted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_delta, "_LEAST_FAR_FACTOR", 3)
    with pytest.raises(bounds.Inconclusive, match=r"E <= 3\.25"):
        printed_inequalities_over_delta()


def test_where_line_6_of_lemma_3_would_hold_it_is_not_refuted() -> None:
    part = critical_slices()[0]
    assert over_delta._passes_the_sixth_line(part)
    assert not over_delta._passes_the_sixth_line(replace(part, low=Fraction(3, 10)))
