"""Formulas in a sentence: found, typeset, and nothing lost."""

from __future__ import annotations

import re
from html import escape, unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_check.audit.report.inline_math import with_formulas

FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
_JOINTS = str.maketrans("", "", "(){}_^ ")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉", "0123456789+−0123456789")


def signs(text: str) -> str:
    """What must be on the page, in the same order: all but brackets and joints."""
    return text.translate(_PLAIN).translate(_JOINTS).replace("√", "")


def shown(html: str) -> str:
    return signs(unescape(re.sub("<[^>]*>", "", html)))


def typeset(sentence: str) -> str:
    return with_formulas(sentence, escape)


SENTENCES = [
    "1 < C₀ < 1/(1 − 3Φ(−Δ)) for every Δ > 1/2, and C₀ decreases to 1",
    "h″(ε) = 4π (2π − 3ε²)/(2π + ε²)³",
    "true exactly where c > 1: cm corrupted clients, a share c/(k + c) of all",
    "E[(μ̂ − μ)² given |x_v − μ| < Δ − g(ε)/2] ≤ g(ε̃)²/(1 + g(ε̃)²)",
    "lim inf K(m) ≥ max (1/k) sum h(ε_i); at a given m the factor 1/|U| costs",
    "P(|x_v − μ| ≥ 3Δ/2) = 2Φ(−3Δ/2) < e^(−9Δ²/8) for every Δ > 0",
    "line 1 ≤ line 2 for every right end b ≤ l(ε), with equality at b = l(ε)",
    "a component's mean: the client's error, from 10⁻⁴ to 3.5·10⁸, c* in [0.1, 0.2]",
    "C′ = e′/l(e′)³, e′ = ε_cr + l(ε_cr) φ(Δ), in place of C beside A^(1/3) (see lemma 6",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sign_is_on_the_page(sentence: str) -> None:
    told = typeset(sentence)
    assert shown(told) == signs(sentence)
    assert FORMULA.search(told)
    for formula in FORMULA.findall(told):
        ElementTree.fromstring(formula)


@given(st.text("abcfklΔεΦμ̂′²₀_^()[]|/√+−·=<≤,;. 0123", max_size=60))
def test_whatever_is_written_nothing_is_lost(sentence: str) -> None:
    told = typeset(sentence)
    assert shown(told) == signs(sentence)
    for formula in FORMULA.findall(told):
        ElementTree.fromstring(formula)


def test_fractions_roots_and_primes() -> None:
    for sentence in ("t = 3Δ/2", "c/k < 1/2", "e^(−D²/162) < (1 − e^(−2x))/(1 − γ)"):
        told = typeset(sentence)
        assert "<mfrac" not in told
        assert told.count(">/</mo>") == sentence.count("/")
    assert '/</mo><mrow><mo stretchy="false">(' in typeset("x = 1/2π")
    assert "/</mo><mrow><mo" not in typeset("x/φ(x) < 1")
    assert "<msqrt><mrow><mrow><mn>2</mn><mi>π</mi></mrow></mrow></msqrt>" in typeset("c < √(2π)")
    assert "<msup>" not in typeset("h′(ε) = 0")
    assert "<mtext>" not in typeset("10^(−9Δ) < 1")


def test_words_and_lone_numbers_are_no_formulas() -> None:
    for sentence in ("a sample of 3 clients", "line 2", "see Section V (or 4)", "x-axis, i.i.d."):
        assert typeset(sentence) == escape(sentence)
    assert typeset("the interval [0.1, 0.2] (see 4)") == "the interval [0.1, 0.2] (see 4)"


def test_a_quantity_by_itself_looks_as_it_does_in_a_formula() -> None:
    assert FORMULA.findall(typeset("every κ, k, D")) == [
        f'<math class="inline"><mrow><mi>{letter}</mi></mrow></math>' for letter in "κkD"
    ]


def test_a_letter_after_an_article_is_a_formula() -> None:
    assert typeset("gives a σ that").startswith("gives a <math")


def test_infinity_beside_a_letter_is_its_index() -> None:
    assert "<msub><mi>K</mi>" in typeset("K∞ ≤ 1")
    assert "<msub>" not in typeset("m → ∞")


def test_brackets_and_what_is_given_in_them_are_one_formula() -> None:
    for sentence in ("E[(|Z| + 2t)²; |Z| ≥ 2t]", "C(X_i, S({X_i})) ≤ 1"):
        assert FORMULA.sub("", typeset(sentence)).replace("<wbr>", "") == ""


def test_a_limit_after_a_relation_is_a_formula_of_its_own() -> None:
    assert len(FORMULA.findall(typeset("k ≥ 2 lim sup K(m)"))) == 2


def test_a_long_formula_may_be_broken_before_relations_and_signs() -> None:
    told = typeset("K = 1 + 2a + 3b + 4c + 5d + 6f + 7g + 8h + 9i ≤ 10k")
    assert len(FORMULA.findall(told)) > 4
    assert len(FORMULA.findall(typeset("c = 1/20"))) == 1


def test_small_digits_in_an_exponent_are_powers_there() -> None:
    square = "<msup><mi>D</mi><mrow><mn>2</mn></mrow></msup>"
    for exponent in ("(−D²/162)", "{−D²/162}"):
        slash = '<mo lspace="0" rspace="0">/</mo>'
        assert f"<mo>−</mo><mrow>{square}{slash}<mn>162</mn></mrow>" in typeset(f"r = e^{exponent}")
    assert "<mo>−</mo><mn>1</mn>" in typeset("f⁻¹(x)")
