"""
Estimate from your own reports
==============================

``PossibleMeans`` serves every client an estimate of its group's mean, with a proved bound on the
error for the clients at hand.
"""

import matplotlib.pyplot as plt
import numpy as np

from bounds.estimation import PossibleMeans

rng = np.random.default_rng(1)
means = np.repeat([0.0, 27.0, 54.0], 20_000)
reports = np.concatenate([means + rng.standard_normal(means.size), np.full(4_000, 1.2)])
estimator = PossibleMeans(n_components=3, contamination="1/5", separation=27).fit(reports)
print("proved: the error is at most", estimator.risk_bound_)

# %%
# What a client with a given sample estimates: the group's mean next to it, whatever 4,000 corrupted
# clients have said; far from every group it keeps its own sample.

samples = np.linspace(-10, 64, 400)
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.plot(samples, estimator.predict(samples))
axes.axline((0, 0), slope=1, color="#999999", linewidth=0.8, label="own sample only")
axes.set(xlabel="own sample", ylabel="estimate")
axes.legend(frameon=False)
figure.tight_layout()
