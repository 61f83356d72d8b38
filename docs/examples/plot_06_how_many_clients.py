"""
How many clients it takes
=========================

For a given number of clients the proof needs room for sampling noise. ``least_sample_size`` says
from which m on it says something, ``sample_size_bound`` what it then promises.
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
axes.set(xlabel="m, genuine clients a group", ylabel="error at most, proved")
figure.tight_layout()
