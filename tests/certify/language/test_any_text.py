"""Whatever text comes: it is read, or told as an `InputError` with its place in the text."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bounds.certify.errors import InputError
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import Expr
from bounds.certify.language.functions import ARITIES, WORDS
from bounds.certify.language.grammar import Misread, parse_claim, parse_expression
from bounds.certify.language.latex_reader import claim_from_latex, from_latex
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text

_SIGNS = "x y 1 2.5 0 10 e pi ( ) ( ) + - * / ^ ** < <= = != > , | [ ] _ { } . ! ² √ π ∞ é \\"
_LATEX = r"""
    \frac \sqrt \left \right \log \Phi \phi \alpha \le { } { } ( ) ^ _ x y 2 \cdot | \text
"""
SIGNS = [*_SIGNS.split(), "\n"]
LATEX = _LATEX.split()
words = st.lists(
    st.sampled_from([*SIGNS, *sorted(ARITIES), *sorted(WORDS), "lambda", "x_1"]), max_size=14
).flatmap(lambda found: st.sampled_from([" ".join(found), "".join(found)]))


def told_or_read(read: Callable[[str], Any], text: str) -> Any:
    told = None
    try:
        return read(text)
    except InputError as mistake:
        told = mistake
    assert str(told)
    if isinstance(told, Misread):
        assert 0 <= told.place <= len(text)
    return None


@pytest.mark.heavy
@settings(max_examples=400)
@example("1e99999")
@example("9^9^9^9")
@example("x" * 10)
@given(st.one_of(words, st.text(max_size=30)))
def test_any_text(text: str) -> None:
    for read in (parse_claim, parse_domain, Statement.read):
        found = told_or_read(read, text)
        if isinstance(found, Statement):
            assert Statement.read(str(found)) == found
    found = told_or_read(parse_expression, text)
    if isinstance(found, Expr):
        assert parse_expression(to_text(found)) is found


@pytest.mark.heavy
@settings(max_examples=300)
@given(st.lists(st.sampled_from(LATEX), max_size=14).map(" ".join))
def test_any_latex(text: str) -> None:
    told_or_read(from_latex, text)
    told_or_read(claim_from_latex, text)


@pytest.mark.parametrize("text", ["0^0", "0^(-1)", "1/0", "0/0*x", "(-8)^(1/3)", "2^5000", "e^e"])
def test_what_has_no_value_or_a_large_one_is_read_all_the_same(text: str) -> None:
    found = parse_expression(text)
    assert parse_expression(to_text(found)) is found
