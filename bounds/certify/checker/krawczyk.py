r"""Zeros of systems of n equations in n unknowns: Krawczyk's test.

For F: Rⁿ → Rⁿ, a box X with a point c in it, and any matrix A, every zero of F in X lies in

    K(X) = c − A F(c) + (I − A F′(X)) (X − c).

If K(X) lies in the interior of X, then F has exactly one zero in X (R. Krawczyk, Computing 4, 1969;
A. Neumaier, Interval Methods for Systems of Equations, 1990, section 5.1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bounds.certify.checker.interval import Interval

Vector = Sequence[Interval]
Matrix = Sequence[Vector]


def krawczyk_image(
    residual: Callable[[Vector], Vector], jacobian: Callable[[Vector], Matrix], box: Vector
) -> list[Interval]:
    """K(X), with c the middle of X and A about the inverse of F′(c)."""
    centre = [side.middle for side in box]
    inverse = middle_of_inverse(jacobian(centre))
    # step: the slopes of Krawczyk's test are those of the whole box [value 3/3: centre]
    step, slopes = _times(inverse, residual(centre)), jacobian(box)
    size = range(len(box))
    columns = [[row[j] for row in slopes] for j in size]
    products = [_times(inverse, column) for column in columns]  # A F′(X), column by column
    image = []
    for i in size:
        # step: the centre of Krawczyk's test moves by A F(c) [first sum]
        point = centre[i] - step[i]
        for j in size:
            point += ((i == j) - products[j][i]) * (box[j] - centre[j])
        image.append(point)
    return image


def _times(matrix: Matrix, vector: Vector) -> list[Interval]:
    products = ([a * b for a, b in zip(row, vector, strict=True)] for row in matrix)
    return [sum(terms[1:], terms[0]) for terms in products]


def middle_of_inverse(matrix: Matrix) -> list[list[Interval]]:
    """Points near the inverse of a matrix, by elimination; how near matters only to success."""
    size = len(matrix)
    zero = matrix[0][0].middle * 0
    rows = [
        [*(entry.middle for entry in row), *(zero + int(i == j) for j in range(size))]
        for i, row in enumerate(matrix)
    ]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: rows[k][i].absolute().lo)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        lead = rows[i][i]
        rows[i] = [(entry / lead).middle for entry in rows[i]]
        for k in range(size):
            if k != i:
                share = rows[k][i]
                rows[k] = [(a - share * b).middle for a, b in zip(rows[k], rows[i], strict=True)]
    return [row[size:] for row in rows]
