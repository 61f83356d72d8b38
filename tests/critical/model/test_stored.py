"""What is stored is believed only after its proof."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.errors import Notice
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model import proof, stored
from bounds.critical.model.build import ENDS
from bounds.critical.model.panel import Panel
from bounds.critical.model.stored import Proved, certificate, expect, panels_for, read

DELTA = Fraction(2)
ENTRIES = json.loads(stored.STORED.read_text(encoding="utf-8"))
PLACE = next(k for k, low in enumerate(ENDS) if low > DELTA) - 1
NAMES = ["radius", "radius_of_estimate", "mass", "shift"]


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "_shelf", lambda: stored._Shelf(ENTRIES))
    monkeypatch.setattr(stored, "WORTH", 0)


def panel_for(delta: Fraction) -> Proved | None:
    (panel,) = panels_for([delta])
    return panel


def serve(entry: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this be what is stored for DELTA."""
    entries = [*ENTRIES[:PLACE], entry, *ENTRIES[PLACE + 1 :]]
    monkeypatch.setattr(stored, "_shelf", lambda: stored._Shelf(entries))


def altered(change: Callable[[Any], Any]) -> Any:
    entry = copy.deepcopy(ENTRIES[PLACE])
    change(entry)
    return entry


def next_digit(name: str, term: int, digit: int) -> Callable[[Any], Any]:
    """Changes one digit of a coefficient, counted from the last."""

    def change(entry: Any) -> None:
        row = entry["statement"]["polynomials"][name]
        parts = row["coefficients"].split(" ")
        text = parts[term]
        old = text[-1 - digit]
        parts[term] = (
            f"{text[: len(text) - 1 - digit]}{(int(old) + 1) % 10}{text[len(text) - digit :]}"
        )
        row["coefficients"] = " ".join(parts)

    return change


def test_the_panels_follow_one_another() -> None:
    panels = [read(entry) for entry in ENTRIES]
    assert [panel.low for panel in panels] == list(ENDS[:-1])
    assert [panel.high for panel in panels] == list(ENDS[1:])


@pytest.mark.step("the hashes are right")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("term", [0, 7, -1])
def test_one_changed_digit_is_refused(
    name: str, term: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(altered(next_digit(name, term, 0)), monkeypatch)
    with pytest.warns(Notice, match="not what this code has made"):
        assert panel_for(DELTA) is None


@pytest.mark.step("what is stored is proved")
@pytest.mark.parametrize("name", NAMES)
def test_a_false_digit_under_right_hashes_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = altered(next_digit(name, 3, 8))
    forged = certificate(Panel.of(entry["statement"]))
    assert read(forged).statement() == entry["statement"]
    serve(forged, monkeypatch)
    with pytest.warns(Notice, match="are not proved: no box contracts"):
        assert panel_for(DELTA) is None


def test_a_panel_under_another_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = altered(lambda entry: entry["statement"]["delta"].__setitem__(1, "2.2"))
    serve(certificate(Panel.of(entry["statement"])), monkeypatch)
    with pytest.warns(Notice, match="are not proved"):
        assert panel_for(DELTA) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.update(schema="other"),
        lambda entry: entry.update(kind="other"),
        lambda entry: entry["evidence"].update(code="0" * 64),
        lambda entry: entry.update(sha256="0" * 64),
        lambda entry: entry["statement"].update(more=1),
        lambda entry: entry["statement"]["polynomials"].pop("mass"),
        lambda entry: entry["statement"]["polynomials"]["mass"].update(radius="2^-0120"),
        lambda entry: entry["statement"]["polynomials"]["mass"].update(radius=7),
        lambda entry: entry["statement"]["polynomials"]["mass"].update(coefficients="1 a"),
        lambda entry: entry["statement"]["polynomials"]["mass"].update(coefficients="1 " * 99),
        lambda entry: entry["statement"]["polynomials"]["mass"].update(coefficients="9" * 99),
        lambda entry: entry["statement"].update(places=41),
    ],
)
def test_what_is_not_as_it_was_written_is_refused(
    change: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(altered(change), monkeypatch)
    with pytest.warns(Notice, match="a stored panel of eps_cr is refused"):
        assert panel_for(DELTA) is None


@pytest.mark.parametrize(
    "ends", [["2", "2"], ["2.1", "2"], ["0", "1"], ["-1", "1"], [arb(2, 1), "9"], ["1", arb(2, 1)]]
)
def test_a_panel_is_a_range_of_positive_delta(ends: list[Any]) -> None:
    statement = {**ENTRIES[PLACE]["statement"], "delta": ends}
    with pytest.raises(ValueError, match="a panel is a range"):
        Panel.of(statement)
    assert Panel.of({**statement, "delta": ["0.5", "0.75"]}).high == Fraction(3, 4)


def test_a_panel_says_nothing_more_and_no_endless_numbers() -> None:
    statement = copy.deepcopy(ENTRIES[PLACE]["statement"])
    with pytest.raises(ValueError, match="nothing beside"):
        Panel.of({**statement, "more": 1})
    row = statement["polynomials"]["mass"]
    for coefficients, served in (
        (" ".join(["1"] * 64), True),
        ("9" * 60, True),
        (" ".join(["1"] * 65), False),
        ("1 " + "9" * 61, False),
    ):
        row["coefficients"] = coefficients
        if served:
            assert Panel.of(statement).coefficients[2][0] == int(coefficients.split()[0])
        else:
            with pytest.raises(ValueError, match="too many terms"):
                Panel.of(statement)


def test_a_place_is_that_of_the_panel_around_it() -> None:
    shelf = stored._Shelf(ENTRIES)
    for number, (low, high) in enumerate(pairwise(ENDS)):
        assert shelf.place((low + high) / 2) == number
    assert shelf.place(ENDS[0] - 1) is None
    assert shelf.place(ENDS[-1] + 1) is None


@pytest.mark.parametrize("text", ["", "7", "[1]", '[{"statement": {"delta": ["x", "y"]}}]'])
def test_a_file_of_another_form_is_refused(text: str, tmp_path: Any, monkeypatch: Any) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    monkeypatch.undo()
    monkeypatch.setattr(stored, "STORED", path)
    stored._shelf.cache_clear()
    try:
        with pytest.warns(Notice, match="a stored panel of eps_cr is refused"):
            assert panel_for(DELTA) is None
    finally:
        stored._shelf.cache_clear()


def test_a_refused_panel_is_told_once_and_the_sweep_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deltas = [DELTA + Fraction(n, 1000) for n in range(6)]
    honest = bounds.sweep(deltas, columns="eps_cr", digits=8)
    entry = altered(next_digit("mass", 3, 8))
    entries = [*ENTRIES[:PLACE], certificate(Panel.of(entry["statement"])), *ENTRIES[PLACE + 1 :]]
    shelf = stored._Shelf(entries)
    monkeypatch.setattr(stored, "_shelf", lambda: shelf)
    with pytest.warns(Notice, match="a stored panel of eps_cr is refused") as told:
        again = [bounds.sweep(deltas, columns="eps_cr", digits=8) for _ in range(2)]
    assert len(told) == 1
    assert [table.rows for table in again] == [honest.rows] * 2


def test_the_certificates_of_panels_that_cannot_be_read_are_bad_input(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "STORED", tmp_path / "none.json")
    with pytest.raises(bounds.InputError, match="write it by python -m"):
        stored.panels()
    (tmp_path / "none.json").write_text("[7]")
    with pytest.raises(bounds.InputError, match="does not hold panels"):
        stored.panels()


def test_a_panel_is_proved_when_it_pays_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, proofs = stored._Shelf(ENTRIES), []
    monkeypatch.setattr(stored, "WORTH", 5)
    monkeypatch.setattr(stored, "_shelf", lambda: shelf)
    monkeypatch.setattr(stored, "prove", lambda panel: (proofs.append(panel), proof.prove(panel)))
    assert [panel_for(DELTA) for _ in range(4)] == [None] * 4
    assert not proofs
    first = panel_for(DELTA)
    assert first is not None
    assert panel_for(DELTA + Fraction(1, 100)) is first
    assert len(proofs) == 1


def test_many_values_at_once_are_worth_a_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "WORTH", 5)
    assert panels_for([DELTA] * 4) == [None] * 4
    others = [Fraction(1), Fraction(3)]
    (panel, *_), *rest = [panels_for([*[DELTA] * n, *others]) for n in (5, 4)]
    assert isinstance(panel, Proved)
    assert rest == [[None] * 6]


def test_a_panel_that_pays_over_a_whole_sweep_is_proved_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf = stored._Shelf(ENTRIES)
    monkeypatch.setattr(stored, "WORTH", 5)
    monkeypatch.setattr(stored, "_shelf", lambda: shelf)
    expect([*[DELTA] * 4, *[Fraction(3)] * 5, Fraction(1, 2)])
    assert not any(shelf.proved)
    assert panel_for(DELTA) is None
    assert isinstance(panel_for(Fraction(3)), Proved)


def test_a_proved_panel_holds_eps_cr() -> None:
    panel = panel_for(DELTA)
    assert panel is not None
    value = bounds.eps_cr(DELTA, 45)
    t = (2 - panel.middle) * panel.per_unit
    for number, p in zip((value.radius, value.radius_of_estimate), panel.polynomials, strict=False):
        assert p(t).contains(number.ball().mid())


@pytest.mark.step("the radii are part of what serves")
def test_what_serves_has_its_radii() -> None:
    panel = panel_for(DELTA)
    assert panel is not None
    claimed = read(ENTRIES[PLACE]).errors()
    with working_precision(256):
        for p, error in zip(panel.polynomials, claimed, strict=True):
            assert p(arb(0.5)).rad() >= error


def test_the_file_is_small() -> None:
    assert stored.STORED.stat().st_size < 100_000
