"""Steps of cells, touching points and normal forms: without each, a false statement is accepted."""

import gmpy2
import pytest
from falsehoods import Step, got, is_needed, proves
from proof_samples import CONSTRAINT, EQUAL, OBVIOUS, cells, factor

from bounds.certify.checker import (
    touch as contact,
)
from bounds.certify.checker.cells import holds_on, sign_on
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.precision import Work


def in_cells(claim, domain, *splits):
    return proves(claim, domain, cells(*splits))


def holds(text, relation, low, high):
    box = {"x": (gmpy2.mpq(low), gmpy2.mpq(high))}
    return lambda: holds_on(read_expression(text), relation, box)


def touches(claim, domain, box, others=(), **at):
    ends = dict.fromkeys(at, box)
    proof = {"rule": "touch", "at": at, "box": ends, "rest": list(others)}
    return proves(claim, domain, proof)


def another_process():
    """The sign that a process finds to which no cell falls."""
    parts = read_expression("x^2 - x"), "x", gmpy2.mpq(0), gmpy2.mpq(1)
    return got(lambda: sign_on(*parts, work=Work(share=(0, 2)))) != "refused"


def around_a_point_outside():
    ends = gmpy2.mpq(1), gmpy2.mpq(2)
    zero = read_expression("0")
    f = read_expression("x^4 - 2*x^2")
    call = contact.check_touch
    sides = {"x": (None, None)}
    return got(lambda: call(f, {"x": zero}, {"x": ends}, sides, lambda e: e is zero)) is None


def equal(claim, domain):
    return proves(claim, domain, EQUAL)


CELLS: list[Step] = [
    (
        "a range that holds 0 differs from it nowhere",
        in_cells("x != 0", "x in [-1, 1]", "."),
    ),
    (
        "each cell is proved",
        in_cells("x > 5", "x in [0, 1]", "."),
    ),
    (
        "a cell that is left out holds no point",
        in_cells("x > 5", "x in [0, 1]", "x"),
    ),
    (
        "the face of a monotone function is proved",
        in_cells("x > 5", "x in [0, 1]", "m:x+"),
    ),
    (
        "no constraint has the variable of a face",
        in_cells("x > 2", "x in [0, 1], cbrt(x) >= 1/2", "f:x+", "x"),
    ),
    (
        "the function is proved monotone",
        in_cells("x < 1/2", "x in [0, 1]", "m:x+"),
    ),
    (
        "a monotone function is least on the face where it begins",
        holds("x", "<", -1, 1),
    ),
    (
        "a function that does not rise falls only if it is proved",
        holds("(x - 1/2)^2 - 1/16", ">", 0, 1),
    ),
    (
        "a mean value counts how far it is from the middle",
        in_cells("x > 0", "x in [-1, 3]", "."),
    ),
    (
        "the sign of a table is proved in every process",
        another_process,
    ),
]
TOUCH: list[Step] = [
    (
        "f is 0 at a touching point",
        touches("x^2 >= 1", "x in [-1, 1]", ["-1", "1"], x="0"),
    ),
    (
        "and so is its slope",
        touches("x^2 >= x", "x in [-1, 1]", ["-1", "1"], x="0"),
    ),
    (
        "but at an end of the region",
        touches("-x >= 0", "x in [-1, 1]", ["-1", "1"], x="0"),
    ),
    (
        "where it rises inwards",
        touches("-x >= 0", "x in [0, 1]", ["0", "1"], x="0"),
    ),
    (
        "the point lies in the box",
        around_a_point_outside,
    ),
    (
        "f is convex",
        touches("-x^2 >= 0", "x in [-1, 1]", ["-1", "1"], x="0"),
    ),
    (
        "the last pivot is at least 0",
        touches("-x^2 >= 0", "x in [-1, 1]", ["-1", "1"], x="0"),
    ),
    (
        "those before are positive",
        touches("y^2 >= x^2", "x in [-1, 1], y in [-1, 1]", ["-1", "1"], x="0", y="0"),
    ),
    (
        "mixed derivatives count",
        touches("x^2 + y^2 + 4*x*y >= 0", "x in [-1, 1], y in [-1, 1]", ["-1", "1"], x="0", y="0"),
    ),
    (
        "the box goes on below a point inside the region",
        touches("x^2*(1 + x) >= 0", "x in [-2, 1]", ["-2", "1"], x="0"),
    ),
    (
        "and above the box of a touch",
        touches("x^2*(1 - x) >= 0", "x in [-1, 2]", ["-1", "2"], x="0"),
    ),
    (
        "what the region has below the box is proved, too",
        touches("x^2*(1 + 2*x) >= 0", "x in [-1, 1]", ["-1/10", "1"], x="0"),
    ),
    (
        "and above it",
        touches("x^2*(1 - 2*x) >= 0", "x in [-1, 1]", ["-1", "1/10"], x="0"),
    ),
]
A, B, C = "(x - 1)", "(x - 2)", "(x - 3)"
IDENTITIES: list[Step] = [
    (
        "the root of x^2 is abs x",
        equal("sqrt(x^2) = x", "x real"),
    ),
    (
        "the logarithm of x^2 is that of abs x, twice",
        equal("exp(log(x^2)/2) = x", "x < 0"),
    ),
    (
        "a power is taken out of a root where its base is at least 0",
        equal("sqrt(x^2*(1 + y^2)) = x*sqrt(1 + y^2)", "x real, y real"),
    ),
    (
        "a root of a product is a product of roots where one factor is at least 0",
        equal(f"sqrt({A}*{B})*sqrt({A}*{C})*sqrt({B}*{C}) = {A}*{B}*{C}", "x < 1"),
    ),
    (
        "and of a quotient, where the denominator is",
        equal(f"sqrt(y/{A})*sqrt(y/{B})*sqrt(1/{A}/{B}) = y/{A}/{B}", "x < 1, y < 0"),
    ),
    (
        "abs u is u where u >= 0",
        equal("abs(x) = x", "x real"),
    ),
    (
        "the absolute value of a kernel is another one",
        equal("sqrt(x^2) = x", "x real"),
    ),
    (
        "two forms are equal if their difference is 0",
        equal("Phi(1/(x + 1)) = Phi(1/(x + 2))", "x > 0"),
    ),
    (
        "atan(1/u) = pi/2 - atan(u) for u > 0",
        equal("atan(x) + atan(1/x) = pi/2", "x real, x != 0"),
    ),
    (
        "an angle is atan(y/x) where x > 0",
        equal("atan2(y, x) = atan(y/x)", "x < 0, y real"),
    ),
    (
        "and pi/2 - atan(x/y) where y > 0",
        equal("atan2(y, x) = pi/2 - atan(x/y)", "x real, y < 0"),
    ),
    (
        "an angle with a known square has a known sign",
        equal("atan(abs(x)/x) = pi/4", "x real, x != 0"),
    ),
    (
        "sign u = 1 where u > 0",
        equal("sign(x) = 1", "x real"),
    ),
    (
        "a maximum is the greater one",
        equal("max(x, y) = x", "x real, y real"),
    ),
    (
        "a cube root is a power where its argument is at least 0",
        equal("sqrt(cbrt(x)^2) = cbrt(x)", "x real"),
    ),
    (
        "a last term is taken off where there is one",
        equal("sum(n, n, k, m + 1) = sum(n, n, k, m) + m + 1", "k integer, m integer"),
    ),
    (
        "what depends on the bound variable stays under the integral",
        equal("integral(exp(t)*t, t, 0, 1) = integral(exp(t), t, 0, 1)*integral(t, t, 0, 1)", ""),
    ),
    (
        "a factor is at most 0 or at least 0 by proof",
        equal("abs(x) = x", "x real"),
    ),
    (
        "P(s, x) loses a term from s - 1 to s",
        equal("gammap(2, x) = gammap(1, x)", "x > 0"),
    ),
]


@pytest.mark.step(*dict([*CELLS, *TOUCH, *IDENTITIES]))
@pytest.mark.parametrize("step", [*CELLS, *TOUCH, *IDENTITIES], ids=lambda step: step[0])
def test_a_step_of_cells_and_forms(step):
    is_needed(step)


def test_a_polynomial_in_a_cube_root_is_proved_where_it_has_a_sign():
    """The power that all terms have in common is counted, and not refused."""
    assert proves("cbrt(x) + cbrt(x)^2 > 0", "x in (0, 1)", OBVIOUS)()
    assert proves("x > 0", "x real, cbrt(x) > 0", factor(("cbrt(x)", 3, ">", CONSTRAINT)))()
