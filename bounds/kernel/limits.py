"""That a function comes close to 0 from one side at an end: by continuity, or by limits."""

from __future__ import annotations

from typing import Any

from bounds.certify.checker.conditions import conditions
from bounds.certify.checker.expression import Node, substitute
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.kernel.terms import coq


def approach(line: Line, f: str, node: Node, where: str, sign: int, *, high: bool) -> list[str]:
    """Tactics for `begins s f where`, or `ends s f where`."""
    end: Any = line.span.high if high else line.span.low
    word, flag = "ends" if high else "begins", "true" if sign > 0 else "false"
    if end is not None and _continuous(line, node, end):
        value = substitute(node, {line.name: end})
        strict = line.constants.sign(value)
        at = coq(end, opened=True)
        text = coq(value, opened=True)
        close = (
            "signs; "
            + (f"assert (Value : {text} = 0) by zero_here; " if not strict else "")
            + "first [lra | timeout 20 (interval with (i_prec 80)) | value_here]"
        )
        return [
            f"{{ apply ({word}_continuous {flag} {f} {where} ({at})); [place | place | | {close}].",
            "continuity_by. }",
        ]
    if end is not None:
        lemma, at = f"{word}_limit_at", f" ({coq(end, opened=True)})"
    else:
        lemma, at = f"{word}_limit", ""
    return [
        f"{{ eapply ({lemma} {flag} {f} {where}{at}); [place | place | limit_of | ].",
        "limit_sign. }",
    ]


def _continuous(line: Line, node: Node, end: Node) -> bool:
    """Whether all conditions hold at the end, too."""
    try:
        place = {line.name: end}
        for condition in conditions(node):
            sign = line.constants.sign(substitute(condition.node, place))
            fits = {">": sign > 0, ">=": sign >= 0, "!=": sign != 0}[condition.relation]
            if not fits:
                return False
        line.constants.sign(substitute(node, place))
    except (Undecided, Rejected, BeyondLimit):
        return False
    return True
