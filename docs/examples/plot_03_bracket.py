"""
The best error from both sides
==============================

``risk_bracket`` says what no algorithm beats, and what one algorithm attains. Both bounds are for
your own k, c and D.
"""

import matplotlib.pyplot as plt

import bounds

print(bounds.risk_bracket(100, 5, 18))

# %%
# Against the budget c, for 100 components whose means are at least 18 apart.

budgets = (1, 2, 5, 10, 20, 40)
found = [bounds.risk_bracket(100, c, 18, digits=6) for c in budgets]
low = [float(each.low.value.low) for each in found]
high = [float(each.high.value.high) for each in found]
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.fill_between(budgets, low, high, alpha=0.3, label="proved: between")
axes.loglog(budgets, high, "-", budgets, low, "-", color="#0072b2")
axes.set(
    xlabel="c, corrupted budget",
    ylabel="mean squared error, large m",
    title="k = 100 groups, D = 18",
)
axes.legend(frameon=False)
figure.tight_layout()
