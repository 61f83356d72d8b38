"""
Replay a proof
==============

A certificate holds all that a checker needs to repeat a proof. The checker shares no code with the
engine that found the proof, and believes nothing in the file.
"""

import matplotlib.pyplot as plt

from bounds import checker, inflections
from bounds.critical.certificates import certificates_of

result = inflections("6/5", digits=10)
certificates = certificates_of(result)
for certificate in certificates:
    verdict = checker.check(certificate)
    print(certificate["kind"], "accepted" if verdict.accepted else verdict.reason)

# %%
# With one hex digit of its seal changed, a certificate is refused.

forged = {**certificates[0], "sha256": "0" * 64}
print(checker.check(forged).reason)

# %%
# What was proved: the loss for Δ = 6/5 has four inflections, and these are all.

ends = [0.0, *(float(point.eps.low) for point in result.points), float(result.eps_max.low)]
figure, axes = plt.subplots(figsize=(4.5, 1.6))
for left, right, shape in zip(ends[:-1], ends[1:], result.shape, strict=True):
    colour = "#0072b2" if shape == "convex" else "#d55e00"
    axes.barh(0, right - left, left=left, color=colour)
axes.set(xlabel="ε (blue: convex, orange: concave)", yticks=[], title="Δ = 6/5")
figure.tight_layout()
