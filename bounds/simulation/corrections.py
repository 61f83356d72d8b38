"""Where Algorithms 1 and 2 as printed differ from what the analysis means: one switch each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Corrections:
    """Which corrections to apply; the table in `bounds.simulation` states each.

    Attributes:
        count: line 15 of Algorithm 1 divides m̃ by m₂, not by m.
        extent: line 12 takes l from the cluster, not from the samples around it.
        interval: line 11 takes the whole interval around the cluster, not a union of windows.
        components: line 9 takes connected components that are cliques, not every maximal clique.
        domain: Algorithm 2 continues g to every real number.
    """

    count: bool = True
    extent: bool = True
    interval: bool = True
    components: bool = True
    domain: bool = True


AS_MEANT = Corrections()
AS_PRINTED = Corrections(False, False, False, False, False)
