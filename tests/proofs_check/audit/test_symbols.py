"""ASCII mathematics in symbols."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_check import PAPER

symbols, marked = PAPER.typesetter.plain, PAPER.typesetter.marked


@pytest.mark.parametrize(
    ("ascii_text", "shown"),
    [
        ("m~/m2 - (Phi(l + Delta) - Phi(-Delta)) + delta", "m̃/m₂ − (Φ(l + Δ) − Φ(−Δ)) + δ"),
        ("eps <= eps~ <= eps^ < rho", "ε ≤ ε̃ ≤ ε̂ < ρ"),
        ("eps_hat_cr and eps^2/4 and x^-1", "ε̂_cr and ε²/4 and x⁻¹"),
        ("sqrt(2 pi) eps, 2*pi, 3/2*density(2)", "√(2π) ε, 2π, 3/2·φ(2)"),
        ("loss'' at eps = 1e-12, g'(eps)", "loss″ at ε = 10⁻¹², g′(ε)"),
        ("kappa = 0.0000000012 -> infinity", "κ = 1.2·10⁻⁹ → ∞"),
        ("0.9535 + window_mass(5, 2) < central_mass(2)", "0.9535 + f(5, 2) < ρ(2)"),
        ("E[mu^ - mu]", "E[μ̂ − μ]"),
        ("R*(S) <= r*(1 - p) and Er*(2)", "R*(S) ≤ r*(1 − p) and Er·(2)"),
        ("dg*(Delta*dl - dphi(g))", "g′·(Δ·l′ − φ′(g))"),
    ],
)
def test_mathematics_is_typeset(ascii_text: str, shown: str) -> None:
    assert symbols(ascii_text) == shown


@pytest.mark.parametrize(
    "words",
    [
        "see lines 10-12, the component's points and Mills' bound",
        "by lemma-5-chain-10 and eps-cr-2",
        "`bounds prove` and bounds.lower_bound(k, c, m=m)",
        "non-cliques of phase-2 points",
    ],
)
def test_words_ids_and_code_stay(words: str) -> None:
    assert symbols(words) == words


def test_every_id_stays() -> None:
    for name in PAPER.ids:
        assert symbols(f"by {name}, eps") == f"by {name}, ε"


def test_exponents_and_indices_are_raised_and_lowered() -> None:
    assert marked("eps_cr^(2/9) < 1") == "ε<sub>cr</sub><sup>2/9</sup> &lt; 1"
    assert marked("e^(-Phi(x)/2)") == "e<sup>−Φ(x)/2</sup>"
    assert marked("`bounds prove` < eps") == "<code>bounds prove</code> &lt; ε"
    assert marked("κ^{2/9}, K_infinity") == "κ<sup>2/9</sup>, K<sub>∞</sub>"


@given(st.text(st.sampled_from("aeps_^~'*()-<>=&\"0123456789. /|muDelta"), max_size=40))
def test_html_is_escaped(text: str) -> None:
    page = re.sub(r"</?su[bp]>", "", marked(text))
    page = re.sub(r"<em>([^<>]+)</em>", r"\1", page)  # its own, always in pairs
    assert "<" not in page
    assert re.search(r"&(?!(lt|gt|amp|quot|#x27);)", page) is None


def test_a_word_between_stars_is_emphasised_and_names_with_stars_are_not() -> None:
    told = marked("a *cut* costs r* and R*, *two words* 2*x and r* more")
    assert "a <em>cut</em> costs r* and R*, <em>two words</em> " in told
    assert told.count("<em>") == 2
