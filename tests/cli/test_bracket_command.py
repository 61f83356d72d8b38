"""The command `bounds bracket`."""

import json

import pytest

import bounds
from bounds.cli import main


def test_it_prints_both_sides_with_their_range(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bracket", "100", "5", "18"]) == 0
    text = capsys.readouterr().out
    assert "0.0329724 <= lim K(m) <= 0.0443" in text
    assert text.count("m -> infinity") == 3
    assert text.count("proved on paper, constants checked by machine: bounds.") == 2


@pytest.mark.heavy
def test_it_prints_a_given_m_and_the_other_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bracket", "1", "1/20", "--m", "1020", "--all"]) == 0
    text = capsys.readouterr().out
    assert "<= K(1020) <=" in text
    assert "infinity" not in text
    assert "own sample" in text
    assert "median" in text


def test_reports_may_be_vectors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bracket", "10", "1", "18", "--dimension", "8"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("k = 10, c = 1, D = 18, 8 dimensions, m -> infinity\n")
    assert f"  {bounds.risk_bracket(10, 1, 18, dimension=8)}\n" in told
    assert main(["bracket", "10", "1", "18", "--dimension", "8", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dimension"] == 8
    assert main(["bracket", "10", "1", "18", "--dimension", "0"]) == 2
    assert "from 1, not 0" in capsys.readouterr().err


def test_json_says_for_which_m_each_side_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bracket", "4", "0", "5", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["m"] == entry["low"]["m"] == "infinity"
    assert entry["low"]["basis"] == "words"
    assert entry["low"]["method"] == "labels"
    assert float(entry["low"]["value"][0]) < float(entry["high"]["value"][1])
    assert main(["bracket", "4", "0", "5", "--m", "10", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert {side["m"] for side in (entry["low"], entry["high"], *entry["other_lower"])} == {"10"}


@pytest.mark.parametrize("words", [["2", "1"], ["x", "1", "4"], ["2", "1", "4", "--m", "1/7"]])
def test_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bracket", *words]) == 2
    assert "bounds:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["10", "5"], "for every D there is `bounds lower`"),
        (["100", "1/3", "18", "--m", "100"], "pass an m that is a multiple of 3/301\n"),
    ],
)
def test_bad_input_states_the_remedy(
    words: list[str], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bracket", *words]) == 2
    assert remedy in capsys.readouterr().err


@pytest.mark.heavy
def test_a_budget_of_many_digits_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["bracket", "3", "1e-300", "18"], ["upper", "3", "1e-300"]):
        assert main(words) == 0
        head = capsys.readouterr().out.splitlines()[0]
        assert "(303 characters)" in head
        assert len(head) < 120
