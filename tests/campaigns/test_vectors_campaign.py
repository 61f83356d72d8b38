"""The campaign of vectors: a small setting, a failure, and the page."""

import dataclasses

import numpy as np
import pytest

from campaigns import vectors
from campaigns.beside import PAGE
from campaigns.vectors import ATTACKS, CAMPAIGN, OTHERS, OURS, SETTINGS, Row, Setting

SETTING = Setting(3, 2, 60, 12, 0.1, 1)
GOOD = Row(
    SETTING,
    {OURS: 0.1, **dict.fromkeys(OTHERS, 0.1)},
    {OURS: 0.2, **dict.fromkeys(OTHERS, 0.2)},
    "pull",
)


def test_a_setting_is_measured() -> None:
    row = vectors.measure(SETTING)
    assert set(row.attacked) == {OURS, *OTHERS}
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


def test_the_other_methods_find_what_is_there() -> None:
    """Each is a fair rival: unattacked it has the error of a mean, or one half more."""
    rng = np.random.default_rng(4)
    setting = Setting(30, 3, 80, 20, 0.1, 1)
    own, genuine, _ = setting.drawn("none", rng)
    truth = own[::80]
    for clustering in vectors.CLUSTERINGS.values():
        centres = clustering(genuine, setting, truth[:2], rng)
        errors = vectors._squares(truth, centres).min(axis=1)
        assert errors.max() < 2.5 * 30 / 80
    for centre in vectors.CENTRES.values():
        assert np.sum((centre(genuine[:80], 0.1) - truth[0]) ** 2) < 2.5 * 30 / 80


def test_few_reports_far_away_do_not_move_multi_krum() -> None:
    rows = np.random.default_rng(5).standard_normal((100, 6))
    rows[:10] += 50
    assert np.sum(vectors.multi_krum(rows, 0.1) ** 2) < 0.3


def test_rows_in_their_span_are_as_far_apart() -> None:
    rows = np.random.default_rng(6).standard_normal((5, 40))
    placed, frame = vectors._in_their_span(rows)
    assert placed.shape == (5, 5)
    assert placed @ frame == pytest.approx(rows)
    assert vectors._squares(placed, placed) == pytest.approx(vectors._squares(rows, rows))


@pytest.mark.campaign
def test_two_dimensions() -> None:
    assert CAMPAIGN.main(["--only", "2"]) == 0
