"""Tables: literature values, roundings, and seeded errors that a check notices."""

from __future__ import annotations

import pytest

import bounds
from bounds.certify.errors import InputError
from bounds.certify.quantities.rounding import ROUNDINGS


def test_the_normal_law_as_every_book_prints_it() -> None:
    made = bounds.table("Phi(x)", "x = 0..3 by 1/2")
    assert [row[0] for row in made.entries] == [
        "0.50000", "0.69146", "0.84134", "0.93319", "0.97725", "0.99379", "0.99865",
    ]  # fmt: skip


def test_each_rounding() -> None:
    by = {way: bounds.table("log(x)", "x = 3", digits=4, rounding=way) for way in ROUNDINGS}
    assert {way: made.entries[0][0] for way, made in by.items()} == {
        "nearest": "1.0986", "down": "1.0986", "up": "1.0987", "significant": "1.099",
    }  # fmt: skip


@pytest.mark.parametrize("rounding", ["nearest", "down", "up"])
def test_an_exact_value_is_not_rounded_away(rounding: str) -> None:
    made = bounds.table(["Phi(x)", "sin(pi*x)"], "x = 0", digits=3, rounding=rounding)
    assert made.entries == (("0.500", "0.000"),)


@pytest.mark.parametrize("form", ["csv", "latex"])
def test_what_is_printed_is_judged_right(form: str) -> None:
    made = bounds.table(["Phi(x)", "exp(x)"], "x = 0..2 by 1/10", digits=6)
    found = bounds.check_table(getattr(made, form)())
    assert (found.outcome, len(found.judgements)) == ("right", 42)


def test_a_last_digit_that_is_changed_is_noticed() -> None:
    text = bounds.table("Phi(x)", "x = 0..3 by 1/10").csv()
    assert bounds.check_table(text).outcome == "right"
    (mistake,) = bounds.check_table(text.replace("0.97725", "0.97724")).mistakes
    assert (mistake.word, mistake.right) == ("wrongly rounded", "0.97725")
    assert mistake.rounded == ("down",)
    (mistake,) = bounds.check_table(text.replace("0.97725", "0.97726")).mistakes
    assert (mistake.word, mistake.units_off) == ("wrong", 1)


def test_of_a_tie_both_neighbours_are_right() -> None:
    found = bounds.check_table("x,x^2\n1/2,0.2\n1/2,0.3\n1/2,0.25\n1/2,0.4\n")
    assert [each.word for each in found.judgements] == ["right", "right", "right", "wrong"]


def test_an_entry_without_a_value_is_told() -> None:
    found = bounds.check_table("x;log(x)\n2;0.693\n0;1\n")
    assert [each.word for each in found.judgements] == ["right", "undefined"]


def test_powers_in_latex() -> None:
    text = r"\begin{tabular}{lr} $x$ & $\Phi(x)$ \\ \hline -8 & $6.2\times 10^{-16}$ \end{tabular}"
    assert bounds.check_table(text).outcome == "right"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x,Phi(x)\n", "no row"),
        ("x,Phi(x)\n1,abc\n", "line 2, column 2"),
        ("x,Phi(y)\n1,0.5\n", "parameter y"),
        ("x,Phi(x)\n1\n", "1 cells"),
    ],
)
def test_mistakes_in_a_table(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        bounds.check_table(text)


@pytest.mark.heavy
def test_ten_thousand_entries() -> None:
    text = bounds.table(["Phi(x)", "exp(x)", "log(1+x)", "phi(x)"], "x=0..2.499 by 1/1000").csv()
    assert bounds.check_table(text).counts == {"right": 10_000}
