"""What the replays for ranges of Δ and for all sets ask for: with one fact left out, nothing holds.

As in `test_checker_conditions`, the functions that prove facts are replaced by a list of what is
true; what is read is refused unless it is what such a replay is for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import gmpy2
import pytest

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker import any_set, critical_slices, large_delta, panel
from bounds.checker.alternation import Run

AT = Precision(96)
Q = gmpy2.mpq
LAST = Q(15, 8)


def box(low, high=None):
    return Interval.enclosing(AT, Q(low), Q(low if high is None else high))


def span(interval):
    return exact(interval.lo), exact(interval.hi)


class Truth:
    """Facts, of which one may be left out: then it is not proved, or cannot be decided."""

    def __init__(self, facts):
        self.facts, self.asked, self.missing, self.loud = set(facts), set(), None, False

    def holds(self, *fact):
        assert fact in self.facts, fact
        self.asked.add(fact)
        if fact == self.missing and self.loud:
            raise Undecided("not decided")
        return fact != self.missing

    def value(self, *fact):
        """Above 0 where the fact holds; 0 is among what it may be where not."""
        return box("1/8") if self.holds(*fact) else box("0", "1/8")


def each_is_asked(truth, replay):
    """All facts are asked for, and each has to hold."""
    told = [*replay()]
    assert truth.asked == truth.facts
    for truth.loud in (False, True):
        for fact in truth.facts:
            truth.missing = fact
            with pytest.raises(Rejected):
                list(replay())
    truth.missing = None
    return told


class Fake:
    """A region at whose places a list of facts tells the sign of K̂."""

    def __init__(self, truth, delta):
        self.near, self.delta, self.truth = box(delta[0]), delta, truth

    def point(self, number):
        return box(number)

    def radius(self, v):
        return v

    def doubled_integral(self, u):
        return box("1/4", "1/2") if self.truth.holds("mass", *span(u), self.delta) else box(1)

    def along(self, v):
        assert v.lo == v.hi
        place = exact(v.lo)
        if ("after", place, self.delta) in self.truth.facts:
            return self.truth.value("after", place, self.delta), None
        return -self.truth.value("before", place, self.delta), None


@contextmanager
def told_by(monkeypatch, module, truth) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(module, "region_of", lambda delta, *_: Fake(truth, delta))
        patched.setattr(
            module, "negative_near_zero",
            lambda v, region: truth.holds("near 0", *span(v), region.delta),
        )  # fmt: skip
        patched.setattr(
            module, "shows",
            lambda mark, low, high, region: truth.holds(mark, low, high, region.delta),
        )  # fmt: skip
        yield


# Slices of Δ

RANGES = ((Q(2), Q(3)), (Q(3), Q(4)), (Q(4), None))
SLICES = tuple(
    critical_slices.CriticalSlice(delta, (Q(1) + n % 2, Q(3) + n % 2), (Q(1, 4), Q(1, 2)))
    for n, delta in enumerate(RANGES)
)
CLAIM = critical_slices.SlicesClaim(SLICES, 64, Q(1, 4), Q(1, 2))


def test_every_fact_of_slices_is_asked_for(monkeypatch):
    everywhere = (Q(2), None)
    facts = {
        ("near 0", Q(1, 4), Q(1, 4), everywhere),
        ("-", Q(1, 4), Q(1, 2), everywhere),
        ("/", Q(1, 2), Q(4), everywhere),
    }
    for part in SLICES:
        facts |= {("before", part.v[0], part.delta), ("after", part.v[1], part.delta)}
        facts |= {("mass", *part.v, part.delta)}
    truth = Truth(facts)
    with told_by(monkeypatch, critical_slices, truth):
        told = each_is_asked(truth, lambda: critical_slices.replay_slices(CLAIM))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("mass", [("0", "1/2"), ("1/4", "1"), ("1/4", "1/2")])
def test_the_mass_of_a_slice_may_reach_its_ends_and_no_farther(monkeypatch, mass):
    truth = Truth([])
    monkeypatch.setattr(truth, "holds", lambda *_: True)
    truth.facts = {("after", Q(3), (Q(2), Q(3)))}
    monkeypatch.setattr(Fake, "doubled_integral", lambda *_: box(*mass))
    with told_by(monkeypatch, critical_slices, truth):
        found = critical_slices._turns_within(SLICES[0], 64, AT.work)
    assert found is (mass == ("1/4", "1/2"))


STATEMENT = {
    "text": "",
    "slices": [
        {"delta": ["2", "3"], "v": ["1", "3"], "mass": ["1/4", "1/2"]},
        {"delta": ["3", "4"], "v": ["2", "4"], "mass": ["1/4", "1/2"]},
        {"delta": ["4", None], "v": ["1", "3"], "mass": ["1/4", "1/2"]},
    ],
}
EVIDENCE = {"bits": 64, "start": "1/4", "turn": "1/2"}


def altered(number, **fields):
    slices = [dict(part) for part in STATEMENT["slices"]]
    slices[number] |= fields
    return {**STATEMENT, "slices": slices}


def test_slices_are_read_as_they_are_written():
    assert critical_slices.read_slices(STATEMENT, EVIDENCE) == CLAIM
    many = [{**STATEMENT["slices"][0], "delta": [str(2 + n), str(3 + n)]} for n in range(998)]
    assert critical_slices.read_slices({"text": "", "slices": many}, EVIDENCE)
    for one in ({"delta": ["2", "2"]}, {"delta": ["2"]}):
        with pytest.raises(Rejected):
            critical_slices.read_slices({"text": "", "slices": [{**many[0], **one}]}, EVIDENCE)


@pytest.mark.parametrize(
    "statement",
    [{**STATEMENT, "slices": []}, {**STATEMENT, "slices": STATEMENT["slices"][::2]},
     altered(0, delta=["2", None]), altered(1, delta=["3", "3"]), altered(0, delta=["3", "3"]),
     altered(2, delta=["4", "4"]), altered(1, delta=["3", None]), altered(2, delta=["5", None]),
     altered(0, delta=["2", "5/2"]), altered(0, delta=["2", "7/2"]), altered(1, v=["1/2", "4"]),
     altered(2, v=["1/4", "4"]), altered(0, v=["2", "2"]), altered(0, v=["3", "2"]),
     altered(0, mass=["1/2", "1/4"]), altered(2, delta=["4"]), altered(2, delta=[None, None]),
     altered(0, delta=["0", "3"]), altered(2, delta={"from": "4", "to": None})],
    ids=str,
)  # fmt: skip
def test_slices_that_leave_a_gap_are_refused(statement):
    with pytest.raises(Rejected):
        critical_slices.read_slices(statement, EVIDENCE)


@pytest.mark.parametrize("evidence", [{"start": "0"}, {"start": "-1"}, {"start": "1/2"},
                                      {"turn": "1/4"}, {"turn": "1"}, {"bits": 0}])  # fmt: skip
def test_places_of_slices_out_of_order_are_refused(evidence):
    with pytest.raises(Rejected):
        critical_slices.read_slices(STATEMENT, {**EVIDENCE, **evidence})


def test_no_more_slices_than_there_may_be():
    def of(count):
        return [(Q(n), Q(n + 1)) for n in range(1, count + 1)]

    critical_slices.require_ranges(of(critical_slices.MOST_SLICES))
    with pytest.raises(Rejected):
        critical_slices.require_ranges(of(critical_slices.MOST_SLICES + 1))


def test_what_is_told_of_slices_is_their_hull():
    masses = ((Q(1, 4), Q(1, 2)), (Q(1, 5), Q(1, 3)), (Q(1, 3), Q(3, 5)))
    slices = tuple(replace(part, mass=mass) for part, mass in zip(SLICES, masses, strict=True))
    told = critical_slices._told(replace(CLAIM, slices=slices))
    assert told.startswith("for every Delta from 2 on the loss")
    assert "lies in [1/5, 3/5], and in each of 3 slices" in told
    told = critical_slices._told(replace(CLAIM, slices=slices[1:2]))
    assert told.startswith("for every Delta from 3 to 4 the loss")
    assert "lies in [1/5, 1/3] (what" in told
    assert "in each of 2 slices" in critical_slices._told(replace(CLAIM, slices=slices[:2]))


def test_a_region_is_that_of_its_delta():
    region = critical_slices.region_of((Q(2), Q(3)), 64, None)
    assert (span(region.near), span(region.far)) == ((2, 2), (3, 3))
    assert critical_slices.region_of((Q(2), None), 64, None).far is None
    far, near = (critical_slices.region_of((Q(1), end), 64, None).near.at.bits for end in (999, 2))
    assert far >= near + 16


class Narrow:
    """A region on which a mark shows on pieces of at most 1/8, and nowhere around some place."""

    def __init__(self, good, bad, hole=None):
        self.good, self.bad, self.hole, self.seen = good, bad, hole, []

    def point(self, number):
        return box(number)

    def along(self, v):
        low, high = span(v)
        if high - low > Q(1, 2):
            raise Undecided("too wide")
        narrow = high - low <= Q(1, 8) and not (self.hole and low <= self.hole <= high)
        if narrow:
            self.seen.append((low, high))
        return self.good if narrow else self.bad


@pytest.mark.parametrize(
    ("mark", "good", "bad"),
    [("-", (("-2", "-1/9"), ("-1", "1")), (("-1", "0"), ("1", "2"))),
     ("+", (("1/9", "2"), ("-1", "1")), (("0", "1"), ("1", "2"))),
     ("/", (("-1", "1"), ("1/9", "2")), (("1", "2"), ("0", "1"))),
     ("\\", (("-1", "1"), ("-2", "-1/9")), (("1", "2"), ("-1", "0")))],
)  # fmt: skip
def test_a_mark_on_a_range_of_v_is_proved_on_all_parts(mark, good, bad):
    good, bad = ([box(*ends) for ends in both] for both in (good, bad))
    region = Narrow(good, bad)
    assert critical_slices.shows(mark, Q(1), Q(2), region)
    assert sorted(region.seen) == [(1 + Q(n, 8), 1 + Q(n + 1, 8)) for n in range(8)]
    for place in (Q(1), Q(11, 8), Q("1.93"), Q(2)):
        assert not critical_slices.shows(mark, Q(1), Q(2), Narrow(good, bad, place), cuts=5)
    assert not critical_slices.shows(mark, Q(1), Q(2), Narrow(good, bad), cuts=2)


# All Δ from one on

PIECES = (Run("-", Q(1, 4), Q(1, 2)), Run("/", Q(1, 2), Q(1)), Run("+", Q(1), LAST))


def test_every_fact_for_large_delta_is_asked_for(monkeypatch):
    everywhere = (Q(4), None)
    facts = {(run.mark, run.low, run.high, everywhere) for run in PIECES}
    facts |= {("near 0", Q(1, 4), Q(1, 4), everywhere), ("after", LAST, everywhere)}
    facts |= {("inequality", name) for name in "abc"}
    truth = Truth(facts)
    monkeypatch.setattr(
        large_delta, "_inequalities",
        lambda _: {name: lambda name=name: truth.holds("inequality", name) for name in "abc"},
    )  # fmt: skip
    claim = large_delta.LargeDeltaClaim(Q(4), 64, PIECES)
    with told_by(monkeypatch, large_delta, truth):
        told = each_is_asked(truth, lambda: large_delta.replay_large_delta(claim))
        assert told == [(1, 3), (2, 3), (3, 3)]
        for marks in ("-++", "---", "+++", "///", "--/", "/\\/"):
            pieces = tuple(replace(run, mark=m) for run, m in zip(PIECES, marks, strict=True))
            truth.facts |= {(run.mark, run.low, run.high, everywhere) for run in pieces}
            shape = replace(claim, pieces=pieces)
            if marks in ("///", "--/"):
                list(large_delta.replay_large_delta(shape))
                continue
            with pytest.raises(Rejected):
                list(large_delta.replay_large_delta(shape))
        # three turns, each proved, are not the shape
        ends = [Q(n, 4) for n in range(1, 8)] + [LAST]
        turns = zip("-/+\\-/+", pairwise(ends), strict=True)
        pieces = tuple(Run(mark, low, high) for mark, (low, high) in turns)
        truth.facts |= {(run.mark, run.low, run.high, everywhere) for run in pieces}
        with pytest.raises(Rejected):
            list(large_delta.replay_large_delta(replace(claim, pieces=pieces)))


ALL_MARKS = [["1/4", "1/2", "-"], ["1/2", "1", "/"], ["1", "15/8", "+"]]


@pytest.mark.parametrize(
    ("delta", "pieces"),
    [("4", []), ("4", ALL_MARKS[:2]), ("4", ALL_MARKS[::2]), ("4", [["1", "2", "+"]]),
     ("4", [["1", "7/4", "+"]]), ("3.999", ALL_MARKS), ("1001", ALL_MARKS), ("4", ["1"]),
     ("4", [*ALL_MARKS, ["15/8", "2", "+"]])],
)  # fmt: skip
def test_what_is_no_claim_for_large_delta_is_refused(delta, pieces):
    good = large_delta.read_large_delta(
        {"delta": "4", "text": ""}, {"bits": 9, "pieces": ALL_MARKS}
    )
    assert good == large_delta.LargeDeltaClaim(Q(4), 9, PIECES)
    with pytest.raises(Rejected):
        large_delta.read_large_delta({"delta": delta, "text": ""}, {"bits": 64, "pieces": pieces})


def test_no_more_pieces_than_there_may_be():
    def of(count):
        ends = [LAST * (n + 1) / (count + 1) for n in range(count + 1)]
        pieces = [[str(a), str(b), "-"] for a, b in pairwise(ends)]
        return large_delta.read_large_delta(
            {"delta": "4", "text": ""}, {"bits": 64, "pieces": pieces}
        )

    assert len(of(large_delta._MOST_PIECES).pieces) == 1000
    with pytest.raises(Rejected):
        of(large_delta._MOST_PIECES + 1)


# All sets


class Sets:
    """Stands in for the inequalities: a list of facts."""

    def __init__(self, truth, ratio, at):
        assert ratio == Q("0.66")
        self.truth, self.at = truth, at

    near, small = "near", "small"

    def conditions(self, separation):
        assert separation == Q("0.93")
        return {name: lambda name=name: self.truth.holds("condition", name) for name in "ab"}

    def on_pieces(self, holds, low, high):
        return self.truth.holds(holds, low, high)

    def box(self, box, scale):
        return self.truth.holds(*box, scale)


SEAM = Q(21, 20)


def test_every_fact_about_sets_is_asked_for(monkeypatch):
    middle, half = (SEAM + 5) / 2, Q(5, 2)
    facts = {("condition", name) for name in "ab"}
    facts |= {("near", Q(2, 5), Q(5, 2)), ("small", Q(2, 5), Q(3, 4))}
    facts |= {(SEAM, middle, Q(0), half, None), (SEAM, middle, half, Q(5), Q(1, 2))}
    facts |= {(middle, Q(5), Q(0), Q(5), Q(2))}
    truth = Truth(facts)
    monkeypatch.setattr(any_set, "Inequalities", lambda *given: Sets(truth, *given))
    claim = any_set.AnySetClaim(Q("0.66"), Q("0.93"), 64, ("a", "w", ".", Q(1, 2), Q(2)))
    told = each_is_asked(truth, lambda: any_set.replay_any_set(claim))
    assert told == [(n, 5) for n in range(1, 6)]
    for boxes in (claim.boxes[:-1], (*claim.boxes, "."), ("a",), ()):
        with pytest.raises((Rejected, AssertionError)):
            list(any_set.replay_any_set(replace(claim, boxes=boxes)))
    # what does not fall to this process is left to the others, and counted
    truth.missing = (SEAM, middle, half, Q(5), Q(1, 2))
    shared = Precision(64).work
    shared.share = (0, 1)
    monkeypatch.setattr(type(shared), "mine", lambda _, number: number != 4)
    assert [*any_set.replay_any_set(claim)] == told


SAID = {"ratio": "0.66", "separation": "0.93", "text": ""}


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [({"ratio": "0"}, {}), ({"ratio": "-1"}, {}), ({"separation": "0"}, {}),
     ({"separation": "-1"}, {}), ({}, {"bits": 0}), ({}, {"boxes": ["x"]}), ({}, {"boxes": ["0"]}),
     ({}, {"boxes": ["-1"]}), ({}, {"boxes": [1]}), ({}, {"boxes": "a"})],
    ids=str,
)  # fmt: skip
def test_what_is_no_claim_about_sets_is_refused(statement, evidence):
    good = {"bits": 64, "boxes": ["a", "w", ".", "1/2", "2"]}
    claim = any_set.AnySetClaim(Q("0.66"), Q("0.93"), 64, ("a", "w", ".", Q(1, 2), Q(2)))
    assert any_set.read_any_set(SAID, good) == claim
    with pytest.raises(Rejected):
        any_set.read_any_set({**SAID, **statement}, {**good, **evidence})


def test_no_more_boxes_than_there_may_be():
    most = any_set._MOST_BOXES
    any_set.read_any_set(SAID, {"bits": 64, "boxes": ["."] * most})
    with pytest.raises(Rejected):
        any_set.read_any_set(SAID, {"bits": 64, "boxes": ["."] * (most + 1)})


def test_an_inequality_on_a_range_holds_on_all_parts_or_not_at_all():
    proof = any_set.Inequalities(Q(1), AT)

    def narrow(hole=None):
        def holds(low, high):
            fine = high - low <= Q(1, 8) and not (hole and low <= hole <= high)
            if fine:
                seen.append((low, high))
            return fine

        return holds

    seen = []
    assert proof.on_pieces(narrow(), Q(1), Q(2))
    assert sorted(seen) == [(1 + Q(n, 8), 1 + Q(n + 1, 8)) for n in range(8)]
    for place in (Q(1), Q(11, 8), Q("1.93"), Q(2)):
        assert not proof.on_pieces(narrow(place), Q(1), Q(2), 5)
    assert proof.on_pieces(narrow(), Q(1), Q(2), 3)
    assert not proof.on_pieces(narrow(), Q(1), Q(2), 2)


# Panels


def panel_claim():
    rows = tuple((Q(n), Q(1, 8)) for n in (1, 2, 3, 4))
    return panel.PanelClaim(
        (Q(2), Q(3)), rows, (Q(1, 8), Q(1, 9), Q(1, 10), Q(1, 11)), 96, 5, 3,
        Q(1, 4), Q(1, 2), Q(9),
    )  # fmt: skip


def test_every_fact_of_a_panel_is_asked_for(monkeypatch):
    everywhere = (Q(2), Q(3))
    ends = [Q(-1), Q(-1, 3), Q(1, 3), Q(1)]
    facts = {
        ("near 0", Q(1, 4), Q(1, 4), everywhere),
        ("-", Q(1, 4), Q(1, 2), everywhere),
        ("/", Q(1, 2), Q(9), everywhere),
        ("residual",),
        *(("piece", number) for number in range(3)),
    }
    truth = Truth(facts)
    bounds = [box("1/16", "1/8"), box(0), box("1/32"), box("1/64")]

    def residual(_, fine, rough):
        assert (fine.bits, rough.bits) == (96, 128)
        if not truth.holds("residual"):
            raise Undecided("the residual")
        return bounds

    def contracts(claim, t, most):
        assert claim == panel_claim()
        assert [span(bound) for bound in most] == [(exact(b.hi), exact(b.hi)) for b in bounds]
        number = next(n for n in range(3) if ends[n] < exact(t.middle.lo) < ends[n + 1])
        assert t.lo <= ends[number]
        assert ends[number + 1] <= t.hi
        return truth.holds("piece", number)

    monkeypatch.setattr(panel, "residual_bounds", residual)
    monkeypatch.setattr(panel, "_contracts_on", contracts)
    with told_by(monkeypatch, panel, truth):
        told = each_is_asked(truth, lambda: panel.replay_panel(panel_claim()))
    assert told == [(1, 3), (2, 3), (3, 3)]


SAID_OF_A_PANEL = {
    "delta": ["2", "3"], "places": 40, "text": "",
    "polynomials": {
        name: {"coefficients": "1 -2", "radius": "2^-9"} for name in panel.UNKNOWNS
    },
}  # fmt: skip
EVIDENCE_OF_A_PANEL = {
    "bits": 64, "order": 9, "pieces": 9, "start": "1/4", "turn": "1/2", "top": "9",
}  # fmt: skip


def read(row=None, **fields):
    statement, evidence = dict(SAID_OF_A_PANEL), dict(EVIDENCE_OF_A_PANEL)
    if row:
        rows = statement["polynomials"]
        statement["polynomials"] = {**rows, "mass": {**rows["mass"], **row}}
    for name, value in fields.items():
        (statement if name in statement else evidence)[name] = value
    return panel.read_panel(statement, evidence)


@pytest.mark.parametrize(
    "good",
    [{"order": 1}, {"order": 100}, {"pieces": 1}, {"pieces": 1000},
     {"row": {"coefficients": "7"}}, {"row": {"coefficients": " ".join(["1"] * 64)}},
     {"row": {"coefficients": "1 " + "9" * 60}}, {"row": {"radius": "2^-1000"}},
     {"row": {"radius": "2^-0"}}],
    ids=str,
)  # fmt: skip
def test_a_panel_at_the_ends_of_what_is_let_in(good):
    assert read(**good).radii[0] == Q(1, 2**9)


@pytest.mark.parametrize(
    "bad",
    [{"places": 40.0}, {"order": 101}, {"pieces": 1001}, {"order": 0}, {"start": "1/2"},
     {"turn": "9"}, {"start": "0"}, {"delta": ["2", "2"]}, {"row": {"radius": "9"}},
     {"row": {"coefficients": "1 " + "9" * 61}}, {"row": {"coefficients": "9" * 61 + " 1"}},
     {"row": {"coefficients": " ".join(["1"] * 65)}}, {"row": {"radius": "2^-1001"}},
     {"row": {"radius": "2^-00999"}}, {"row": {"coefficients": "1E2"}}],
    ids=str,
)  # fmt: skip
def test_a_panel_beyond_what_is_let_in_is_refused(bad):
    with pytest.raises(Rejected):
        read(**bad)


@pytest.mark.parametrize(
    ("altered", "good"),
    [({}, True), ({"turn": Q(5)}, False), ({"top": Q(5)}, False), ({"top": Q(15)}, True)],
)  # fmt: skip
def test_the_boxes_of_a_panel_are_positive_and_lie_where_k_rises(monkeypatch, altered, good):
    """At t = 1, Δ = 3: y is 2.125 ± 1/9, so yΔ from 6.04 to 6.71; at t = −1 y is 1.875."""
    claim = replace(panel_claim(), turn=Q(3), top=Q(7))
    asked = []
    monkeypatch.setattr(panel, "slopes", lambda point, delta: (point, delta))
    monkeypatch.setattr(panel, "contracts", lambda *given: asked.append(given) or True)
    assert panel._contracts_on(replace(claim, **altered), box(-1, 1), ["bounds"]) is good
    if good:
        (((point, delta), most, radii),) = asked
        assert span(delta) == (2, 3)
        assert most == ["bounds"]
        assert [span(radius)[0] <= r <= span(radius)[1] for radius, r in
                zip(radii, claim.radii, strict=True)] == [True] * 4  # fmt: skip
        assert span(point[0]) == (1 - Q(1, 4), 1 + Q(1, 4))
    for row in range(4):
        rows = list(claim.polynomials)
        rows[row] = (Q(1, 8), Q(1, 8))
        assert not panel._contracts_on(
            replace(claim, polynomials=tuple(rows), turn=Q(-9), top=Q(99)), box(-1, 1), ["bounds"]
        )
    monkeypatch.setattr(panel, "contracts", lambda *_: False)
    assert not panel._contracts_on(claim, box(-1, 1), ["bounds"])


@pytest.mark.parametrize("size", [2, 3, 4])
def test_a_contraction_sends_every_box_into_its_interior(size):
    """With slopes I + E, E within ±e everywhere, row i is moved by b + size·e·r or less."""
    few = "1/64"
    rows = [[box(1) if i == j else box(0) for j in range(size)] for i in range(size)]
    blur = [[row[j] + box("-1/64", few) for j in range(size)] for row in rows]
    reach = size * Q(1, 64)
    for bound in ("0", "1/8"):
        assert panel.contracts(
            blur, [box(bound)] * size, [box(Q(bound) / (1 - reach) + Q(1, 10**6))] * size
        )
        if bound != "0":
            edge = Q(bound) / (1 - reach) - Q(1, 10**6)
            assert not panel.contracts(blur, [box(bound)] * size, [box(edge)] * size)
    for i in range(size):
        bounds = [box("1/8") if j == i else box(0) for j in range(size)]
        radii = [box("1/9") if j == i else box(1) for j in range(size)]
        assert not panel.contracts(rows, bounds, radii)
        radii[i] = box("1/8")
        assert not panel.contracts(rows, bounds, radii)
        radii[i] = box("1/7")
        assert panel.contracts(rows, bounds, radii)


def test_what_is_told_of_a_panel_is_what_was_claimed():
    claim = replace(panel_claim(), radii=(Q(1, 8), Q(1, 16), Q(1, 32), Q(1, 64)))
    told = panel._told(claim)
    assert told.startswith("for every Delta from 2 to 3, with t from -1 to 1")
    assert "2^-3, 2^-4, 2^-5, 2^-6 " in told
    assert " 1, 2, 3, 4" in told


def test_what_is_told_of_the_others():
    told = large_delta._told(large_delta.LargeDeltaClaim(Q(19, 4), 64, PIECES))
    assert told.startswith("for every Delta from 19/4 on the loss is concave, convex, concave,")
    claim = any_set.AnySetClaim(Q(33, 50), Q(1), 64, ())
    assert any_set._told(claim).endswith("r* is above 33/50")
