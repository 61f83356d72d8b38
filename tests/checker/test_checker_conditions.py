"""What a replay asks for: with any one of these facts left unproved, nothing is accepted.

The functions that prove facts are replaced by a list of what is true, so that each condition is
seen by itself, and quickly.
"""

from dataclasses import replace
from types import SimpleNamespace

import gmpy2
import mpmath
import pytest

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker import eps_cr, passage, root, shape, small_delta
from bounds.checker.alternation import Crossing, Run
from bounds.checker.root import RootClaim
from bounds.checker.shape import ShapeClaim, SliceEvidence

AT = Precision(96)
Q = gmpy2.mpq


def box(low, high=None):
    return Interval.enclosing(AT, Q(low), Q(low if high is None else high))


def span(interval):
    return exact(interval.lo), exact(interval.hi)


def done(steps):
    return list(steps)


class Truth:
    """What is proved: facts, of which one may be left out; others are false."""

    def __init__(self, facts):
        self.facts, self.asked, self.missing = facts, set(), None

    def holds(self, *fact):
        assert fact in self.facts, fact
        self.asked.add(fact)
        return fact != self.missing

    def proves(self, family, mark, y, box=None):
        assert box is None
        low, high = span(family.delta)
        assert family.wide is (low < high)
        return self.holds(mark, *span(y), (low, high))


PIECES = (Run("-", Q(1), Q("3/2")), Run("/", Q("3/2"), Q(2)))
MORE = (Run("\\", Q(3), Q(4)), Run("-", Q(4), Q(5)))
FEW = ("concave", "convex", "concave")
MANY = ("concave", "convex", "concave", "convex", "concave")


def passage_claim(rising):
    shapes = (MANY, FEW) if rising else (FEW, MANY)
    return passage.PassageClaim(
        (Q(1), Q(2)), *shapes, 64, "+", (Q(2), Q(3)), Q("5/2"), PIECES, MORE, (None,) * 4
    )


def passage_truth(monkeypatch, rising):
    whole = (Q(1), Q(2))
    many, few = (Q(1), Q(2)) if rising else (Q(2), Q(1))
    facts = {("start", Q(1), whole), ("end", Q(5), whole)}
    facts |= {(run.mark, run.low, run.high, whole) for run in (*PIECES, *MORE)}
    facts |= {("+", Q(2), Q(2), whole), ("+", Q(3), Q(3), whole)}
    facts |= {("-", Q("5/2"), Q("5/2"), (many, many)), ("+", Q(2), Q(3), (few, few))}
    truth = Truth(facts)
    monkeypatch.setattr(passage, "proves", truth.proves)
    monkeypatch.setattr(shape, "proves", truth.proves)
    monkeypatch.setattr(passage, "everywhere", lambda family, holds: holds(family))
    for name, what in (("negative_up_to", "start"), ("negative_from", "end")):
        monkeypatch.setattr(
            passage, name, lambda y, delta, what=what: truth.holds(what, span(y)[0], span(delta))
        )
    return truth


def rates(monkeypatch, bend, drift):
    def both(y, delta):
        assert span(y) == (2, 3)
        assert span(delta) == (1, 2)
        return bend, drift

    monkeypatch.setattr(passage, "_rates", both)


@pytest.mark.parametrize("rising", [True, False])
def test_every_fact_of_a_passage_is_asked_for(monkeypatch, rising):
    truth = passage_truth(monkeypatch, rising)
    drift = box("1/8") if rising else box("-1/8")
    rates(monkeypatch, box("1/8"), drift)
    claim = passage_claim(rising)
    assert done(passage.replay_passage(claim)) == [(n, 4) for n in (1, 2, 3, 4)]
    assert truth.asked == truth.facts
    for fact in truth.facts:
        truth.missing = fact
        with pytest.raises(Rejected):
            done(passage.replay_passage(claim))
    truth.missing = None
    for before, after in ((FEW, FEW), (MANY, MANY), (claim.after, claim.before)):
        with pytest.raises(Rejected, match="shapes"):
            done(passage.replay_passage(replace(claim, before=before, after=after)))
    for bend, moves in (
        (box("-1/8"), drift), (box(-1, 1), drift), (box(0, 1), drift), (box("1/8"), box(-1, 1)),
        (box("1/8"), box(0)),
    ):  # fmt: skip
        rates(monkeypatch, bend, moves)
        with pytest.raises(Rejected):
            done(passage.replay_passage(claim))

    def too_wide(*_):
        raise Undecided("too wide")

    monkeypatch.setattr(passage, "_rates", too_wide)
    with pytest.raises(Rejected, match="too wide"):
        done(passage.replay_passage(claim))


def test_a_passage_below(monkeypatch):
    """The same with the other sign: K < 0 at both ends of the box, and turns upward inside."""
    whole = (Q(1), Q(2))
    left, right = (Run("-", Q(1), Q(2)),), (Run("-", Q(3), Q(5)),)
    facts = {("start", Q(1), whole), ("end", Q(5), whole)}
    facts |= {(run.mark, run.low, run.high, whole) for run in (*left, *right)}
    facts |= {("-", Q(2), Q(2), whole), ("-", Q(3), Q(3), whole)}
    facts |= {("+", Q("5/2"), Q("5/2"), (Q(1), Q(1))), ("-", Q(2), Q(3), (Q(2), Q(2)))}
    truth = passage_truth(monkeypatch, rising=True)
    truth.facts = facts
    rates(monkeypatch, box("-1/8"), box("-1/8"))  # of K, so that those of −K are positive
    claim = passage.PassageClaim(
        whole, FEW, ("concave",), 64, "-", (Q(2), Q(3)), Q("5/2"), left, right, (None,) * 2
    )
    done(passage.replay_passage(claim))
    assert truth.asked == facts
    for bend, drift in (("1/8", "-1/8"), ("-1/8", "1/8")):
        rates(monkeypatch, box(bend), box(drift))
        with pytest.raises((Rejected, AssertionError)):
            done(passage.replay_passage(claim))


STATEMENT = {"delta": ["1", "2"], "before": list(MANY), "after": list(FEW), "text": ""}
EVIDENCE = {
    "bits": 64, "sign": "+", "box": ["2", "3"], "dip": "5/2",
    "left": [["1", "3/2", "-"], ["3/2", "2", "/"]], "right": [["3", "4", "\\"], ["4", "5", "-"]],
}  # fmt: skip


def test_a_passage_is_read_as_it_is_written():
    assert passage.read_passage(STATEMENT, EVIDENCE) == passage_claim(rising=True)
    for dip in ("2", "3"):
        assert passage.read_passage(STATEMENT, {**EVIDENCE, "dip": dip}).dip == Q(dip)


@pytest.mark.parametrize(
    "altered",
    [{"left": []}, {"right": []}, {"box": ["1", "3"]}, {"box": ["2", "4"]}, {"dip": "1"},
     {"dip": "4"}, {"sign": "/"}, {"bits": 0}, {"box": ["5/2", "3"]}, {"box": ["2", "5/2"]},
     {"left": [["1", "3/2", "-"], ["7/4", "2", "/"]]}, {"left": [["1", "7/4", "-"]]},
     {"right": [["3", "4", "\\"], ["9/2", "5", "-"]]}, {"right": [["7/2", "5", "-"]]}],
    ids=str,
)  # fmt: skip
def test_a_passage_with_a_gap_is_refused(altered):
    with pytest.raises(Rejected):
        passage.read_passage(STATEMENT, {**EVIDENCE, **altered})


def test_a_passage_at_one_delta_is_refused():
    with pytest.raises(Rejected):
        passage.read_passage({**STATEMENT, "delta": ["1", "1"]}, EVIDENCE)


# Shapes

RUNS = (Run("/", Q(1), Q(2)), Run("+", Q(2), Q(3)), Run("\\", Q(3), Q(4)), Run("-", Q(4), Q(5)))
TURNS = (Crossing(Q(1), Q(2), to_convex=True), Crossing(Q(3), Q(4), to_convex=False))


def shape_truth(monkeypatch, *ranges):
    facts = set()
    for delta in ranges:
        facts |= {("start", Q(1), delta), ("end", Q(5), delta)}
        facts |= {(run.mark, run.low, run.high, delta) for run in RUNS}
    truth = Truth(facts)
    monkeypatch.setattr(shape, "proves", truth.proves)
    monkeypatch.setattr(shape, "everywhere", lambda family, holds: holds(family))
    for name, what in (("negative_up_to", "start"), ("negative_from", "end")):
        monkeypatch.setattr(
            shape, name, lambda y, delta, what=what: truth.holds(what, span(y)[0], span(delta))
        )
    return truth


def test_every_fact_of_a_shape_is_asked_for(monkeypatch):
    ranges = ((Q(1), Q(2)), (Q(2), Q(3)))
    truth = shape_truth(monkeypatch, *ranges)
    slices = tuple(SliceEvidence(delta, RUNS, TURNS, (None,) * 4) for delta in ranges)
    claim = ShapeClaim((Q(1), Q(3)), FEW, 64, slices)
    assert done(shape.replay_shape(claim)) == [(n, 8) for n in range(1, 9)]
    assert truth.asked == truth.facts
    for fact in truth.facts:
        truth.missing = fact
        with pytest.raises(Rejected):
            done(shape.replay_shape(claim))
    truth.missing = None
    for crossings in ((), TURNS[:1], TURNS[1:], TURNS[::-1], (*TURNS, *TURNS)):
        altered = (slices[0], replace(slices[1], crossings=crossings))
        with pytest.raises(Rejected):
            done(shape.replay_shape(replace(claim, slices=altered)))
    for stretches in (("concave",), MANY, FEW[1:]):
        with pytest.raises(Rejected):
            done(shape.replay_shape(replace(claim, shape=stretches)))
    elsewhere = replace(slices[0], crossings=(replace(TURNS[0], high=Q(3)), TURNS[1]))
    with pytest.raises(Rejected):
        done(shape.replay_shape(replace(claim, slices=(elsewhere, slices[1]))))


class Fake:
    """A family in which a mark shows on boxes that are narrow enough, and not at some place."""

    def __init__(self, low, high, seen, *, wide, hole=None, most=0.3):
        self.delta, self.wide = box(low, high), wide
        self.ends, self.seen, self.hole, self.most = (low, high), seen, hole, most

    @property
    def halves(self):
        middle = (self.ends[0] + self.ends[1]) / 2
        return tuple(
            Fake(*ends, self.seen, wide=True, hole=self.hole, most=self.most)
            for ends in ((self.ends[0], middle), (middle, self.ends[1]))
        )

    def station(self, y):
        return y

    def shows(self, mark, left, right, box):
        assert mark == "+"
        assert box is None
        low, high = float(left.lo), float(right.hi)
        if high - low > 1:
            raise Undecided("too wide")
        if high - low > self.most or float(self.ends[1] - self.ends[0]) > self.most:
            return False
        if (
            self.hole
            and low <= self.hole[0] <= high
            and self.ends[0] <= self.hole[1] <= self.ends[1]
        ):
            return False
        self.seen.append((low, high, *map(float, self.ends)))
        return True


@pytest.mark.parametrize("wide", [True, False])
def test_a_mark_is_proved_on_all_parts_or_not_at_all(wide):
    ends = (Q(1), Q(2)) if wide else (Q(1), Q(1))
    seen = []
    assert shape.proves(Fake(*ends, seen, wide=wide), "+", box(1, 4))
    for y in (1, 1.3, 2, 2.7, 3.99, 4):
        for delta in (1, 1.2, 1.5, 1.8, 2) if wide else (1,):
            assert any(a <= y <= b and c <= delta <= d for a, b, c, d in seen)
    for y in (1, 1.7, 4):
        for delta in (Q(1), Q("8/5"), Q(2)) if wide else (Q(1),):
            assert not shape.proves(Fake(*ends, [], wide=wide, hole=(y, delta)), "+", box(1, 4))
    assert not shape.proves(Fake(*ends, [], wide=wide), "+", box(1, 4), cuts=2)


def test_a_statement_holds_everywhere_or_not_at_all():
    def small(hole=None):
        def holds(family):
            low, high = family.ends
            if high - low > Q("1/2"):
                raise Undecided("too wide")
            seen.append((low, high))
            return high - low < Q("1/3") and not (hole and low <= hole <= high)

        return holds

    seen = []
    family = Fake(Q(1), Q(2), [], wide=True)
    assert shape.everywhere(family, small())
    for delta in (1, Q("5/4"), Q("3/2"), Q("9/5"), 2):
        assert any(low <= delta <= high and high - low < Q("1/3") for low, high in seen)
        assert not shape.everywhere(family, small(delta))
    assert not shape.everywhere(Fake(Q(1), Q(2), [], wide=False), small())
    assert not shape.everywhere(family, small(), cuts=1)


@pytest.mark.parametrize(
    ("ends", "slices"),
    [(["1", "3"], [["1", "2"]]), (["1", "3"], [["1", "2"], ["5/2", "3"]]), (["1", "3"], []),
     (["1", "3"], [["1", "2"], ["2", "2"], ["2", "3"]]), (["1", "1/2"], [["1", "1/2"]]),
     (["0", "1"], [["0", "1"]]), (["1", "1001"], [["1", "1001"]])],
)  # fmt: skip
def test_slices_that_are_not_the_range_are_refused(ends, slices):
    def evidence(delta):
        pieces = [["1", "2", "/"], ["2", "3", "+"], ["3", "4", "\\"], ["4", "5", "-"]]
        return {"delta": delta, "start": "1", "end": "5", "pieces": pieces, "crossings": []}

    statement = {"delta": ends, "shape": ["concave"], "text": ""}
    good = {"bits": 64, "slices": [evidence(["1", "2"]), evidence(["2", "3"])]}
    assert shape.read_shape({**statement, "delta": ["1", "3"]}, good).delta == (1, 3)
    with pytest.raises(Rejected):
        shape.read_shape(statement, {"bits": 64, "slices": [*map(evidence, slices)]})


@pytest.mark.parametrize("ends", [("1/1000", "1000"), ("1", "1")])
def test_delta_at_the_ends_of_its_reach(ends):
    assert shape.read_delta_range(list(ends)) == (Q(ends[0]), Q(ends[1]))


@pytest.mark.parametrize(
    "piece", [["0", "1", "+"], ["-1", "1", "+"], ["1", "1", "+"], ["2", "1", "+"], ["1", "2", "x"],
              ["1", "2"], ["1", "2", "+", "+"], "12+"],
)  # fmt: skip
def test_what_is_no_piece_is_refused(piece):
    assert shape.read_piece(["1", "2", "+"]) == Run("+", Q(1), Q(2))
    with pytest.raises(Rejected):
        shape.read_piece(piece)


# Small Δ


def test_every_fact_for_small_delta_is_asked_for(monkeypatch):
    places = (Q(1), Q(2), Q(4))
    facts = {("start", Q(1)), (Q(1), Q(2)), (Q(2), Q(4))}
    truth = Truth(facts)

    def negative(low, high, top):
        assert span(top) == (Q("1/64"), Q("1/64"))
        return truth.holds(span(low)[0], span(high)[0])

    monkeypatch.setattr(small_delta, "_negative", negative)
    monkeypatch.setattr(
        small_delta,
        "negative_up_to",
        lambda y, top: truth.holds("start", span(y)[0]),  # noqa: ARG005
    )
    claim = small_delta.SmallDeltaClaim(Q("1/64"), 64, places)
    assert done(small_delta.replay_small_delta(claim)) == [(1, 2), (2, 2)]
    assert truth.asked == facts
    for fact in facts:
        truth.missing = fact
        with pytest.raises(Rejected, match="concavity for small Delta is not proved"):
            done(small_delta.replay_small_delta(claim))
    truth.missing = None
    monkeypatch.setattr(small_delta, "_outweighs", lambda *_: False)
    with pytest.raises(Rejected):
        done(small_delta.replay_small_delta(claim))


@pytest.mark.parametrize(
    ("delta", "places"),
    [("0", ["1", "2"]), ("-1", ["1", "2"]), ("1", ["1", "4"]), ("1/2", ["1"]), ("1/2", []),
     ("1/4", ["1", "1"]), ("1/4", ["2", "1"]), ("1/4", ["1", "3", "2"])],
)  # fmt: skip
def test_places_that_do_not_go_up_are_refused(delta, places):
    evidence = {"bits": 64, "places": ["1", "2", "3"]}
    assert small_delta.read_small_delta({"delta": "1/2", "text": ""}, evidence).delta == Q("1/2")
    with pytest.raises(Rejected):
        small_delta.read_small_delta({"delta": delta, "text": ""}, {"bits": 64, "places": places})


@pytest.mark.parametrize(
    ("top", "last"), [("1/64", "1/2"), ("1", "3"), ("2", "5"), ("1/64", "17/16")]
)
def test_the_last_term_has_to_grow_beyond_the_last_place(monkeypatch, top, last):
    """y - 3 top > 1/y, g < 1 and x < 1: each is asked for where the rest is granted."""
    monkeypatch.setattr(small_delta, "_negative", lambda *_: True)
    monkeypatch.setattr(small_delta, "negative_up_to", lambda *_: True)
    monkeypatch.setattr(small_delta, "_outweighs", lambda *_: True)
    claim = small_delta.SmallDeltaClaim(Q(top), 64, (Q("1/4"), Q(last)))
    grows = Q(last) - 3 * Q(top) > 1 / Q(last) and top == "1/64"
    if grows:
        done(small_delta.replay_small_delta(claim))
    else:
        with pytest.raises(Rejected):
            done(small_delta.replay_small_delta(claim))


def accepted(claim):
    try:
        done(small_delta.replay_small_delta(claim))
    except Rejected:
        return False
    return True


def test_small_is_where_x_stays_below_1_and_the_last_term_grows(monkeypatch):
    for name in ("_negative", "negative_up_to", "_outweighs"):
        monkeypatch.setattr(small_delta, name, lambda *_: True)
    near = mpmath.mpf(10) ** -9

    def of(number):
        return Q(mpmath.nstr(number, 20))

    with mpmath.workdps(30):
        edge = mpmath.findroot(lambda t: 2 * t * mpmath.exp(t * t / 2) - 1, 0.45)
        for top, good in ((edge - near, True), (edge + near, False)):
            claim = small_delta.SmallDeltaClaim(of(top), 96, (Q(1), Q(9)))
            assert accepted(claim) is good
        edge = mpmath.findroot(lambda y: y * (y - 3 * mpmath.mpf("0.25")) - 1, 1.4)
        for last, good in ((edge - near, False), (edge + near, True)):
            claim = small_delta.SmallDeltaClaim(Q("1/4"), 96, (Q("1/2"), of(last)))
            assert accepted(claim) is good


def test_beyond_the_last_place_the_last_term_is_what_counts(monkeypatch):
    seen = []
    monkeypatch.setattr(small_delta, "_negative", lambda *_: True)
    monkeypatch.setattr(small_delta, "negative_up_to", lambda *_: True)
    monkeypatch.setattr(small_delta, "_outweighs", lambda pull, y: seen.append((pull, y)) or True)
    done(
        small_delta.replay_small_delta(
            small_delta.SmallDeltaClaim(Q("1/4"), 96, (Q(1), Q(2), Q(3)))
        )
    )
    (pull, y) = seen[-1]
    assert span(y) == (3, 3)
    with mpmath.workdps(30):
        wanted = mpmath.exp(mpmath.mpf(3) * (mpmath.mpf(3) / 2 - mpmath.mpf(3) / 4)) / 3
        assert abs(mpmath.mpf(str(pull.lo)) - wanted) < mpmath.mpf(10) ** -20


# Roots


class System:
    """Stands in for the system: images and a slope that are given."""

    def __init__(self, images, eps, rise):
        self.images, self.found, self.rise, self.boxes = list(images), eps, rise, []

    def image(self, sides):
        self.boxes.append([span(side) for side in sides])
        return self.images.pop(0)

    def eps(self, _):
        return self.found[len(self.boxes) - 1]

    def slope_along_curve(self, _):
        return self.rise


SIDES = ((Q(1), Q(2)), (Q(3), Q(4)), (Q(5), Q(6)))
INNER = [box("5/4", "7/4"), box("13/4", "15/4"), box("21/4", "23/4")]
NARROW = [box("3/2"), box("7/2"), box("11/2")]


def proved(monkeypatch, images=(INNER, NARROW), eps=("1/4",), rise="1/8", turn="concave to convex"):
    ends = [box(*pair) if isinstance(pair, tuple) else box(pair) for pair in eps]
    system = System(images, ends, box(*rise) if isinstance(rise, tuple) else box(rise))
    monkeypatch.setattr(root, "InflectionSystem", lambda delta: system)  # noqa: ARG005
    claim = RootClaim(Q(2), turn, (Q("1/8"), Q("1/2")), 64, SIDES)
    found = root.prove_root(claim)
    assert system.boxes[0] == [*SIDES]
    return found


def test_a_root_that_is_proved(monkeypatch):
    assert proved(monkeypatch) is INNER
    assert proved(monkeypatch, eps=((Q(0), Q("1/4")), "1/4")) is NARROW
    assert proved(monkeypatch, rise="-1/8", turn="convex to concave") is INNER
    assert proved(monkeypatch, eps=((Q("1/8"), Q("1/2")),)) is INNER


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("side", [0, 1])
def test_every_side_of_the_image_lies_inside(monkeypatch, which, side):
    low, high = SIDES[which]
    near, far = low + Q("1/4"), high - Q("1/4")
    outside = [(low, far), (low - 1, far)] if side == 0 else [(near, high), (near, high + 1)]
    for out in outside:
        image = list(INNER)
        image[which] = box(*out)
        with pytest.raises(Rejected, match="exactly one root"):
            proved(monkeypatch, images=(image, NARROW))


@pytest.mark.parametrize(
    "altered",
    [{"eps": ((Q(0), Q("1/4")), (Q(0), Q("1/4")))}, {"eps": ("3/4", "3/4")},
     {"eps": ((Q("1/4"), Q(1)), (Q("1/4"), Q(1)))}, {"rise": "-1/8"}, {"rise": (Q(-1), Q(1))},
     {"rise": (Q(0), Q(1))}, {"rise": "1/8", "turn": "convex to concave"},
     {"rise": (Q(-1), Q(0)), "turn": "convex to concave"}],
    ids=str,
)  # fmt: skip
def test_what_a_root_needs(monkeypatch, altered):
    with pytest.raises(Rejected):
        proved(monkeypatch, **altered)


@pytest.mark.parametrize("which", "xyg")
def test_the_box_of_a_root_is_one_of_positive_numbers(which):
    sides = {"x": ["1", "2"], "y": ["3", "4"], "g": ["5", "6"]}
    assert root.read_box(sides) == SIDES
    for low in ("0", "-1"):
        with pytest.raises(Rejected):
            root.read_box({**sides, which: [low, "9"]})


# ε_cr


@pytest.mark.parametrize(("y", "good"), [((1, 2), True), (("5/4", "3/2"), True), ((1, 3), False),
                                         (("1/2", 2), False), ((3, 4), False)])  # fmt: skip
def test_the_root_of_eps_cr_lies_in_the_first_crossing(monkeypatch, y, good):
    part = SliceEvidence((Q(2), Q(2)), RUNS, TURNS, (None,) * 4)
    claim = eps_cr.CriticalClaim(ShapeClaim((Q(2), Q(2)), FEW, 64, (part,)), SimpleNamespace())
    asked = []
    monkeypatch.setattr(
        eps_cr, "replay_shape", lambda shape, _: asked.append(shape) or iter([(1, 1)])
    )
    monkeypatch.setattr(eps_cr, "prove_root", lambda *_: [None, box(*y), None])
    if good:
        assert done(eps_cr.replay_eps_cr(claim)) == [(1, 1)]
        assert asked == [claim.shape]
        return
    with pytest.raises(Rejected, match="first turn"):
        done(eps_cr.replay_eps_cr(claim))


def test_without_a_crossing_there_is_no_eps_cr():
    part = SliceEvidence((Q(2), Q(2)), RUNS, (), (None,) * 4)
    claim = eps_cr.CriticalClaim(ShapeClaim((Q(2), Q(2)), FEW, 64, (part,)), SimpleNamespace())
    with pytest.raises(Rejected, match="no turn"):
        done(eps_cr.replay_eps_cr(claim))
