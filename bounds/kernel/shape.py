"""The shape of the loss for all Δ of a range, as a Coq file."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from bounds.certify.errors import Inconclusive
from bounds.kernel import text
from bounds.kernel.plan import Family, Plan, plan
from bounds.kernel.text import number, numbers

_NARROWEST = Fraction(1, 1024)


def shape_file(low: Fraction, high: Fraction) -> str:
    """A Coq file that ends in the theorem `shape`, for all Δ in [low, high].

    Raises:
        Inconclusive: no proof was found: the shape is another one.
    """
    title = f"The loss for Delta in [{low}, {high}]: concave, convex, concave."
    cuts = list(slices(low, high))
    if len(cuts) == 1:
        return "\n".join((text.header(title), *shape_lemmas(cuts[0])))
    modules = [
        line
        for index, cut in enumerate(cuts)
        for line in (f"Module Slice{index}.", *shape_lemmas(cut), f"End Slice{index}.\n")
    ]
    return "\n".join((text.header(title), *modules, joined([cut.family for cut in cuts])))


def slices(low: Fraction, high: Fraction) -> Iterator[Plan]:
    """Plans for parts of [low, high] that are narrow enough, in order.

    Raises:
        Inconclusive: a single Δ has no plan.
    """
    try:
        yield plan(low, high)
    except Inconclusive:
        if high - low <= _NARROWEST:
            raise
        middle = (low + high) / 2
        yield from slices(low, middle)
        yield from slices(middle, high)


def joined(families: list[Family]) -> str:
    """The theorem `shape` for the union of slices, each with its own in a module."""
    cases = []
    for index, family in enumerate(families):
        use = f"destruct (Slice{index}.shape delta) as [eps1 [eps2 [turns _]]]; [lra|]."
        last = index == len(families) - 1
        split = "" if last else f"destruct (Rle_lt_dec delta {number(family.high)})."
        cases.append(f"  {split}\n  {{ {use} exists eps1, eps2. exact turns. }}")
    low, high = number(families[0].low), number(families[-1].high)
    proof = "\n".join(cases)
    return f"""Theorem shape : forall delta, {low} <= delta <= {high} ->
  exists eps1 eps2, turns_at delta eps1 eps2.
Proof.
  intros delta H.
{proof}
Qed.
"""


def shape_lemmas(cut: Plan) -> Iterator[str]:
    """The lemmas of a plan, and the theorem `shape` at their end."""
    family = cut.family
    yield coarse(family.high)
    yield from _bounds(cut)
    yield text.lemma(
        "start",
        f"keeps_before (-1) {numbers(family.low, family.high, cut.before[0])}",
        "eapply keeps_near_zero; [lra | exact upper_0 | lra | lra | lra | by_interval].",
    )
    yield from _concave(cut)
    yield turn(cut)
    yield from _convex(cut)
    yield turn_back(cut)
    yield text.lemma(
        "finish",
        f"keeps_beyond (-1) {numbers(family.low, family.high, cut.end)}",
        f"eapply keeps_near_end; [{_held(cut, cut.end)} | exact upper_last | lra | by_box].",
    )
    yield _theorem(cut)


def coarse(delta: Fraction) -> str:
    """The precision of stretches: it rises with Δ, as masses near ε_max are as small as φ(Δ)."""
    return text.precision(50 + int(0.75 * float(delta) ** 2), 10)


def turn_lemmas(cut: Plan, *, back: bool) -> Iterator[str]:
    """One turn of a plan, with the bounds that it needs."""
    family = cut.family
    yield coarse(family.high)
    if back:
        yield text.beyond(f"lower_{_last(cut)}", family, family.beyond(cut.between[-1]))
        yield text.before_end("upper_last", family, family.last())
        yield turn_back(cut)
    else:
        left = len(cut.before) - 1
        for index, y in ((left, cut.before[-1]), (left + 1, cut.between[0])):
            yield text.before(f"upper_{index}", family, family.before(y))
            yield text.beyond(f"lower_{index}", family, family.beyond(y))
        yield turn(cut)


def turn(cut: Plan) -> str:
    """From concave to convex."""
    left = len(cut.before) - 1
    facts = [f"exact {side}_{index}" for index in (left, left + 1) for side in ("lower", "upper")]
    return text.turns("turn", cut.family, cut.before[-1], cut.between[0], 1, facts)


def turn_back(cut: Plan) -> str:
    """From convex to concave."""
    facts = [fact for y in (cut.back, cut.end) for fact in (_held(cut, y), _ENDED)]
    return text.turns("turn_back", cut.family, cut.back, cut.end, -1, facts)


_ENDED = "apply upper_last; lra"


def _last(cut: Plan) -> int:
    return len(cut.before) + len(cut.between) - 1


def _held(cut: Plan, y: Fraction) -> str:
    """That the last bounds from below hold beyond y too."""
    places = f"{number(cut.between[-1])} {number(y)}"
    return f"exact (beyond_later _ _ {places} _ _ ltac:(lra) lower_{_last(cut)})"


def _bounds(cut: Plan) -> Iterator[str]:
    family = cut.family
    for index, y in enumerate((*cut.before, *cut.between)):
        yield text.before(f"upper_{index}", family, family.before(y))
        yield text.beyond(f"lower_{index}", family, family.beyond(y))
    yield text.before_end("upper_last", family, family.last())


def _concave(cut: Plan) -> Iterator[str]:
    for index, (low, high) in enumerate(pairwise(cut.before)):
        facts = f"exact lower_{index} | exact upper_{index + 1}"
        yield text.keeps(f"stretch_{index}", cut.family, low, high, -1, facts)


def _convex(cut: Plan) -> Iterator[str]:
    first = len(cut.before)
    for index, (low, high) in enumerate(pairwise(cut.between), start=first):
        facts = f"exact lower_{index} | exact upper_{index + 1}"
        yield text.keeps(f"stretch_{index}", cut.family, low, high, 1, facts)
    index = _last(cut)
    facts = f"exact lower_{index} | {_ENDED}"
    yield text.keeps(f"stretch_{index}", cut.family, cut.between[-1], cut.back, 1, facts)


def _theorem(cut: Plan) -> str:
    first, last = len(cut.before), _last(cut)
    concave = reduce(
        lambda chain, index: f"(keeps_before_join _ _ _ _ _ {chain} stretch_{index})",
        range(first - 1),
        "start",
    )
    convex = reduce(
        lambda chain, index: f"(keeps_join _ _ _ _ _ _ {chain} stretch_{index})",
        range(first + 1, last + 1),
        f"stretch_{first}",
    )
    low, high = number(cut.family.low), number(cut.family.high)
    left, right, back, end = map(number, (cut.before[-1], cut.between[0], cut.back, cut.end))
    return f"""Theorem shape : forall delta, {low} <= delta <= {high} ->
  exists eps1 eps2, turns_at delta eps1 eps2 /\\
    {left} < reach_on delta eps1 < {right} /\\ {back} < reach_on delta eps2 < {end}.
Proof.
  apply (shape_intro {low} {high} {left} {right} {back} {end}); [lra | lra | lra
    | exact {concave}
    | exact turn
    | exact {convex}
    | exact turn_back | exact finish].
Qed.
"""
