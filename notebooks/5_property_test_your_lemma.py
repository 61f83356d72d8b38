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
# # Property-test a lemma of your own
#
# You have an inequality in Δ and ε, and wonder whether it is true. Write the *margin*, right side
# minus left side, with the functions of `bounds`. `assert_holds` tries it at exact points of the
# whole domain, corners included.
#
# To run it you need Jupyter and bounds: `pip install jupyter '.[figures,hypothesis]'` in a clone.

# %%
import bounds
from proofs_check.audit.assert_holds import Counterexample, assert_holds
from proofs_check.lemmas.strategies import deltas, epsilons, points

# %% [markdown]
# A true one: the median never moves farther than the filter lets points in, g(ε) ≤ l(ε). `points`
# draws pairs (ε, Δ).


# %%
def shift_within_radius(point):
    eps, delta = point
    return bounds.filter_radius(eps, delta) - bounds.median_shift(eps, delta)


assert_holds(shift_within_radius, point=points(1, 8), max_examples=60)

# %% [markdown]
# No answer is a good answer: no counterexample at any point tried. This is evidence, not proof.
#
# A false one: is the loss at most ε? Almost, for Δ = 3 and most ε.


# %%
def loss_below_eps(eps, delta=3):
    return eps - bounds.loss(eps, delta)


try:
    assert_holds(loss_below_eps, eps=epsilons(3, estimate=True))
except Counterexample as found:
    print(found)
    eps = found.parameters["eps"]

# %% [markdown]
# The counterexample is exact and short. It is proved: a ball with all rounding errors inside is
# below 0 there. A ball that straddles 0 proves nothing, so more bits are taken, and a float is
# refused. Any other arithmetic may confirm it, such as mpmath's with 50 digits:

# %%
import mpmath

with mpmath.workdps(50):
    print(bounds.loss(mpmath.mpf(eps.numerator) / eps.denominator, mpmath.mpf(3)), ">", float(eps))

# %% [markdown]
# A defect of the paper turns up in the same way. Its last display says that
# E[(x + 1.5Δ)² given x ≥ 1.5Δ] is at most 3.25Δ².


# %%
def far_sample(delta):
    mills = bounds.functions.density(3 * delta / 2) / bounds.functions.cdf(-3 * delta / 2)
    return 13 * delta**2 / 4 - (1 + 9 * delta**2 / 4 + 9 * delta / 2 * mills)


try:
    assert_holds(far_sample, delta=deltas(low=2))
except Counterexample as found:
    print(found)

# %% [markdown]
# In a file of tests the marker `lemma` runs it at the Δ that you give:
#
# ```python
# @pytest.mark.lemma
# def test_mine(delta, holds):
#     """The shift is at most the radius."""
#     holds(lambda eps, delta: bounds.filter_radius(eps, delta) - bounds.median_shift(eps, delta),
#           eps=epsilons(delta))
# ```
#
# `pytest -p proofs_check.pytest_plugin test_mine.py --delta 2.7` runs this file. With
# `--pyargs proofs_check` in place of its name it runs the lemmas of the paper in the form that
# holds, and with `--as-printed` also those that are false.
