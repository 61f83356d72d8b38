"""Beyond the best slope: the price is the concave envelope of what a mass can buy.

In words:

1. At a mass beyond the best one the lower side mixes two attacks: some components suffer the one,
   the others the other, so the price is at least a chord between two points of V.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bounds.lower.envelope import accuracy, price_envelope
from bounds.lower.line import Line
from bounds.lower.support_lines import LINES, prove_line
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, Decision

_AT = {Fraction(7, 10): ("0.4585", "0.4589"), Fraction(1): ("0.5447", "0.5454"),
       Fraction(27, 20): ("0.6406", "0.6412"), Fraction(2): ("0.7431", "0.7443"),
       Fraction(3): ("0.8324", "0.8446")}  # fmt: skip
_FINE, _CLOSE, _FAR = Fraction(137, 100), Fraction(52, 25), Fraction(3)
_LOW, _CHORD = LINES[0], min(LINES, key=lambda line: line.at(Fraction(1)))


def check(
    lowered: Fraction = Fraction(0),
    widest: Fraction | None = None,
    at: dict[Fraction, tuple[str, str]] = _AT,
    within: Fraction = Fraction(3, 2000),
    until: Fraction = _CLOSE,
    beyond: Fraction = Fraction(3, 200),
) -> Decision:
    """Decide it, with numbers for five ratios.

    Args:
        lowered: by how much the two lines that are shown are lowered.
        widest: the gap at which sets are split, in place of the line's own.
        at: what the price lies between, by κ.
        within: how far both sides are apart at most beyond 1.37, relative to the lower one; up to
            there 1/1000.
        until: the last κ for which that is so.
        beyond: the same from there up to κ = 3.
    """
    shown: list[Line] = [
        replace(line, alpha=line.alpha - lowered, widest=widest or line.widest)
        for line in (_LOW, _CHORD)
    ]
    proofs = [prove_line(line) for line in shown]
    prices = {kappa: price_envelope(kappa) for kappa in at}
    stored = _from_the_store()
    return Decision(
        CERTIFIED,
        "let V(e) be the largest minimax risk of a client that knows a set of means of mass e, and"
        " W the concave envelope of V: as m, then D, then k grow with c/k fixed, the best"
        f" algorithm's error tends to W(c/k); W is known to 1/1000 for c/k up to {float(_FINE)},"
        f" to 3/2000 up to {float(_CLOSE)} and to 3/200 up to {float(_FAR):g}; W(1) is between"
        " 0.5447 and 0.5454",
        (
            Argued(
                "below: components hide sets of means, and their clients lose the minimax risk",
                "bounds.upper.beyond_slope, step 5",
            ),
            Argued("two attacks are mixed over many components", f"{__name__}, step 1"),
            Argued(
                "above: lim sup K(m) <= alpha + sigma (c/k + 2 Phi(-2t)) + F for every line alpha +"
                " beta M(S) above the risk R*(S) of all sets",
                "bounds.upper.beyond_slope, steps 1 to 4",
            ),
            Argued(
                "as D grows with t = sqrt(D)/4, that tends to the line, and for many components"
                " both sides to W",
                "bounds.upper.beyond_slope, steps 6 to 7",
            ),
            Argued(
                "V is continuous from the right, so for one k, too, the limit of m and then D is"
                " the best split of V over the components, for every c",
                "bounds.upper.beyond_slope, step 8",
            ),
            Argued(
                "a set with a gap G is split there",
                "bounds.lower.support_lines, step 1",
            ),
            Argued(
                "the others are distinguished by their hull and by which stretches hold points,"
                " each case with an estimate of its own",
                "bounds.lower.support_lines, step 2",
            ),
            Argued(
                "of sets that cost so much that a flatter line or 1 - (1 + M(S))^(-2) is lower,"
                " nothing is left to prove",
                "bounds.lower.set_information, step 6",
            ),
            Argued(
                "what is compared for a case are whole numbers",
                "bounds.lower.sets, steps 1 to 5",
            ),
            *(
                Proved(
                    f"no set is above {float(proof.line.alpha):g} +"
                    f" {float(proof.line.beta):g} M(S), on {sum(proof.pieces.values())} pieces",
                    Run("bounds.lower.support_lines.prove_line", sum(proof.pieces.values())),
                )
                for proof in proofs
            ),
            *(
                Proved(
                    f"at c/k = {float(kappa):g} the price is between {low} and {high}",
                    less(Fraction(low), prices[kappa].low),
                    less(prices[kappa].high, Fraction(high)),
                )
                for kappa, (low, high) in at.items()
            ),
            Proved(
                "both sides agree to 1/1000, relatively, for c/k from 1/100 (below, both are"
                f" lines through 0) to {float(_FINE):g}, and to {float(within):g} up to"
                f" {float(until):g}, and to {float(beyond):g} up to {float(_FAR):g}",
                less(accuracy(Fraction(1, 100), _FINE), Fraction(1, 1000)),
                less(accuracy(_FINE, until), within),
                less(accuracy(until, _FAR), beyond),
            ),
            *filter(None, [stored]),
        ),
        stored=stored,
    )


def _from_the_store() -> str:
    """How many cases of the lines are known from the stored file alone; nothing where none is."""
    proofs = [prove_line(line) for line in LINES]
    cases, stored = (
        sum(numbers)
        for numbers in (
            [sum(proof.pieces.values()) for proof in proofs],
            [proof.stored for proof in proofs],
        )
    )
    if not stored:
        return ""
    return (
        f"of {cases:,} cases of {len(LINES)} lines {cases - stored:,} were drawn and proved in this"
        " run; that the others hold is taken from bounds/lower/support_lines.json"
        " (--from-scratch proves all)"
    )


CLAIM = Claim(
    id="beyond-slope",
    where="beyond the paper",
    printed="K → W(κ), the concave envelope of V(ε) = sup{R*(S): M(S) ≤ ε}, as m, D and k grow",
    latex=r"\lim_{k \to \infty} \lim_{D \to \infty} \lim_{m \to \infty} K(m) = \hat V(\kappa),"
    r" \quad V(\varepsilon) = \sup\{R^*(S): M(S) \le \varepsilon\}",
    hypotheses="c = κk; means at least D apart; in this order m, D, k grow. For one k, as m, then"
    " D grow, the limit is the largest mean of V over splits of c, for every c",
    method="lines above the risk of every set, by cases; attacks enclosed",
    check=check,
    seeded=(
        Seeded("the lines lowered by 0.002", lambda: check(lowered=Fraction(1, 500))),
        Seeded("sets split at a gap of 5/2", lambda: check(widest=Fraction(5, 2))),
        Seeded("less than what a chord earns at c/k = 1",
               lambda: check(at={Fraction(1): ("0.5440", "0.5447")})),
        Seeded("as close up to c/k = 5/2", lambda: check(until=Fraction(5, 2))),
        Seeded("as close as 1/100 up to c/k = 3", lambda: check(beyond=Fraction(1, 100))),
    ),
)  # fmt: skip
