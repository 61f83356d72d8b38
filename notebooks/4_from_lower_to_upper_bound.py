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
# # From lower to upper bound
#
# How much can collaboration help when the ratio of corrupted to genuine clients is c/k? A lower
# bound says what no algorithm can beat, an upper bound what one attains.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures]'` in a clone.

# %%
from fractions import Fraction

from IPython.display import SVG

import bounds
from bounds.figures import picture
from proofs_check.audit.figures import Curve, line_plot

# %% [markdown]
# ## Lower bounds
#
# The adversary makes two or more means look the same to the server. The paper hides an interval of
# them; the shaded area is the mass that it must add. To hide two means costs less.

# %%
SVG(picture("2", steps=120).image("svg"))

# %% [markdown]
# Ten components and a budget of one component's mass: the bound as printed, the one that its proof
# gives (whole numbers of components), and the sharp one. A caveat says what is not proved.

# %%
for method in ("printed", "corrected", "sharp"):
    lower = bounds.lower_bound(10, 1, method, digits=10)
    print(f"{method}: {lower.value}", *([f"({lower.caveat})"] if lower.caveat else []))
print("the best slope in c/k:", bounds.risk_to_mass(12).ratio, "and not 1/sqrt(8 pi) = 0.1994...")

# %% [markdown]
# Theorem 1 claims its bound for every m. It fails where there are few clients: with one component
# an explicit estimator, the clipped median, has a smaller error against every adversary.

# %%
median = bounds.lower.median_risk("1/20", 1020)
print("error at most", median.risk.decimals()[1], "where the theorem claims", median.printed)
print("refutes Theorem 1 as printed:", median.refutes)

# %% [markdown]
# ## Upper bounds
#
# Theorem 2 for Δ = 3 and c/k = 1/10, by four methods. A bound lists the steps that it rests on:
# what is assumed or refuted is not proved here.

# %%
for method in ("printed", "repaired", "sharp", "proved"):
    upper = bounds.upper_bound(3, "0.1", method, digits=10)
    print(f"{method}: {upper.value}")
    for status in ("assumed", "refuted"):
        print(f"  {status}:", "; ".join(upper.rests_on(status)) or "nothing")

# %% [markdown]
# The assumption on near clients is false for Algorithms 1 and 2 as they stand: counterfeit clusters
# next to a destroyed one cost the adversary little. The algorithm's error is then at least this
# multiple of c/k; with 4Δ in place of 3Δ in line 8 of Algorithm 1 that attack is gone.

# %%
print(bounds.upper.counterfeit(3).rate)

# %% [markdown]
# The last bound is of another algorithm, which lists all means that the reports allow; nothing in
# it is assumed. At the paper's separation of 9Δ its slope in c/k tends to that of the lower bound
# as Δ grows.

# %% [markdown]
# ## The gap
#
# Lower and upper bounds for Δ = 3 in one picture (1000 components for the lower one). On the
# command line, `bounds figure 1a -o figure.svg` draws the paper's figure for several Δ.

# %%
shares = [Fraction(step, 8) for step in range(1, 8)]


def curve(name, bound):
    return Curve(name, [(float(share), float(bound(share).value)) for share in shares])


SVG(
    line_plot(
        "Bounds on the mean squared error for Δ = 3. Without others a client has 1.",
        "c/k",
        "error",
        [
            curve("upper, sharp", lambda share: bounds.upper_bound(3, share, "sharp", 6)),
            curve("upper, proved", lambda share: bounds.upper_bound(3, share, "proved", 6)),
            curve("lower, sharp", lambda share: bounds.lower_bound(1000, 1000 * share, "sharp", 6)),
            curve(
                "lower, printed",
                lambda share: bounds.lower_bound(1000, 1000 * share, "printed", 6),
            ),
        ],
    )
)

# %% [markdown]
# ## The algorithm, measured
#
# Do Algorithms 1 and 2 behave like that? Draw clients, let an adversary loose, and measure. Points
# are evidence with error bars, not certified. At finite m the algorithm also pays for sampling
# noise; and with no attack at all it must take the surplus of reports for one.

# %%
SVG(picture("simulation", steps=20, reps=3).image("svg"))

# %% [markdown]
# `bounds simulate --help` lists the adversaries. One of your own is a function:

# %%
from bounds.simulation import simulate


def far_heap(problem, count, rng):
    """Every corrupted client reports nearly the same point, 2.5Δ from the first mean."""
    return problem.means[0] + 2.5 * problem.window + 0.01 * rng.random(count)


print(simulate(10, 1, 5000, 3, adversary=far_heap, reps=5))
