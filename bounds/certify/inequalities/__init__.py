"""Inequalities between explicit expressions, decided with proof over boxes of exact numbers.

A table of contents: term (expressions), decide (`decide_less`: a proof, or an exact
counterexample), zero (certificates of isolated zeros). Each outcome has a certificate that the
independent checker replays.

    >>> from bounds.certify.inequalities import decide_less, variable
    >>> x = variable("x")
    >>> decide_less(x * (1 - x), 1, {"x": (0, 1)}).holds
    True
"""

from bounds.certify.inequalities.decide import Counterexample, Proved, decide_less, prove_less
from bounds.certify.inequalities.term import (
    PI,
    Term,
    cdf,
    density,
    exp,
    expm1,
    log,
    number,
    operation,
    quantile,
    sqrt,
    variable,
)
from bounds.certify.inequalities.zero import zero_certificate

__all__ = [
    "PI",
    "Counterexample",
    "Proved",
    "Term",
    "cdf",
    "decide_less",
    "density",
    "exp",
    "expm1",
    "log",
    "number",
    "operation",
    "prove_less",
    "quantile",
    "sqrt",
    "variable",
    "zero_certificate",
]
