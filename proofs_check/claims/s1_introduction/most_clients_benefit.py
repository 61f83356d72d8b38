"""Section I: most clients benefit although one component may not."""

from __future__ import annotations

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved, less
from proofs_check.audit.verdict import NOT_MACHINE_CHECKABLE, REFUTED, Decision
from proofs_check.claims.s5_algorithm.bridges import single_atom

_REASON = (
    '"most" and "significant" are words. How many components can be harmed for each unit of mass'
    " is decided in destroyed-fraction and lemma-1-quantities; that all clients benefit is false,"
    " as one unit of mass destroys a component"
)


def check(precise: bool = False) -> Decision:
    """Leave it as words, or decide the precise statement next to it."""
    attack = single_atom()
    told = attack.shown(
        f"witness: Delta = 2, mass {attack.layout.spent} destroys 1 component, whose clients gain"
        " nothing",
        1,
    )
    proofs = tuple(proof.certificate() for proof in attack.proofs())
    if not precise:
        return Decision(NOT_MACHINE_CHECKABLE, _REASON, (told,), (), proofs)
    cheap = Proved("the mass is below 1", less(attack.layout.spent, 1))
    return Decision(REFUTED, "not all of them", (told, cheap), (), proofs)


CLAIM = Claim(
    id="most-clients-benefit",
    where="I",
    printed="in this case (corrupted clients more numerous than a component) most clients get"
    " significant benefits by collaborating",
    latex=r"\text{most clients: MSE} \ll 1",
    hypotheses="c ≥ 1, c/(k + c) small",
    method="words; the precise statement beside it is decided as a seeded error",
    check=check,
    seeded=(Seeded("all clients get benefits", lambda: check(precise=True)),),
    rests_on=(
        "component-no-benefit",
        "destroyed-fraction",
    ),
)
