"""
Decide an inequality
====================

An inequality of your own is decided by proof on its whole domain, or by an exact counterexample.
"""

import matplotlib.pyplot as plt
import numpy as np

from bounds.certify.inequalities import PI, decide_less, variable

eps = variable("eps")
printed = eps**2 / (eps**2 + 2 * PI)
print(decide_less(printed, "1/2", {"eps": (0, "5/2")}))
print(decide_less(printed, "1/2", {"eps": (0, 5)}))

# %%
# The picture proves nothing: it shows what was decided.

masses = np.linspace(0, 5, 200)
figure, axes = plt.subplots(figsize=(4.5, 3))
axes.plot(masses, masses**2 / (masses**2 + 2 * np.pi))
axes.axhline(0.5, linestyle="--", color="#d55e00")
axes.axvspan(0, 2.5, alpha=0.15, label="proved below 1/2")
axes.set(xlabel="ε", ylabel="ε²/(ε² + 2π)")
axes.legend(frameon=False)
figure.tight_layout()
