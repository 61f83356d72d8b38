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
# # Lists of possible means
#
# Clients in unknown groups, some of them corrupted: an estimator that one can run, and the bound
# that is proved for it at the number of clients at hand.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures]'` in a clone.

# %%
import numpy as np
from IPython.display import SVG

import bounds
from bounds.estimation import PossibleMeans
from bounds.figures import picture

# %% [markdown]
# ## How a list looks
#
# A mean is possible if the reports hold its whole normal law. Here the groups are at 0, 20 and 40.
# The corrupted clients have made a counterfeit at 27, and a second mean that looks like the first.

# %%
SVG(picture("possible-means").image("svg"))

# %% [markdown]
# Below: what a client estimates, given its own sample. Near a cluster it takes the mean that is
# best for the worst case in it; elsewhere it keeps its sample.
#
# ## Reports of your own
#
# Eight groups 27 apart, 20,000 clients each, and corrupted clients worth two fifths of a group, all
# beside the first mean.

# %%
rng = np.random.default_rng(0)
means = np.repeat(27.0 * np.arange(8), 20_000)
genuine = means + rng.standard_normal(means.size)
corrupted = 1 + rng.standard_normal(8_000)
reports = np.concatenate([genuine, corrupted])

estimator = PossibleMeans(n_components=8, contamination="2/5", separation=27)
estimates = estimator.fit_predict(reports)[: means.size]
print(f"measured error: {np.mean((estimates - means) ** 2):.4f} (own sample: 1)")
print("proved, whatever the corrupted clients do: at most", estimator.risk_bound_)

# %% [markdown]
# The same from a stream of blocks, which need not be stored:

# %%
stream = PossibleMeans(8, "2/5", 27)
for block in np.array_split(reports, 20):
    stream.partial_fit(block)
stream.predict([0.4, 26.2, 400.0])  # the last one is far from every list, and stays

# %% [markdown]
# ## How many clients it takes
#
# The proof says something from some thousand clients a group on, and comes near to its limit.

# %%
for m in (10**3, 10**4, 10**5, 10**6, 10**8):
    bound = bounds.upper_bound(3, "1/20", "proved", digits=6, k=8, m=m)
    print(f"m = {m:>11,}: {bound.value if bound.reach else 'nothing is proved'}")
print("m -> infinity:", bounds.upper_bound(3, "1/20", "proved", digits=6).value)
print("no algorithm: ", bounds.lower_bound(8, "2/5", digits=6).value)

# %% [markdown]
# ## Advice
#
# The same for people who have no use for the paper's letters. Measured numbers are evidence.

# %%
print(bounds.advise(clients=5000, groups=4, corrupted="5%", distance=20, reps=2))
