"""`bounds.decide`, `bounds.prove`, files of statements, and the magic of notebooks."""

from __future__ import annotations

import pytest
import sympy
from canned_prover import CannedProver, install

import bounds
from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.notebook import Outcomes, bounds_magic
from bounds.certify.statements import decide, is_proved, lemma_of, prove, read_lines


@pytest.fixture
def prover(monkeypatch: pytest.MonkeyPatch) -> CannedProver:
    return install(monkeypatch)


def test_claims_of_every_form_are_decided(prover: CannedProver) -> None:
    x = sympy.Symbol("x", positive=True)
    for claim, domain in [
        ("x < 1", "x > 0"),
        ("x < 1 for x > 0", None),
        (r"x \lt 1", {"x": "> 0"}),
        (x < 1, None),
    ]:
        assert bounds.decide(claim, domain, seconds=3).outcome == "proved"
    assert {asked[:2] for asked in prover.asked} == {("x < 1 for x in (0, inf)", 3)}


def test_prove_takes_nothing_but_a_proof(prover: CannedProver) -> None:
    assert prover
    assert is_proved(prove("x < 1", "x > 0"))
    with pytest.raises(Inconclusive, match=r"refuted: x < 2 for .* is false at x = 5"):
        prove("x < 2", "x > 0")
    with pytest.raises(Inconclusive, match="undecided"):
        bounds.prove("x < oo_", "x > 0, oo_ > 0")


def test_a_lemma_is_proved_and_has_a_name(prover: CannedProver) -> None:
    proved = decide("x < 1", "x > 0")
    decide("x < 7", "x > 0", given={"small": proved})
    (lemma,) = prover.asked[-1][3]
    assert lemma == lemma_of("small", proved)
    assert lemma["sha256"] == proved.certificate()["sha256"]
    with pytest.raises(InputError, match="only what is proved"):
        decide("x < 7", "x > 0", given={"small": decide("x < 2", "x > 0")})
    with pytest.raises(InputError, match="no name of a lemma"):
        decide("x < 7", "x > 0", given={"2 small": proved})


def test_lines_have_numbers_names_and_comments() -> None:
    lines = read_lines("\n# none\nx < 1 for x > 0 # one\n  two: 0 < y < 1 for y in (0, 1)\n")
    assert [(line.number, line.name, str(line.statement)) for line in lines] == [
        (3, None, "x < 1 for x in (0, inf)"),
        (4, "two", "0 < y < 1 for y in (0, 1)"),
    ]


def test_the_magic_decides_each_line(
    prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    found = bounds_magic("2.5", "x < 1 for x > 0\nx < 2 for x > 0\n")
    assert isinstance(found, Outcomes)
    assert [one.outcome for one in found] == ["proved", "refuted"]
    assert repr(found).splitlines()[0] == "proved: x < 1 for x in (0, inf)"
    assert {asked[1] for asked in prover.asked} == {2.5}
    for line, cell, told in [
        ("soon", "x < 1 for x > 0", "number of seconds"),
        ("", "2x < 1 for x > 0", "cell, line 1: a product needs its sign"),
    ]:
        assert bounds_magic(line, cell) is None
        assert told in capsys.readouterr().err


def test_the_extension_registers_the_magic() -> None:
    registered: list[tuple[object, str, str]] = []

    class Shell:
        def register_magic_function(self, function: object, kind: str, name: str) -> None:
            registered.append((function, kind, name))

    bounds.load_ipython_extension(Shell())
    assert registered == [(bounds_magic, "cell", "bounds")]
    with pytest.raises(InputError, match="IPython"):
        bounds.load_ipython_extension(None)


@pytest.mark.parametrize(
    ("claim", "domain", "word"),
    [
        ("1 + x <= e^x", "x real", "proved"),
        ("sin(x)^2 + cos(x)^2 = 1", "x real", "equal"),
        ("x^2 > x", "x real", "refuted"),
        ("log(x) < x", "x >= 0", "undefined"),
    ],
)
def test_what_the_prover_says_of_plain_statements(claim: str, domain: str, word: str) -> None:
    outcome = bounds.decide(claim, domain, seconds=20)
    assert outcome.outcome == word
    assert is_proved(outcome) == (word in ("proved", "equal"))
    with pytest.raises(InputError, match="truth value"):
        bool(outcome)
