"""Every column shows what the calls for one Δ show."""

from fractions import Fraction
from typing import Any

import pytest

import bounds
from bounds.certify.errors import Inconclusive, InputError
from bounds.critical.whole_domain import end_of_domain
from bounds.tables.chunk import compute_chunk
from bounds.tables.column import Column
from bounds.tables.columns import DEFAULT, all_columns, read_columns
from bounds.tables.columns import critical as critical_columns

DELTAS = ["0.5", "1.2", "1.5", "3", "8"]


@pytest.mark.parametrize("delta", ["1.2", "1.5", "3", "8"])
def test_columns_at_the_critical_value(delta: str) -> None:
    value = bounds.eps_cr(delta, 22)
    (row,) = bounds.sweep(delta, digits=22).rows
    enclosures = (
        *(value.eps, value.radius, value.radius_of_estimate),
        *(value.estimate, value.shift, value.loss),
    )
    faces = [end for enclosure in enclosures for end in enclosure.decimals()]
    assert row == [delta, "certified", *faces, value.turns]


@pytest.mark.parametrize("delta", DELTAS)
def test_columns_of_the_whole_domain(delta: str) -> None:
    whole = bounds.inflections(delta, 15)
    names = "eps_max,l_max,inflections,places,distances,shape"
    (row,) = bounds.sweep(delta, digits=15, columns=names).rows
    ends = [end for part in end_of_domain(Fraction(delta), 15) for end in part.decimals()]
    places = list(zip(*(point.eps.decimals() for point in whole.points), strict=True))
    gaps = list(zip(*(gap.decimals() for gap in whole.distances), strict=True))
    lists = [list(end) for end in (*(places or [(), ()]), *(gaps or [(), ()]))]
    assert row == [delta, "certified", *ends, len(whole.points), *lists, list(whole.shape)]


def encloses(low: Any, high: Any, fine: bounds.Enclosure, digits: int) -> bool:
    """Whether two decimals hold the number that `fine` knows better, two units apart at most."""
    unit = Fraction(10) ** (int(f"{Fraction(high).numerator / Fraction(high).denominator:e}"[-3:]))
    inside = Fraction(low) <= fine.low.fraction() and fine.high.fraction() <= Fraction(high)
    return inside and Fraction(high) - Fraction(low) <= 2 * unit / 10 ** (digits - 1)


def test_ends_are_rounded_outwards() -> None:
    table = bounds.sweep("1.5:8:0.65", digits=12, columns="eps_cr,g,eps_max")
    for row, delta in zip(table.rows, table["delta"], strict=True):
        value, (end, _) = bounds.eps_cr(delta, 40), end_of_domain(Fraction(str(delta)), 40)
        for place, fine in ((2, value.eps), (4, value.shift), (6, end)):
            assert encloses(row[place], row[place + 1], fine, 12)


def test_ends_that_are_not_rounded_outwards_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = bounds.Enclosure.decimals

    def inward(self: bounds.Enclosure, digits: int | None = None) -> tuple[str, str]:
        low, high = honest(self, digits)
        return high, low

    monkeypatch.setattr(bounds.Enclosure, "decimals", inward)
    table = bounds.sweep("3", digits=31, columns="eps_cr")  # more than stored panels tell
    monkeypatch.undo()
    assert not encloses(table.rows[0][2], table.rows[0][3], bounds.eps_cr(3, 60).eps, 31)


def test_no_critical_value_is_told_apart_from_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("turns", "eps_cr", "eps_max")
    (none, _), (found, _) = compute_chunk([Fraction("0.5"), Fraction(2)], 10, names)
    assert none[:5] == ["0.5", "none", 0, None, None]
    assert all(none[5:])
    assert found[1:3] == ["certified", 1]

    def undecided(_: object, __: object) -> None:
        raise Inconclusive("not even for a test")

    columns = {
        **all_columns(),
        "shape": Column("shape", "", undecided, lambda result: result, "words"),
    }
    monkeypatch.setattr("bounds.tables.columns.all_columns", lambda: columns)
    (none, _), (found, _) = compute_chunk(
        [Fraction("0.5"), Fraction(2)], 10, ("eps_cr", "shape", "eps_max")
    )
    assert none[1:5] == ["inconclusive", None, None, None]
    assert found[1] == "inconclusive"
    assert found[4] is None
    assert all(found[2:4] + found[5:])


def test_columns_with_one_source_share_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def counted(delta: Fraction, digits: int) -> bounds.CriticalValue:
        calls.append(delta)
        return bounds.eps_cr(delta, digits)

    shared = [Column(c.name, c.meaning, counted, c.read, c.kind) for c in critical_columns.COLUMNS]
    columns = {column.name: column for column in shared}
    monkeypatch.setattr("bounds.tables.columns.all_columns", lambda: columns)
    compute_chunk([Fraction(2), Fraction(3)], 10, DEFAULT)
    assert calls == [2, 3]


def test_a_column_does_not_depend_on_the_others_picked() -> None:
    alone = bounds.sweep("1.2,3", columns="eps_max", digits=9)
    among = bounds.sweep("1.2,3", columns=all_columns(), digits=9)
    for name in alone.names:
        assert among[name] == alone[name]


@pytest.mark.parametrize("names", ["", "eps", "eps_cr,", "g,g", [], ["g", "nonsense"], "G"])
def test_bad_names_are_one_clear_line(names: Any) -> None:
    with pytest.raises(InputError, match="column"):
        read_columns(names)


def test_every_column_is_described_and_of_its_kind() -> None:
    for name, column in all_columns().items():
        assert column.meaning
        ((row, _),) = compute_chunk([Fraction(2)], 5, [name])
        assert len(row) == 2 + len(column.fields())
        types = {"text": str, "whole": int, "texts": list, "low": str, "high": str}
        for field, cell in zip(column.fields(), row[2:], strict=True):
            assert type(cell) is types[field.type]
