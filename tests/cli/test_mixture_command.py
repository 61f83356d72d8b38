"""The command `bounds mixture`."""

import json

import pytest

from bounds.bracket import lower_side, mixture_bound
from bounds.cli import main


def test_it_prints_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mixture", "1/10", "5", "3", "2", "--distance", "30"]) == 0
    text = capsys.readouterr().out
    assert "at least 0.0612570" in text
    assert "at most 0.186528" in text
    assert "labels unknown, means at least 30 apart" in text
    assert "variance" not in text
    assert main(["mixture", "1/10", "5", "3", "--variances", "1", "4", "--distance", "9"]) == 0
    assert "if each client knows the variance of its own sample" in capsys.readouterr().out
    assert "bounds.upper.information" in text


def test_without_a_distance_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mixture", "1/10", "5", "3"]) == 0
    text = capsys.readouterr().out
    assert "no upper bound without labels" in text
    assert "know their labels" in text


def test_json_is_what_the_library_finds(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["mixture", "1/10", "5", "3", "--variances", "1", "4", "--distance", "9", "--json"]
    assert main(words) == 0
    entry = json.loads(capsys.readouterr().out)
    found = mixture_bound([5, 3], "1/10", [1, 4], distance=9)
    assert found.high is not None
    assert entry["high"] == list(found.high.decimals())
    assert entry["weights"] == ["0.625", "0.375"]
    assert entry["variances"] == ["1", "4"]
    assert entry["distance"] == "9"
    assert main(["mixture", "1/10", "5", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["high"] is None


@pytest.mark.parametrize(
    "words", [["1/10", "x"], ["0", "1"], ["1/10", "1", "2", "--variances", "1"]]
)
def test_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mixture", *words]) == 2
    assert "bounds:" in capsys.readouterr().err


def test_clients_who_know_their_labels_err_by_no_more_than_their_samples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["mixture", "20", "5", "3", "2"]) == 0
    assert "at most 0.997732426303855 for clients who know" in capsys.readouterr().out


def test_without_labels_near_means_cost_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mixture", "1/100", "1", "1", "1", "--distance", "5"]) == 0
    text = capsys.readouterr().out
    side = lower_side(3, "3/100", 5)
    assert f"at least {side.value.decimals()[0]} without labels, means at least 5 apart" in text
    assert "bounds.bracket.above" in text


def test_the_same_mass_on_every_component_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mixture", "20", *["1"] * 50]) == 0
    assert "means hidden by masses of 20 on every component\n" in capsys.readouterr().out


def test_vectors(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["mixture", "1/10", "5", "3", "2", "--distance", "60", "--dimension", "3"]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "length of the error in 3 dimensions" in text
    assert "at most 0.189891" in text
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dimension"] == 3
    assert main([*words[:-1], "0"]) == 2
    assert "dimension" in capsys.readouterr().err
