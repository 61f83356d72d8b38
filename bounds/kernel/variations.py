"""Tables of variations of a certificate as Coq's lemmas: each rule is one lemma on the library."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from bounds.certify.checker.differentiate import derivative, derivatives
from bounds.certify.checker.expression import (
    Node,
    add,
    call,
    multiply,
    number,
    parts_of,
    raise_to,
    sqrt,
    substitute,
    told,
    variable,
)  # fmt: skip
from bounds.certify.checker.pattern import Line, _marks, _rational, change
from bounds.certify.checker.turns import walked
from bounds.certify.errors import Inconclusive
from bounds.kernel.equalities import equality
from bounds.kernel.facts import intervals
from bounds.kernel.facts import proof as sign_proof
from bounds.kernel.rational import with_zeros
from bounds.kernel.script import Signs, Texts, bool_of, bools
from bounds.kernel.stretches import Stretches
from bounds.kernel.terms import coq, name, unfolded


class Table(Texts):
    """Patterns on intervals of one variable, written into a script."""

    # Rules

    def pattern(self, line: Line, node: Node, given: Any) -> tuple[str, Signs]:
        """The lemma of an expression's pattern, and its signs."""
        rule, node = given["rule"], unfolded(node)
        rest = {key: value for key, value in given.items() if key not in ("rule", "conditions")}
        if given.get("conditions"):
            line = line.deeper(line._with_conditions(given["conditions"]))
        method = getattr(self, f"_{rule}", None)
        if method is None:
            raise Inconclusive(f"the rule {rule} for a table of variations has no lemma in Coq")
        found: tuple[str, Signs] = method(line, node, **rest)
        return found

    def prove(self, line: Line, text: str, given: Any) -> tuple[Node, str, Signs]:
        """An expression that a proof names, the lemma of its pattern, and its signs."""
        node = line.read(text)
        return node, *self.pattern(line, node, given)

    def _single(self, line: Line, node: Node, sign: int, tries: Sequence[str], why: str) -> str:
        x = name(line.name)
        tactics = self.opening(line, [node])
        known = sign_proof(line.region, node, sign, True)
        every = " | ".join((known, *(f"solve [{one}]" for one in tries)))
        tactics.append(f"first [{every}].")
        return self.script.lemma(self.statement(line, node, [sign]), tactics, f"{why}, for {x}")

    def _constant(self, line: Line, node: Node) -> tuple[str, Signs]:
        sign = line.constants.sign(node)
        return self._single(line, node, sign, [], "the sign of a number"), [sign]

    def _obvious(self, line: Line, node: Node) -> tuple[str, Signs]:
        sign, simple = line.region.sign(node), line.simplified(node)
        shorter = simple is not None and len(told(unfolded(simple))) < len(told(node))
        if sign is None or (shorter and simple is not None and line.region.sign(simple)):
            sign = None if simple is None else line.region.sign(simple)
            if simple is None or sign is None:
                raise Inconclusive("a sign is not obvious")
            label, signs = self._obvious(line, simple)
            return self.renamed(line, node, simple, label, signs), signs
        return self._single(line, node, sign, [], "a sign that is seen from the parts"), [sign]

    def _range(self, line: Line, node: Node) -> tuple[str, Signs]:
        return self._taylor(line, node)

    def _root(self, line: Line, node: Node, base: Any) -> tuple[str, Signs]:
        return self._obvious(line, node)

    def _wave(self, line: Line, node: Node) -> tuple[str, Signs]:
        sign = line.region.sign(node)
        if sign is None:
            raise Inconclusive("a sine with zeros in its interval")
        tries = ["apply sin_p; place", "apply cos_p; place"]
        return self._single(line, node, sign, tries, "the sign of a sine"), [sign]

    def _taylor(
        self, line: Line, node: Node, splits: Any = None, order: int = 0
    ) -> tuple[str, Signs]:
        low, high = line.hull()
        sign = line.constants.sign(substitute(node, {line.name: number((low + high) / 2)}))
        x = name(line.name)
        tries = [
            *intervals(node),
            f"timeout 60 (interval with (i_prec 90, i_bisect {x}, i_taylor {x}, i_degree 12,"
            " i_depth 16))",
            f"timeout 60 (interval with (i_prec 64, i_bisect {x}, i_autodiff {x}, i_depth 18))",
            *by_integrals(node),
        ]
        return self._single(line, node, sign, tries, "by enclosures on parts"), [sign]

    def _rational(self, line: Line, node: Node) -> tuple[str, Signs]:
        signs = _rational(line, node, {})
        if len(signs) == 1:
            return self._single(line, node, signs[0], [], "a rational function of one sign"), signs
        return with_zeros(self, line, node, signs), signs

    def renamed(self, line: Line, node: Node, other: Node, label: str, signs: Signs) -> str:
        """The pattern of an expression from that of an equal one."""
        f, g, where = self.function(line, node), self.function(line, other), self.interval(line)
        tactics = [
            f"apply (pattern_ext {g} {f} {bools(signs)} {where}); [auto | auto | | exact {label}].",
            *self.opening(line, [other, node]),
            *equality(line.region, other, node),
        ]
        return self.script.lemma(self.statement(line, node, signs), tactics, "another form of it")

    def _rewrite(self, line: Line, node: Node, **rest: Any) -> tuple[str, Signs]:
        other, label, signs = self.prove(line, rest["as"], rest["pattern"])
        return self.renamed(line, node, other, label, signs), signs

    def _contact(self, line: Line, node: Node, at: str, order: int) -> tuple[str, Signs]:
        rates = [unfolded(rate) for rate in derivatives(node, line.name, order)]
        last = rates[-1]
        low, high = line.hull()
        sign = line.constants.sign(substitute(last, {line.name: number((low + high) / 2)}))
        label = self._single(
            line, last, sign, intervals(last), "a derivative of one sign up to the end"
        )
        for f, rate in reversed(list(itertools.pairwise(rates))):
            new = sign if at == "low" else -sign
            label = self.monotone(line, f, rate, label, [sign], [new], [])
            sign = new
        return label, [sign]

    def _product(self, line: Line, node: Node, factors: Any) -> tuple[str, Signs]:
        single: list[tuple[Node, int]] = []
        labels: list[str] = []
        total, moving = 1, None
        for factor in factors:
            inner, label, signs = self.prove(line, factor["of"], factor["pattern"])
            power = int(factor["power"])
            if len(signs) == 1:
                single.append((raise_to(inner, number(power)), signs[0] if power % 2 else 1))
                labels.append(label)
                total *= signs[0] if power % 2 else 1
            elif power == 1:
                moving = (inner, label, signs)
            elif power > 0 and power % 2 == 0:
                squared = raise_to(inner, number(power))
                lemma = self._squared(line, inner, squared, power, label, signs)
                moving = (squared, lemma, [1] * len(signs))
            else:
                raise Inconclusive("an odd power of a factor with zeros")
        facts = [
            f"pose proof ({label} {name(line.name)}) as P{k};" for k, label in enumerate(labels)
        ]
        given = [
            *(
                f"{f} cbv beta in P{k}; specialize (P{k} ltac:(place)); signs."
                for k, f in enumerate(facts)
            )
        ]
        outer = multiply(*(part for part, _ in single))
        known = sign_proof(line.region, outer, total, True)
        if moving is None:
            tactics = [
                f"intros {name(line.name)} Inside; cbv beta in Inside; apart; signs.",
                *given,
                *self.known(line, [node, outer]),
                f"assert (Same : {coq(node, opened=True)} = {coq(outer, opened=True)}).",
                "{",
                *equality(line.region, node, outer),
                "}",
                f"first [by_sign | rewrite Same; first [by_sign | {known}]].",
            ]
            return self.script.lemma(self.statement(line, node, [total]), tactics, "a product"), [
                total
            ]
        inner, label, signs = moving
        whole = multiply(outer, inner)
        f, g, w = (self.function(line, part) for part in (node, inner, outer))
        tactics = [
            f"apply (pattern_times {bool_of(total)} {f} {g} {w} {bools(signs)});"
            f" [ | | exact {label}].",
            "-",
            f"intros {name(line.name)} Inside; cbv beta in Inside; apart; signs.",
            *given,
            *self.known(line, [node, whole]),
            *equality(line.region, node, outer, inner),
            "-",
            f"intros {name(line.name)} Inside; cbv beta in Inside; apart; signs.",
            *given,
            f"first [by_sign | {sign_proof(line.region, outer, total, True)}].",
        ]
        found = [total * s for s in signs]
        return self.script.lemma(self.statement(line, node, found), tactics, "a product"), found

    def _squared(
        self, line: Line, inner: Node, squared: Node, power: int, label: str, signs: Signs
    ) -> str:
        f, g = self.function(line, squared), self.function(line, inner)
        tactics = [
            f"apply (pattern_square {f} {g} {power // 2 - 1} {bools(signs)}); [ | exact {label}].",
            "intros; cbv beta; field.",
        ]
        statement = self.statement(line, squared, [1] * len(signs))
        return self.script.lemma(statement, tactics, "an even power keeps the zeros")

    def _step(
        self, line: Line, node: Node, divide: str, by: Any, of: str, derivative: Any, cuts: Any
    ) -> tuple[str, Signs]:
        outer, outer_label, outer_signs = self.prove(line, divide, by)
        h = line.read(of)
        h = unfolded(h)
        rate = unfolded(rate_of(h, line.name))
        rate_label, rises = self.pattern(line, rate, derivative)
        marks = _marks(line, h, rate, rises, cuts)
        left, right = (line.germ_sign(h, high=high) for high in (False, True))
        signs = walked(rises, left, right, marks)
        label = self.monotone(line, h, rate, rate_label, rises, signs, cuts, (left, right))
        if outer.head == "number" and outer.args[0] == 1 and h is node:
            return label, signs
        sign = outer_signs[0]
        f, g, w = (self.function(line, part) for part in (node, h, outer))
        tactics = [
            f"apply (pattern_times {bool_of(sign)} {f} {g} {w} {bools(signs)});"
            f" [ | exact {outer_label} | exact {label}].",
            *self.opening(line, [node, multiply(outer, h)]),
            *equality(line.region, node, outer, h),
        ]
        found = [sign * s for s in signs]
        lemma = self.script.lemma(
            self.statement(line, node, found), tactics, "times a factor of one sign"
        )
        return lemma, found

    def monotone(
        self, line: Line, h: Node, rate: Node, rate_label: str, rises: Signs, signs: Signs,
        cuts: Any, sides: tuple[int, int] = (0, 0),
    ) -> str:  # fmt: skip
        """The lemma of the signs of h from those of its derivative."""
        tactics = Stretches(self, line, h, rate, rate_label, rises, cuts, sides).tactics(signs)
        why = f"the signs of a function from its derivative's, {len(rises)} in number"
        return self.script.lemma(self.statement(line, h, signs), tactics, why)

    def _cut(self, line: Line, node: Node, at: Any, pieces: Any) -> tuple[str, Signs]:
        cuts = [line.constant(text) for text in at]
        bounds = [line.span.low, *cuts, line.span.high]
        parts = []
        for k, given in enumerate(pieces):
            part = line.within(bounds[k], bounds[k + 1])
            parts.append((part, *self.pattern(part, node, given)))
        right, label, signs = parts[-1]
        for k in range(len(cuts) - 1, -1, -1):
            left, left_label, left_signs = parts[k]
            c, whole = coq(cuts[k], opened=True), line.within(bounds[k], line.span.high)
            value = line.constants.sign(substitute(node, {line.name: cuts[k]}))
            f, where = self.function(line, node), self.interval(whole)
            point = coq(substitute(node, {line.name: cuts[k]}), opened=True)
            if value:
                new = left_signs + signs[1:]
                head = (
                    f"apply (pattern_at_sign {f} {bool_of(value)} {bools(signs[1:])}"
                    f" {bools(left_signs[:-1])} {where} {c}); cbv beta; [place | | | ]."
                )
                at_c = f"signs; {constant_sign(value)}"
            else:
                new = left_signs + signs
                head = (
                    f"apply (pattern_at_zero {f} {bools(signs)} ltac:(discriminate)"
                    f" {bools(left_signs)} {where} {c}); cbv beta; [place | | | ]."
                )
                at_c = "zero_here"
            tactics = [
                head,
                f"- assert (Value : {point} = {point}) by reflexivity; clear Value; {at_c}.",
                f"- apply (pattern_ext {f} {f} {bools(left_signs)} {self.interval(left)});"
                f" [place | place | auto | exact {left_label}].",
                f"- apply (pattern_ext {f} {f} {bools(signs)} {self.interval(right)});"
                f" [place | place | auto | exact {label}].",
            ]
            label = self.script.lemma(
                self.statement(whole, node, new), tactics, "two pieces joined"
            )
            signs, right = new, whole
        return label, signs

    def _substitute(self, line: Line, node: Node, **rest: Any) -> tuple[str, Signs]:
        inner, g, _ = change(line, rest["new"], rest["as"], rest["range"])
        label, signs = self.pattern(inner, substitute(node, {line.name: g}), rest["pattern"])
        if len(signs) != 1:
            raise Inconclusive("a substitution with zeros has no lemma in Coq")
        back = _inverse(g, inner.name, line.name)
        x, text = name(line.name), coq(back, opened=True)
        again = coq(substitute(g, {inner.name: back}), opened=True)
        tactics = [
            f"intros {x} Inside; cbv beta in Inside; apart; signs.",
            f"assert (Back : {again} = {x}) by (inverse_here).",
            f"pose proof ({label} {text}) as P; cbv beta in P; signs.",
            "rewrite Back in P; apply P; inverse_place.",
        ]
        return self.script.lemma(
            self.statement(line, node, signs), tactics, "a substitution"
        ), signs


def _inverse(g: Node, new: str, old: str) -> Node:
    """The expression of w in x where x = g(w)."""
    w, x = variable(new), variable(old)
    if g is call("exp", w):
        return call("log", x)
    if g is call("log", w):
        return call("exp", x)
    if g is raise_to(w, number(-1)):
        return raise_to(x, number(-1))
    if g is w**2:
        return sqrt(x)
    if g.head == "+" and len(g.args) == 2 and {a.head for a in g.args} == {"variable", "number"}:
        return add(x, *(number(-a.args[0]) for a in g.args if a.head == "number"))
    raise Inconclusive("a substitution whose inverse has no lemma in Coq")


def rate_of(node: Node, variable: str) -> Node:
    """The derivative as the checker writes it."""
    return derivative(node, variable)


def constant_sign(sign: int) -> str:
    """A tactic for the strict sign of a number."""
    del sign
    return "first [lra | timeout 20 (interval with (i_prec 80)) | values; lra | by_sign]"


def by_integrals(node: Node) -> list[str]:
    """Tactics where the distribution function stands: its integral is enclosed."""
    heads = {"Phi", "erf"}
    if heads.isdisjoint(part.head for part in parts_of(node)):
        return []
    return ["timeout 60 (unfold cdf, density, erf; interval with (i_prec 60, i_fuel 200))"]
