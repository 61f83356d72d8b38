"""Formulas as MathML: every claim has one, and nothing else gets through."""

from xml.etree import ElementTree

import pytest

from proofs_check import Claim, find_claims
from proofs_check.report.mathml import to_mathml


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
    ("latex", "shown"),
    [
        ("h'", "h\u2032"),
        ("k'^2", "k\u20322"),
        ("m_2'", "m2\u2032"),
        ("g''", "g\u2033"),
        ("x^2", "x2"),
    ],
)
def test_primes_stand_beside_their_letter(latex: str, shown: str) -> None:
    root = ElementTree.fromstring(str(to_mathml(latex)))
    assert "".join(root.itertext()) == shown
    for script in root.iter("{http://www.w3.org/1998/Math/MathML}msup"):
        assert "′" not in "".join(script[-1].itertext())
