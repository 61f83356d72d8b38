"""Each condition and term of the proved bound, at an input where it alone decides."""

import mpmath
import pytest
from flint import arb

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.upper import possible_means
from bounds.upper.possible_means import Parts, parts_at


def parts(separation: str, reach: str) -> Parts | None:
    with working_precision(96):
        return parts_at(arb(separation), arb(reach), 15)


@pytest.mark.step("no set beats two points, for one reach")
def test_without_the_theorem_on_sets_there_is_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def unproved() -> None:
        raise bounds.Inconclusive("R*(S) <= r* M(S) is not proved")

    assert parts("18", "3") is not None
    monkeypatch.setattr(possible_means, "prove_no_set_beats_two_points", unproved)
    with pytest.raises(bounds.Inconclusive, match="R\\*"):
        parts("18", "3")


@pytest.mark.step("p < ½")
def test_half_the_mass_or_more_beyond_t_leaves_no_bound() -> None:
    """At t = 0.67 the mass p is 0.5028, at 0.68 it is 0.4965; Q is large in both."""
    assert parts("9", "0.67") is None
    assert parts("9", "0.68") is not None
    assert parts("9", "0.3") is None


@pytest.mark.step("r* Q ≥ 1")
def test_a_long_cluster_must_pay_for_its_client() -> None:
    """p < 1/2, and r* Q is 0.996 or 1.009: below 1 nothing pays for a client that keeps X."""
    assert parts("4.06", "0.6767") is None
    assert parts("4.2", "0.6767") is not None


def by_mpmath(separation: str, reach: str) -> tuple[list[mpmath.mpf], mpmath.mpf, mpmath.mpf]:
    """The three terms of σ, p′ and F, by integration of what the docstring says."""
    with mpmath.workdps(30):
        d, t = mpmath.mpf(separation), mpmath.mpf(reach)
        p, shared = 2 * mpmath.ncdf(-t), 2 * mpmath.ncdf(-2 * t)
        far = 2 * mpmath.quad(
            lambda z: (z + 2 * t) ** 2 * mpmath.npdf(z), [2 * t, 3 * t, 6 * t + 30]
        )
        fooled = mpmath.quad(lambda z: (z + 2 * t) ** 2 * mpmath.npdf(z), [t, 2 * t, 4 * t + 30])
        cost = d * (1 - p) / (2 * t)
        ratio = mpmath.mpf("0.66104640")
        terms = [
            2 / (cost - 1),
            (ratio * (1 - p) + fooled) / (1 - 2 * p),
            2 * fooled / (1 - 2 * p),
        ]
        return terms, shared, far


@pytest.mark.step(
    "σ: long clusters",
    "σ: cuts between clusters with means",
    "σ: cuts beside a counterfeit",
    "the mass that wide cuts share",
    "far clients",
)
@pytest.mark.parametrize(
    ("separation", "reach", "largest"), [("27", "4.5", 0), ("60", "4", 1), ("30", "1.2", 2)]
)
def test_each_term_of_the_slope_where_it_is_the_largest(
    separation: str, reach: str, largest: int
) -> None:
    found = parts(separation, reach)
    terms, shared, far = by_mpmath(separation, reach)
    assert found is not None
    assert max(terms) == terms[largest]
    assert sorted(terms)[-1] > 1.05 * sorted(terms)[-2]
    for ball, exact in ((found.slope, max(terms)), (found.shared, shared), (found.far, far)):
        assert abs(mpmath.mpf(ball.str(20, radius=False)) / exact - 1) < 1e-7
