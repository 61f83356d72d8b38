"""
A table over many Δ
===================

``sweep`` makes a table of certified numbers. The ends are text, so that no digit is lost.
"""

import matplotlib.pyplot as plt

import bounds

table = bounds.sweep("3/2:5:1/10", columns="eps_cr", digits=10)
print(table.tally())
print(table["delta"][5], table["eps_cr_low"][5], table["eps_cr_high"][5])

# %%
# ε_cr falls like φ(Δ)/Δ. The printed values lie far below.

figure, axes = plt.subplots(figsize=(4.5, 3))
axes.semilogy(
    list(map(float, table["delta"])),
    list(map(float, table["eps_cr_low"])),
    label=r"$\varepsilon_\mathrm{cr}$",
)
axes.semilogy([2, 3, 4], [8.1e-6, 1.2e-9, 1.4e-14], "x", color="#d55e00", label="as printed")
axes.set(xlabel="Δ", ylabel="mass")
axes.legend(frameon=False)
figure.tight_layout()
