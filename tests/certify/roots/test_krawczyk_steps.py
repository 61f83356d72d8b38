"""Each condition of the Krawczyk test, at an input that only this condition refuses."""

from collections.abc import Callable, Sequence

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.krawczyk import RootProof, certified_root, sharpened_root

Line = Callable[[arb], arb]


def prove(
    f: Line, slope: Line, start: str, bits: int = 60, known: int = 40
) -> tuple[arb, RootProof]:
    """One unknown; `known` leaves Newton's method out, which finds nothing where no root is."""
    (root,), _, proof = certified_root(
        lambda p: [f(p[0])], lambda p: [[slope(p[0])]], [arb(start)], bits, ("x",), "test", known
    )
    return root, proof


@pytest.mark.step("the image lies in the interior of the box", "the image is moved by YF(c)")
def test_where_there_is_no_root_no_image_lies_in_its_box() -> None:
    """x² + 1 has none."""
    with pytest.raises(Inconclusive, match="no box contracts"):
        prove(lambda x: x * x + 1, lambda x: 2 * x, "1")


@pytest.mark.step(
    "the slopes are those over the box",
    "the image counts their spread over the box",
    "the spread is over the whole radius",
)
def test_two_roots_in_a_box_are_not_one() -> None:
    """(x − 1)(x − 1 − h): the slope at 1 is not that over a box which holds both."""
    near = arb(2) ** -45

    def product(x: arb) -> arb:
        return (x - 1) * (x - 1 - near)

    def slope(x: arb) -> arb:
        return 2 * (x - 1) - near

    with pytest.raises(Inconclusive, match="no box contracts"):
        prove(product, slope, "1")


@pytest.mark.step("for every unknown")
def test_every_unknown_has_to_move_inwards() -> None:
    """x = 1, and y² + 1 = 0 next to it."""
    for order in (0, 1):

        def both(p: Sequence[arb], first: int = order) -> list[arb]:
            return [p[first] - 1, p[1 - first] * p[1 - first] + 1]

        def slopes(p: Sequence[arb], first: int = order) -> list[list[arb]]:
            rows = [[arb(0), arb(0)], [arb(0), arb(0)]]
            rows[0][first], rows[1][1 - first] = arb(1), 2 * p[1 - first]
            return rows

        with pytest.raises(Inconclusive, match="no box contracts"):
            certified_root(both, slopes, [arb(1), arb(1)], 60, ("x", "y"), "test", 40)


def test_a_slope_that_is_no_number_over_the_box_proves_nothing() -> None:
    """The slope is a number at points, and none over a box."""

    def slope(x: arb) -> arb:
        return arb(1) if x.is_exact() else arb.nan()

    with pytest.raises(Inconclusive):
        prove(lambda x: x - 1, slope, "1.000001")


def test_the_enclosure_holds_the_root_when_the_slope_varies_over_the_box() -> None:
    """x³ = 2 at few bits, with what the slope's spread adds, and nothing of Newton's last step."""
    for bits in (12, 20, 40, 90):
        root, proof = prove(lambda x: x * x * x - 2, lambda x: 3 * x * x, "1.26", bits, bits // 2)
        with working_precision(400):
            truth = arb(2).root(3)
            assert root.contains(truth)
            low, high = proof.box[0]
            assert root.lower() > arb(low.mantissa) * arb(2) ** low.exponent
            assert root.upper() < arb(high.mantissa) * arb(2) ** high.exponent
            # the box is one in which a Krawczyk step contracts, by the factor told
            slopes = 3 * arb(truth.mid(), root.rad()) ** 2
            assert slopes > 0
            assert 0 <= proof.contraction < 1


@pytest.mark.step("the contraction told is the image's radius")
def test_the_contraction_told_is_no_less_than_it_is() -> None:
    """‖I − YF′(X)‖ for x² = 2: X = x₀(1 ± 2^(−bits/2 − 4)), so 2^(−bits/2 − 4) at least."""
    _, proof = prove(lambda x: x * x - 2, lambda x: 2 * x, "1.41421356237309504880", 60, 50)
    assert 2.0**-34 <= proof.contraction < 2.0**-33


def test_the_contraction_is_that_of_the_worst_unknown() -> None:
    """x² = 2 beside y = 1, which contracts at once."""
    for first in (0, 1):

        def both(p: Sequence[arb], k: int = first) -> list[arb]:
            return [p[k] * p[k] - 2, p[1 - k] - 1]

        def slopes(p: Sequence[arb], k: int = first) -> list[list[arb]]:
            rows = [[arb(0), arb(0)], [arb(0), arb(0)]]
            rows[0][k], rows[1][1 - k] = 2 * p[k], arb(1)
            return rows

        start = [arb("1.41421356237309504880"), arb(1)]
        _, _, proof = certified_root(
            both, slopes, start if first == 0 else start[::-1], 60, ("x", "y"), "test", 50
        )
        assert 2.0**-34 <= proof.contraction < 2.0**-32


def sharpened(far: int, known: int) -> tuple[arb, arb, arb]:
    """x⁵ = 2 from a point 2^−far off and an enclosure of the root to `known` bits."""
    with working_precision(400):
        truth = arb(2).root(5)
        point = (truth.mid() + arb(2) ** -far).mid()
        root = arb(truth.mid(), arb(2) ** -known)
        value = point**5 - 2

    def slope(p: Sequence[arb]) -> list[list[arb]]:
        return [[5 * p[0] ** 4]]

    def bend(box: Sequence[arb], steps: Sequence[arb]) -> list[list[arb]]:
        return [[30 * box[0] ** 2 * steps[0] ** 2]]

    (image,), ((mean,),) = sharpened_root([value], slope, bend, [point], [root], 3 * far)
    with working_precision(400):
        return image, truth, mean - value / (point - truth)


@pytest.mark.step("third order: the slopes are taken half-way")
@pytest.mark.parametrize(("far", "known"), [(20, 40), (20, 90), (60, 120), (3, 90), (5, 200)])
def test_a_step_of_third_order_holds_the_root(far: int, known: int) -> None:
    image, truth, difference = sharpened(far, known)
    assert image.contains(truth)
    assert difference.contains(0)
    assert image.rel_accuracy_bits() > 3 * far - 6


@pytest.mark.step("the mean counts how they bend", "over all of the box")
def test_the_mean_slope_counts_how_the_slopes_bend_over_all_of_the_box() -> None:
    """From far off, with the root known well: nothing else makes the enclosure wide."""
    for far in (2, 3, 5, 9):
        image, truth, difference = sharpened(far, 300)
        assert image.contains(truth)
        assert difference.contains(0)


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("far", [3, 6])
def test_the_bend_counts_from_the_point_to_the_root(side: int, far: int) -> None:
    """1/x = 1/2: the slopes bend less and less, so each end of the box is the worst on one side."""
    with working_precision(400):
        truth = arb(2)
        point = (truth + side * arb(2) ** -far).mid()
        root = arb(truth, arb(2) ** -300)
        value = 1 / point - arb("0.5")

    def bend(box: Sequence[arb], steps: Sequence[arb]) -> list[list[arb]]:
        ends = [-3 * (steps[0] * steps[0]) / end**4 for end in (box[0].lower(), box[0].upper())]
        return [[ends[0].union(ends[1])]]

    (image,), ((mean,),) = sharpened_root(
        [value], lambda p: [[-1 / (p[0] * p[0])]], bend, [point], [root], 90
    )
    with working_precision(400):
        assert image.contains(truth)
        assert (mean - value / (point - truth)).contains(0)
        assert image.rel_accuracy_bits() > 3 * far
