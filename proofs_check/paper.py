"""The paper that this project audits, as the audit needs to know it."""

from __future__ import annotations

from pathlib import Path

from proofs_check.audit.paper import Audit, Parameter
from proofs_check.audit.report.symbols import Notation
from proofs_check.kernel import theorems_of
from proofs_check.reading import GLOSSARY, SLIPS, TITLES, WORDINGS

_HERE = Path(__file__).parent

NOTATION = Notation(
    functions={
        "central_mass": "ρ",
        "window_mass": "f",
        "mass_deficit": "d",
        "filter_radius": "l",
        "mass_estimate": "ε̂",
        "median_shift": "g",
    },
    derivatives={
        "dg": "g′",
        "ddg": "g″",
        "dl": "l′",
        "dl_hat": "l̂′",
        "dh": "ε̂′",
        "ddh": "ε̂″",
        "dG": "(g²)′",
        "ddG": "(g²)″",
        "dphi": "φ′",
        "df": "f′",
    },
    primed=("loss",),
    legend="f(x, Δ), ρ(Δ), l(ε, Δ), ε̂(ε, Δ), g(ε, Δ) and loss(ε, Δ) are the paper's functions with"
    " Δ as their last argument; d = ρ − f, and loss = g(ε̂)²/(1 + g(ε̂)²)",
)

DELTA = Parameter(
    name="delta",
    told="Delta",
    unit="standard deviations",
    defaults=("1.5", "2", "3", "8"),
    least="1/64",
    most="32",
)


def _common() -> None:
    from proofs_check.claims.shared.every_delta import ranges

    ranges()


PAPER = Audit(
    module=__name__,
    title="Robust Federated Personalised Mean Estimation for the Gaussian Mixture Model",
    claims="proofs_check.claims",
    sections={
        "Abstract": "Abstract",
        "I": "I. Introduction",
        "II": "II. Problem statement",
        "III": "III. Results",
        "IV": "IV. Lower bound",
        "V": "V. Algorithm and asymptotic analysis",
        "VI": "VI. Discussion",
        "A": "Appendix A. Lower bound proof",
        "B": "Appendix B. Algorithm analysis",
    },
    stands_in={
        "Algorithm": "V",
        "Alg.": "V",
        "Fig. 1": "III",
        "Fig. 2": "IV",
        "Lemma": "B",
        "Theorem": "III",
    },
    beyond={"beyond": "Beyond the paper"},
    numbered={"lemma-1": "separation", "lemma-5": "lemma-5-convexity"},
    notation=NOTATION,
    record=_HERE / "recorded.json",
    errata=_HERE.parent / "ERRATA.md",
    kernel=theorems_of,
    parameter=DELTA,
    authors="Malhar A. Managoli, Vinod M. Prabhakaran and Suhas Diggavi",
    identifier="arXiv 2504.19955; we checked the version that prints 8.1·10⁻⁶, 1.2·10⁻⁹ and"
    " 1.4·10⁻¹⁴ for ε_cr; our copy has no version number. arXiv lists a second version, which we"
    " did not have",
    link="https://arxiv.org/abs/2504.19955",
    titles=TITLES,
    slips=SLIPS,
    wordings=WORDINGS,
    glossary=GLOSSARY,
    common=_common,
)
