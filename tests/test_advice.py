"""Advice: the translation, the answers, and what is told."""

import itertools
import json
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from bounds import advice
from bounds.advice import advise, translate
from bounds.bracket import risk_bracket, upper_side
from bounds.certify.errors import InputError
from bounds.certify.exact import read_share
from bounds.cli import main
from bounds.lower import lower_bound
from bounds.simulation.estimate import Estimate
from bounds.simulation.worst import WorstOf
from bounds.upper.sample_size import sample_size_bound


@pytest.mark.parametrize(
    ("text", "share"),
    [("5%", Fraction(1, 20)), (" 12.5 % ", Fraction(1, 8)), ("0.05", Fraction(1, 20)), (0, 0),
     ("1/3", Fraction(1, 3)), ("0%", 0)],
)  # fmt: skip
def test_shares_are_read(text: Any, share: Fraction) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize(
    ("text", "told"),
    [("5", "did you mean 5%"), ("100%", "below 100%"), ("-1%", "from 0%"), ("five", "share"),
     (1, "did you mean 1%"), ("150", "below 100%")],
)  # fmt: skip
def test_a_share_that_is_none_is_told(text: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_share(text)


def test_the_translation() -> None:
    asked = translate(200, 10, "5%", 20)
    assert asked.c / (asked.k + asked.c) == Fraction(1, 20)
    assert (asked.k + asked.c) * asked.m == 200
    assert asked.distance == 20
    wide = translate(1000, 4, "1/10", "3.5", sd="0.8", samples=25)
    assert float(wide.distance) == pytest.approx(3.5 * 5 / 0.8, abs=1e-8)
    assert wide.distance <= Fraction(35, 10) * 5 / Fraction(8, 10)
    assert wide.unit == Fraction(64, 100) / 25


def test_delta_given_for_the_distance_is_caught() -> None:
    with pytest.raises(InputError, match=r"9 Delta"):
        translate(200, 10, "5%", 2)


@pytest.mark.heavy
def test_the_answers() -> None:
    many = advise(400_000, 10, "5%", 20, reps=0)
    assert many.answer == "collaborate"
    few = advise(200, 10, "5%", 20, reps=0)
    assert few.answer == "not at this size"
    assert few.enough is not None
    assert few.enough > 200
    assert advise(few.enough, 10, "5%", 20, reps=0).answer == "collaborate"
    assert few.ceiling is None
    in_the_limit = advise(1000, 2, "60%", 20, reps=0)
    assert in_the_limit.answer == "not at this size"
    assert in_the_limit.enough is None
    assert "In the limit of infinitely many clients an error of at most 0.917" in str(in_the_limit)
    none = advise(1000, 2, "80%", "5.5", reps=0)
    assert none.answer == "do not"
    assert "Nor is there one in the limit" in str(none)


@pytest.fixture
def one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """The median of many reports is enclosed in seconds: no tables here."""
    monkeypatch.setattr(advice, "_SIZES", (1,))
    monkeypatch.setattr(advice, "_SHARES", ())


@pytest.mark.heavy
@pytest.mark.usefixtures("one_size")
def test_what_a_median_proves_is_not_denied() -> None:
    """One component, 1071 clients: lists of possible means say less than the median does."""
    alone = advise(1071, 1, Fraction(1, 21), 1000, reps=0)
    proved = risk_bracket(1, "1/20", m=1020, digits=3)
    assert alone.answer == "collaborate"
    assert alone.ceiling == proved.high
    assert alone.floor == proved.low.value
    assert "median" in str(alone)
    lists = sample_size_bound(1, "1/20", 1000, 1020)
    assert Fraction(lists.value.decimals()[0]) > Fraction(proved.high.value.decimals()[1])


@pytest.mark.heavy
@pytest.mark.usefixtures("one_size")
@pytest.mark.parametrize("distance", ["0.01", 3, 1000])
def test_one_group_has_no_other_at_any_distance(distance: Any) -> None:
    assert advise(1071, 1, Fraction(1, 21), distance, reps=0).answer == "collaborate"


def test_a_distance_is_refused_where_nobody_corrupted_is_too_near_and_nowhere_else() -> None:
    for distance, helps in ((5, False), ("5.5", True)):
        assert (upper_side(2, 0, distance).value.high.fraction() < 1) is helps
        if helps:
            assert translate(100, 2, 0, distance).distance == Fraction(11, 2)
        else:
            with pytest.raises(InputError, match="no bound here helps"):
                translate(100, 2, 0, distance)


def test_a_share_next_to_none_is_refused() -> None:
    with pytest.raises(InputError, match="not so near"):
        translate(100, 2, Fraction(1, 10**400), 20)


@pytest.mark.heavy
def test_its_numbers_are_those_of_the_bounds() -> None:
    advice = advise(400_000, 10, "5%", 20, reps=0)
    asked = advice.situation
    assert advice.bracket == risk_bracket(asked.k, asked.c, 20, asked.m, 3)
    assert advice.floor == lower_bound(asked.k, asked.c, "sharp", 3, asked.m).value
    assert advice.ceiling is not None
    assert advice.ceiling.value == sample_size_bound(asked.k, asked.c, 20, asked.m, 3).value
    assert advice.by_share[Fraction(1, 20)] == advice.bracket
    assert advice.by_size[400_000] == advice.bracket
    ceilings = [found.high.value.ball() for found in advice.by_size.values()]
    assert all(bool(a >= b) for a, b in itertools.pairwise(ceilings))


@pytest.mark.heavy
def test_without_corruption_the_floor_is_what_few_clients_cost() -> None:
    assert float(advise(1000, 2, 0, 20, reps=0).floor) == pytest.approx(1 / 500, rel=0.01)
    near = advise(10**6, 3, "1%", 6, reps=0).floor  # labels, which a client cannot tell
    assert float(near) > float(lower_bound(3, Fraction(3, 99), m=Fraction(99 * 10**6, 300)).value)


@pytest.mark.heavy
def test_what_is_too_many_is_told_and_not_gone_beyond() -> None:
    assert [*advise(10**16, 3, "1%", 20, reps=0).by_size] == [10**16, 10**17, 10**18]
    for clients, groups in ((10**18 + 1, 2), (100, 10**9 + 1)):
        with pytest.raises(InputError, match=r"at most 10\^18 clients, in at most 10\^9 groups"):
            translate(clients, groups, "1%", 20)


@pytest.mark.parametrize(
    ("clients", "groups", "corrupted"), [(10_000, 10_001, "5%"), (1, 2, 0), (100, 96, "5%")]
)
def test_groups_without_clients_are_refused(clients: int, groups: int, corrupted: Any) -> None:
    with pytest.raises(InputError, match="less than one genuine client on average"):
        translate(clients, groups, corrupted, 20)
    assert translate(clients, clients // 2 or 1, corrupted, 20).m >= 1


@pytest.mark.heavy
def test_many_groups_are_answered_without_em(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[list[str]] = []

    def worst(*_: Any, estimators: list[str], **__: Any) -> WorstOf:
        tried.append(estimators)
        risks = {name: Estimate.of([0.5, 0.6]) for name in estimators}
        return WorstOf({"none": SimpleNamespace(risks=risks)}, {})  # type: ignore[dict-item]

    monkeypatch.setattr(advice, "worst_of", worst)
    assert "it takes long for more than 300 groups" in str(advise(10_000, 301, "5%", 20))
    assert "left out" not in str(advise(10_000, 300, "5%", 20))
    assert ["em" in names for names in tried] == [False, True]


@pytest.mark.usefixtures("one_size")
@pytest.mark.parametrize(
    ("measured", "told"),
    [([0.3, 0.31], "Probably yes. In simulations the best method, em, had error 0.3 under"),
     ([3.0, 3.1], "Probably no."), ([0.5, 1.6], "Unclear."), (None, "Unknown at this size")],
)  # fmt: skip
def test_the_answer_is_a_sentence(
    measured: list[float] | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def worst(*_: Any, **__: Any) -> WorstOf:
        assert measured is not None
        risks = {"em": Estimate.of(measured), "possible-means": Estimate.of([9.0, 9.5]),
                 "own": Estimate.of([0.0, 0.1])}  # fmt: skip
        return WorstOf({"none": SimpleNamespace(risks=risks)}, {})  # type: ignore[dict-item]

    monkeypatch.setattr(advice, "worst_of", worst)
    first = str(advise(200, 10, "5%", 20, reps=0 if measured is None else 2)).split("\n")[0]
    assert first.startswith(told)
    assert "There is no proof at 200 clients: it starts at about" in first


@pytest.mark.heavy
@pytest.mark.parametrize("corrupted", ["0.0333", "0.123456789012", "1/3333333", "1e-9"])
def test_a_share_of_many_digits_has_a_number_of_clients_that_is_enough(corrupted: str) -> None:
    found = advise(10**4, 10, corrupted, 20, reps=0)
    c = found.situation.c
    assert found.enough is not None
    side = upper_side(10, c, 20, Fraction(found.enough) / (10 + c), 3)
    assert bool(side.value.ball() < 1)


@pytest.mark.heavy
def test_what_is_measured_is_told_as_evidence() -> None:
    found = advise(100, 2, "5%", 20, reps=2)
    text = str(found)
    assert "evidence, not certified" in text
    assert "under the worst attack (proved on paper, constants checked by machine)" in text
    assert set(found.measured) == set(advice.METHODS)
    assert abs(found.simulated - 100) <= 2
    assert all(len(line) <= 130 for line in text.splitlines()[1:])


@pytest.mark.heavy
def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["advise", "--clients", "200", "--groups", "10", "--corrupted", "5%"]
    words += ["--distance", "20"]
    assert main([*words, "--reps", "0"]) == 0
    assert capsys.readouterr().out.startswith(
        "Unknown at this size: nothing was simulated. There is no"
    )
    assert main([*words, "--reps", "0", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["answer"] == "not at this size"
    assert entry["ceiling"] is None
    assert entry["method"] == "own sample"
    assert entry["limit"][1] == "0.0431"
    assert entry["proof_from_clients"] > 200
    assert entry["measured_status"] == "evidence, not certified"
    assert main([*words[:-1], "2"]) == 2
    assert "paper's is 9 Delta" in capsys.readouterr().err


@pytest.mark.heavy
def test_what_is_unknown_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = advice.guess(10_000, corrupted="5%", distance="10", sd="1/2", reps=0)
    assert [row.guessed for row in found.rows] == [f"{k} groups" for k in (2, 5, 10, 20, 50)]
    for row, k in zip(found.rows, (2, 5, 10, 20, 50), strict=True):
        alone = advise(10_000, k, "5%", "10", sd="1/2", reps=0) if k == 2 else None
        assert row.bracket is not None
        assert row.measured is None
        if alone is not None:
            assert row.bracket.low.value == alone.floor
            assert row.enough == alone.enough
    told = str(found).splitlines()
    assert "proof from" not in told[3]
    assert told[7].endswith("clients on")
    with pytest.raises(TypeError, match=r"read \.rows"):
        bool(found)
    measured = SimpleNamespace(
        worst={"possible-means": ("pull", Estimate(0.25, 0.2, 0.3, 0.95, (0.25,)))}
    )
    monkeypatch.setattr(advice, "worst_of", lambda *_, **__: measured)
    (first, *others) = advice.guess(300, 4, "5%", sd=2, samples=4).rows
    assert str(first).startswith("6 apart: 0.0")
    assert "no number of clients with a proof was found" in str(first)
    assert all("; measured 0.25;" in str(row) for row in (first, *others))


@pytest.mark.heavy
def test_guesses_of_several_and_of_what_cannot_be() -> None:
    found = advice.guess(1000, reps=0)
    assert len(found.rows) == 3 * 3 * 3
    near = advice.guess(1000, None, "5%", 3, reps=0)
    assert {row.bracket for row in near.rows} == {None}
    assert str(near.rows[0]) == "2 groups: no bound here helps, with groups so near or so small"
    with pytest.raises(InputError, match="below 100%"):
        advice.guess(1000, None, "200%", 3)
    with pytest.raises(InputError):
        advice.guess(1000, "two", None, 20, reps=0)
    with pytest.raises(InputError):
        advice.guess(1000, 2, None, -1, reps=0)
    with pytest.raises(InputError, match="nothing is unknown"):
        advice.guess(1000, 2, "5%", 20)


@pytest.mark.heavy
def test_the_command_says_what_changes(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["advise", "--clients", "300", "--groups", "unknown", "--corrupted", "5%"]
    words += ["--distance", "20", "--reps", "0"]
    assert main(words) == 0
    assert "Here is what changes, with 300 clients" in capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["guesses"]
    assert rows[0]["guessed"] == "2 groups"
    assert rows[0]["floor"]
    assert rows[0]["ceiling"] is None
    assert rows[0]["proof_from_clients"] > 300
