"""Every argument in words beyond the paper is listed with a second route, which is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(
    r"^\| `(?P<module>[\w.]+)`(?:, (?P<steps>[\w ]+))? \| .*`(?P<test>tests/\S+)` \|$", re.M
)
LISTED = [row.groups() for row in ROW.finditer((ROOT / "docs/design.md").read_text("utf-8"))]


def numbers(steps: str | None) -> set[int]:
    """The steps that \"steps 2 to 4\" tells."""
    ends = [int(end) for end in re.findall(r"\d+", steps or "")]
    return set(range(ends[0], ends[-1] + 1)) if ends else set()


def argued() -> set[tuple[str, int]]:
    """The steps of the library's docstrings on which a claim rests, from the claims' sources."""
    found = set()
    for path in sorted((ROOT / "proofs_check" / "claims").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Argued":
                place = node.args[1]
                if isinstance(place, ast.Constant) and place.value.startswith("bounds."):
                    module, steps = place.value.split(", ")
                    found |= {(module, number) for number in numbers(steps)}
    return found


def test_every_argument_that_a_claim_rests_on_is_listed() -> None:
    listed = {(module, number) for module, steps, _ in LISTED for number in numbers(steps)}
    assert len(argued()) > 20
    assert argued() <= listed


@pytest.mark.parametrize(("module", "steps", "test"), LISTED)
def test_a_second_route_is_there(module: str, steps: str | None, test: str) -> None:
    source = ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")
    for number in numbers(steps):
        assert re.search(rf"^(?:Case |\()?{number}[.)]", source, re.M), f"{module} has no {number}"
    path, name = test.split("::")
    assert f"def {name}(" in (ROOT / path).read_text("utf-8")
