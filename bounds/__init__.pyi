"""The public names, each once: `bounds/__init__.py` reads this list."""

from bounds import bracket as bracket
from bounds import certify as certify
from bounds import checker as checker
from bounds import critical as critical
from bounds import estimation as estimation
from bounds import figures as figures
from bounds import functions as functions
from bounds import lower as lower
from bounds import simulation as simulation
from bounds import tables as tables
from bounds import upper as upper
from bounds.advice import advise as advise
from bounds.bracket import risk_bracket as risk_bracket
from bounds.certify.errors import BoundsError as BoundsError
from bounds.certify.errors import DomainError as DomainError
from bounds.certify.errors import Inconclusive as Inconclusive
from bounds.certify.errors import InputError as InputError
from bounds.certify.inequalities import decide_less as decide_less
from bounds.certify.numbers.enclosure import Enclosure as Enclosure
from bounds.certify.quantities.equations import solve as solve
from bounds.certify.quantities.extrema import maximum as maximum
from bounds.certify.quantities.extrema import minimum as minimum
from bounds.certify.quantities.sharpening import sharpen as sharpen
from bounds.certify.quantities.table_check import check_table as check_table
from bounds.certify.quantities.tables import table as table
from bounds.certify.quantities.values import evaluate as evaluate
from bounds.certify.quantities.values import integrate as integrate
from bounds.certify.statements import decide as decide
from bounds.certify.statements import prove as prove
from bounds.critical import CriticalValue as CriticalValue
from bounds.critical import NoCriticalValue as NoCriticalValue
from bounds.critical import eps_cr as eps_cr
from bounds.critical import folds as folds
from bounds.critical import inflections as inflections
from bounds.functions import filter_radius as filter_radius
from bounds.functions import loss as loss
from bounds.functions import mass_estimate as mass_estimate
from bounds.functions import median_shift as median_shift
from bounds.functions import window_mass as window_mass
from bounds.lower import lower_bound as lower_bound
from bounds.lower import risk_to_mass as risk_to_mass
from bounds.simulation import simulate as simulate
from bounds.tables import sweep as sweep
from bounds.upper import constants as constants
from bounds.upper import helps_below as helps_below
from bounds.upper import upper_bound as upper_bound

__version__: str
"""The version of the installed package."""

__all__: list[str]
