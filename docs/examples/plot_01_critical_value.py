"""
Where the loss turns
====================

The loss of a group turns from concave to convex at one mass ε_cr, which ``eps_cr`` encloses. The
proof says that it turns there, and nowhere before, for your own Δ.
"""

import matplotlib.pyplot as plt
import numpy as np

import bounds

found = bounds.eps_cr(2, digits=20)
print(found.eps)
print(found.proof.statement)

# %%
# The curve is drawn with floats, the mark is certified. The paper prints 8.1·10⁻⁶ for this Δ.

masses = np.linspace(1e-6, 0.02, 200)
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.plot(masses, [float(bounds.loss(eps, 2.0)) for eps in masses])
axes.plot(
    float(found.eps.low), float(found.loss.low), "o", label=r"$\varepsilon_\mathrm{cr}$, certified"
)
axes.axvline(8.1e-6, linestyle=":", color="#d55e00", label="as printed")
axes.set(xlabel="ε", ylabel="loss", title="Δ = 2", xticks=[0, 0.005, 0.01, 0.015, 0.02])
axes.legend(frameon=False)
figure.tight_layout()
