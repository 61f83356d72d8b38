"""Witnesses of pieces: what the engine writes is proved, what is absent is searched, no more."""

import copy
from fractions import Fraction

import gmpy2
import pytest
from certificate_builder import bare, sealed
from marks import heavy

import bounds
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.memory import MOST_KEPT, remembered
from bounds.certify.checker.normal import two_tails, two_tails_beside
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Rejected
from bounds.checker import check, curve
from bounds.checker import witness as module
from bounds.checker.curve import radius, shift
from bounds.checker.witness import proved_box, read_witness, read_witnesses
from bounds.critical.certificates import (
    eps_cr_certificate,
    family_certificate,
    passage_certificate,
    shape_certificate,
)
from bounds.critical.family import slice_of
from bounds.critical.regimes import REGIMES

AT = Precision(96)
Q = gmpy2.mpq


def point(number):
    return Interval.enclosing(AT, Q(number), Q(number))


def span(low, high):
    return Interval.enclosing(AT, Q(low), Q(high))


@pytest.fixture
def no_search(monkeypatch):
    """How often x was searched for over a range of Δ."""
    searched = []

    def counted(y, delta):
        searched.append(y)
        return curve.radius(y.low, delta.low).hull(curve.radius(y.high, delta.high))

    monkeypatch.setattr("bounds.checker.family.radius_range", counted)
    return searched


@pytest.mark.parametrize(
    "ends",
    [
        heavy(("3", "3.005")),
        ("1.2", "1.2005"),
        ("0.5", "0.505"),
        heavy(("8", "8.001")),
        ("2", "2"),
    ],
)
def test_every_witness_that_is_written_is_proved(ends, no_search):
    certificate = family_certificate([slice_of(*map(Fraction, ends))])
    part = certificate["evidence"]["slices"][0]
    assert len(part["witnesses"]) == len(part["pieces"])
    assert None not in part["witnesses"]
    assert check(certificate).accepted
    assert not no_search
    assert check(bare(certificate), work=60).accepted
    assert bool(no_search) is (ends[0] != ends[1])


@pytest.mark.heavy
def test_those_of_a_passage_and_of_an_eps_cr_too(no_search):
    passage = passage_certificate(bounds.folds(12)[0], REGIMES[0].high, REGIMES[1].low)
    sides = [len(passage["evidence"][side]) for side in ("left", "right")]
    assert len(passage["evidence"]["witnesses"]) == sum(sides)
    assert None not in passage["evidence"]["witnesses"]
    assert check(passage).accepted
    assert len(no_search) == 2  # at the ends of the box
    critical = eps_cr_certificate(bounds.eps_cr("1.2", 12))
    assert len(critical["evidence"]["witnesses"]) == len(critical["evidence"]["pieces"])
    for certificate in (passage, critical):
        assert check(bare(certificate)).accepted


def test_one_that_is_absent_is_searched_for_and_one_that_is_false_is_not():
    certificate = shape_certificate(Fraction(2))
    part = certificate["evidence"]["slices"][0]
    part["witnesses"][3] = None
    assert check(sealed(certificate)).accepted
    for name, end, factor in (("x", 0, 2), ("x", 1, "0.5"), ("g", 0, 2), ("g", 1, "0.5")):
        false = copy.deepcopy(certificate)
        ends = false["evidence"]["slices"][0]["witnesses"][5][name]
        mantissa, _, power = ends[end].partition("*2^")
        number = Fraction(mantissa) * Fraction(2) ** int(power) * Fraction(factor)
        ends[end] = str(number)
        ends.sort(key=lambda text: Fraction(text) if "*" not in text else number + 2 * end - 1)
        verdict = check(sealed(false))
        assert verdict.outcome == "rejected"
        assert verdict.first_failing_piece in (None, "slice 1, piece 6")


def test_where_a_box_is_too_wide_the_piece_is_cut():
    """A witness that is true but says little does no harm."""
    certificate = shape_certificate(Fraction(2))
    for witness in certificate["evidence"]["slices"][0]["witnesses"]:
        witness |= {"x": ["1*2^-400", "90"], "g": ["1*2^-400", "90"]}
    assert check(sealed(certificate), work=60).accepted


@pytest.mark.parametrize(
    "value",
    [[], {}, "x", {"x": ["1", "2"]}, {"x": ["1", "2"], "g": ["2", "1"]}, 0, False,
     {"x": ["0", "2"], "g": ["1", "2"]}, {"x": ["1", "2"], "g": ["-1", "2"]},
     {"x": ["1", "2"], "g": ["0", "2"]},
     {"x": ["1", "2"], "g": ["1", "2"], "y": "1"}],
    ids=str,
)  # fmt: skip
def test_what_is_no_witness_is_refused(value):
    assert read_witness({"x": ["1", "2"], "g": ["1/2", "1"]}) == ((1, 2), (Q(1, 2), 1))
    with pytest.raises(Rejected):
        read_witness(value)


def test_as_many_as_pieces():
    assert read_witnesses(None, 3) == (None,) * 3
    assert read_witnesses([None, None], 2) == (None, None)
    for wrong in ([], [None], [None] * 3, {}):
        with pytest.raises(Rejected):
            read_witnesses(wrong, 2)


@pytest.mark.parametrize(
    "place", [("1/10", "2"), ("1", "6/5"), ("9", "6/5"), ("20", "8"), ("3", "3")]
)
def test_both_forms_of_the_equations_are_strict(place):
    """A witness whose ends are those of x and g is proved, and none that leaves out either."""
    y, delta = map(point, place)
    x, g = radius(y, delta), shift(y, delta)
    wide = [(Q(t.lo) * (1 - Q(1, 2**60)), Q(t.hi) * (1 + Q(1, 2**60))) for t in (x, g)]
    assert proved_box((wide[0], wide[1]), y, delta, delta) is not None
    for number in (0, 1):
        for beside in ((2**-58, 2**-50), (-(2**-50), -(2**-58))):
            ends = list(wide)
            ends[number] = tuple(
                Q(t) * (1 + Q(step)) for t, step in zip(wide[number], beside, strict=True)
            )
            assert proved_box((ends[0], ends[1]), y, delta, delta) is None


def test_each_side_of_a_witness_is_asked_for(monkeypatch):
    """The ends of x and g against their equations, at the places where they are least or most."""
    facts, missing, asked = set(), [None], set()

    def told(*fact):
        assert fact in facts, fact
        asked.add(fact)
        return fact != missing[0]

    def sides(name):
        return lambda t, y, delta: tuple((name, Q(part.lo)) for part in (t, y, delta))

    monkeypatch.setattr(module, "_estimate", sides("x"))
    monkeypatch.setattr(module, "_masses", sides("g"))
    monkeypatch.setattr(module, "_lacks", lambda at: told("less", *at))
    monkeypatch.setattr(module, "_exceeds", lambda at: told("greater", *at))

    def of(side, name, *numbers):
        return (side, *((name, Q(number)) for number in numbers))

    claim = ((Q(1, 8), Q(1, 4)), (Q(1, 2), Q(3, 4)))
    for least, most, central in (("1", "2", "3/2"), ("2", "5", "2"), ("1/2", "1", "1")):
        facts = {
            of("less", "x", "1/8", "1", least), of("greater", "x", "1/4", "3", most),
            of("less", "g", "1/2", "1", least), of("less", "g", "1/2", "1", most),
            of("greater", "g", "3/4", "3", central),
        }  # fmt: skip
        given = (claim, span("1", "3"), point(least), point(most))
        missing[0] = None
        asked.clear()
        x, g = proved_box(*given)
        assert (x.lo, x.hi, g.lo, g.hi) == (Q(1, 8), Q(1, 4), Q(1, 2), Q(3, 4))
        assert asked == facts
        for fact in facts:
            missing[0] = fact
            assert proved_box(*given) is None


def test_what_is_remembered_is_of_the_same_arguments():
    calls = []

    @remembered
    def sum_of(a, b):
        calls.append((a.lo, b.lo))
        return a + b

    one, two, wide = point("1"), point("2"), span("1", "2")
    assert sum_of(one, two).lo == sum_of(one, two).lo == 3
    assert len(calls) == 1
    assert sum_of(one, wide).hi == 3
    assert sum_of(wide, one).lo == 2
    assert sum_of(two, two).lo == 4
    other = Precision(64)
    assert sum_of(one.to(other), two.to(other)).at is other
    for number in range(MOST_KEPT + 1):
        sum_of(one, point(str(number)))
    assert len(AT.memory) <= MOST_KEPT


@pytest.mark.parametrize(
    ("far", "near"), [("9", "3"), ("3", "3"), ("40", "1"), ("4", "-2"), ("60", "59")]
)
def test_the_smaller_term_of_a_sum_is_as_fine_as_the_sum_needs(far, near):
    whole, part = two_tails(point(far)), two_tails_beside(point(far), point(near))
    assert part.lo <= whole.lo
    assert whole.hi <= part.hi
    assert (part.hi - part.lo) <= two_tails(point(near)).hi * 2**-80


@pytest.mark.parametrize("near", ["1", "1e200", "1e390"])
@pytest.mark.parametrize("far", ["1e300", "1e400"])
def test_beyond_all_doubles_the_smaller_term_is_next_to_0(near, far):
    beside = two_tails_beside(point(far), point(near))
    assert beside.lo <= 0 <= beside.hi
    assert beside.hi - beside.lo < Q(1, 10**9)


def test_a_coarser_precision_is_never_below_32_bits():
    assert AT.coarser(10) is AT
    assert [AT.coarser(bits).bits for bits in (31, 32, 63, 64, 10**6, -5)] == [
        96,
        64,
        64,
        32,
        32,
        96,
    ]
    assert AT.coarser(64) is AT.coarser(10**6)
    assert AT.coarser(64).work is AT.work
