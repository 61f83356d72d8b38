"""
How many clients it takes
=========================

The proof needs a least number of clients, because samples are noisy. ``least_sample_size`` is the
least m for which it promises anything, and ``sample_size_bound`` is what it then promises.
"""

import matplotlib.pyplot as plt

from bounds.upper.sample_size import least_sample_size, sample_size_bound

print("from m =", least_sample_size(10, "1/2", 20))

# %%
# Ten groups 20 apart, a twentieth as much corrupted mass as genuine.

sizes = [10**n for n in (4, 5, 6, 7, 8)]
heights = [float(sample_size_bound(10, "1/2", 20, m, 6).value.high) for m in sizes]
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.loglog(sizes, heights, "o-")
axes.set(
    xlabel="m, genuine clients in a group", ylabel="error at most", title="k = 10 groups, D = 20"
)
figure.tight_layout()
