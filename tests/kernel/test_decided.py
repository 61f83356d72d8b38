"""Proof certificates of readers' own statements as Coq's theorems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import bounds
from bounds.certify.checker.kinds import read_claim
from bounds.certify.checker.proof import ProofClaim
from bounds.certify.errors import Inconclusive
from bounds.cli import main
from bounds.kernel import Kernel, Verdict, cache, judge, polynomials
from bounds.kernel.decided import decided_file
from bounds.kernel.export import Export
from bounds.kernel.lean import lean_file


def claim_of(claim: str, domain: str) -> ProofClaim:
    found = bounds.decide(claim, domain, seconds=20)
    assert found.outcome == "proved"
    _, read = read_claim(found.certificate())
    assert isinstance(read, ProofClaim)
    return read


def statement_of(text: str) -> str:
    return " ".join(text.split("Theorem statement :")[1].split(".\nProof.")[0].split())


@pytest.mark.parametrize(
    ("claim", "domain", "statement"),
    [
        ("sin(x) < x", "x > 0", "forall x : R, 0 < x -> sin x < x"),
        (
            "sqrt(x) < 1/2",
            "x in [0, 1/5]",
            "forall x : R, 0 <= x -> x <= (1 / 5) -> 0 <= x /\\ sqrt x < (1 / 2)",
        ),
        (
            "log(x) <= x - 1",
            "x > 0",
            "forall x : R, 0 < x -> 0 < x /\\ ln x <= x - 1",
        ),
        ("1/x > 0", "x in (0, 1]", "forall x : R, 0 < x -> x <= 1 -> x <> 0 /\\ / x > 0"),
        (
            "x^(1/3) > 0", "x in [1, 2]",
            "forall x : R, 1 <= x -> x <= 2 -> 0 <= x /\\ 0 < x /\\ exp ((1 / 3) * ln x) > 0",
        ),
    ],
)  # fmt: skip
def test_the_theorem_says_what_the_reader_wrote_and_that_it_is_defined(
    claim: str, domain: str, statement: str
) -> None:
    assert statement_of(decided_file(claim_of(claim, domain))) == statement


def test_what_the_library_has_not_is_refused_by_name() -> None:
    with pytest.raises(Inconclusive, match="has no gamma"):
        decided_file(claim_of("gamma(x) > 0", "x in [1, 2]"))


def test_a_variable_does_not_take_a_name_of_coq() -> None:
    text = statement_of(decided_file(claim_of("S^2 >= 0", "S real")))
    assert text == "forall v_S : R, v_S ^ 2 >= 0"


def test_lean_gets_the_statement_marked_unchecked() -> None:
    text = lean_file(claim_of("sqrt(x) < 1/2", "x in [0, 1/5]"))
    assert "UNCHECKED" in text
    assert "0 ≤ x ∧ Real.sqrt x < (1 / 2 : ℝ) := by" in text


def test_a_polynomial_of_no_sign_has_no_form() -> None:
    from fractions import Fraction

    parabola = [Fraction(1, 10), Fraction(0), Fraction(1)]  # x² + 1/10
    assert polynomials.pieces(parabola, Fraction(-1), Fraction(1), 1) is not None
    assert polynomials.pieces(parabola, Fraction(-1), Fraction(1), -1) is None
    turned = [Fraction(-1, 10), Fraction(0), Fraction(1)]  # x² − 1/10
    assert polynomials.pieces(turned, Fraction(-1), Fraction(1), 1) is None
    assert polynomials.pieces(turned, None, None, 1) is None


def test_the_cache_believes_no_file_that_was_altered(tmp_path: Path) -> None:
    (tmp_path / "Decided.vo").write_bytes(b"compiled")
    digest = cache._hash(tmp_path / "Decided.vo")
    manifest = tmp_path / "compiled.json"
    manifest.write_text(json.dumps({"key": "k", "files": {"Decided.vo": digest}}))
    assert cache._whole(tmp_path, "k")
    assert not cache._whole(tmp_path, "other sources")
    (tmp_path / "Decided.vo").write_bytes(b"compiled otherwise")
    assert not cache._whole(tmp_path, "k")


def test_a_guess_that_breaks_off_does_not_take_the_next_file_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def guess(path: Path) -> Export:
        if path.name == "first.json":
            raise ZeroDivisionError
        return Export("text", "theorem", "says")

    monkeypatch.setattr(judge, "export", guess)
    (_, first), (_, second) = judge.exports(["first.json", "second.json"])
    assert isinstance(first, Verdict)
    assert first.outcome == "undecided"
    assert isinstance(second, Export)


def test_json_and_the_kernel_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "1 < 2", "--json", "--kernel"]) == 2
    assert main(["decide", "1 < 2", "-o", "file.v"]) == 2
    assert "--export" in capsys.readouterr().err


def test_a_statement_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "one.v"
    assert main(["decide", "1 < 2", "--export", "coq", "-o", str(path)]) == 0
    assert "Theorem statement : 1 < 2." in path.read_text(encoding="utf-8")


# With Coq

PROVED = [
    ("sin(x) < x", "x > 0"),  # split, signs, cut, contact, taylor, far
    ("1 + x <= exp(x)", "x real"),  # product, step, a turn at a zero
    ("sqrt(x) < 1/2", "x in [0, 1/5]"),  # step, and where it is defined
    ("x^4 - 3*x^2 + 3 > 0", "x real"),  # a rational function
    ("Phi(x) > 1/2", "x > 0"),  # the distribution function
    ("abs(x) + 1 > x", "x in [-2, 2]"),  # cases
]


@pytest.mark.kernel
@pytest.mark.parametrize(("claim", "domain"), PROVED)
def test_coq_accepts_and_takes_no_falsehood(kernel: Kernel, claim: str, domain: str) -> None:
    text = decided_file(claim_of(claim, domain))
    verdict = kernel.check(text, "statement")
    assert verdict.outcome == "accepted", verdict.reason


SEEDED = [
    ("sin(x) < x", "x > 0", "sin x < x.", "x < sin x."),
    ("sin(x) < x", "x > 0", "0 < x ->\n  sin", "0 <= x ->\n  sin"),  # false at 0
    ("sin(x) < x", "x > 0", "0 < x ->\n  sin", "-1 < x ->\n  sin"),
    ("1 + x <= exp(x)", "x real", "x + 1 <= exp x.", "x + 1 < exp x."),  # equal at 0
    ("sqrt(x) < 1/2", "x in [0, 1/5]", "0 <= x ->\n  x <=", "-4 <= x ->\n  x <="),  # not defined
    ("sqrt(x) < 1/2", "x in [0, 1/5]", "x <= (1 / 5) ->", "x <= (1 / 4) ->"),  # equal at 1/4
    ("x^4 - 3*x^2 + 3 > 0", "x real", "+ 3 > 0.", "+ 2 > 0."),
    ("Phi(x) > 1/2", "x > 0", "0 < x ->\n  cdf", "0 <= x ->\n  cdf"),
    ("abs(x) + 1 > x", "x in [-2, 2]", "Rabs x + 1 > x.", "Rabs x + 1 > 2."),
]
"""Statement flipped, domain enlarged, an end closed, a strict sign, a number changed."""


SLOW = {2, 5, 6, 7}
"""Those that only a long run asks: each has a neighbour of its kind."""


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("claim", "domain", "old", "new"),
    [
        pytest.param(*row, marks=[pytest.mark.campaign] if i in SLOW else [])
        for i, row in enumerate(SEEDED)
    ],
)
def test_an_error_in_the_statement_is_not_accepted(
    kernel: Kernel, claim: str, domain: str, old: str, new: str
) -> None:
    head, theorem = decided_file(claim_of(claim, domain)).split("Theorem statement :")
    assert old in theorem
    seeded = f"{head}Theorem statement :{theorem.replace(old, new, 1)}"
    assert kernel.check(seeded, "statement").outcome != "accepted"
