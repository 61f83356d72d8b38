"""Numerically verified bounds for robust federated personalised mean estimation.

Your own Δ, certified (enclosures with proof):
    eps_cr (CriticalValue, NoCriticalValue), inflections, folds,
    lower_bound, risk_to_mass (Theorem 1), upper_bound, helps_below, constants (Theorem 2),
    risk_bracket (both sides, for your k, c, D and m), sweep (a table over many Δ);
    advise (plain advice for your clients); simulate measures, and certifies nothing.
Inequalities of your own: decide, prove (text, LaTeX or SymPy; %load_ext bounds for notebooks);
    decide_less (on boxes, see bounds.certify.inequalities).
Numbers of your own, with proof: evaluate, integrate, maximum, minimum, solve (roots), sharpen (the
    best constant), table and check_table.
Formulas of the paper, in any arithmetic that the arguments bring (balls, mpf, floats, symbols,
series, terms): window_mass (f), filter_radius (l), median_shift (g), mass_estimate (ε̂), loss.
What results are made of: Enclosure. Errors: BoundsError, InputError, DomainError, Inconclusive.

The rest lives in the rooms: bounds.functions (all formulas), bounds.critical, bounds.lower,
bounds.upper, bounds.bracket, bounds.estimation (an estimator that one can run), bounds.tables,
bounds.simulation, bounds.figures; bounds.certify (the engine, which
knows no paper) and bounds.checker (the independent checker). Names load when they are used.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

_STUB = Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8")
_HOMES = {name: home for home, name in re.findall(r"^from (\S+) import (\w+) as", _STUB, re.M)}
__all__ = sorted(name for name, home in _HOMES.items() if home != "bounds")


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("robust-mean-bounds")
    if name not in _HOMES:
        raise AttributeError(
            f"bounds has no {name!r}: its public names are {', '.join(__all__)}, and its rooms"
            f" {', '.join(sorted(_HOMES.keys() - set(__all__)))}"
        )
    home = _HOMES[name]
    rooms = home == "bounds"
    value = import_module(f"bounds.{name}") if rooms else getattr(import_module(home), name)
    globals()[name] = value
    return value


def load_ipython_extension(shell: Any) -> None:
    """What `%load_ext bounds` calls: adds the cell magic %%bounds."""
    from bounds.certify.notebook import register

    register(shell)


def __dir__() -> list[str]:
    return sorted(_HOMES)
