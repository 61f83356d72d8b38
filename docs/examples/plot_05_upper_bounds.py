"""
What one algorithm attains
==========================

``upper_bound`` is proved from end to end, for the best algorithm in place of the paper's. It says
which of its steps a machine decided and which are argued on paper.
"""

import matplotlib.pyplot as plt

import bounds

bound = bounds.upper_bound(3, "0.1")
for step in bound.steps:
    print(step)

# %%
# With means closer together it costs more; below 1 it is better than a client's own sample.

shares = (0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8)
figure, axes = plt.subplots(figsize=(4.5, 3))
for delta, distance, line in (("1", 9, ":"), ("3/2", 13.5, "--"), ("3", 27, "-")):
    found = [bounds.upper_bound(delta, f"{c:g}", digits=6).value for c in shares]
    axes.plot(shares, [float(each.high) for each in found], line, label=f"D = {distance}")
axes.axhline(1, color="grey", linewidth=0.8)
axes.set(xlabel="c/k", ylabel="error at most", title="many clients", ylim=(0, 1.1))
axes.legend(frameon=False)
figure.tight_layout()
