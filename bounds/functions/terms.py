"""The paper's operations as terms, of exact numbers too: a formula of numbers alone is a ball."""

from __future__ import annotations

import bounds.functions as paper
from bounds.certify.inequalities.term import term_of

central_mass = term_of(paper.central_mass)
filter_radius = term_of(paper.filter_radius)
loss = term_of(paper.loss)
mass_deficit = term_of(paper.mass_deficit)
mass_estimate = term_of(paper.mass_estimate)
median_shift = term_of(paper.median_shift)
window_mass = term_of(paper.window_mass)
