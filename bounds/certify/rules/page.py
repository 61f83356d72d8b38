"""The page on which a proof is written: sentences, tables and pictures, as plain text or LaTeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from bounds.certify.language.expression import Expr, number
from bounds.certify.language.latex import to_latex
from bounds.certify.language.text import to_text

Box: TypeAlias = "dict[str, tuple[Fraction, Fraction]]"

MINUS_ONE = number(-1)

_WIDE, _HIGH = 64, 16
_MOST_DRAWN = 2_000
_LATEX_RELATIONS = {">=": r"\ge", "<=": r"\le", "!=": r"\ne"}
_LATEX_WORDS = {"rises": r"$\nearrow$", "falls": r"$\searrow$"}


@dataclass
class Page:
    """Lines that are written, and how formulas are set on them.

    Args:
        latex: whether it is LaTeX, or plain text.
    """

    latex: bool = False
    lines: list[str] = field(default_factory=list)
    count: int = 0
    lemmas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def say(self, level: int, text: str) -> None:
        """One sentence, or a few that belong together."""
        if self.latex:
            self.lines.append(rf"{{\leftskip={level}em\noindent {text}\par}}")
        else:
            self.lines.append(f"{'  ' * level}{text}")

    def name(self) -> str:
        """A new name for a function: f_1, f_2, ..."""
        self.count += 1
        return f"f_{{{self.count}}}" if self.latex else f"f_{self.count}"

    def math(self, text: str) -> str:
        """A formula that is written already."""
        return f"${text}$" if self.latex else text

    def formula(self, e: Expr) -> str:
        """An expression, without dollar signs."""
        return to_latex(e) if self.latex else to_text(e)

    def f(self, e: Expr) -> str:
        """An expression inside a sentence."""
        return self.math(self.formula(e))

    def equation(self, name: str, e: Expr) -> str:
        """Name = expression, inside a sentence."""
        return self.math(f"{name} = {self.formula(e)}")

    def against_zero(self, left: str, relation: str) -> str:
        """A comparison with 0, inside a sentence."""
        sign = _LATEX_RELATIONS.get(relation, relation) if self.latex else relation
        return self.math(f"{left} {sign} 0")

    def end(self, e: Expr | None, sign: int) -> str:
        """An end of an interval, without dollar signs; None is the infinity of this sign."""
        if e is None:
            infinity = r"\infty" if self.latex else "inf"
            return infinity if sign > 0 else f"-{infinity}"
        return self.formula(e)

    def place(self, place: Mapping[str, Expr]) -> str:
        """A point."""
        if not place:
            return "it is written"
        return ", ".join(self.equation(name, value) for name, value in place.items())

    def product(self, factors: Sequence[tuple[Expr, int]]) -> str:
        """A product of powers, each factor by itself, without dollar signs."""
        minus = len(factors) > 1 and factors[0][0] == MINUS_ONE and factors[0][1] == 1
        told = (self._factor(*f) for f in factors[minus:])
        return ("-" if minus else "") + (r" \cdot " if self.latex else "*").join(told)

    def _factor(self, e: Expr, power: int) -> str:
        text = self.formula(e)
        signed = e.head == "+" or text.startswith("-")
        divided = e.head in ("*", "number") or text.startswith("1/")
        quotient = not self.latex and "/" in text and divided
        named = e.head == "variable" or (not self.latex and e.head[0].isalpha() and "(" in text)
        if signed or (power != 1 and not (named and e.head != "number")) or quotient:
            text = rf"\left({text}\right)" if self.latex else f"({text})"
        if power == 1:
            return text
        if self.latex:
            return f"{text}^{{{power}}}"
        return f"{text}^{power}" if power > 0 else f"{text}^({power})"

    def table(self, level: int, rows: Sequence[Sequence[str]]) -> None:
        """A table of variations: the first entry of each row is its head."""
        if self.latex:
            columns = "r|" + "c" * (len(rows[0]) - 1)
            body = r" \\ ".join(" & ".join(map(self._entry, row)) for row in rows)
            body = body.replace(r" \\ ", r" \\ \hline ", 1)
            self.say(level, rf"\begin{{tabular}}{{{columns}}} {body} \end{{tabular}}")
            return
        widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
        for head, *row in rows:
            cells = "  ".join(f"{t:^{w}}" for t, w in zip(row, widths[1:], strict=True))
            self.say(level + 1, f"{head:<{widths[0]}} |  {cells}".rstrip())

    def _entry(self, text: str) -> str:
        return _LATEX_WORDS.get(text) or (f"${text}$" if text else "")

    def draw(self, level: int, cells: Cells) -> None:
        """A picture of cells in one or two variables; of more, and of very many, none."""
        drawn = cells.boxes
        names = list(drawn[0]) if drawn else []
        if not 1 < len(drawn) <= _MOST_DRAWN or len(names) not in (1, 2):
            return
        if self.latex:
            self.say(level, _picture(drawn, names))
            return
        lines = _line(drawn, names[0]) if len(names) == 1 else _grid(drawn, *names)
        for line in lines:
            self.say(level + 1, line)


@dataclass(frozen=True)
class Cells:
    """What a subdivision consists of.

    Attributes:
        plain: the cells on which an enclosure proves the goal.
        faces: those on which a slope has one sign, so that a face decides.
        outside: those without a point of the domain.
        boxes: the plain cells and those with faces, where their ends are known.
    """

    plain: int
    faces: int
    outside: int
    boxes: tuple[Box, ...]

    @property
    def smallest(self) -> Box | None:
        """The cell with the least product of sides."""
        if not self.boxes:
            return None
        return min(self.boxes, key=_volume)


def _volume(box: Box) -> Fraction:
    total = Fraction(1)
    for low, high in box.values():
        total *= high - low
    return total


def cells_of(splits: Sequence[Any], box: Box, read: Callable[[str], Fraction | None]) -> Cells:
    """The cells of a subdivision that is written as it is walked.

    Args:
        splits: of a node `cells`.
        box: the whole box, or none where its ends are not known.
        read: the number that a text says, where it is rational.
    """
    plain = faces = outside = 0
    boxes: list[Box] = []
    waiting: list[tuple[Box | None, bool]] = [(box or None, False)]
    for element in splits:
        here, on_face = waiting.pop() if waiting else (None, False)
        word = element[:2] if isinstance(element, str) else ""
        if word in (".", "x") or word == "m:":
            plain += word == "." and not on_face
            outside += word == "x" and not on_face
            faces += word == "m:" and not on_face
            if word != "x" and here and not on_face:
                boxes.append(here)
        elif word == "f:":
            faces += not on_face
            if here and not on_face:
                boxes.append(here)
            waiting.append((None, True))
        else:
            waiting += [(part, on_face) for part in _halves(element, here, read)]
    return Cells(plain, faces, outside, tuple(boxes))


def _halves(
    element: Any, here: Box | None, read: Callable[[str], Fraction | None]
) -> tuple[Box | None, Box | None]:
    """The upper part and the lower part, which comes first."""
    name = element if isinstance(element, str) else element["v"]
    if here is None or name not in here:
        return None, None
    low, high = here[name]
    at = read(element["at"]) if isinstance(element, dict) and "at" in element else (low + high) / 2
    if at is None:
        return None, None
    return {**here, name: (at, high)}, {**here, name: (low, at)}


def _hull(boxes: Sequence[Box], name: str) -> tuple[Fraction, Fraction]:
    return min(b[name][0] for b in boxes), max(b[name][1] for b in boxes)


def _line(boxes: Sequence[Box], name: str) -> list[str]:
    """A line with a mark at the ends of each cell."""
    low, high = _hull(boxes, name)
    line = ["-"] * (_WIDE + 1)
    for box in boxes:
        for end in box[name]:
            line[int(_WIDE * (end - low) / (high - low))] = "|"
    return ["".join(line)]


def _grid(boxes: Sequence[Box], across: str, up: str) -> list[str]:
    """How often the cell at each place was halved, as a digit; + for more than 9 times."""
    left, right = _hull(boxes, across)
    bottom, top = _hull(boxes, up)
    whole = (right - left) * (top - bottom)
    rows = [[" "] * _WIDE for _ in range(_HIGH)]
    for box in boxes:
        (a, b), (c, d) = box[across], box[up]
        halved = (whole / _volume(box)).__floor__().bit_length() - 1
        mark = str(halved) if halved < 10 else "+"
        first, last = (_WIDE * (t - left) / (right - left) for t in (a, b))
        low, high = (_HIGH * (t - bottom) / (top - bottom) for t in (c, d))
        for i in range(int(low), max(int(low) + 1, -int(-high // 1))):
            for j in range(int(first), max(int(first) + 1, -int(-last // 1))):
                if i < _HIGH and j < _WIDE:
                    rows[_HIGH - 1 - i][j] = mark
    told = f"({across} to the right, {up} upwards; a digit says how often the cell was halved)"
    return [*("".join(row).rstrip() for row in rows), told]


def _picture(boxes: Sequence[Box], names: Sequence[str]) -> str:
    """The cells as frames."""
    hulls = [_hull(boxes, name) for name in names]
    high = 60 if len(names) == 2 else 4
    frames = []
    for box in boxes:
        scaled = [
            (float(100 * (a - low) / (top - low)), float(100 * (b - low) / (top - low)))
            for (a, b), (low, top) in ((box[n], hull) for n, hull in zip(names, hulls, strict=True))
        ]
        (x, right), (y, up) = scaled[0], scaled[1] if len(names) == 2 else (0.0, 100.0)
        y, up = y * high / 100, up * high / 100
        frames.append(rf"\put({x:.3f},{y:.3f}){{\framebox({right - x:.3f},{up - y:.3f}){{}}}}")
    begin = rf"{{\setlength{{\unitlength}}{{0.8mm}}\begin{{picture}}(100,{high})"
    return begin + "%\n" + "%\n".join(frames) + r"\end{picture}}"
