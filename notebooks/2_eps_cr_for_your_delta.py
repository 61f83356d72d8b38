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
# # The critical value ε_cr for your own Δ
#
# The paper bounds the error of one mixture component by a *loss*, g(ε̂)²/(1 + g(ε̂)²), as a function
# of the adversarial mass ε. Below ε_cr the loss is concave and the adversary spreads its points;
# above, it concentrates them. Put your own Δ (in standard deviations) in the next cell.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures]'` in a clone.

# %%
import bounds
from bounds.critical.large_delta import eps_cr_limit

delta = "2.5"

# %% [markdown]
# The answer is an *enclosure*: the truth lies between the two decimals, which are rounded outwards.
# A decimal in quotes is exact. The float `2.7` would stand for the binary number next to 2.7.

# %%
value = bounds.eps_cr(delta, digits=40)
print(value.eps)

# %% [markdown]
# It comes with its proof: a box in which the equation has exactly one root, because the Krawczyk
# operator maps the box into its own interior, with this contraction.

# %%
print(value.proof.statement)
print("contraction at most", value.proof.contraction)
print("turns from concave to convex on the whole domain:", value.turns)

# %% [markdown]
# Is it right? Ask by another route. Taylor arithmetic differentiates the *definition* of the loss
# twice, with balls, and no formula for a derivative. The signs just below and just above differ:

# %%
from flint import arb, arb_series, ctx

ctx.prec = 256
low, high = value.eps.decimals()
for eps in (low, high):
    second_derivative = 2 * bounds.loss(arb_series([arb(eps), 1], prec=3), arb(delta))[2]
    print(eps, "  loss'' =", second_derivative.str(5))

# %% [markdown]
# The paper says that the loss is convex for *every* ε above ε_cr. On the whole domain this is
# false: next to its end, ε_max, the loss bends down again. The last inflection is so close to
# the end that its distance must be printed, not its place.

# %%
whole = bounds.inflections(delta, digits=12)
print("shape:", ", ".join(whole.shape))
print("eps_max in", whole.eps_max)
for point, distance in zip(whole.points, whole.distances, strict=True):
    print(f"{point.turn}: eps in {point.eps}, eps_max - eps in {distance}")

# %% [markdown]
# Some Δ have no ε_cr at all, and say so; some have two.

# %%
for other in ("0.5", "1.2"):
    try:
        print(other, bounds.eps_cr(other, digits=12).turns, "turns to convexity")
    except bounds.NoCriticalValue as reason:
        print(reason)

# %% [markdown]
# Where the picture changes is known, too: at three *folds* two inflections appear or vanish. From
# the second appearance on there are four, and above the last fold two.

# %%
for fold in bounds.folds(digits=15):
    print(f"two inflections {fold.change} at Delta in {fold.delta}")

# %% [markdown]
# For large Δ there is an expansion with a proved error bound. ε_cr Δ/φ(Δ) has a limit, and ten
# terms give ε_cr(20) without a root finder.

# %%
print("limit in", eps_cr_limit(20))
expansion = bounds.critical.large_delta.eps_cr_expansion(terms=10)
print(expansion.eps_cr(20))
print(bounds.eps_cr(20, digits=20).eps)

# %% [markdown]
# Many Δ at once make a table; `output="table.csv"` writes it to a file.

# %%
table = bounds.sweep("1.5:3:0.5", columns="eps_cr", digits=12)
print(*table.names, sep=", ")
for row in table.rows:
    print(*row, sep=", ")
