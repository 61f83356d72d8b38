"""The reduction in the proof of Lemma 5, line by line: loss″ up to positive factors."""

from __future__ import annotations

from functools import partial

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.claims.sb_lemma_5.lemma_5_lines import LINES, MENDED
from proofs_check.claims.sb_lemma_5.lemma_5_step import decide_step

CLAIMS = (
    Claim(
        id="lemma-5-chain-1",
        where="Appendix B, proof of Lemma 5",
        printed="½(1 + g²)(g²)″ − ((g²)′)² has the sign of loss″ (g at ε̂)",
        latex=(
            r"\frac{d^2}{d\varepsilon^2}\frac{g^2}{1+g^2} \gtrless 0 \iff \tfrac12 (1+g^2)(g^2)'' "
            r"- (g^2)'^2 \gtrless 0"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 1),
        seeded=(
            Seeded(
                "the factor 1/2 is dropped",
                lambda: decide_step(1, LINES[1].text.replace("1/2*", "")),
            ),
            Seeded("a sign", lambda: decide_step(1, LINES[1].text.replace("- dG", "+ dG"))),
        ),
        rests_on=("loss-derivatives",),
    ),
    Claim(
        id="lemma-5-chain-2",
        where="Appendix B, proof of Lemma 5",
        printed="= (1 + g²)((g′² + g g″) ε̂′² + g g′ ε̂″ − (2 g g′ ε̂′)²), brackets as printed",
        latex=(
            r"= (1+g^2)\left((g'^2 + g g'')\hat\varepsilon'^2 + g g' \hat\varepsilon'' - (2 g g' "
            r"\hat\varepsilon')^2\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 2),
        seeded=(
            Seeded(
                "the bracket closed before the square, as it should be",
                lambda: decide_step(2, MENDED[2].text),
            ),
            Seeded(
                "a dropped square in the correction",
                lambda: decide_step(2, mended=MENDED[2].text.replace("*dh)**2", "*dh)")),
            ),
        ),
        rests_on=("lemma-5-chain-1",),
    ),
    Claim(
        id="lemma-5-chain-3",
        where="Appendix B, proof of Lemma 5",
        printed="= g′² ε̂′² [(1 + g²)(1 + g g″/g′² + (g/g′) ε̂″/ε̂′²) − 4g²]",
        latex=(
            r"= g'^2 \hat\varepsilon'^2 \left[(1+g^2)\left(1 + \frac{g g''}{g'^2} + "
            r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2\right]"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 3),
        seeded=(
            Seeded(
                "2 in place of 4", lambda: decide_step(3, LINES[3].text.replace("4*g**2", "2*g**2"))
            ),
            Seeded(
                "a dropped prime: g for g'",
                lambda: decide_step(3, LINES[3].text.replace("g/dg*ddh", "g/g*ddh")),
            ),
        ),
        rests_on=("lemma-5-chain-2",),
    ),
    Claim(
        id="lemma-5-chain-4",
        where="Appendix B, proof of Lemma 5",
        printed="same sign as (1 + g²)(1 + g g″/g′² + (g/g′) ε̂″/ε̂′²) − 4g²",
        latex=(
            r"(1+g^2)\left(1 + \frac{g g''}{g'^2} + "
            r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 4),
        seeded=(
            Seeded(
                "a dropped square", lambda: decide_step(4, LINES[4].text.replace("dg**2", "dg"))
            ),
            Seeded("a sign", lambda: decide_step(4, LINES[4].text.replace("- 4", "+ 4"))),
        ),
        rests_on=("lemma-5-chain-3",),
    ),
    Claim(
        id="lemma-5-chain-5",
        where="Appendix B, proof of Lemma 5",
        printed=(
            "= (1 + g²)(1 + (g/g′)(Δ l̂′ + g g′ − coth(Δ l̂) Δ l̂′) + (g/g′) ε̂″/ε̂′²) − 4g², l̂ = l(ε̂)"
        ),
        latex=(
            r"= (1+g^2)\left(1 + \frac{g}{g'}\left(\Delta \hat l' + g g' - \coth(\Delta\hat "
            r"l)\Delta\hat l'\right) + "
            r"\frac{g}{g'}\frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right) - 4g^2"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 5),
        seeded=(
            Seeded(
                "a dropped hat: l'(eps)",
                lambda: decide_step(5, LINES[5].text.replace("Delta*dl_hat", "Delta*dl", 1)),
            ),
            Seeded("a dropped prime", lambda: decide_step(5, LINES[5].text.replace("dh**2", "dh"))),
        ),
        rests_on=("lemma-5-chain-4", "g-second"),
    ),
    Claim(
        id="lemma-5-chain-6",
        where="Appendix B, proof of Lemma 5",
        printed="= (1 + g²)(1 + g² + (g/g′)(Δ l̂′ − coth(Δ l̂) Δ l̂′ + ε̂″/ε̂′²)) − 4g², l̂ = l(ε̂)",
        latex=(
            r"= (1+g^2)\left(1 + g^2 + \frac{g}{g'}\left(\Delta \hat l' - \coth(\Delta\hat "
            r"l)\Delta\hat l' + \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)\right) - 4g^2"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 6),
        seeded=(
            Seeded(
                "g for g^2",
                lambda: decide_step(6, LINES[6].text.replace("1 + g**2 + g/dg", "1 + g + g/dg")),
            ),
            Seeded("a sign", lambda: decide_step(6, LINES[6].text.replace("- coth", "+ coth"))),
        ),
        rests_on=("lemma-5-chain-5",),
    ),
    Claim(
        id="lemma-5-chain-7",
        where="Appendix B, proof of Lemma 5",
        printed="= (1 − g²)² + (1 + g²)(g/g′)(Δ l̂′ − coth(Δ l̂) Δ l̂′ + ε̂″/ε̂′²), l̂ = l(ε̂)",
        latex=(
            r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\Delta \hat l' - \coth(\Delta\hat "
            r"l)\Delta\hat l' + \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 7),
        seeded=(
            Seeded(
                "a sign in the square",
                lambda: decide_step(7, LINES[7].text.replace("(1 - g**2)**2", "(1 + g**2)**2")),
            ),
            Seeded(
                "a dropped hat: l(eps)",
                lambda: decide_step(7, LINES[7].text.replace("coth(Delta*l_hat)", "coth(Delta*l)")),
            ),
        ),
        rests_on=("lemma-5-chain-6",),
    ),
    Claim(
        id="lemma-5-chain-8",
        where="Appendix B, proof of Lemma 5",
        printed="= (1 − g²)² + (1 + g²)(g/g′)(Δ l̂′ (1 − coth(Δ l̂)) + ε̂″/ε̂′²), l̂ = l(ε̂)",
        latex=(
            r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\Delta \hat l'(1 - \coth(\Delta\hat l)) "
            r"+ \frac{\hat\varepsilon''}{\hat\varepsilon'^2}\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 8),
        seeded=(
            Seeded("a sign", lambda: decide_step(8, LINES[8].text.replace("1 - coth", "1 + coth"))),
            Seeded(
                "a dropped prime: eps_hat' for eps_hat''",
                lambda: decide_step(8, LINES[8].text.replace("ddh", "dh")),
            ),
        ),
        rests_on=("lemma-5-chain-7",),
    ),
    Claim(
        id="lemma-5-chain-9",
        where="Appendix B, proof of Lemma 5",
        printed=(
            "= (1 − g²)² + (1 + g²)(g/g′)(ε̂″/ε̂′² − Δ l̂′ 2e^{−l̂Δ}/(e^{l̂Δ} − e^{−l̂Δ})), l̂ = l(ε̂)"
        ),
        latex=(
            r"= (1 - g^2)^2 + (1 + "
            r"g^2)\frac{g}{g'}\left(\frac{\hat\varepsilon''}{\hat\varepsilon'^2} - \Delta \hat l' "
            r"\frac{2e^{-\hat l\Delta}}{e^{\hat l\Delta} - e^{-\hat l\Delta}}\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 9),
        seeded=(
            Seeded(
                "the factor 2 is dropped", lambda: decide_step(9, LINES[9].text.replace("*2*", "*"))
            ),
            Seeded(
                "a sign in an exponent",
                lambda: decide_step(9, LINES[9].text.replace("*2*exp(-l_hat", "*2*exp(l_hat")),
            ),
        ),
        rests_on=("lemma-5-chain-8",),
    ),
    Claim(
        id="lemma-5-chain-10",
        where="Appendix B, proof of Lemma 5",
        printed=(
            "= (1 − g²)² + (1 + g²)(g/g′)(l̂′² (Δ/ε̂′²) φ(Δ)(l̂/Δ − coth(l̂Δ)) − Δ l̂′ "
            "e^{−l̂Δ}/sinh(l̂Δ)), l̂ = l(ε̂), hats as printed"
        ),
        latex=(
            r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\left(\frac{\hat l'^2 "
            r"\Delta}{\hat\varepsilon'^2}\varphi(\Delta)\left(\frac{\hat l}{\Delta} - \coth(\hat "
            r"l\Delta)\right) - \Delta\hat l' \frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)}\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 10),
        seeded=(
            Seeded(
                "the right line, with l and l' at eps", lambda: decide_step(10, MENDED[10].text)
            ),
            Seeded(
                "a hat too many in the correction",
                lambda: decide_step(10, mended=MENDED[10].text.replace("coth(l*", "coth(l_hat*")),
            ),
        ),
        rests_on=("lemma-5-chain-9", "l-prime"),
    ),
    Claim(
        id="lemma-5-chain-11",
        where="Appendix B, proof of Lemma 5",
        printed=(
            "= (1 − g²)² + (1 + g²)(g/g′) Δ l̂′ (l̂′/ε̂′² φ(Δ)(l̂/Δ − coth(l̂Δ)) − "
            "e^{−l̂Δ}/sinh(l̂Δ)), l̂ = l(ε̂), hats as printed"
        ),
        latex=(
            r"= (1 - g^2)^2 + (1 + g^2)\frac{g}{g'}\Delta\hat l'\left(\frac{\hat "
            r"l'}{\hat\varepsilon'^2}\varphi(\Delta)\left(\frac{\hat l}{\Delta} - \coth(\hat "
            r"l\Delta)\right) - \frac{e^{-\hat l\Delta}}{\sinh(\hat l\Delta)}\right)"
        ),
        hypotheses="0 < ε < ε_max, where ε̂ < ρ; every g is g(ε̂)",
        method="exact algebra over the chain rule; loss″ by Taylor arithmetic at points",
        check=partial(decide_step, 11),
        seeded=(
            Seeded(
                "a dropped prime: eps_hat for eps_hat'",
                lambda: decide_step(11, LINES[11].text.replace("dh**2", "eps_hat**2")),
            ),
            Seeded("a sign", lambda: decide_step(11, LINES[11].text.replace(" - exp", " + exp"))),
        ),
        rests_on=("lemma-5-chain-10",),
    ),
)
