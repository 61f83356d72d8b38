"""
A sanity check by simulation
============================

``simulate`` measures the error of algorithms under an attack. It is evidence beside the bounds, and
no bound rests on it.
"""

import matplotlib.pyplot as plt

import bounds

result = bounds.simulate(k=5, c=1, m=2000, delta=2, adversary="two-point", reps=4)
for name, risk in result.risks.items():
    print(f"{name:<15} {risk.mean:.3f}")

# %%
# Means over four rounds, with 95 % intervals.

names = list(result.risks)
risks = list(result.risks.values())
spread = [[r.mean - r.low for r in risks], [r.high - r.mean for r in risks]]
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.errorbar([r.mean for r in risks], names, xerr=spread, fmt="o", capsize=3)
least = bounds.lower_bound(5, 1, digits=6, m=2000).value.low
axes.axvline(float(least), linestyle="--", color="#7a3e9d", label="proved: at least, at this m")
axes.set(xlabel="mean squared error", title="k = 5 groups of m = 2000, c = 1, D = 18")
axes.legend(frameon=False)
figure.tight_layout()
