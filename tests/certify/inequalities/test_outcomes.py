"""An outcome is no truth value, and an undecided one says what stopped it."""

from fractions import Fraction
from typing import Any

import pytest
from fake_claims import fake, outcome

from bounds import InputError
from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import (
    cdf,
    decide_less,
    density,
    exp,
    log,
    quantile,
    sqrt,
    variable,
)
from bounds.certify.inequalities.term import MOST_LEVELS, MOST_PARTS, Term
from bounds.checker import check
from bounds.functions import loss
from bounds.kernel.coq import Verdict as KernelVerdict
from proofs_check import CERTIFIED
from proofs_check.audit.facts import Identity, Run, less
from proofs_check.audit.runner import SeededResult

x, y = variable("x"), variable("y")
PROVED = decide_less(x, 2, {"x": (0, 1)})
REFUTED = decide_less(2, x, {"x": (0, 1)})


@pytest.mark.parametrize(
    ("found", "remedy"),
    [
        (PROVED, "holds"),
        (REFUTED, "holds"),
        (check(PROVED.certificate()), "accepted"),
        (KernelVerdict("undecided", "no coqc"), "outcome"),
        (CERTIFIED, "compare it"),
        (less(1, 2), "holds"),
        (less(2, 1), "holds"),
        (Run("f", 0), "holds"),
        (Identity(((1, 2),)), "holds"),
        (fake("a").check(), "verdict"),
        (fake("a").check().readings[0], "verdict"),
        (outcome(fake("a")), "verdict"),
        (SeededResult("sign", "certified", False), "noticed"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value,
)
def test_an_outcome_has_no_truth_value(found: Any, remedy: str) -> None:
    for use in (
        bool,
        lambda value: not value,
        lambda value: value or 1,
        lambda value: all([value]),
    ):
        with pytest.raises(TypeError, match=f"no truth value: .*{remedy}"):
            use(found)


def test_their_outcome_can_be_read() -> None:
    assert [PROVED.holds, REFUTED.holds, less(1, 2).holds, less(2, 1).holds] == [
        *(True, False, True, False)
    ]


@pytest.mark.parametrize(
    ("sides", "box", "most", "told"),
    [
        (
            (x * x - x, 0),
            {"x": (0, 1)},
            50,
            "within 50 parts; .*: the enclosures of both sides over",
        ),
        (
            (x * x - 2 * x + 1, x * x),
            {"x": ("1/2", 1)},
            4000,
            "by halving a part 120 times; .*overl",
        ),
        (
            (log(x), 1),
            {"x": (-1, 1)},
            4000,
            r"by halving a part 120 times; .*: log\(x\) is not finit",
        ),
        (
            (quantile(x), 9),
            {"x": (0, 1)},
            300,
            r"300 parts|120 times; .*quantile\(x\) is not defined",
        ),
        (
            (1, sqrt(x)),
            {"x": (-3, -2)},
            9,
            r"within 9 parts; .*: sqrt\(x\) is not finite, or not def",
        ),
        (
            (x - x * x / 2, log(1 + x)),
            {"x": (0, 1)},
            400,
            r"120 times; the parts shrink towards x = 0; if both sides are equal there, state it"
            r" with `<=`: the enclosures of both sides overlap",
        ),
        ((x, x), {"x": 1}, 9, "not distinguished at x = 1 with 1024 bits: the enclosures of both"),
        ((1 / x, 1), {"x": 0}, 9, "at x = 0 with 1024 bits: 1/x is not finite, or not defined"),
        ((1, log(x)), {"x": -1}, 9, r"at x = -1 with 1024 bits: log\(x\) is not finite"),
        (
            (loss(x, 2), 1),
            {"x": (2, 3)},
            9,
            r"within 9 parts; .*loss\(x, 2\) is not defined on all",
        ),
    ],
)
def test_what_stopped_it_is_told(
    sides: tuple[Any, Any], box: dict[str, Any], most: int, told: str
) -> None:
    with pytest.raises(Inconclusive, match=told):
        decide_less(*sides, box, most=most)


@pytest.mark.parametrize("most", ["many", 0, -1, 1.5, True, None, [7]], ids=repr)
def test_a_budget_is_a_count(most: Any) -> None:
    with pytest.raises(InputError, match="most is a number of parts, from 1"):
        decide_less(x, 2, {"x": (0, 1)}, most=most)


@pytest.mark.parametrize(
    "box", [{1: (0, 1)}, {"x": (0, 1), 1: 2}, {None: 1}, {("x",): 1}], ids=repr
)
def test_a_variable_is_named_by_a_text(box: Any) -> None:
    with pytest.raises(InputError, match="named by a text"):
        decide_less(x, 2, box)


@pytest.mark.parametrize("function", [density, cdf, quantile, exp, log, sqrt])
def test_an_operation_takes_its_arguments(function: Any) -> None:
    for wrong in ((), (x, 0), (x, 0, 1)):
        with pytest.raises(
            InputError, match=f"{function.__name__} takes 1 argument, not {len(wrong)}"
        ):
            function(*wrong)


def test_a_formula_takes_its_arguments() -> None:
    for wrong in ((x,), (x, 2, 3)):
        with pytest.raises(InputError, match=f"loss takes 2 arguments, not {len(wrong)}"):
            loss(*wrong)
    with pytest.raises(InputError, match=r"loss takes .*, and no width"):
        loss(x, 2, width=3)


def long_sum(number: int) -> Term:
    return sum((x for _ in range(number)), start=x)


def squared(times: int) -> Term:
    found = x
    for _ in range(times):
        found = found * found
    return found


@pytest.mark.parametrize(
    "make",
    [
        lambda: long_sum(1200),
        lambda: long_sum(MOST_LEVELS + 1),
        lambda: squared(60),
        lambda: exp(squared(10)) + squared(10),
        lambda: -long_sum(MOST_LEVELS),
    ],
)
def test_a_term_of_more_parts_than_the_checker_reads_is_refused(make: Any) -> None:
    with pytest.raises(InputError, match=r"at most 2,000 parts and 100 levels: add .* in pairs"):
        make()


def test_the_largest_terms_are_decided_and_replayed() -> None:
    whole = long_sum(MOST_LEVELS)
    assert whole.levels == MOST_LEVELS
    for term, most in ((whole, MOST_LEVELS + 2), (squared(9), 2)):
        assert term.parts <= MOST_PARTS
        proof = decide_less(term, most, {"x": (0, Fraction(1, 2))})
        assert check(proof.certificate()).accepted
