# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
# %% [markdown]
# # Where the proofs break, and how they are repaired
#
# `ERRATA.md` lists every claim that fails as printed. This notebook shows six places, with the
# checks of the claims, and a few pictures drawn from certified numbers.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures]'` in a clone.

# %%
from flint import arb, ctx
from IPython.display import SVG

import bounds
from proofs_check import PAPER, decide, find_claims
from proofs_check.audit.figures import Curve, Mark, line_plot

ctx.prec = 128


def tell(*names):
    for claim in find_claims(names):
        decision = decide(claim)
        print(f"{claim.id}: {claim.printed}\n  {decision.told}: {decision.finding}")


# %% [markdown]
# ## Lemma 5: a hat that was lost
#
# In the reduction l′(ε) turns into l′(ε̂) in one line, and ε̂′² into ε̂² in the statement. The sign
# of the result is no longer that of the second derivative: the derived expression changes sign at
# ε_cr, the printed one does not.

# %%
tell("lemma-5-chain-10", "lemma-5-criterion")
SVG(find_claims(["lemma-5-last-line"])[0].figure())

# %% [markdown]
# ## Lemma 5: the last concave bit
#
# The loss is to be convex for every ε above ε_cr. Next to the end of the domain, ε_max, it is
# concave again. No plot along ε can show it: at Δ = 2 the last inflection is this close to the end.

# %%
whole = bounds.inflections(2, digits=8)
print("shape:", ", ".join(whole.shape))
print("eps_max - eps in", whole.distances[-1])

# %% [markdown]
# Along y = l(ε̂), which grows without bound as ε → ε_max, it is in plain view. The curve shows the
# sign of the criterion and, logarithmically, its size.

# %%
from bounds.critical.curve import radius_of_estimate_inverse
from bounds.functions.criterion import curvature_criterion_at
from bounds.functions.shift import median_shift_at


def criterion(y, delta=2):
    y, delta = arb(y), arb(delta)
    x = radius_of_estimate_inverse(y, delta)
    value = curvature_criterion_at(x, y, median_shift_at(y, delta), delta)
    return float(value.sgn() * (1 + abs(value)).log())


ys = [number / 4 for number in range(1, 61)]
SVG(
    line_plot(
        "Δ = 2: the criterion c along y = l(ε̂), as sign(c) log(1 + |c|). Above 0 the loss is"
        " convex.",
        "l(ε̂)",
        "signed log of the criterion",
        [Curve("", [(y, criterion(y)) for y in ys])],
        [Mark(point.turn, float(point.radius_of_estimate)) for point in whole.points],
    )
)

# %% [markdown]
# ## Lemma 4: the client at the edge, and the decoy
#
# A client within 3Δ/2 of its mean is to combine its sample with the estimate of its own component.
# Two attacks say otherwise. The server's estimate may be g off, and then a client near the edge is
# too far from it and keeps its sample. Or the adversary builds a cluster of its own, nearer to the
# client than the true one.

# %%
tell("lemma-4")
(lemma_4,) = find_claims(["lemma-4"])
print("\n".join(line for line in decide(lemma_4).evidence if "witness" in line))

# %% [markdown]
# ## Lemma 6 and the chain to C₂
#
# Lemma 6 is true for Δ ≥ 3/2, but its choice of C is not argued, and two lines of the chain that
# uses it fail, for the printed ε_cr and for the true one.

# %%
tell("lemma-6", "lemma-6-choice", "c2-chain-3", "c2-chain-5")

# %% [markdown]
# ## Clients far from their mean
#
# The last display bounds E[(x + 1.5Δ)² given x ≥ 1.5Δ] by 3.25Δ². But x ≥ 1.5Δ makes it at least
# 9Δ².

# %%
tell("far-sample")


def far(delta):
    mills = bounds.functions.density(3 * delta / 2) / bounds.functions.cdf(-3 * delta / 2)
    return float((1 + 9 * delta * delta / 4 + 9 * delta / 2 * mills) / (delta * delta))


deltas = [1.5 + number / 8 for number in range(37)]
SVG(
    line_plot(
        "The conditional error of a far client over Δ², and the printed bound 3.25.",
        "Δ",
        "over Δ²",
        [
            Curve("exact", [(delta, far(arb(delta))) for delta in deltas]),
            Curve("printed", [(delta, 3.25) for delta in deltas]),
        ],
    )
)

# %% [markdown]
# ## Components 9Δ apart
#
# With D ≥ 9Δ each adversarial point is to affect one component at most. One blob of mass half-way
# between two components makes one cluster of both, too wide to be used.

# %%
tell("separation", "non-clique-cost")

# %% [markdown]
# ## What falls with them
#
# The claims know what the paper's own argument uses. This is the tree under Lemma 2; on the command
# line, `bounds verify --why theorem-2` draws the whole one.

# %%
from proofs_check.audit.graph import why, with_premises
from proofs_check.audit.runner import audit

outcomes = {
    outcome.claim.id: outcome for outcome in audit(PAPER, with_premises(PAPER, "lemma-2"), jobs=1)
}
print("\n".join(line[:110] for line in why("lemma-2", outcomes)))
