"""Equalities of expressions by Coq's `field`, exponentials and logarithms taken apart first."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from bounds.certify.checker.expression import Node, call, multiply, parts_of
from bounds.certify.checker.forms import Form, leading
from bounds.certify.checker.region import Region
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided
from bounds.kernel.terms import by_logarithm, coq, unfolded

_TROUBLE = (Undecided, Rejected, BeyondLimit)


def equality(region: Region, *nodes: Node | None) -> list[str]:
    """Tactics that close an equality of expressions made of these."""
    parts: dict[Node, None] = {}
    for node in nodes:
        for part in [] if node is None else parts_of(unfolded(node)):
            parts[part] = None
    lines = _arguments(region, list(parts))
    rules = []
    for part in parts:
        if part.head == "^" and part.args[1].head == "number":
            power = part.args[1].args[0]
            if power.denominator == 2:
                root = f"sqrt {coq(part.args[0], opened=True, level=3)}"
                rules.append((f"{root} * {root} = {coq(part.args[0], opened=True)}",
                              "apply sqrt_sqrt; by_sign"))  # fmt: skip
        if part.head == "sin":
            u = coq(part.args[0], opened=True, level=3)
            rules.append((f"sin {u} * sin {u} = 1 - cos {u} * cos {u}", f"square_of_sine {u}"))
    names = []
    for k, (statement, tactic) in enumerate(dict.fromkeys(rules)):
        lines.append(f"assert (Rule{k} : {statement}) by ({tactic}).")
        names.append(f"Rule{k}")
    lines += _logarithms(region, [p for p in parts if p.head == "log"])
    lines += _exponentials(region, [p for p in parts if _exponent(p) is not None])
    tries = ["same"]
    if names:
        used = " ".join(names)
        tries += [f"timeout 40 ring [{used}]", f"timeout 40 (field [{used}]; defined; fail)"]
    tries += ["timeout 20 (unfold Rdiv; field; defined)"]
    lines.append(f"first [{' | '.join(f'solve [{one}]' for one in tries)}].")
    return lines


def _exponent(node: Node) -> Node | None:
    """Y for exp(y), and y ln x for a power that is written so."""
    if node.head == "exp":
        own: Node = node.args[0]
        return own
    if node.head == "^" and by_logarithm(node)[-1:] == [node.args[0]]:
        return multiply(node.args[1], call("log", node.args[0]))
    return None


def _exponentials(region: Region, found: list[Node]) -> list[str]:
    """Each exp(u) as a product of powers of few exponentials."""
    algebra = region.plain
    combos: dict[Node, dict[Any, Fraction]] = {}
    whole_forms: dict[Any, Form] = {}
    for node in found:
        try:
            argument = _exponent(node)
            assert argument is not None
            form = algebra.reduced(algebra.form(argument))
        except _TROUBLE:
            continue
        whole, rest = algebra.whole_part(form) if form.den else (form, algebra.zero)
        combo: dict[Any, Fraction] = {
            m: Fraction(int(c.numerator), int(c.denominator)) for m, c in whole.num.items()
        }
        if not rest.is_zero:
            scale = leading(rest.num)[1]
            one = algebra.scaled(rest, 1 / scale)
            whole_forms[one.key] = one
            combo["whole", one.key] = Fraction(int(scale.numerator), int(scale.denominator))
        combos[node] = combo
    shares: dict[Any, list[Fraction]] = {}
    for combo in combos.values():
        for monomial, value in combo.items():
            shares.setdefault(monomial, []).append(value)
    units = {m: _common(values) for m, values in shares.items()}
    if len(combos) < 2 and all(len(c) == 1 for c in combos.values()):
        return []
    lines: list[str] = []
    for k, (node, combo) in enumerate(combos.items()):
        factors, trivial = [], len(combo) == 1
        for monomial, value in combo.items():
            unit = units[monomial]
            base = _node(algebra, monomial, unit, whole_forms)
            if base is None:
                return lines
            power = int(value / unit)
            text = f"exp {coq(base, opened=True, level=3)}"
            trivial = trivial and power == 1
            raised = text if abs(power) == 1 else f"{text} ^ {abs(power)}"
            factors.append(f"/ ({raised})" if power < 0 else raised)
        own = coq(node, opened=True)
        product = " * ".join(factors) or "1"
        if own != product:
            lines.append(f"assert (Exp{k} : {own} = {product}) by (by_exp).")
            lines.append(f"try rewrite Exp{k} in *; clear Exp{k}.")
    seen = {f"exp {coq(base, opened=True, level=3)}" for m, u in units.items()
            if (base := _node(algebra, m, u, whole_forms)) is not None}  # fmt: skip
    lines.append("rewrite ?exp_ln in * by by_sign.")
    lines += [
        f"pose proof (exp_pos {text.removeprefix('exp ')}) as Pos{k}."
        for k, text in enumerate(sorted(seen))
    ]
    return lines


def _node(algebra: Any, monomial: Any, unit: Fraction, whole_forms: dict[Any, Form]) -> Node | None:
    import gmpy2  # type: ignore[import-untyped, unused-ignore]

    scale = gmpy2.mpq(unit.numerator, unit.denominator)
    if isinstance(monomial, tuple) and monomial[:1] == ("whole",):
        form = algebra.scaled(whole_forms[monomial[1]], scale)
    else:
        form = Form({monomial: scale})
    node: Node | None = algebra.node(form)
    return node


def _common(values: list[Fraction]) -> Fraction:
    """The greatest number of which all are whole multiples, positive unless all are negative."""
    bottom = lcm(*(v.denominator for v in values))
    top = gcd(*(int(v * bottom) for v in values))
    return Fraction(top, bottom)


def _logarithms(region: Region, found: list[Node]) -> list[str]:
    """Each ln(u) as a sum of logarithms, where the normal form says so."""
    algebra = region.algebra
    lines: list[str] = []
    for k, node in enumerate(found):
        try:
            form = algebra.reduced(algebra.form(node))
            simple = algebra.node(form)
        except _TROUBLE:
            continue
        if simple is None or simple is node:
            continue
        own, other = coq(node, opened=True), coq(simple, opened=True)
        if own == other or (simple.head == "log" and simple is call("log", node.args[0])):
            continue
        lines.append(
            f"try (assert (Log{k} : {own} = {other}) by (by_ln); rewrite Log{k}; clear Log{k})."
        )
    return lines


def _arguments(region: Region, parts: list[Node]) -> list[str]:
    """Values of one function at arguments that are equal by normal form, made the same."""
    lines: list[str] = []
    seen: dict[str, list[Node]] = {}
    for part in parts:
        head = part.head
        if head == "^" and part.args[1].head == "number" and part.args[1].args[0].denominator == 2:
            head = "sqrt"
        if head not in ("sqrt", "log", "sin", "cos", "atan", "Phi", "erf"):
            continue
        argument = part.args[0]
        for other in seen.setdefault(head, []):
            if other is argument:
                break
            if region.plain.equal(other, argument):
                old, new = coq(argument, opened=True, level=3), coq(other, opened=True, level=3)
                function = {"sqrt": "sqrt", "log": "ln", "Phi": "cdf"}.get(head, head)
                lines.append(
                    f"try replace ({function} {old}) with ({function} {new}) by"
                    " (f_equal; first [ring | field; defined])."
                )
                break
        else:
            seen[head].append(argument)
    return lines
