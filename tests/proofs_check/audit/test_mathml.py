"""Formulas as MathML: every claim has one, and nothing else gets through."""

from xml.etree import ElementTree

import pytest

from proofs_check import Claim, find_claims
from proofs_check.audit.report.mathml import to_mathml, to_pieces


@pytest.mark.heavy
@pytest.mark.parametrize("claim", find_claims(), ids=lambda claim: claim.id)
def test_every_claim_is_typeset(claim: Claim) -> None:
    formula = to_mathml(claim.latex)
    assert formula is not None, "some command in Claim.latex is unknown to the converter"
    assert ElementTree.fromstring(formula).tag.endswith("math")


def test_a_text_box_is_escaped() -> None:
    formula = to_mathml(r"x \quad\text{for } y < 3 \text{ and <b>text</b> & more}")
    assert formula is not None
    told = "".join(ElementTree.fromstring(formula).itertext()).replace("\xa0", " ")
    assert "y<3 and <b>text</b> & more" in told


@pytest.mark.parametrize(
    "latex", [r"\nonsense{x}", r"\frac{a}", r"\text{</mtext><script>x</script><mtext>}", "{"]
)
def test_what_has_no_mathml_is_left_alone(latex: str) -> None:
    assert to_mathml(latex) is None


@pytest.mark.parametrize(
    ("latex", "base", "power"),
    [
        ("g'", "g′", None),
        ("m_2'", "m2′", None),
        (r"\hat\varepsilon''", "ε^″", None),
        ("l'^2", "l′", "2"),
        (r"\hat\varepsilon'^2", "ε^′", "2"),
        ("f^{-1}", "f", "−1"),
        ("g^2", "g", "2"),
    ],
)
def test_a_prime_stands_beside_its_letter(latex: str, base: str, power: str | None) -> None:
    """As a superscript it would be raised twice."""
    formula = to_mathml(latex)
    assert formula is not None
    root = ElementTree.fromstring(formula)
    raised = [element for element in root.iter() if element.tag.endswith("msup")]
    if power is None:
        assert raised == []
        assert "".join(root.itertext()) == base
    else:
        assert ["".join(part.itertext()) for part in raised[0]] == [base, power]


def test_pieces_together_are_the_formula_and_break_before_relations() -> None:
    latex = r"a \le b = \frac{c}{d} \quad (x = 1)"
    pieces = to_pieces(latex)
    assert pieces is not None
    texts = ["".join(ElementTree.fromstring(piece).itertext()) for piece in pieces]
    assert texts == ["a", "≤b", "=cd", "(x=1)"]


def test_a_long_formula_breaks_at_sums_and_long_brackets_too() -> None:
    bracket = r"\left( abcdefghijklmnop + qrstuvwxyz abcdefghij \right)"
    pieces = to_pieces(rf"(1 - g^2)^2 + g {bracket} - h {bracket}")
    assert pieces is not None
    starts = ["".join(ElementTree.fromstring(piece).itertext())[:2] for piece in pieces]
    assert starts[0] == "(1"
    assert [start[0] for start in starts[1:]] == ["+", "(", "−", "("]


def test_what_has_no_mathml_has_no_pieces() -> None:
    assert to_pieces(r"\frac{a") is None


def _root(latex: str) -> ElementTree.Element:
    formula = to_mathml(latex)
    assert formula is not None
    return ElementTree.fromstring(formula)


def _named(root: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if element.tag.endswith(f"}}{tag}")]


def test_an_index_of_several_letters_is_one_word() -> None:
    (script,) = _named(_root(r"\varepsilon_{cr}"), "msub")
    assert [part.text for part in script] == ["ε", "cr"]
    (product,) = _named(_root("x_{2k}"), "msub")
    assert len(product[1]) == 2


def test_what_a_maximum_runs_over_stands_below_it() -> None:
    (limit,) = _named(_root(r"\max_{x \ge 0} x_1"), "munder")
    assert limit[0].get("movablelimits") == "true"


def test_brackets_grow_with_a_fraction_and_with_nothing_else() -> None:
    grown = [each.get("stretchy") for each in _named(_root(r"(1 + (\frac{a}{b})) f(x)"), "mo")]
    assert grown == ["true", None, "true", "true", "true", "false", "false"]
    assert "".join(_root(r"(\frac{a}{b}) - (c").itertext()) == "(ab)−(c"
