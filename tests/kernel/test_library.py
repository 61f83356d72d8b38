"""The Coq library compiles, says what it says and no more, and stands before coqchk."""

import re

import pytest

from bounds.kernel import Kernel
from bounds.kernel.coq import library_files, sources, unproved

STATEMENTS = (sources() / "Statements.v").read_text(encoding="utf-8")
THEOREMS = re.findall(r"^Definition (\w+) ", STATEMENTS, re.MULTILINE)

SEEDED = {
    "density_is_one": ("(Rbar_locally p_infty) 1 :=", "(Rbar_locally p_infty) 2 :="),
    "cdf_from_minus_infinity": ("is_lim cdf m_infty 0", "is_lim cdf m_infty 1"),
    "cdf_is_its_integral": ("is_derive cdf x (density x)", "is_derive cdf x (- density x)"),
    "description": ("y = x) -> the P = x", "y = x) -> the P = - x"),
    "radius_solves": (
        "(filter_radius D e) = e := filter_radius_spec",
        "(filter_radius D e) = - e := filter_radius_spec",
    ),
    "shift_solves": ("(1 + (cdf (filter_radius D e - D)", "(1 - (cdf (filter_radius D e - D)"),
    "domain": (
        "mass_estimate D eps_max = central_mass D /\\",
        "mass_estimate D eps_max = 2 * central_mass D /\\",
    ),
    "radius_slope": ("- D) - density (filter_radius", "- D) + density (filter_radius"),
    "curvature": ("(curvature_scale D e *", "(- curvature_scale D e *"),
    "multiple_positive": ("0 < curvature_scale D e :=", "1 < curvature_scale D e :="),
    "far": ("9 * D ^ 2 < error", "10 * D ^ 2 < error"),
    "hidden_means": ("(1 + cost t rest) := masses", "(1 - cost t rest) := masses"),
    "sharp_ratio": ("66104 / 100000 <", "66105 / 100000 <"),
}
"""For each theorem a digit or a sign of its statement, changed."""

DEFINITIONS = {
    "density": ("exp (- t ^ 2 / 2) / sqrt", "exp (- t ^ 2 / 3) / sqrt"),
    "cdf": ("cdf x = 1 / 2 + RInt", "cdf x = 1 / 2 - RInt"),
    "window_mass": ("= cdf (x + D) - cdf (x - D)", "= cdf (x + D) + cdf (x - D)"),
    "mass_estimate": ("= e + density D *", "= e - density D *"),
    "median_shift": ("(1 + e + (cdf", "(1 - e + (cdf"),
    "filter_radius": ("= central_mass D - e)", "= central_mass D + e)"),
    "loss": ("^ 2 / (1 + median_shift", "^ 2 / (1 - median_shift"),
    "criterion": ("(x - D * coth (x * D))", "(x + D * coth (x * D))"),
}


def test_no_file_states_what_it_does_not_prove() -> None:
    for path in library_files():
        text = re.sub(r"\(\*.*?\*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\b(Admitted|admit|Axiom|Parameter|Conjecture)\b", text), path.name


@pytest.mark.parametrize(
    "text", ["Axiom a : False.", "Proof. admit. Admitted.", "Parameter p : R."]
)
def test_what_is_not_proved_is_seen(text: str) -> None:
    assert unproved(text) is not None
    assert unproved(f"(* {text} *)") is None


def test_every_theorem_of_the_statements_has_a_seeded_error() -> None:
    assert set(THEOREMS) == set(SEEDED)


@pytest.mark.kernel
@pytest.mark.parametrize("name", [*SEEDED, *DEFINITIONS])
def test_a_seeded_error_in_a_statement_does_not_compile(name: str, kernel: Kernel) -> None:
    right, wrong = (SEEDED | DEFINITIONS)[name]
    assert STATEMENTS.count(right) == 1
    assert kernel.compiles(STATEMENTS.replace(right, wrong)) is not None


@pytest.mark.kernel
def test_the_statements_compile(kernel: Kernel) -> None:
    assert kernel.compiles(STATEMENTS) is None


@pytest.mark.kernel
def test_theorems_rest_on_the_white_list(kernel: Kernel) -> None:
    """All together, through which Coq goes once."""
    terms = "".join(f"let _ := {name} in " for name in THEOREMS)
    verdict = kernel.check(f"{STATEMENTS}\nDefinition together := {terms}I.\n", "together")
    assert verdict.outcome == "accepted", verdict.reason
    assert "Uint63.add_spec" in verdict.axioms, "TwoPoint computes with Coq's integers"


@pytest.mark.kernel
def test_coqchk_accepts_the_library(kernel: Kernel) -> None:
    """All but the steps of generated files and the one theorem that rests on machine integers."""
    assert kernel.recheck(("Generated", "TwoPoint", "Statements")) is None
