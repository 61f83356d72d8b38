"""A gmpy2 whose operations do not round as they are told is refused, with one line."""

import re
from pathlib import Path

import gmpy2
import pytest

import bounds.certify.checker as certify_checker
import bounds.checker as paper_checker
from bounds.certify.checker import precision
from bounds.checker import check
from bounds.checker.__main__ import main


@pytest.fixture
def fresh():
    precision.library_fault.cache_clear()
    yield
    precision.library_fault.cache_clear()


def test_this_one_is_not():
    assert precision.library_fault() is None


@pytest.mark.parametrize("name", sorted(precision._tried()))
@pytest.mark.parametrize("fault", ["53 bits", "to nearest", "upwards", "one unit off"])
@pytest.mark.usefixtures("fresh")
def test_every_operation_is_tried(monkeypatch, name, fault):
    """As gmpy2 2.2.0 to 2.2.2 do for div, an operation takes a context of its own."""
    honest = precision._tried()
    operation = honest[name]

    def lying(at, bits):
        if fault == "one unit off":
            return at.next_above(operation(at, bits))
        rounding = {"to nearest": gmpy2.RoundToNearest, "upwards": gmpy2.RoundUp}
        bits_of = 53 if fault == "53 bits" else bits
        other = gmpy2.context(precision=bits_of, round=rounding.get(fault, at.round))
        return operation(other, bits_of)

    monkeypatch.setattr(precision, "_tried", lambda: {**honest, name: lying})
    assert name in precision.library_fault()


@pytest.mark.usefixtures("fresh")
def test_it_is_refused_with_one_line(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(precision, "_rounds", lambda *_: False)
    verdict = check("{}")
    assert verdict.outcome == "undecided"
    assert "install gmpy2" in verdict.reason
    file = tmp_path / "a.json"
    file.write_text("{}")
    assert main([str(file)]) == 3
    assert capsys.readouterr().out.count("\n") == 1


EXACT = {"abs", "ceil", "exp2", "floor", "next_above", "next_below"}
"""Operations that do not round, or whose exactness is asked for apart."""


def test_every_function_of_the_library_is_among_them():
    """What is called on a context, or by its name, in any file of either checker."""
    used = set()
    for package in (certify_checker, paper_checker):
        for file in Path(package.__file__).parent.glob("*.py"):
            text = file.read_text("utf-8")
            used |= set(re.findall(r"\b(?:up|down|context)\.([a-z]\w*)\(", text))
            used |= set(re.findall(r"\b(?:rising|falling|_convex)\(\"(\w+)\"", text))
            used |= set(re.findall(r"_wave\(\"(\w+)\"", text))
    assert {"digamma", "rootn", "sin", "lngamma", "div"} <= used
    assert used - EXACT - {"get_exp"} <= precision._tried().keys()
