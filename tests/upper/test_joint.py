"""The joint optimum for one component, against random adversaries in a second implementation."""

import sys

import numpy as np
import pytest
from flint import arb
from marks import heavy
from population import client_error, run_server
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from bounds.certify.errors import DomainError, InputError
from bounds.certify.numbers.precision import working_precision
from bounds.simulation import Problem, simulate
from bounds.upper import constants, ladder, worst_case
from bounds.upper.joint import OneSided

CASES = [("1", 0.1), ("1.5", 0.2), ("2", 0.8), ("3", 0.3)]


def weight(estimate: float, delta: float) -> float:
    """g(ε̃)² from the definitions, in float64."""
    rho = 2 * ndtr(delta) - 1
    if estimate <= 0:
        return 0.0
    radius = np.inf
    if estimate < rho:
        radius = brentq(
            lambda x: rho - ndtr(x + delta) + ndtr(x - delta) - estimate, 0, 40, xtol=1e-14
        )
    level = (1 + estimate + ndtr(radius + delta) - ndtr(delta)) / 2
    return float(ndtri(level)) ** 2 if level < 1 else 1e12


def risk_under(atoms: dict[float, float], delta: float) -> float:
    return client_error(run_server(atoms, delta, 4e-3), delta, lambda e: weight(e, delta))


@pytest.mark.parametrize(("delta", "eps"), CASES)
def test_the_one_sided_attack_attains_it(delta: str, eps: float) -> None:
    d = float(delta)
    found = worst_case(str(eps), delta)
    assert found.exact
    assert found.at_most == found.attained
    rho = 2 * ndtr(d) - 1
    radius = brentq(lambda x: rho - ndtr(x + d) + ndtr(x - d) - eps, 0, 40)
    atoms = {max(d, radius - d) + 0.005: eps}
    assert risk_under(atoms, d) == pytest.approx(float(found.attained), abs=6e-3)


@pytest.mark.parametrize(("delta", "eps"), CASES)
def test_no_other_adversary_does_better(delta: str, eps: float) -> None:
    """Seeded random atoms on both sides, few and many, near and far."""
    d, rng = float(delta), np.random.default_rng(6)
    most = float(worst_case(str(eps), delta).attained)
    for _ in range(6):
        count = rng.integers(1, 4)
        places = rng.uniform(-2.5 * d, 2.5 * d, count)
        shares = rng.dirichlet(np.ones(count)) * eps
        atoms = dict(zip(places, shares, strict=True))
        assert risk_under(atoms, d) <= most + 4e-3


@pytest.mark.heavy
@pytest.mark.parametrize("delta", ["1.5", "2", "3", "8", heavy("40")])
@pytest.mark.parametrize("share", ["1e-300", heavy("1e-6"), heavy("0.1"), "0.5"])
def test_lemma_4s_clients_too(delta: str, share: str) -> None:
    found = worst_case(share, delta, "near")
    steps = ladder(share, delta)
    assert found.exact
    assert found.attained.ball().overlaps(steps.attack.ball())
    assert steps.joint == found.attained


def test_where_it_is_not_proved_it_says_so() -> None:
    eps = constants("2", 20).destruction.low.fraction() * 999 / 1000
    found = worst_case(eps, "2")
    assert not found.exact
    assert found.at_most is None
    mass = constants("0.5", 20).destruction.low.fraction() * 4 / 5
    near = worst_case(mass, "0.5", "near")
    assert not near.exact
    assert near.at_most is not None
    assert near.attained.high.fraction() < near.at_most.high.fraction()
    assert ladder(mass, "0.5").joint.high.fraction() <= ladder(mass, "0.5").sharp.high.fraction()


@pytest.mark.parametrize("clients", ["near", "all"])
@pytest.mark.parametrize(("s", "square"), [("0.3", "0.2"), ("0.05", "0.9"), ("1.1", "2")])
def test_the_slopes_are_those_of_the_risk(clients: str, s: str, square: str) -> None:
    """(1 + G)²/s ∂W/∂s = p + qG and (1 + G)³/2 ∂W/∂G, against central differences."""
    with working_precision(256):
        side = OneSided.of(arb("0.1"), arb(2), clients)  # type: ignore[arg-type]
        shift, weight, step = arb(s), arb(square), arb(10) ** -20
        along = side.risk(shift + step, weight) - side.risk(shift - step, weight)
        rate, by_count = side.by_shift(shift)
        told = shift * (rate + by_count * weight) / ((1 + weight) * (1 + weight))
        assert abs(along / (2 * step) - told) < arb(10) ** -30
        along = side.risk(shift, weight + step) - side.risk(shift, weight - step)
        told = 2 * side.by_square(shift, weight) / (1 + weight) ** 3
        assert abs(along / (2 * step) - told) < arb(10) ** -30


@pytest.mark.parametrize("name", ["by_square", heavy("risk")])
def test_other_attacks_are_weighed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeded error: where the count were worth more to the adversary, nothing is proved."""
    honest = getattr(OneSided, name)

    def wrong(side: OneSided, s: arb, square: arb) -> arb:
        value: arb = honest(side, s, square)
        return abs(value) * 10**6 if name == "by_square" else value + 100 * (square - s * s)

    monkeypatch.setattr(OneSided, name, wrong)
    if name == "risk":  # on its own pieces, not on the first one
        module = sys.modules[OneSided.__module__]
        monkeypatch.setattr(module, "_falls_at_first", lambda _, end: end < 0.1)
    assert not worst_case("0.3", "2").exact


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("0.96", "2"), DomainError),
        (("0", "2"), InputError),
        (("0.1", "65"), InputError),
        (("0.1", "2", "some"), InputError),
        (("0.1", "2", "all", 0), InputError),
    ],
)
def test_bad_input_is_refused(words: tuple[str, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        worst_case(*words)  # type: ignore[arg-type]


@pytest.mark.campaign
@pytest.mark.parametrize(("delta", "eps"), [("2", "0.3"), ("3", "0.5")])
def test_the_simulator_comes_near_it(delta: str, eps: str) -> None:
    """Third route: sampled clients, who suffer the backoff and noise as well."""
    d, mass = float(delta), float(eps)
    most = float(worst_case(eps, delta).attained)

    def adversary(problem: Problem, count: int, _: np.random.Generator) -> np.ndarray:
        return np.full(count, problem.means[0] + d + 0.06)

    found = simulate(
        *(1, eps, 4_000_000, delta), adversary=adversary, estimators=("algorithm",), reps=3
    )
    assert found.risks["algorithm"].mean == pytest.approx(most, abs=0.03 + 0.02 * mass)
