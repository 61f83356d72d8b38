"""The signs of h from those of its derivative: monotone stretches, turns, ends and zeros."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from bounds.certify.checker.expression import Node, number, substitute
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.certify.errors import Inconclusive
from bounds.kernel.facts import intervals
from bounds.kernel.limits import approach
from bounds.kernel.script import Texts, between, bools
from bounds.kernel.terms import coq, name, number_text


class Stretches:
    """The proof of one pattern.

    Args:
        table: for the texts of functions and intervals.
        line: the interval.
        h, rate: the function and its derivative.
        label: the lemma of the derivative's pattern.
        rises: the derivative's signs.
        cuts: the certificate's marks of turns.
        sides: the signs of h next to the two ends, 0 where they are not needed.
    """

    def __init__(
        self, table: Texts, line: Line, h: Node, rate: Node, label: str, rises: list[int],
        cuts: Any, sides: tuple[int, int],
    ) -> None:  # fmt: skip
        self.table, self.line, self.h, self.rate, self.label = table, line, h, rate, label
        self.rises, self.sides = rises, sides
        self.f, self.g = table.function(line, h), table.function(line, rate)
        self.where = table.interval(line)
        self.x = name(line.name)
        self.moves = [s for k, s in enumerate(rises) if not k or rises[k - 1] != s]
        self.marks: list[Any] = list(cuts)
        self.around: dict[int, tuple[Fraction, Fraction, int]] = {}

    def tactics(self, signs: list[int]) -> list[str]:
        """The lines of the proof that h has these signs."""
        lines = self._turns()
        if len(self.moves) == 1:
            return lines + self._one(signs)
        values = self._values(lines)
        return lines + self._joined(values)

    def _turns(self) -> list[str]:
        derive = self.table.derive(self.line, self.h, self.rate)
        if len(self.rises) == len(self.moves) == 2:
            u = _b(self.rises[0])
            return [
                f"destruct (one_turn {self.f} {self.g} {u} {self.where}) as"
                " [c1 [Place1 [Flat [Left [Right [M0 M1]]]]]].",
                "{ is_convex. }", "{", *derive, "}", f"{{ exact {self.label}. }}",
                "cbv beta in Flat, Place1.",
                f"change (moves {_b(self.rises[1])} {self.f} {self._closed(1)}) in M1.",
            ]  # fmt: skip
        lines = [
            f"assert (T : turns {self.f} {bools(self.rises)} {self.where}).",
            f"{{ apply (turns_of_slope {self.f} {self.g}); [is_convex | | exact {self.label}].",
            *derive,
            "}",
        ]
        left, turn = list(self.rises), 0
        while len(left) > 1:
            if left[0] == left[1]:
                lines.append("apply turns_merge in T.")
            else:
                turn += 1
                lines.append(f"destruct T as [c{turn} [Place{turn} [M{turn - 1} T]]].")
            left.pop(0)
        lines.append(
            f"rename T into M{turn}."
            f" change (moves {_b(left[0])} {self.f} {self._closed(turn)}) in M{turn}."
        )
        return lines

    def _closed(self, k: int) -> str:
        """The stretch from the k-th turn on, with it."""
        inner = self.where
        for j in range(1, k + 1):
            inner = f"(fun {self.x} => {inner} {self.x} /\\ c{j} <= {self.x})"
        return inner

    def _part(self, k: int) -> str:
        """The k-th stretch, with the turns at its ends."""
        if k == len(self.moves) - 1:
            return self._closed(k)
        return f"(fun {self.x} => {self._closed(k)} {self.x} /\\ {self.x} <= c{k + 1})"

    def _open(self, k: int) -> str:
        inner = self.where
        for j in range(1, k + 1):
            inner = f"(fun {self.x} => {inner} {self.x} /\\ c{j} < {self.x})"
        return inner

    # One stretch

    def _one(self, signs: list[int]) -> list[str]:
        u = self.moves[0]
        if len(signs) == 1:
            return [
                *self._single(0, signs[0], "M0", self.where)[0],
                f"intros {self.x} Inside. apply Whole. exact Inside.",
            ]
        return [
            *self._crossing(0, None, None, self._witness(-u), self._witness(u)),
            "exists e. split; [exact Je|]. split; [exact Zero|]. split; [exact Below|].",
            f"intros {self.x} [Inside Beyond]. apply Above; [exact Inside | exact Beyond].",
        ]

    def _single(self, k: int, sign: int, label: str, where: str) -> tuple[list[str], str]:
        """Lines that give `Whole`: on the k-th stretch, without its turns, h has one sign."""
        u, last = self.moves[k], k == len(self.moves) - 1
        x = self.x
        if sign == u:
            if k == 0:
                near = approach(self.line, self.f, self.h, where, u, high=False)
                return [
                    f"assert (Near : begins {_b(u)} {self.f} {where}).", *near,
                    f"pose proof (sign_from_begin {_b(u)} {self.f} {where} {label} Near) as Whole.",
                ], ""  # fmt: skip
            return [
                f"pose proof (sign_after {_b(u)} {self.f} {where} c{k} {label}"
                " ltac:(here) ltac:(value)) as Whole."
            ], f"c{k} < {x}"
        if last:
            near = approach(self.line, self.f, self.h, where, -u, high=True)
            return [
                f"assert (Near : ends {_b(-u)} {self.f} {where}).", *near,
                f"pose proof (sign_to_end {_b(u)} {self.f} {where} {label} Near) as Whole.",
            ], ""  # fmt: skip
        return [
            f"pose proof (sign_before {_b(u)} {self.f} {where} c{k + 1} {label}"
            " ltac:(here) ltac:(value)) as Whole."
        ], f"{x} < c{k + 1}"

    def _crossing(
        self,
        k: int,
        low: str | None,
        high: str | None,
        first: Fraction | None,
        last: Fraction | None,
    ) -> list[str]:
        u, where = self.moves[k], self._part(k)
        a = low or number_text(_m(first or Fraction(0)))
        b = high or number_text(_m(last or Fraction(0)))
        return [
            f"destruct (crosses {_b(u)} {self.f} {where} {a} {b})"
            " as [e [Je [Between [Zero [Below Above]]]]].",
            "{ is_convex. }",
            f"{{ intros {self.x} Inside. eapply derivable_continuous.",
            f"assert (Here : {self.where} {self.x}) by place. clear Inside. revert {self.x} Here.",
            *self.table.opening(self.line, [self.h, self.rate]), "derive. }",
            f"{{ exact M{k}. }}", "{ here. }", "{ here. }", "{ here. }", "{ value. }", "{ value. }",
        ]  # fmt: skip

    def _witness(
        self, sign: int, below: Fraction | None = None, above: Fraction | None = None
    ) -> Fraction:
        """A rational place where h has a sign."""
        span, constants = self.line.span, self.line.constants
        low = None if span.low is None else constants.rational_hull(span.low)[1]
        high = None if span.high is None else constants.rational_hull(span.high)[0]
        for k in range(1, 40):
            small = Fraction(1, 2**k)
            if low is not None and high is not None:
                width = _q(high) - _q(low)
                places = [_q(low) + width * small, _q(high) - width * small]
            elif low is not None:
                places = [_q(low) + small * 2, _q(low) + 2 ** (k - 1)]
            elif high is not None:
                places = [_q(high) - small * 2, _q(high) - 2 ** (k - 1)]
            else:
                places = [Fraction(k - 1), Fraction(1 - k)]
            for place in places:
                if (below is not None and place > below) or (above is not None and place < above):
                    continue
                try:
                    node = number(_m(place))
                    found = constants.sign(substitute(self.h, {self.line.name: node}))
                except (Undecided, Rejected, BeyondLimit):
                    continue
                if found == sign:
                    return place
        raise Inconclusive("no place was found where a function has the sign that it must have")

    # Turns

    def _values(self, lines: list[str]) -> list[int | None]:
        """The signs at the ends and turns; lines that prove those at turns are added."""
        count = len(self.moves) - 1
        values: list[int | None] = [self.sides[0], *([None] * count), self.sides[1]]
        for k in range(1, count + 1):
            entry = self.marks[k - 1]
            if entry is None:
                continue
            if "in" in entry:
                low, high = (_q(self.line.constant(t).args[0]) for t in entry["in"])
                values[k] = self._marked(lines, k, low, high)
            else:
                at = self.line.constant(entry["at"])
                values[k] = 0
                lines += self._at_zero(k, at)
        for _ in range(count):
            for k in range(1, count + 1):
                top = self.moves[k - 1]
                if values[k] is not None:
                    continue
                for j in (k - 1, k + 1):
                    end = j in (0, count + 1)
                    if values[j] == top or (values[j] == 0 and not end):
                        values[k] = top
                        lines += self._beside(k, j, top)
                        break
        if None in values:
            raise Inconclusive("the sign at a turn is not known")
        return values

    def _marked(self, lines: list[str], k: int, low: Fraction, high: Fraction) -> int:
        if not len(self.rises) == len(self.moves) == 2:
            raise Inconclusive("more than one turn with a mark")
        u, x = self.rises[0], self.x
        a, b = number_text(_m(low)), number_text(_m(high))
        middle = number(_m((low + high) / 2))
        value = self.line.constants.sign(substitute(self.h, {self.line.name: middle}))
        tries = " | ".join(f"solve [{one}]" for one in ["by_sign", *intervals(self.h)])
        lines += [
            f"assert (SA : has {_b(u)} ({self.g} {a})) by (signs; at_number).",
            f"assert (SB : has {_b(-u)} ({self.g} {b})) by (signs; at_number).",
            f"assert (Low : {a} < c1). {{ apply Rnot_le_lt; intros [Bad|Bad].",
            f"- pose proof (Right {a} ltac:(place) Bad) as Wrong; signs; lra.",
            "- rewrite Bad in Flat; signs; lra. }",
            f"assert (High : c1 < {b}). {{ apply Rnot_le_lt; intros [Bad|Bad].",
            f"- pose proof (Left {b} ltac:(place) Bad) as Wrong; signs; lra.",
            "- rewrite <- Bad in Flat; signs; lra. }",
            f"assert (Value : forall {x}, {a} <= {x} <= {b} ->"
            f" has {_b(value)} ({coq(self.h, opened=True)})).",
            f"{{ intros {x} Near; assert (Inside : {between(self.line.span, x)}) by place.",
            "apart; signs.",
            *self.table.known(self.line, [self.h]),
            f"first [{tries}]. }}",
            f"assert (V{k} : has {_b(value)} ({self.f} c{k})) by (apply Value; lra).",
        ]
        self.around[k] = (low, high, value)
        return value

    def _at_zero(self, k: int, at: Node) -> list[str]:
        if not len(self.rises) == len(self.moves) == 2:
            raise Inconclusive("more than one turn with a mark")
        text = coq(at, opened=True)
        return [
            f"assert (Slope : {self.g} ({text}) = 0) by (cbv beta; zero_here).",
            f"assert (Turn : c{k} = {text}).",
            f"{{ destruct (Rtotal_order c{k} ({text})) as [Bad|[Good|Bad]].",
            f"- pose proof (Right ({text}) ltac:(place) Bad) as Wrong; signs; lra.",
            "- exact Good.",
            f"- pose proof (Left ({text}) ltac:(place) Bad) as Wrong; signs; lra. }}",
            f"assert (V{k} : {self.f} c{k} = 0) by (rewrite Turn; cbv beta; zero_here).",
        ]

    def _beside(self, k: int, j: int, top: int) -> list[str]:
        statement = f"assert (V{k} : has {_b(top)} ({self.f} c{k}))."
        piece = k - 1 if j < k else k
        where = self._part(piece)
        whole, _ = self._single(piece, top, f"M{piece}", where)
        return [statement, "{", *whole, "apply Whole; here. }"]

    # Put together

    def _joined(self, values: list[int | None]) -> list[str]:
        count = len(self.moves)
        parts: list[list[int]] = []
        for k in range(count):
            start, stop = values[k], values[k + 1]
            assert start is not None
            assert stop is not None
            parts.append(
                [start or stop] if (not start or not stop or start == stop) else [start, stop]
            )
        right = parts[-1]
        suffixes = [right]
        for k in range(count - 2, -1, -1):
            value = values[k + 1]
            right = parts[k] + (right[1:] if value else right)
            suffixes.insert(0, right)
        lines: list[str] = []
        for k in range(count - 1):
            value = values[k + 1]
            if value:
                lines.append(
                    f"apply (pattern_at_sign {self.f} {_b(value)} {bools(suffixes[k + 1][1:])}"
                    f" {bools(parts[k][:-1])} {self._open(k)} c{k + 1}); [here | value | |]."
                )
            else:
                lines.append(
                    f"apply (pattern_at_zero {self.f} {bools(suffixes[k + 1])} ltac:(discriminate)"
                    f" {bools(parts[k])} {self._open(k)} c{k + 1}); [here | value | |]."
                )
            lines += ["{", *self._piece(k, parts[k]), "}"]
        lines += self._piece(count - 1, parts[-1])
        return lines

    def _piece(self, k: int, part: list[int]) -> list[str]:
        x, where = self.x, self._part(k)
        if len(part) == 1:
            whole, _ = self._single(k, part[0], f"M{k}", where)
            return [*whole, f"intros {x} Inside. apply Whole; within."]
        last = len(self.moves) - 1
        low = f"c{k}" if k else None
        high = f"c{k + 1}" if k < last else None
        first = None if low else self._beyond_mark(k, part[0], low=True)
        final = None if high else self._beyond_mark(k, part[1], low=False)
        return [
            *self._crossing(k, low, high, first, final),
            "exists e. split; [within|]. split; [exact Zero|]. split.",
            f"{{ intros {x} Inside Before. apply Below; within. }}",
            f"intros {x} [Inside Beyond]. apply Above; within.",
        ]

    def _beyond_mark(self, k: int, sign: int, *, low: bool) -> Fraction:
        """A number in the first (last) stretch, beyond its turn, where h has a sign."""
        mark = self.around.get(k + 1 if low else k)
        if mark is None:
            raise Inconclusive("a zero beside a turn whose place is not known")
        return self._witness(sign, below=mark[0] if low else None, above=None if low else mark[1])


def _b(sign: int | None) -> str:
    return "true" if sign is not None and sign > 0 else "false"


def _q(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _m(value: Fraction) -> Any:
    import gmpy2  # type: ignore[import-untyped, unused-ignore]

    return gmpy2.mpq(value.numerator, value.denominator)
