"""The end of the loss's domain, which needs no survey of what lies below it."""

from operator import itemgetter

from bounds.critical.whole_domain import end_of_domain
from bounds.tables.column import Column

COLUMNS = (
    Column("eps_max", "end of the loss's domain, as mass", end_of_domain, itemgetter(0)),
    Column("l_max", "l(eps_max), in standard deviations", end_of_domain, itemgetter(1)),
)
