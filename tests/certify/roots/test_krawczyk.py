from collections.abc import Sequence

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.krawczyk import RootProof, certified_root


def circle_and_line(point: Sequence[arb]) -> list[arb]:
    """x² + y² = 4 and x = y: the root is (√2, √2)."""
    x, y = point
    return [x * x + y * y - 4, x - y]


def its_jacobian(point: Sequence[arb]) -> list[list[arb]]:
    x, y = point
    return [[2 * x, 2 * y], [arb(1), arb(-1)]]


def prove(start: Sequence[arb], bits: int) -> tuple[list[arb], RootProof]:
    root, _, proof = certified_root(circle_and_line, its_jacobian, start, bits, ("x", "y"), "test")
    return root, proof


@pytest.mark.parametrize("bits", [60, 100, 333, 5000])
def test_the_root_of_two_to_many_bits(bits: int) -> None:
    root, proof = prove([arb(1), arb(2)], bits)
    with working_precision(bits + 64):
        truth = arb(2).sqrt()
        assert all(entry.contains(truth) for entry in root)
    assert all(entry.rel_accuracy_bits() >= bits for entry in root)
    assert proof.contraction < 1
    for (low, high), entry in zip(proof.box, root, strict=True):
        inner_low, inner_high = dyadic_ends(entry)
        assert low.fraction() < inner_low.fraction() <= inner_high.fraction() < high.fraction()


def test_a_double_root_is_not_proved() -> None:
    with pytest.raises(Inconclusive):
        certified_root(
            lambda p: [(p[0] - 1) * (p[0] - 1)],
            lambda p: [[2 * (p[0] - 1)]],
            [arb(2)],
            60,
            ("x",),
            "test",
        )


def test_no_root_is_not_proved() -> None:
    with pytest.raises(Inconclusive):
        certified_root(
            lambda p: [p[0] * p[0] + 1], lambda p: [[2 * p[0]]], [arb(1)], 60, ("x",), "test"
        )


def test_a_wrong_jacobian_is_not_proved() -> None:
    """Seeded error: a derivative too small by a half leaves no contraction."""
    with pytest.raises(Inconclusive):
        certified_root(
            lambda p: [p[0] * p[0] - 2], lambda p: [[p[0] / 2]], [arb(1)], 60, ("x",), "test"
        )


def test_a_nan_never_passes() -> None:
    with pytest.raises(Inconclusive):
        certified_root(
            lambda p: [arb("nan") + p[0]], lambda _: [[arb(1)]], [arb(1)], 60, ("x",), "test"
        )
