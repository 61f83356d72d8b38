"""Errors that the tool puts into claims: the last digit, the relation, a hypothesis, a sign.

An altered claim is decided like any other, with less time and without a search for repairs. What is
undecided then shows nothing: only a claim that is decided otherwise has noticed its error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bounds.certify.errors import BoundsError
from bounds.certify.language.comparison import NEGATED, REVERSED, Comparison
from bounds.certify.language.domain import Domain, Range, chain_text
from bounds.certify.language.expression import Expr, add
from bounds.certify.language.statement import Statement
from proofs_check.audit.claim import Seeded
from proofs_check.audit.ledger.decide import decide_entry
from proofs_check.audit.ledger.entry import Entry
from proofs_check.audit.verdict import Decision

SECONDS = 10.0
"""How long an altered claim is tried at most."""

_LAST_DIGIT = re.compile(r"(\d)(?=\D*$)")
_NUMBER = re.compile(r"(?<![A-Za-z_\d.])(?:\d+\.\d*|\.\d+|\d+)")
_OPPOSITE = {
    "increasing": "decreasing",
    "decreasing": "increasing",
    "convex": "concave",
    "concave": "convex",
    "supremum": "infimum",
    "infimum": "supremum",
    "maximum": "minimum",
    "minimum": "maximum",
}


def seeded_of(entry: Entry) -> tuple[Seeded, ...]:
    """The errors of a claim; none where no machine decides it."""
    if entry.kind in ("words", "check"):
        return ()
    return tuple(
        Seeded(what, lambda altered=altered: _decided(altered), sure=True)  # type: ignore[misc]
        for what, altered in _altered(entry)
    )


def _decided(entry: Entry) -> Decision:
    """The decision on an altered claim; what holds in its place is not looked for.

    Raises:
        Inconclusive: it is not decided in the time.
    """
    return decide_entry(entry.altered(time=min(SECONDS, entry.seconds)), repair=False)


def _altered(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Each error with the altered claim; those that the engine cannot read are left out."""
    seen: set[str] = {_content(entry)}
    for makers in (_last_digit, _relation, _hypothesis, _sign):
        for what, altered in makers(entry):
            try:
                content = _content(altered)
            except BoundsError:
                continue
            if content not in seen:
                seen.add(content)
                yield what, altered


def _content(entry: Entry) -> str:
    """What a claim says, as the engine reads it."""
    data = {key: entry.data[key] for key in sorted(entry.data)}
    if entry.kind in ("inequality", "identity", "root"):
        data["statement"] = str(entry.statement)
    elif entry.kind != "table":
        data["expression"] = str(entry.expression)
        data["for"] = str(entry.domain)
    return str(data)


def _last_digit(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """The last digit of each printed number, one more."""
    if "printed" in entry.data:
        text = str(entry["printed"])
        yield f"last digit of {text}", entry.altered(printed=_one_more(text))
        return
    if entry.kind == "table" and "rows" in entry.data:
        rows = [row if isinstance(row, str) else ", ".join(map(str, row)) for row in entry["rows"]]
        altered = [_one_more(rows[0]), *rows[1:]]
        yield f"last digit of {rows[0]}", entry.altered(rows=altered)
        return
    key = {
        "inequality": "statement",
        "identity": "statement",
        "root": "equation",
        "supremum": "value",
    }.get(entry.kind)
    text = str(entry.get(key or "", ""))
    if "\\" in text:
        return
    for found in _NUMBER.finditer(text):
        changed = text[: found.start()] + _one_more(found[0]) + text[found.end() :]
        yield f"{found[0]} in the {key}", entry.altered(**{str(key): changed})


def _one_more(text: str) -> str:
    """A number with another last digit."""
    return _LAST_DIGIT.sub(lambda found: str((int(found[1]) + 1) % 10), text, count=1)


def _relation(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Each relation turned round, or the word that says the direction."""
    for key in ("direction", "shape", "of"):
        if key in entry.data:
            other = _OPPOSITE[entry[key]]
            yield f"{other} for {entry[key]}", entry.altered(**{key: other})
    if entry.kind == "root":
        count = entry.get("count", 1)
        yield "one root more", entry.altered(count=count + 1)
    if entry.kind not in ("inequality", "identity"):
        return
    comparisons = entry.statement.comparisons
    for place, c in enumerate(comparisons):
        relation = NEGATED[c.relation] if c.relation in ("=", "!=") else REVERSED[c.relation]
        yield (
            f"{relation} for {c.relation}",
            _restated(entry, place, Comparison(c.left, relation, c.right)),
        )


def _restated(entry: Entry, place: int, other: Comparison) -> Entry:
    """The claim with another comparison in one place."""
    comparisons = list(entry.statement.comparisons)
    comparisons[place] = other
    kind = "identity" if all(c.relation == "=" for c in comparisons) else "inequality"
    return entry.altered(
        statement=Statement(tuple(comparisons), entry.statement.domain).claim, kind=kind
    )


def _hypothesis(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """One hypothesis left out: a condition, or an end of a range."""
    if "for" not in entry.data:
        return
    domain = entry.domain
    for place, constraint in enumerate(domain.constraints):
        rest = (*domain.constraints[:place], *domain.constraints[place + 1 :])
        dropped = Domain(domain.ranges, rest, domain.exists)
        yield f"without {chain_text([constraint])}", entry.altered(**{"for": str(dropped)})
    for name, allowed in domain.ranges.items():
        for what, wider in _wider(name, allowed):
            yield what, entry.altered(**{"for": str(domain.with_range(name, wider))})


def _wider(name: str, allowed: Range) -> Iterator[tuple[str, Range]]:
    """A range without one of its ends."""
    if allowed.low is not None:
        sign = ">" if allowed.low_open else ">="
        yield (
            f"without {name} {sign} {allowed.low}",
            Range(None, allowed.high, True, allowed.high_open, allowed.integer),
        )
    if allowed.high is not None:
        sign = "<" if allowed.high_open else "<="
        yield (
            f"without {name} {sign} {allowed.high}",
            Range(allowed.low, None, allowed.low_open, True, allowed.integer),
        )


def _sign(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """One sign swapped: of a summand, or of a whole side."""
    if entry.kind in ("inequality", "identity"):
        for place, c in enumerate(entry.statement.comparisons):
            for what, left in _swapped(c.left):
                yield what, _restated(entry, place, Comparison(left, c.relation, c.right))
            for what, right in _swapped(c.right):
                yield what, _restated(entry, place, Comparison(c.left, c.relation, right))
    elif entry.kind not in ("table", "root", "definition"):
        for what, other in _swapped(entry.expression):
            yield what, entry.altered(expression=str(other))
    elif entry.kind == "root":
        c = entry.statement.comparisons[0]
        yield f"-({c.right}) for {c.right}", entry.altered(equation=f"{c.left} = -({c.right})")


def _swapped(e: Expr) -> Iterator[tuple[str, Expr]]:
    """An expression with the sign of its last summand swapped; of one without summands, its own."""
    if e.head == "+":
        *rest, last = e.args
        yield f"{-last} for {last}", add(*rest, -last)
    elif not (e.is_number and e.value == 0):
        yield f"{-e} for {e}", -e
