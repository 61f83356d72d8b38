"""The campaign of clients beside baselines: one small setting, the limits, and the page."""

import dataclasses
from fractions import Fraction

import pytest

from campaigns import clients
from campaigns.beside import PAGE
from campaigns.clients import BASELINES, CAMPAIGN, CASES, OURS, SETTINGS, Row, Setting

SETTING = Setting(2, Fraction(1, 10), 10, 50)
GOOD = Row(
    SETTING,
    {OURS: 0.02, CASES: 0.2, **dict.fromkeys(BASELINES, 0.015)},
    {OURS: 0.1, CASES: 0.2, **dict.fromkeys(BASELINES, 0.12)},
    "pull",
    None,
    None,
)


def test_a_setting_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "_MOST_ROUNDS", 2)
    row = clients.measure(SETTING)
    assert set(row.unattacked) == set(row.attacked) == {OURS, CASES, *BASELINES}
    assert row.unattacked[OURS] < row.attacked[OURS]
    assert row.proved is None
    assert str(row).startswith("| 105 | 2 | 10 | 1/10 | ")
    assert str(row).count("|") == clients.HEAD.splitlines()[0].count("|")


def test_a_failure_is_told() -> None:
    assert GOOD.failures == []
    for change, told in (
        ({"unattacked": {**GOOD.unattacked, OURS: 0.023}}, "unattacked"),
        ({"attacked": {**GOOD.attacked, OURS: 0.133}}, "beside the baselines"),
        ({"attacked": {**GOOD.attacked, CASES: 0.06}}, "beside the cases"),
    ):
        (failure,) = dataclasses.replace(GOOD, **change).failures
        assert failure.startswith(told)
    near = dataclasses.replace(GOOD, setting=dataclasses.replace(SETTING, distance=5))
    assert dataclasses.replace(near, unattacked={**GOOD.unattacked, OURS: 0.2}).failures == []


def test_short_moves_have_a_price() -> None:
    assert GOOD.cost_of_short_moves == 0
    assert dataclasses.replace(GOOD, reach=1.5).cost_of_short_moves == pytest.approx(9.37e-5, 1e-2)


def test_the_page_has_the_table_of_all_settings() -> None:
    page = PAGE.read_text("utf-8")
    table = CAMPAIGN.in_page(page)
    rows = {tuple(cell.strip() for cell in line.split("|")[1:5]) for line in table.splitlines()}
    assert {
        (f"{asked.clients:,}", str(asked.k), str(asked.distance), str(asked.c))
        for asked in SETTINGS
    } <= rows
    assert CAMPAIGN.written(page, [GOOD]).count("| 105 |") == 1
    assert clients.HEAD in page


@pytest.mark.campaign
def test_few_clients() -> None:
    assert CAMPAIGN.main(["--only", "300"]) == 0
