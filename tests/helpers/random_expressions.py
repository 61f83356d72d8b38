"""Random expressions, for the tests of the language."""

from fractions import Fraction

from hypothesis import strategies as st

from bounds.certify.language.expression import Expr, add, call, multiply, number, raise_to, variable
from bounds.certify.language.functions import ARITIES

NAMES = ("x", "y", "x1", "x_1", "lambda", "alpha", "gamma", "phi", "n")

numbers = st.one_of(
    st.integers(-12, 12).map(number),
    st.builds(Fraction, st.integers(-30, 30), st.integers(1, 12)).map(number),
)
leaves = st.one_of(
    st.sampled_from(NAMES).map(variable),
    numbers,
    st.sampled_from([Expr("pi"), Expr("e"), Expr("euler_gamma")]),
)
PLAIN = sorted(set(ARITIES) - {"integral", "sum"})


def _larger(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    def of(name: str) -> st.SearchStrategy[Expr]:
        few, _ = ARITIES[name]
        return st.lists(parts, min_size=few, max_size=few).map(lambda found: call(name, *found))

    bound = st.tuples(st.sampled_from(["integral", "sum"]), parts, parts, parts)
    return st.one_of(
        st.lists(parts, min_size=2, max_size=4).map(lambda found: add(*found)),
        st.lists(parts, min_size=2, max_size=4).map(lambda found: multiply(*found)),
        st.tuples(parts, parts).map(lambda pair: raise_to(*pair)),
        st.tuples(parts, numbers).map(lambda pair: raise_to(*pair)),
        parts.map(lambda e: raise_to(e, number(-1))),
        parts.map(lambda e: raise_to(e, number(Fraction(1, 2)))),
        st.sampled_from(PLAIN).flatmap(of),
        bound.map(lambda four: call(four[0], four[1], variable("t"), four[2], four[3])),
    )


expressions = st.recursive(leaves, _larger, max_leaves=12)
