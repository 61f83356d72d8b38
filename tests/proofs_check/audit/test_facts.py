"""Facts are made where their proof is at hand, and not otherwise."""

import ast
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
import sympy as sp
from flint import arb

import proofs_check.claims
from bounds import Inconclusive
from bounds.certify.inequalities import Counterexample, decide_less, number, prove_less, variable
from bounds.certify.inequalities import Proved as Inequality
from proofs_check import CERTIFIED, INCONCLUSIVE, REFUTED, Argued, Decision, Exact, Proved, less
from proofs_check.audit.calculus import equal, falls_to, grows, humps, manifest
from proofs_check.audit.facts import Less, Run, basis_of, steps_of

WORDS = "proofs_check.claims.sb_lemma_6.small_mass, steps 2 to 3"
x = sp.Symbol("x", positive=True)


def test_a_comparison_is_strict_and_finite() -> None:
    assert Proved("so", less(arb("1 +/- 0.1"), arb("2 +/- 0.1"))).proofs == (
        less(arb("1 +/- 0.1"), arb("2 +/- 0.1")),
    )
    for low, high in ((1, 1), (2, 1), (arb("1 +/- 1"), 1), (Fraction(1, 3), arb("0.3 +/- 0.1"))):
        with pytest.raises(Inconclusive):
            Proved("not so", less(low, high))
    for value in (arb("nan"), arb("inf")):
        with pytest.raises(Inconclusive):
            less(0, value)
    for wrong in (0.5, True, "1"):
        with pytest.raises(TypeError):
            less(wrong, 2)


def test_an_inequality_is_evaluated_again() -> None:
    whole = prove_less(variable("x") * variable("x"), number(5), {"x": (0, 2)})
    assert Proved("so", whole).proofs == (whole,)
    forged = (
        Inequality(whole.greater, whole.lesser, whole.box, whole.bits, whole.splits),
        Inequality(whole.lesser, whole.greater, {"x": (Fraction(0), Fraction(3))}, 64, "0.."),
        Inequality(whole.lesser, whole.greater, whole.box, 64, "0."),  # a part left out
        Inequality(whole.lesser, whole.greater, whole.box, 64, ""),
    )
    for proof in forged:
        with pytest.raises(Inconclusive):
            Proved("not so", proof)
    refuted = decide_less(2, 1)
    assert isinstance(refuted, Counterexample)
    with pytest.raises(Inconclusive):
        Proved("not so", refuted)


def test_a_fact_carries_something() -> None:
    for make in (
        lambda: Proved("nothing"),
        lambda: Proved("nothing", ()),
        lambda: Exact("nothing"),
        lambda: Exact("a truth value", True),
        lambda: Exact("an empty identity", manifest()),
    ):
        with pytest.raises(TypeError):
            make()
    with pytest.raises(Inconclusive):
        Proved("nothing", Run("f", 0))


def test_exact_facts_vanish_or_are_positive() -> None:
    fact = Exact("the square", equal((x + 1) ** 2, x**2 + 2 * x + 1), manifest(x))
    assert fact.residuals == ("(x + 1)**2 - (x**2 + 2*x + 1)",)
    assert fact.positive == ("x",)
    for wrong in (equal(x, 1), manifest(x - 1), grows(x, x, x), 1, Fraction(1, 10**30)):
        with pytest.raises(Inconclusive):
            Exact("not so", wrong)


def test_rules_of_calculus_need_each_of_their_parts() -> None:
    bell = sp.exp(-x) * x
    assert humps(bell, x, sp.exp(-x), sp.Integer(1)).holds
    assert not humps(bell + 1, x, sp.exp(-x), sp.Integer(1)).holds  # not 0 at the ends
    assert not humps(bell, x, sp.exp(-x), sp.Integer(2)).holds  # another turn
    assert not humps(-bell, x, -sp.exp(-x), sp.Integer(1)).holds  # falls, then rises
    assert falls_to(0, 1 / x, x, 1 / x**2).holds
    assert not falls_to(1, 1 / x, x, 1 / x**2).holds
    assert not falls_to(0, -1 / x, x, -1 / x**2).holds


def test_an_argument_has_a_place() -> None:
    assert len(Argued("so", WORDS).steps) == 2
    assert Argued("so", WORDS).steps[0].startswith("Lemma 6: with x = l(ε)")
    for place in ("proofs_check.claims.sb_lemma_6.small_mass, step 99", "here", "math, step 1"):
        with pytest.raises(ValueError, match=r"no step|no place"):
            Argued("so", place)


def test_the_basis_is_read_off_the_facts() -> None:
    machine, words = Proved("1 < 2", less(1, 2)), Argued("so", WORDS)
    assert Decision(CERTIFIED, "", (machine, "a remark")).told == "certified"
    assert Decision(CERTIFIED, "", (machine, words)).told == "proved on paper"
    assert Decision(REFUTED, "", (machine, words)).told == "false as printed, on paper"
    assert Decision(CERTIFIED, "", (machine, words)).arguments == (words,)
    assert Decision(INCONCLUSIVE, "", (words,)).basis == basis_of(()) == "none"
    for lines in ((), ("a remark",)):
        with pytest.raises(TypeError, match="needs a fact"):
            Decision(CERTIFIED, "", lines)


def test_facts_go_to_another_process() -> None:
    facts = (Proved("1 < 2", prove_less(1, 2), less(1, 2)), Exact("x", equal(x, x)))
    again = pickle.loads(pickle.dumps(facts))
    assert again == facts
    assert again[0].proofs[1] == Less(Fraction(1), Fraction(2))


def test_no_fact_of_the_paper_is_made_of_literals() -> None:
    """An exact fact about two numbers that are written down would be a literal True once more."""
    for path in Path(proofs_check.claims.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Exact", "Proved", "Run"):
                for proof in node.args[1:]:
                    assert not isinstance(proof, ast.Constant), f"{path.name}: {ast.unparse(node)}"
            if name in ("less", "equal"):
                literal = all(isinstance(side, ast.Constant) for side in node.args)
                assert not literal, f"{path.name}: {ast.unparse(node)}"


def test_every_docstring_step_is_numbered_from_one() -> None:
    for path in Path(proofs_check.claims.__path__[0]).rglob("*.py"):
        parts = path.relative_to(Path(proofs_check.claims.__path__[0])).with_suffix("").parts
        steps = steps_of(".".join(("proofs_check.claims", *parts)))
        assert list(steps) == list(range(1, len(steps) + 1)), path.name


def test_a_step_goes_on_below_its_displays() -> None:
    steps = steps_of("bounds.upper.possible_means")
    assert steps[2].endswith("the gaps of T in order.")
    assert steps[3].endswith("has M ≥ w q(2t)/(2t).")
    assert steps[7].endswith("since a client may keep its sample.")
