# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---
# %% [markdown]
# # The paper's constants, verified
#
# Each number and each inequality of the paper is a *claim*: one file with the statement as printed
# and a check that decides it. The record says how they end.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures]'` in a clone.

# %%
from collections import Counter

from proofs_check import decide, find_claims, recorded

Counter(recorded().values())

# %% [markdown]
# *Repaired* means: false or without meaning as printed, and a near statement is proved.
# The record counts what is *proved on paper* as certified; below it has its own name.
# It can be out of date, so decide some claims again. Lemma 5 prints ε_cr for three Δ:

# %%
for claim in find_claims(["eps-cr-2", "eps-cr-3", "eps-cr-4"]):
    decision = decide(claim)
    print(f"{claim.printed}\n  {decision.told}: {decision.finding}")

# %% [markdown]
# Why should one believe this? The evidence has two routes to the same number, and each claim
# carries errors put into it on purpose: its verdict must change with them.

# %%
(claim,) = find_claims(["eps-cr-3"])
print("\n".join(decide(claim).evidence))
for error in claim.seeded:
    print(f"with an error ({error.what}): {error.run().verdict.value}")

# %% [markdown]
# The proof can also leave this program. A certificate is a small document that a checker replays
# with other arithmetic (MPFR) and no code shared with the rest. A certificate that was tampered
# with is refused.

# %%
import bounds
from bounds.checker import check
from bounds.critical.certificates import root_certificate

certificate = root_certificate(bounds.eps_cr(3, digits=12))
print(check(certificate).accepted)
print(check({**certificate, "version": 0}).reason)

# %% [markdown]
# The other constants of Theorem 2, for Δ = 3: C₀ and C₁ as printed (with the true ε_cr), and C₃,
# which the paper has as 3.25.

# %%
found = bounds.constants(3, 10)
print("C0 in", found.c0)
print("C1 in", found.true.c1)
print("C2 in", found.true.c2)
print("C3 in", found.c3)

# %% [markdown]
# On the command line: `bounds verify` for all claims, `bounds constants 3` for all constants.
