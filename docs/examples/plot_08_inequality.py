"""
Decide an inequality
====================

``decide`` proves an inequality on its whole domain, or gives an exact counterexample.
Gordon's bounds of the normal tail hold on the whole half-line x > 0; a bound that is nearly as good
as the lower one for large x, and greater, fails.
"""

import matplotlib.pyplot as plt
import numpy as np

import bounds

print(bounds.decide("x*phi(x)/(1 + x^2) < Phi(-x) < phi(x)/x", "x > 0"))
print(bounds.decide("x*phi(x)/(1/2 + x^2) < Phi(-x)", "x > 0"))

# %%
# The picture proves nothing: it shows the two bounds, divided by φ(x), around the Mills ratio.

places = np.linspace(0.4, 4, 200)
mills = [float(bounds.functions.cdf(-x) / bounds.functions.density(x)) for x in places]
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.plot(places, mills, color="black", label="Φ(−x)/φ(x)")
axes.fill_between(places, places / (1 + places**2), 1 / places, alpha=0.2, label="proved")
axes.plot(places, places / (0.5 + places**2), linestyle=":", color="#d55e00", label="refuted")
axes.set(xlabel="x", ylabel="divided by φ(x)", ylim=(0, 1.6))
axes.legend(frameon=False)
figure.tight_layout()
