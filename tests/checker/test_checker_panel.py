"""Panels: the engine's polynomials are proved, false ones not, and the parts are as told."""

import copy
import json
from fractions import Fraction
from functools import cache
from itertools import product

import gmpy2
import mpmath
import pytest
from certificate_builder import replaced, sealed
from marks import campaign_but, heavy

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.series import Series
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker import check, panel
from bounds.checker.panel import read_panel, scaled_criterion, slopes
from bounds.cli import main
from bounds.critical.model.build import at_eps_cr, fitted
from bounds.critical.model.certificates import panel_certificate
from bounds.critical.model.stored import panels

AT = Precision(192)
Q = gmpy2.mpq


@cache
def short():
    """A panel of a range so short that few terms do."""
    return fitted(Fraction("2.7"), Fraction("2.75"), at_eps_cr)


@cache
def certificate():
    told = panel_certificate(short())
    return sealed(small(told, order=22, pieces=2))


def small(certificate, **evidence):
    """The same with fewer terms and pieces, as far as they serve."""
    return {**certificate, "evidence": {**certificate["evidence"], **evidence}}


def point(number, at=AT):
    return Interval.enclosing(at, Q(number), Q(number))


def real(number):
    fraction = Q(number)
    return mpmath.mpf(int(fraction.numerator)) / int(fraction.denominator)


def near(interval, number, relative="1e-45"):
    with mpmath.workdps(60):
        return abs(real(interval.middle.lo) - number) <= mpmath.mpf(relative) * abs(number)


@pytest.mark.heavy
@pytest.mark.parametrize("number", campaign_but(range(0, 22, 4), range(22)))
def test_every_stored_panel_is_proved(number):
    verdict = check(panel_certificate(panels()[number]))
    assert verdict.accepted, verdict
    assert "the loss is concave from eps = 0 to eps_cr" in verdict.reason


@pytest.mark.heavy
def test_a_short_panel_is_proved():
    assert check(certificate()).accepted


NAMES = ["radius", "radius_of_estimate", "mass", "shift"]
QUICK = [("radius", 0), ("radius_of_estimate", 7), ("mass", -1), ("shift", 0)]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "place"),
    [pair if pair in QUICK else heavy(*pair) for pair in product(NAMES, (0, 7, -1))],
)
def test_a_coefficient_that_is_off_by_four_radii_is_refused(name, place):
    forged = copy.deepcopy(certificate())
    row = forged["statement"]["polynomials"][name]
    numbers = row["coefficients"].split(" ")
    numbers[place] = str(int(numbers[place]) + (4 * 10**40 >> int(row["radius"][3:])))
    row["coefficients"] = " ".join(numbers)
    verdict = check(sealed(forged))
    assert verdict.outcome == "rejected"
    assert verdict.first_failing_piece == "piece 1"


@pytest.mark.heavy
@pytest.mark.parametrize("ends", [["2.7", "2.7500000001"], heavy(["2.7000000001", "2.75"])])
def test_another_range_is_refused(ends):
    verdict = check(sealed(replaced(certificate(), ("statement", "delta"), ends)))
    assert verdict.outcome == "rejected"


@pytest.mark.heavy
@pytest.mark.parametrize("evidence", [{"order": 14}, {"bits": 40}, {"pieces": 1}, {"turn": "0.73"},
                                      {"top": "0.72"}, {"start": "0.49"}])  # fmt: skip
def test_evidence_that_does_not_do_is_refused(evidence):
    assert check(sealed(small(certificate(), **evidence))).outcome == "rejected"


ROW = {"coefficients": "1 -2", "radius": "2^-9"}


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("path", "value"),
    [(("statement", "places"), 41), (("statement", "places"), True),
     (("statement", "places"), "40"), (("evidence", "top"), "0"), (("evidence", "top"), "1/2"),
     (("statement", "delta"), ["2", "2"]), (("statement", "delta"), ["3", "2"]),
     (("statement", "polynomials"), {}), (("statement", "polynomials"), []),
     *((("evidence", name), value) for name in ("bits", "order", "pieces")
       for value in (0, -1, True, "9", 10**6, None)),
     *((("evidence", name), value) for name in ("start", "turn") for value in ("0", "9", 1)),
     *((("statement", "polynomials", "mass", "radius"), value)
       for value in ("2^-1001", "1/8", "2^9", "2^--9", "2^-\u0669", 9, None, "2^-", "2^-12345")),
     *((("statement", "polynomials", "mass", "coefficients"), value)
       for value in ("", " ", "1  2", "1 2 ", "1e5", "1.5", "1/2", "+1", "9" * 61, [1], None,
                     " ".join(["1"] * 65), "1*2^3", "\u0661"))],
    ids=str,
)  # fmt: skip
def test_what_is_no_panel_is_refused(path, value):
    altered = replaced(certificate(), path, value)
    with pytest.raises(Rejected):
        read_panel(altered["statement"], altered["evidence"])


def test_it_is_read_as_it_is_written():
    claim = read_panel(certificate()["statement"], certificate()["evidence"])
    stored = short()
    assert claim.delta == (Q(stored.low), Q(stored.high))
    for row, told in zip(claim.polynomials, stored.coefficients, strict=True):
        assert [n * 10**40 for n in row] == [Q(n) for n in told]
    assert claim.radii == tuple(Q(1, 2**k) for k in stored.radii)
    low, high = claim.middle_and_half(AT)
    with mpmath.workdps(60):
        assert near(low + high, real(stored.high))


# The functions, at points


def h(x, y, scaled, delta):
    """The criterion times its denominators, by mpmath."""
    unit = mpmath.npdf(delta)
    g, u, v = scaled * unit, x * delta, y * delta
    s = 2 * mpmath.exp(-x * x / 2) * mpmath.sinh(u)
    share_x, share_y = 1 - mpmath.exp(-2 * u), 1 - mpmath.exp(-2 * v)
    weight = 2 * g * mpmath.npdf(g) / unit
    bend = share_y * (x - delta * mpmath.coth(u)) / (1 + s) ** 2
    bend -= 2 * delta * mpmath.exp(y * y / 2 - 3 * v) / share_y
    k = (1 - g * g) ** 2 + (1 + g * g) * weight * bend
    return k * (1 + s) ** 2 * share_x * share_y


PLACES = [("0.3", "0.5", "0.9", "2"), ("0.1", "0.2", "0.11", "3.5"), ("1.5", "2", "0.2", "0.7")]


@pytest.mark.parametrize("place", PLACES)
def test_the_criterion_without_denominators(place):
    with mpmath.workdps(60):
        x, y, scaled, delta = map(real, place)
        fade = point(place[3]).squared()
        fade = (-fade).exp() / (2 * Interval.pi(AT))
        found = scaled_criterion(*map(point, place), fade)
        assert near(found, h(x, y, scaled, delta))


@pytest.mark.parametrize("place", PLACES)
def test_the_slopes(place):
    with mpmath.workdps(60):
        x, y, scaled, delta = map(real, place)
        unit = mpmath.npdf(delta)

        def left(x, y, e, scaled):
            def deficit(t):
                return mpmath.ncdf(delta) - mpmath.ncdf(-delta) - (
                    mpmath.ncdf(t + delta) - mpmath.ncdf(t - delta))  # fmt: skip

            held = mpmath.ncdf(y - delta) - mpmath.ncdf(-delta)
            central = mpmath.erf(scaled * unit / mpmath.sqrt(2))
            return [e - deficit(x) / unit, e + x - deficit(y) / unit, (central - held) / unit,
                    h(x, y, scaled, delta)]  # fmt: skip

        place_in_r4 = [x, y, mpmath.mpf("0.4"), scaled]
        rows = slopes([point(n) for n in (place[0], place[1], "0.4", place[2])], point(place[3]))
        for j in range(4):
            for i in range(4):

                def line(t, i=i, j=j):
                    moved = list(place_in_r4)
                    moved[j] = t
                    return left(*moved)[i]

                true = mpmath.diff(line, place_in_r4[j])
                assert abs(real(rows[i][j].middle.lo) - true) < mpmath.mpf("1e-20")


@pytest.mark.heavy
@pytest.mark.parametrize(("b", "c"), [("0", "0"), ("3/4", "1/8"), ("-2", "1/2"), ("5", "3")])
def test_means_of_exponentials(b, c):
    row = [point(b), point("1/10"), point(0)]
    other = [point(c), point(0), point("1/7")]
    even, odd = panel._means(Series(row), Series(other))
    with mpmath.workdps(30):

        def part(t, sign):
            return mpmath.quad(
                lambda s: (
                    (
                        mpmath.exp((real(b) + t / 10) * s - (real(c) + t * t / 7) * s * s)
                        + sign * mpmath.exp(-(real(b) + t / 10) * s - (real(c) + t * t / 7) * s * s)
                    )
                    / 2
                ),
                [0, 1],
            )

        for found, sign in ((even, 1), (odd, -1)):
            true = mpmath.taylor(lambda t, sign=sign: part(t, sign), 0, 2)
            for one, number in zip(found.terms, true, strict=True):
                slack = mpmath.mpf("1e-20")
                assert real(Q(one.lo)) - slack <= number <= real(Q(one.hi)) + slack
                assert real(Q(one.hi)) - real(Q(one.lo)) < mpmath.mpf("1e-45")


def test_means_that_do_not_end_are_undecided():
    far = Series([point(10**6)])
    with pytest.raises(Undecided):
        panel._means(far, far)


def line_claim():
    """Four straight lines and a range of Δ, as a panel may have them."""
    rows = (("0.31", "0.02"), ("0.52", "-0.03"), ("0.9", "0.05"), ("0.8", "0.1"))
    polynomials = tuple(tuple(map(Q, row)) for row in rows)
    radii = (Q(1, 64),) * 4
    return panel.PanelClaim(
        (Q(2), Q("2.4")), polynomials, radii, 192, 5, 1, Q(1, 4), Q(1, 2), Q(9)
    )  # fmt: skip


def residual_at(t, claim):
    """F(p(t), Δ(t)), by mpmath."""
    x, y, e, scaled = (real(row[0]) + real(row[1]) * t for row in claim.polynomials)
    delta = mpmath.mpf("2.2") + mpmath.mpf("0.2") * t
    unit = mpmath.npdf(delta)

    def deficit(place):
        held = mpmath.erf(delta / mpmath.sqrt(2))
        return held - mpmath.ncdf(place + delta) + mpmath.ncdf(place - delta)

    shifted = mpmath.ncdf(y - delta) - mpmath.ncdf(-delta)
    central = mpmath.erf(scaled * unit / mpmath.sqrt(2))
    return [
        e - deficit(x) / unit,
        e + x - deficit(y) / unit,
        (central - shifted) / unit,
        h(x, y, scaled, delta),
    ]


@pytest.mark.parametrize("row", range(4))
@pytest.mark.parametrize("about", ["0", "1/2"])
def test_the_residual_is_expanded(row, about):
    claim = line_claim()
    found = panel._residual(claim, point(about), 3)[row]
    assert len(found.terms) == 4
    assert len(panel._residual(claim, point(about), 0)[row].terms) == 1
    with mpmath.workdps(60):
        true = mpmath.taylor(lambda t: residual_at(t, claim)[row], real(about), 3)
        for term, number in zip(found.terms, true, strict=True):
            assert abs(real(term.middle.lo) - number) < mpmath.mpf("1e-14")
            assert real(Q(term.hi) - Q(term.lo)) < mpmath.mpf("1e-40")


def test_the_residual_is_bounded_by_its_terms_and_the_last_over_all_of_a_range(monkeypatch):
    """Order N - 1 about 0, and the size of the N-th coefficient about [-1, 1]."""
    claim, asked = line_claim(), []

    def residual(same, about, order):
        assert same == claim
        asked.append((exact(about.lo), exact(about.hi), order, about.at.bits))
        end = point("-1/2") if len(asked) == 2 else point("1/8")
        return [Series([point("1/4"), *[point(0)] * (order - 1), end])] * 4

    monkeypatch.setattr(panel, "_residual", residual)
    fine, rough = Precision(96), Precision(128)
    bounds = panel.residual_bounds(claim, fine, rough)
    assert asked == [(0, 0, 4, 96), (-1, 1, 5, 128)]
    assert len(bounds) == 4
    with mpmath.workdps(60):
        # 1/4 + t⁴/8 is at most 3/8 on [-1, 1]; the rest is 1/2
        assert all(near(bound.high, mpmath.mpf(7) / 8, "0.01") for bound in bounds)
        assert all(bound.hi >= Q(7, 8) for bound in bounds)


def test_what_fades_over_a_range_holds_what_fades_at_its_points():
    claim = line_claim()
    over = panel._fading(claim, Interval.enclosing(AT, Q(-1), Q(1)), 3)
    with mpmath.workdps(60):
        for place in ("-1", "-0.55", "0", "0.3", "1"):
            true = mpmath.taylor(
                lambda t: mpmath.exp(-((mpmath.mpf("2.2") + t / 5) ** 2)), mpmath.mpf(place), 3
            )
            at_point = panel._fading(claim, point(place), 3)
            for wide, term, number in zip(over.terms, at_point.terms, true, strict=True):
                assert wide.lo <= term.lo
                assert term.hi <= wide.hi
                assert abs(real(term.middle.lo) - number) < mpmath.mpf("1e-14")


@pytest.mark.parametrize("bits", [64, 96, 130])
def test_a_series_is_summed_until_what_is_left_out_is_small(bits, monkeypatch):
    """As many terms as the bound 2mq/(1 - q) asks for, with q = (|b| + 2|k|)/n from a_n on."""
    at, counted = Precision(bits), []
    greater = panel._greater
    monkeypatch.setattr(panel, "_greater", lambda *both: counted.append(1) or greater(*both))
    for b, k in (("1/2", "1/7"), ("3", "1/3"), ("0", "2"), ("1/9", "5/4"), ("-2", "0"),
                 ("7/5", "9/5"), ("1/100", "1/50"), ("0", "1/2000"), ("4/3", "1/3"),
                 ("1/5", "1/7")):  # fmt: skip
        counted.clear()
        panel._means(Series([point(b, at)]), Series([point(k, at)]))
        before, term, n = mpmath.mpf(0), mpmath.mpf(1), 0
        while True:
            n += 1
            before, term = term, (real(b) * term - 2 * real(k) * before) / n
            ratio = (abs(real(b)) + 2 * abs(real(k))) / (n + 1)
            most = max(abs(term), abs(before))
            if ratio < 0.5 and 2 * most * ratio / (1 - ratio) < mpmath.mpf(2) ** -bits:
                break
        assert len(counted) == n


def test_the_boxes_hold_the_radii_and_all_of_delta(monkeypatch):
    claim = read_panel(certificate()["statement"], certificate()["evidence"])
    seen = []
    monkeypatch.setattr(panel, "slopes", lambda point, delta: seen.append((point, delta)))
    monkeypatch.setattr(panel, "contracts", lambda *_: True)
    t = Interval.enclosing(AT, Q(-1), Q(-3, 4))
    bounds = [point(0)] * 4
    assert panel._contracts_on(claim, t, bounds)
    ((boxes, delta),) = seen
    assert delta.lo <= claim.delta[0]
    assert delta.hi >= claim.delta[0] + (claim.delta[1] - claim.delta[0]) / 8
    for box, row, radius in zip(boxes, claim.polynomials, claim.radii, strict=True):
        for end in (Q(-1), Q(-3, 4)):
            value = sum(n * end**k for k, n in enumerate(row))
            assert box.lo <= value - radius
            assert value + radius <= box.hi


def test_a_sweep_writes_the_panels_of_its_range(tmp_path):
    folder = tmp_path / "out"
    words = ["sweep", "--delta", "2,3,200", "-o", str(tmp_path / "t.csv")]
    assert main([*words, "--certificates", str(folder)]) == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "panel-1.938-to-2.19.json",
        "panel-2.95-to-3.5.json",
    ]
    told = [panel_certificate(panels()[number]) for number in (3, 6)]
    assert [json.loads((folder / name).read_text(encoding="utf-8")) for name in names] == told
