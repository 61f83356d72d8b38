"""Collaboration helps at every c/k: the best algorithm, for large D."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bounds.lower.support_lines import distant_comparisons, distant_line
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_RATIOS = (1, 10, 1000)


def check(times: int = 1, widest: Fraction | None = None) -> Decision:
    """Decide it, with the numbers of three ratios.

    Args:
        times: each line is to be below 1 at so many times the ratio that it is made for.
        widest: the gap at which sets are split, in place of the line's own.
    """
    lines: list[Argued | Proved] = [
        Argued(
            "a set of means with a gap G is split there; what a client loses by taking the wrong"
            " side is paid by the mass in the gap",
            "bounds.lower.support_lines, step 1",
        ),
        Argued(
            "for every ratio some gap G gives a line alpha + beta M(S), below 1 at that ratio and"
            " above the risk R*(S) of every set S of means",
            "bounds.lower.support_lines, step 5",
        ),
    ]
    for ratio in map(Fraction, _RATIOS):
        line = distant_line(ratio)
        if widest is not None:
            line = replace(line, widest=widest)
        lines.append(
            Proved(
                f"c/k = {ratio}: G = {line.widest} gives a line that is below 1 there by"
                f" {float(1 - line.at(ratio)):.2g}",
                (less(lesser, greater) for lesser, greater in distant_comparisons(line)),
                less(line.at(times * ratio), 1),
            )
        )
    lines += [
        Argued(
            "lim sup K(m) <= alpha + sigma (c/k + 2 Phi(-2t)) + F for such a line",
            "bounds.upper.beyond_slope, steps 1 to 4",
        ),
        Argued(
            "with t = sqrt(D)/4, sigma tends to beta as D grows, and the rest to 0",
            "bounds.upper.beyond_slope, step 8",
        ),
    ]
    return Decision(
        CERTIFIED,
        "for every c/k there is a D from which on, for every k, the best algorithm errs by less"
        " than a client's own sample, in the limit of large m; the paper has it for c/k < 1/C0"
        " alone",
        tuple(lines),
    )


CLAIM = Claim(
    id="helps-at-every-ratio",
    where="beyond the paper",
    printed="for every κ there is a D₀ with lim sup K(m) < 1 for every D ≥ D₀ and every k, c = κk",
    latex=r"\forall \kappa \; \exists D_0 \; \forall D \ge D_0, k: \;"
    r" c = \kappa k \implies \limsup K(m) < 1",
    hypotheses="means at least D apart, k components, limit of large m",
    method="lines above the minimax risk of every set of means, in words, with certified"
    " comparisons at κ = 1, 10 and 1000",
    check=check,
    seeded=(
        Seeded("the same line at twice the ratio", lambda: check(times=2)),
        Seeded("sets split at a gap of 3", lambda: check(widest=Fraction(3))),
    ),
)
