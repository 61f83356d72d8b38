"""Claims made up for tests, with every verdict and with text that must be escaped."""

from proofs_check import (
    CERTIFIED,
    PAPER,
    REFUTED,
    Claim,
    Decision,
    Proved,
    Reading,
    Seeded,
    Verdict,
    less,
)
from proofs_check.audit.runner import Outcome

__all__ = ["PAPER"]
NASTY = '<script>alert("x")</script> & a|b *c* `d` $e$ _f_'


def fake(
    name: str, verdict: Verdict = CERTIFIED, rests_on: tuple[str, ...] = (), text: str = "a fact"
) -> Claim:
    decision = Decision(
        verdict,
        f"finding: {text}",
        ("first line", Proved(f"witness: {text}", less(1, 2))),
        (Reading(f"one way: {text}", CERTIFIED, text, True), Reading("other", REFUTED, text)),
        ({"sha256": "ab" * 32}, {"sha256": "cd" * 32}),
    )
    return Claim(
        id=name,
        where=f"B, {text}",
        printed=f"printed: {text}",
        latex=r"\frac{a}{b} \le x < \sqrt{y}",
        hypotheses=text,
        method=text,
        check=lambda: decision,
        seeded=(Seeded("an error", lambda: Decision(REFUTED, "", (Proved("", less(1, 2)),))),),
        rests_on=rests_on,
    )


def outcome(claim: Claim) -> Outcome:
    decision = claim.check()
    return Outcome(claim, decision, decision.verdict.value, 0.0)


def every_verdict() -> list[Outcome]:
    """A claim for each verdict, each resting on the one before."""
    names = [f"claim-{number}" for number, _ in enumerate(Verdict)]
    premises = [(), *((name,) for name in names)]
    return [
        outcome(fake(name, verdict, below, NASTY))
        for name, verdict, below in zip(names, Verdict, premises, strict=False)
    ]
