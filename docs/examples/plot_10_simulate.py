"""
A sanity check by simulation
============================

``simulate`` measures the error of algorithms under an adversary. It is evidence beside the bounds,
and no bound rests on it.
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
axes.axvline(float(bounds.lower_bound(5, 1, digits=6).value.low), linestyle="--", label="no less")
axes.set(xlabel="mean squared error")
axes.legend(frameon=False)
figure.tight_layout()
