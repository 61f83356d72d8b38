"""Certificates, LaTeX and two-way tables: what is written is replayed, and read back."""

from __future__ import annotations

import pytest

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.quantities.results import Roots


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("equation", "domain", "count"),
    [
        ("exp(x) = 3*x^2", "x in [-1, 5]", 3),
        ("x^2 = 4", "x in [0, 5]", 1),
        ("x*(x - 1) = 0", "x in [0, 1/2]", 1),
        ("x^2 + 1 = 0", "x real", 0),
    ],
)
def test_the_roots_are_one_statement(equation: str, domain: str, count: int) -> None:
    found = bounds.solve(equation, domain, proof=True)
    assert isinstance(found, Roots)
    assert len(found.roots) == count
    assert check(found.certificate()).accepted
    assert found.json()["statement"] == str(found.proof.statement)  # type: ignore[union-attr]


def test_a_cluster_has_no_certificate() -> None:
    found = bounds.solve("(cos(x) - x)^2 = 0", "x in [0, 2]", proof=True, seconds=3)
    assert isinstance(found, Roots)
    assert found.outcome != "complete"
    with pytest.raises(Inconclusive, match="no certificate"):
        found.certificate()


TABLE = "x,Phi(x)\n1,0.8413\n1.96,0.9751\n2,0.97727\n"


def test_a_checked_table_says_of_each_entry_what_is_so() -> None:
    (certificate,) = bounds.check_table(TABLE).certificates()
    verdict = check(certificate)
    assert verdict.accepted
    assert "Phi(1) <= 16827/20000" in verdict.reason  # right
    assert "Phi(49/25) < 19501/20000" in verdict.reason  # printed 0.9751, rounded up
    assert "Phi(2) < 195453/200000" in verdict.reason  # printed 0.97727, too large


def test_a_large_table_has_a_certificate_for_each_32_entries() -> None:
    made = bounds.table("x^2", "x = 1..40", digits=1)
    found = bounds.check_table(made.csv())
    assert len(found.certificates()) == 2
    assert all(check(each).accepted for each in found.certificates())


def test_an_undefined_entry_has_no_certificate() -> None:
    with pytest.raises(Inconclusive, match="line 2"):
        bounds.check_table("x,log(x)\n-1,0.5\n").certificates()


@pytest.mark.parametrize("formula", ["besselj(n, x)", "x^n"])
@pytest.mark.parametrize("form", ["csv", "latex"])
def test_a_two_way_table_is_read_back(formula: str, form: str) -> None:
    made = bounds.table(formula, "x = 0..1 by 1/2, n = 1..3", digits=4, two_way=True)
    found = bounds.check_table(getattr(made, form)())
    assert found.outcome == "right"
    assert len(found.judgements) == 9
    assert str(found.judgements[1].place["n"]) == "2"


def test_an_entry_of_a_two_way_table_is_judged_by_its_row_and_column() -> None:
    text = bounds.table("x^n", "x = 1..3, n = 1..2", digits=1, two_way=True).csv()
    found = bounds.check_table(text.replace("9.0", "8.0"))
    (wrong,) = found.mistakes
    assert (str(wrong.place["x"]), str(wrong.place["n"]), wrong.right) == ("3", "2", "9.0")
    assert r"x^{n}" in found.latex()


def test_what_is_no_two_way_table() -> None:
    with pytest.raises(InputError, match="two parameters"):
        bounds.table("x", "x = 1..3", two_way=True)
    with pytest.raises(InputError, match="corner"):
        bounds.check_table("x \\ n: x*y,1\n1,2\n")


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (
            lambda: bounds.maximum("x*exp(-x)", "x >= 0").latex(),
            r"\max_{x \ge 0} x e^{-x} = e",
        ),
        (lambda: bounds.maximum("x/(1 + x)", "x >= 0").latex(), r"\sup_{x \ge 0}"),
        (lambda: bounds.solve("x^2 = 2", "x > 0").latex(), r"= \{x_{1}\}"),
        (lambda: bounds.sharpen("sin(x) >= ?C*x", "0 <= x <= 1").latex(), r"\max C"),
        (lambda: bounds.evaluate("Phi(-8)").latex(), r"\cdot 10^{-16}"),
        (lambda: bounds.solve("x + y = 1 and x = y", "x, y in [0, 1]").latex(), r"x \in [0.5"),
    ],
)
def test_results_are_latex(latex, wanted) -> None:  # type: ignore[no-untyped-def]
    assert wanted in latex()
