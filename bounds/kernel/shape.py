"""The shape of the loss for all Δ of a range, as a Coq file."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from bounds.kernel import text
from bounds.kernel.plan import Family, Plan, plan
from bounds.kernel.text import number, numbers

_DEGREE = 10


def shape_bits(delta: Fraction) -> int:
    """Precision for decimals of x and g: the masses near ε_max are as small as φ(Δ)."""
    return 50 + int(0.75 * float(delta) ** 2)


def shape_file(low: Fraction, high: Fraction) -> str:
    """A Coq file that ends in the theorem `shape`, for all Δ in [low, high].

    Raises:
        Inconclusive: no proof was found: another shape, or too wide a range.
    """
    title = f"The loss for Delta in [{low}, {high}]: concave, convex, concave."
    parts = [text.header(title, shape_bits(high), _DEGREE), *shape_lemmas(plan(low, high))]
    return "\n".join(parts)


def shape_lemmas(cut: Plan) -> Iterator[str]:
    """The lemmas of a plan, and the theorem `shape` at their end."""
    family, ends = cut.family, numbers(cut.family.low, cut.family.high)
    left, right = cut.before[-1], cut.between[0]
    for index, y in enumerate(cut.before):
        yield text.before(f"before_{index}", family, family.before(y))
        yield text.beyond(f"beyond_{index}", family, family.beyond(y))
    for index, y in enumerate(cut.between):
        yield text.before(f"before_turned_{index}", family, family.before(y))
        yield text.beyond(f"beyond_turned_{index}", family, family.beyond(y))
    yield text.before_end("before_last", family, family.last())

    # from 0 to the first turn
    start = cut.before[0]
    yield text.lemma(
        "start",
        f"keeps_before (-1) {ends} {number(start)}",
        "eapply keeps_near_zero; [lra | exact before_0 | lra | lra | lra | by_interval].",
    )
    chain = "start"
    for index, (low, high) in enumerate(pairwise(cut.before)):
        facts = f"exact beyond_{index} | exact before_{index + 1}"
        yield text.keeps(f"concave_{index}", family, low, high, -1, facts)
        chain = f"(keeps_before_join _ _ _ _ _ {chain} concave_{index})"
    last = len(cut.before) - 1
    names = (f"beyond_{last}", f"before_{last}", "beyond_turned_0", "before_turned_0")
    yield text.turns("turn", family, left, right, 1, (f"exact {name}" for name in names))

    # from there to the second
    last = len(cut.between) - 1
    lasting = number(cut.between[-1])
    held = f"exact (beyond_later _ _ {lasting} {{}} _ _ ltac:(lra) beyond_turned_{last})"
    ended = "apply before_last; lra"
    middle = []
    for index, (low, high) in enumerate(pairwise(cut.between)):
        facts = f"exact beyond_turned_{index} | exact before_turned_{index + 1}"
        yield text.keeps(f"convex_{index}", family, low, high, 1, facts)
        middle.append(f"convex_{index}")
    yield text.keeps(
        f"convex_{last}", family, cut.between[-1], cut.back, 1, f"exact beyond_turned_{last} | {ended}"
    )
    joined = middle[0] if middle else f"convex_{last}"
    for name in [*middle[1:], f"convex_{last}"] if middle else []:
        joined = f"(keeps_join _ _ _ _ _ _ {joined} {name})"
    facts_back = (held.format(number(cut.back)), ended, held.format(number(cut.end)), ended)
    yield text.turns("turn_back", family, cut.back, cut.end, -1, facts_back)
    yield text.lemma(
        "finish",
        f"keeps_beyond (-1) {ends} {number(cut.end)}",
        f"eapply keeps_near_end; [{held.format(number(cut.end))} | exact before_last | lra | by_box].",
    )
    cuts = numbers(left, right, cut.back, cut.end)
    yield f"""Theorem shape : forall delta, {number(family.low)} <= delta <= {number(family.high)} ->
  exists eps1 eps2, turns_at delta eps1 eps2 /\\
    {number(left)} < reach_on delta eps1 < {number(right)} /\\
    {number(cut.back)} < reach_on delta eps2 < {number(cut.end)}.
Proof.
  apply (shape_intro {ends} {cuts}); [lra | lra | lra | exact {chain} | exact turn
    | exact {joined} | exact turn_back | exact finish].
Qed.
"""
