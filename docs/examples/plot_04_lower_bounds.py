"""
Three lower bounds
==================

Theorem 1 as printed, its maximum over integers corrected, and a sharper attack. The printed one is
not proved, and false for small c; the other two are proved on paper (constants checked by machine).
"""

import matplotlib.pyplot as plt
import numpy as np

import bounds

budgets = [f"{c:g}" for c in np.linspace(0.1, 3, 15)]
figure, axes = plt.subplots(figsize=(4.5, 3))
for method, line in (("printed", ":"), ("corrected", "--"), ("sharp", "-")):
    heights = [float(bounds.lower_bound(10, c, method, digits=6).value.low) for c in budgets]
    axes.plot(list(map(float, budgets)), heights, line, label=method)
axes.set(xlabel="c", ylabel="error at least", title="k = 10 groups, many clients")
axes.legend(frameon=False)
figure.tight_layout()

# %%
# The attack behind the sharp bound says how many components are hit, and how.

for count, attack in bounds.lower_bound(10, 1).plan:
    print(f"on {count} of 10: {attack}")
