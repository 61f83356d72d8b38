"""The bound at a given m, replayed: its conditions as the engine has them, and none left out."""

from dataclasses import fields, replace
from fractions import Fraction

import pytest

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.cli import main
from bounds.upper import sample_size
from bounds.upper.sample_size import Design, SampleSizeBound, sample_size_bound
from bounds.upper.sample_size_certificates import conditions, parts, sample_size_certificates

CASES = [(50, 5, 27, 10**7), (3, "1/10", 20, 10**6), (1000, 20, 40, 10**9), (2, 0, 12, 10**9),
         (3, "1/10", 20, 500)]  # fmt: skip


def bound_of(number: int) -> SampleSizeBound:
    return sample_size_bound(*CASES[number], digits=12)


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(len(CASES)))
def test_all_are_accepted_and_the_bound_is_the_one_that_is_printed(number: int) -> None:
    bound = bound_of(number)
    files = sample_size_certificates(bound)
    for name, certificate in files.items():
        assert check(certificate).accepted, name
    upper = files["bound"]["statement"]["greater"]
    assert Fraction(upper) == Fraction(bound.value.decimals(12)[1])


def test_where_nothing_is_proved_there_is_no_certificate() -> None:
    bound = sample_size_bound(50, 5, 27, 10)
    assert bound.design is None
    assert sample_size_certificates(bound) == {}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_parts_are_those_of_the_engine(number: int) -> None:
    bound = bound_of(number)
    assert bound.design is not None
    with working_precision(96):
        for name, part in parts(bound, bound.design).items():
            assert part.at({}).overlaps(bound.parts[name].ball()), name
            assert part.at({}).rel_accuracy_bits() > 60


ALTERED = {
    "slack": Fraction(1, 2), "cell": 64, "slope": Fraction(9, 10), "base": Fraction(1, 2),
    "narrow": Fraction(1, 2), "missed": 4, "step": Fraction(1, 99), "reach": Fraction(1, 3),
}  # fmt: skip
"""For each number of a design a factor by which a condition fails."""


@pytest.mark.parametrize(
    "name", [field.name for field in fields(Design) if field.name != "by_cases"]
)
def test_a_design_that_the_engine_refuses_has_no_certificates(name: str) -> None:
    bound = bound_of(0)
    assert bound.design is not None
    value = getattr(bound.design, name) * ALTERED[name]
    design = replace(bound.design, **{name: value})
    with working_precision(96):
        refused = sample_size._parts(bound.k, bound.c, bound.distance, bound.sizes, design) is None
    assert refused
    with pytest.raises(Inconclusive):
        sample_size_certificates(replace(bound, design=design))


def test_a_bound_that_is_too_low_has_none() -> None:
    bound = bound_of(0)
    lower = sample_size_bound(50, 5, 27, 10**8, digits=12)
    with pytest.raises(Inconclusive):
        sample_size_certificates(replace(bound, value=lower.value))


def test_every_condition_with_numbers_that_are_not_rational_is_there() -> None:
    """Those of `_parts` but for D ≥ 6t, σ ≥ 1/2, and the order of w₀, w₁, 2t and b."""
    bound = bound_of(0)
    assert bound.design is not None
    assert bound.design.by_cases
    always = {"bridges", "counterfeits", "length", "one-point", "two-points", "slack"}
    assert set(conditions(bound, bound.design)) == always | {
        "long-clusters", "fooled", "two-points-by-the-linear-rule", "two-points-by-the-cases",
        "two-points-at-the-seam", "four-points-at-the-seam", "four-points", "six-points",
    }  # fmt: skip
    few = sample_size_bound(3, "1/10", 20, 500)
    assert few.design is not None
    assert not few.design.by_cases
    assert set(conditions(few, few.design)) == always | {
        "two-points-in-between", "two-points-at-four-reaches", "chains",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["slope", "base", "narrow", "slack", "missed"])
def test_each_is_on_the_side_that_the_engine_asks_for(name: str) -> None:
    """A little more or less of one number: certificates exactly where the engine has a bound."""
    bound = bound_of(1)
    assert bound.design is not None
    for step in (-3, -2, -1, 0, 1, 2, 3):
        value = getattr(bound.design, name) * (1 + Fraction(step, 10**4))
        design = replace(bound.design, **{name: value})
        with working_precision(96):
            found = sample_size._parts(bound.k, bound.c, bound.distance, bound.sizes, design)
        wide = replace(bound, design=design, value=sample_size_bound(50, 5, 27, 10).value)
        try:
            sample_size_certificates(wide)
            accepted = True
        except Inconclusive:
            accepted = False
        assert accepted is (found is not None), step


@pytest.mark.heavy
def test_the_command_writes_them(tmp_path, capsys) -> None:
    folder = tmp_path / "out"
    words = ["upper", "3", "0.1", "--method", "proved", "--k", "50", "--m", "1e7"]
    assert main([*words, "--certificates", str(folder)]) == 0
    files = sorted(map(str, folder.iterdir()))
    assert len(files) == 20
    capsys.readouterr()
    assert main(["check", *files]) == 0
    assert capsys.readouterr().out.count("accepted: proved: ") == 20
