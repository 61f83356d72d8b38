r"""Zeros of systems of three equations: Krawczyk's test.

For F: R³ → R³, a box X with a point c in it, and any matrix A, every zero of F in X lies in

    K(X) = c − A F(c) + (I − A F′(X)) (X − c).

If K(X) lies in the interior of X, then F has exactly one zero in X (R. Krawczyk, Computing 4, 1969;
A. Neumaier, Interval Methods for Systems of Equations, 1990, section 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bounds.checker.interval import Interval

Vector = Sequence[Interval]
Matrix = Sequence[Vector]


def krawczyk_image(
    residual: Callable[[Vector], Vector], jacobian: Callable[[Vector], Matrix], box: Vector
) -> list[Interval]:
    """K(X), with c the middle of X and A about the inverse of F′(c)."""
    centre = [side.middle for side in box]
    inverse = _middle_of_inverse(jacobian(centre))
    step, slopes = _times(inverse, residual(centre)), jacobian(box)
    columns = [[row[j] for row in slopes] for j in range(3)]
    products = [_times(inverse, column) for column in columns]  # A F′(X), column by column
    image = []
    for i in range(3):
        point = centre[i] - step[i]
        for j in range(3):
            point += ((i == j) - products[j][i]) * (box[j] - centre[j])
        image.append(point)
    return image


def _times(matrix: Matrix, vector: Vector) -> list[Interval]:
    return [row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2] for row in matrix]


def _middle_of_inverse(matrix: Matrix) -> list[list[Interval]]:
    """Points near the inverse of a matrix; how near matters only to success.

    With rows r₀, r₁, r₂, the columns of the inverse are r₁×r₂, r₂×r₀, r₀×r₁ over r₀·(r₁×r₂).
    """
    rows = [*matrix]
    columns = [_cross(rows[i - 2], rows[i - 1]) for i in range(3)]
    determinant = _times(rows[:1], columns[0])[0]
    return [[(column[i] / determinant).middle for column in columns] for i in range(3)]


def _cross(a: Vector, b: Vector) -> list[Interval]:
    return [a[i - 2] * b[i - 1] - a[i - 1] * b[i - 2] for i in range(3)]
