"""Theorem 2, the upper bound, for any Δ: as printed, repaired, and sharp.

A table of contents: far (clients far from their mean), prices (what it costs to lose a component),
printed (the constants as printed), extended (the loss on its extended domain), tangent and optimum
(the adversary's), contact (its certificate), sharp (the exact count), joint (extents, counts and
median jointly), lemmas (how loose each is), attack (counterfeit clusters against the algorithms),
bridge (two components at once, against their repair),
possible_means (the theorem proved from end to end, for the best algorithm), beyond_slope (the same
for any line above the risk of every set, and the limit for large D), two_reaches (the same with
estimates that move less far: Theorem 2 for the Δ that were left), sample_size (at a given m, of an
algorithm that one can run),
small (contamination near 0), ranges (from which Δ on), inequalities (for which c/k), over_slices
and over_delta (the same for every Δ ≥ 3/2), constant, bound, finite (few components), certificates
(what the checker can replay), arguments (read and checked once).
"""

from bounds.upper.attack import Counterfeit, counterfeit
from bounds.upper.bound import Step, UpperBound, helps_below, upper_bound
from bounds.upper.bridge import Bridge, bridge
from bounds.upper.certificates import certificates_of_bound
from bounds.upper.constant import Constants, SmallRegime, constants
from bounds.upper.contact import contact_certificate
from bounds.upper.finite import Allocation, best_allocation
from bounds.upper.inequalities import Inequality, printed_inequalities
from bounds.upper.joint import WorstCase, worst_case
from bounds.upper.lemmas import Ladder, ladder
from bounds.upper.optimum import Envelope, envelope
from bounds.upper.over_delta import InequalityRange, printed_inequalities_over_delta
from bounds.upper.ranges import delta_where
from bounds.upper.small import SmallContamination, remainder, small_contamination

__all__ = [
    "Allocation",
    "Bridge",
    "Constants",
    "Counterfeit",
    "Envelope",
    "Inequality",
    "InequalityRange",
    "Ladder",
    "SmallContamination",
    "SmallRegime",
    "Step",
    "UpperBound",
    "WorstCase",
    "best_allocation",
    "bridge",
    "certificates_of_bound",
    "constants",
    "contact_certificate",
    "counterfeit",
    "delta_where",
    "envelope",
    "helps_below",
    "ladder",
    "printed_inequalities",
    "printed_inequalities_over_delta",
    "remainder",
    "small_contamination",
    "upper_bound",
    "worst_case",
]
