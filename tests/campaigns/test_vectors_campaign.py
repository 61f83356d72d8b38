"""The campaign of vectors: a small setting, a failure, and the page."""

import dataclasses

import numpy as np
import pytest

from campaigns import vectors
from campaigns.beside import PAGE
from campaigns.vectors import ATTACKS, CAMPAIGN, CENTRES, OURS, SETTINGS, Row, Setting

SETTING = Setting(3, 2, 60, 12, 0.1, 1)
GOOD = Row(
    SETTING,
    {OURS: 0.1, **dict.fromkeys(CENTRES, 0.1)},
    {OURS: 0.2, **dict.fromkeys(CENTRES, 0.2)},
    "pull",
)


def test_a_setting_is_measured() -> None:
    row = vectors.measure(SETTING)
    assert set(row.attacked) == {OURS, *CENTRES}
    assert row.unattacked[OURS] < 0.5
    assert str(row).startswith("| 3 | 2 | 60 | 12 | 10% | ")
    assert str(row).count("|") == vectors.HEAD.splitlines()[0].count("|")


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_draw_as_many_reports(attack: str) -> None:
    for setting in (SETTING, Setting(2, 3, 60, 12, 0.1, 1)):
        own, genuine, lies = setting.drawn(attack, np.random.default_rng(1))
        assert own.shape == genuine.shape == (setting.k * 60, setting.d)
        assert lies.shape == (round(setting.k * 60 / 9), setting.d)
        apart = np.linalg.norm(own[0] - own[-1])
        assert apart >= setting.distance - 1e-9


def test_a_failure_is_told() -> None:
    assert GOOD.failures == []
    worse = dataclasses.replace(GOOD, attacked={**GOOD.attacked, OURS: 0.23})
    assert worse.failures == ["attacked: 0.23"]


def test_the_page_has_the_table_of_all_settings() -> None:
    page = PAGE.read_text("utf-8")
    table = CAMPAIGN.in_page(page)
    rows = {tuple(cell.strip() for cell in line.split("|")[1:4]) for line in table.splitlines()}
    assert {(str(asked.d), str(asked.k), str(asked.m)) for asked in SETTINGS} <= rows
    assert vectors.HEAD in page


@pytest.mark.campaign
def test_two_dimensions() -> None:
    assert CAMPAIGN.main(["--only", "2"]) == 0
