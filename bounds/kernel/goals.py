"""The rules of a certificate's goals as Coq's lemmas: f compared with 0 on a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from bounds.certify.checker import moves
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import (
    MINUS_ONE,
    Node,
    add,
    call,
    multiply,
    number,
    raise_to,
    sqrt,
    substitute,
    variable,
)  # fmt: skip
from bounds.certify.checker.goal import Goal, logarithm
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.certify.errors import Inconclusive
from bounds.kernel.equalities import equality
from bounds.kernel.facts import Facts, intervals, polynomial
from bounds.kernel.facts import proof as sign_proof
from bounds.kernel.script import Script, between
from bounds.kernel.terms import coq, name, needs, relation
from bounds.kernel.variations import Table, by_integrals

Given: TypeAlias = "dict[str, Any]"


def hypotheses(region: Region) -> list[str]:
    """What a region says of its variables, one comparison each."""
    found = []
    for variable_name, span in region.spans.items():
        x = name(variable_name)
        if span.integer:
            found.append(f"whole {x}")
        if span.low is not None:
            found.append(f"{coq(span.low, opened=True)} {'<=' if span.low_closed else '<'} {x}")
        if span.high is not None:
            found.append(f"{x} {'<=' if span.high_closed else '<'} {coq(span.high, opened=True)}")
    found += [relation(node, sign, opened=True) for node, sign in region.constraints]
    return found


class Goals:
    """Goals, written as lemmas into a script."""

    def __init__(self, script: Script) -> None:
        self.script, self.table = script, Table(script)

    def statement(self, goal: Goal) -> str:
        """A goal as a lemma's statement."""
        names = " ".join(map(name, goal.region.spans))
        given = "".join(f"{text} -> " for text in hypotheses(goal.region))
        every = f"forall {names} : R, " if names else ""
        return f"{every}{given}{self.says(goal)}"

    def known(
        self, letter: str, inner: Goal, label: str, goal: Goal, region: Region | None = None
    ) -> str:
        """The tactic that names what a lemma proves, on the goal's region or on another one."""
        used = self.use(label, goal, goal.region if region is None else region)
        return f"assert ({letter} : {self.says(inner)}) by ({used})."

    def says(self, goal: Goal) -> str:
        """What a goal says of its expression."""
        return relation(goal.f, goal.relation, opened=True)

    def opening(self, goal: Goal) -> str:
        """The variables and the facts of the region in the context."""
        names = " ".join(map(name, goal.region.spans))
        hyps = " ".join(f"Here{k}" for k in range(len(hypotheses(goal.region))))
        return f"intros {names} {hyps}." if names or hyps else "idtac."

    def lemma(self, goal: Goal, tactics: Sequence[str], why: str) -> str:
        """A goal's lemma."""
        return self.script.lemma(self.statement(goal), [self.opening(goal), *tactics], why)

    def prove(self, goal: Goal, given: Given) -> str:
        """The lemma of a goal by a certificate's proof; or by Coq's own means, where that fails."""
        rule = given["rule"]
        method: Callable[..., str] | None = getattr(self, f"_{rule.replace(' ', '_')}", None)
        if method is None:
            raise Inconclusive(f"the rule {rule} has no lemma in Coq")
        if given.get("conditions"):
            goal = goal._with_conditions(given["conditions"])
        rest = {key: value for key, value in given.items() if key not in ("rule", "conditions")}
        return method(goal, **rest)

    def use(self, label: str, goal: Goal, region: Region, *values: str) -> str:
        """A tactic that applies a lemma whose region's facts are seen."""
        del goal
        args = " ".join(values or [name(v) for v in region.spans])
        return f"apply ({label} {args}); hyp" if args else f"exact {label}"

    # One variable

    def _signs(self, goal: Goal, variable: str, pattern: Given) -> str:
        span = goal.region.spans[variable]
        line = Line(
            variable, Region({variable: span.opened}, constants=goal.constants), goal.depth + 1
        )
        label, signs = self.table.pattern(line, goal.f, pattern)
        x = name(variable)
        middle = [f"pose proof {label} as P."]
        tactics = [*middle]
        ends = [
            (end, closed, low) for end, closed, low in
            ((span.low, span.low_closed, True), (span.high, span.high_closed, False))
            if closed and end is not None
        ]  # fmt: skip
        for k, (end, _, _) in enumerate(ends):
            at = coq(end, opened=True)
            value = substitute(goal.f, {variable: end})
            text = coq(value, opened=True)
            try:
                close = "at_value" if goal.constants.sign(value) else "zero_value"
            except Undecided:
                close = "at_value"
            tactics += [
                f"destruct (Req_dec {x} ({at})) as [End{k}|End{k}].",
                f"{{ subst {x}. try change ({self.says(goal.of(value))}). {close}. }}"
                if end.head != "variable"
                else "",
            ]
            del text
        if len(signs) == 1:
            tactics.append(f"assert (Inside : {self._inside(span, x)}) by (repeat split; lra).")
            seen = relation(goal.f, ">" if signs[0] > 0 else "<", opened=True)
            tactics.append(f"assert (Q : {seen}) by exact (P {x} Inside). lra.")
        else:
            if goal.relation != ">=":
                raise Inconclusive("a sign with zeros between")
            tactics += [
                f"assert (Inside : {self._inside(span, x)}) by (repeat split; lra).",
                f"apply (pattern_weak _ _ _ {x} P); [repeat constructor | exact Inside].",
            ]
        return self.lemma(goal, tactics, "the table of variations, and the ends")

    def _inside(self, span: Span, x: str) -> str:
        return between(span.opened, x)

    # By what is seen

    def facts(self, goal: Goal, *nodes: Node) -> list[str]:
        """Signs of the parts of expressions, as facts."""
        facts = Facts(goal.region)
        asked: list[Node] = []
        for node in nodes:
            asked += [c.node for c in needs(node)]
            asked.append(node)
        return facts.of(asked)

    def _leaf(self, goal: Goal, why: str, extra: Sequence[str] = ()) -> str:
        f = goal.f
        tactics = self.facts(goal, f)
        tries = ["by_sign", "lra", *extra, *self.by_polynomial(goal), "timeout 20 nra"]
        try:
            sign = goal.region.sign(f)
        except (Undecided, Rejected):
            sign = None
        if sign and f.free:
            tries.insert(2, sign_proof(goal.region, f, sign, True))
        tries += [*intervals(f), *by_integrals(f)]
        tactics.append(f"first [{' | '.join(f'solve [{one}]' for one in tries)}].")
        return self.lemma(goal, tactics, why)

    def by_polynomial(self, goal: Goal) -> list[str]:
        """Tactics for one variable's polynomials."""
        found = []
        for sign in (1, -1):
            if len(goal.f.free) == 1 and goal.relation != "=":
                one = polynomial(goal.region, goal.f, sign)
                if one is not None:
                    found.append(f"left; {one}" if goal.relation == ">=" else one)
        return found

    def _obvious(self, goal: Goal) -> str:
        return self._leaf(goal, "seen from the parts")

    def _far(self, goal: Goal) -> str:
        return self._obvious(goal)

    def _cells(self, goal: Goal, splits: Any, order: int) -> str:
        names = [name(v) for v in goal.f.free]
        both = "".join(f", i_bisect {v}" for v in names)
        tries = [
            f"timeout 100 (interval with (i_prec 60{both}, i_depth {depth}))" for depth in (16, 30)
        ]
        for v in names:
            tries.append(
                f"timeout 100 (interval with (i_prec 60{both}, i_autodiff {v}, i_depth 24))"
            )
            tries.append(
                f"timeout 100 (interval with (i_prec 80{both}, i_taylor {v}, i_degree 6,"
                " i_depth 20))"
            )
        return self._leaf(
            goal, "by enclosures on cells", [*tries, *(f"minus_form; {t}" for t in tries)]
        )

    def _point(self, goal: Goal) -> str:
        place = {
            v: span.low
            for v, span in goal.region.spans.items()
            if span.is_point and span.low is not None
        }
        tactics = []
        for v, node in place.items():
            at = coq(node, opened=True)
            tactics.append(f"assert (At : {name(v)} = {at}) by lra; subst {name(v)}.")
        value = substitute(goal.f, place)
        sign = goal.constants.sign(value) if not value.free else 1
        tactics.append("zero_value." if not sign else "first [at_value | zero_value | by_sign].")
        return self.lemma(goal, tactics, "at a point")

    def _equal(self, goal: Goal) -> str:
        lines = [*self.facts(goal, goal.f)]
        if goal.relation == ">=":
            lines.append("apply Req_le, eq_sym.")
        return self.lemma(goal, [*lines, *equality(goal.region, goal.f)], "an identity")

    def _constraint(self, goal: Goal, **rest: Any) -> str:
        return self._leaf(goal, "from a constraint", ["timeout 10 lra"])

    def _gram(self, goal: Goal, **rest: Any) -> str:
        squares = []
        for part in rest["parts"]:
            if not part["times"]:
                squares += _squares([goal.read(text) for text in part["basis"]], part["matrix"])
        tactics = [
            f"pose proof (pow2_ge_0 ({coq(square, opened=True)})) as S{k}."
            for k, square in enumerate(squares)
        ]
        leaf = "first [lra | timeout 60 nra]."
        return self.lemma(
            goal, [*tactics, *self.facts(goal, goal.f), leaf], "a sum of squares, by its matrix"
        )

    def _sos(self, goal: Goal, terms: Any, plus: Any = None) -> str:
        squares = [(goal.constant(scale), goal.defined(base)) for scale, base in terms]
        facts = [
            f"assert (S{k} : 0 <= {coq(multiply(scale, base**2), opened=True)}) by"
            " (first [apply pow2_ge_0 | apply mul_ww; [finite_sign | apply pow2_ge_0] | nra])."
            for k, (scale, base) in enumerate(squares)
        ]  # fmt: skip
        total = add(*(multiply(scale, base**2) for scale, base in squares))
        if plus is not None:
            rest = moves_simple(goal, add(goal.f, multiply(MINUS_ONE, total)))
            inner = goal.of(rest)
            label = self.prove(inner, plus)
            facts.append(
                f"assert (Rest : {relation(rest, goal.relation, opened=True)}) by"
                f" ({self.use(label, goal, goal.region)})."
            )
            total = add(total, rest)
        return self.lemma(
            goal,
            [
                *facts, *self.facts(goal, goal.f, total),
                f"assert (Same : {coq(goal.f, opened=True)} = {coq(total, opened=True)}).",
                "{", *equality(goal.region, goal.f, total), "}", "rewrite Same; lra.",
            ],
            "a sum of squares",
        )  # fmt: skip

    # From other goals

    def _rewrite(self, goal: Goal, proof: Given, **rest: Any) -> str:
        node = goal.read(rest["as"])
        label = self.prove(goal.of(node), proof)
        return self._same_as(goal, [(label, goal.of(node))], node, "another form of it")

    def _same_as(self, goal: Goal, given: list[tuple[str, Goal]], node: Node, why: str) -> str:
        """From what is proved of other expressions of which this one is equal to."""
        tactics = [
            f"assert (P{k} : {relation(inner.f, inner.relation, opened=True)}) by"
            f" ({self.use(label, goal, inner.region)})." for k, (label, inner) in enumerate(given)
        ]  # fmt: skip
        tactics += [
            f"assert (Same : {coq(goal.f, opened=True)} = {coq(node, opened=True)}).",
            "{", *self.facts(goal, goal.f, node), *equality(goal.region, goal.f, node), "}",
            "try rewrite Same; first [by_sign | lra].",
        ]  # fmt: skip
        return self.lemma(goal, tactics, why)

    def _factor(self, goal: Goal, factors: Any) -> str:
        nodes, given = [], []
        for factor in factors:
            node, own, power = goal.defined(factor["of"]), factor["sign"], factor["power"]
            nodes.append(raise_to(node, number(power)))
            if "proof" in factor:
                down = own in ("<", "<=")
                inner = goal.of(-node if down else node, {"<": ">", "<=": ">="}.get(own, own))
                given.append((self.prove(inner, factor["proof"]), inner, node, own))
        tactics = [
            f"assert (Q{k} : {relation(inner.f, inner.relation, opened=True)}) by"
            f" ({self.use(label, goal, inner.region)});"
            f" assert (P{k} : {relation(node, own, opened=True)}) by lra."
            for k, (label, inner, node, own) in enumerate(given)
        ]
        total = multiply(*nodes)
        tactics += [
            *self.facts(goal, goal.f, total),
            f"assert (Same : {coq(goal.f, opened=True)} = {coq(total, opened=True)}).",
            "{", *equality(goal.region, goal.f, total), "}",
            "first [by_sign | rewrite Same; first [by_sign | lra | timeout 10 nra]].",
        ]  # fmt: skip
        return self.lemma(goal, tactics, "a product")

    def _sum(self, goal: Goal, parts: Any) -> str:
        given, nodes = [], []
        for part in parts:
            node = goal.read(part["of"])
            inner = goal.of(node, part["sign"])
            given.append((self.prove(inner, part["proof"]), inner))
            nodes.append(node)
        return self._same_as(goal, given, add(*nodes), "a sum")

    def _map(self, goal: Goal, left: str, right: str, proof: Given, **rest: Any) -> str:
        kind, a, b = rest["map"], goal.defined(left), goal.defined(right)
        outer = goal
        if kind == "log":
            inner = add(logarithm(b), multiply(MINUS_ONE, logarithm(a)))
        elif kind == "square":
            inner = b**2 - a**2
        elif kind == "exp":
            inner = call("exp", b) - call("exp", a)
        elif kind == "sqrt":
            inner = sqrt(b) - sqrt(a)
        elif kind == "reciprocal":
            inner = 1 / a - 1 / b
        else:
            raise Inconclusive(f"the kernel's library has no lemma for both sides mapped by {kind}")
        label = self.prove(outer.of(inner), proof)
        strict = {">": "<", ">=": "<=", "=": "="}[goal.relation]
        a_text, b_text = coq(a, opened=True), coq(b, opened=True)
        tactics = [
            self.known("P", goal.of(inner), label, goal),
            *self.facts(goal, goal.f, a, b, inner),
        ]
        if kind == "log":
            for k, (side, text) in enumerate(((a, a_text), (b, b_text))):
                tactics += [
                    f"assert (Log_{k} : ln ({text}) = {coq(logarithm(side), opened=True)})"
                    " by by_ln."
                ]
            tactics.append(f"assert (Less : {a_text} {strict} {b_text}) by (map_log; lra).")
        elif kind == "square":
            at = "positive" in rest and rest["positive"]
            if at:
                need = goal.of(b, ">=")
                more = self.prove(need, rest["positive"])
                tactics.append(
                    f"assert (N : 0 <= {b_text}) by ({self.use(more, goal, goal.region)})."
                )
            tactics.append(f"assert (Less : {a_text} {strict} {b_text}) by (map_square; lra).")
        elif kind == "exp":
            tactics.append(f"assert (Less : {a_text} {strict} {b_text}) by (map_exp; lra).")
        elif kind == "sqrt":
            tactics.append(f"assert (Less : {a_text} {strict} {b_text}) by (map_sqrt; lra).")
        else:
            tactics.append(f"assert (Less : {a_text} {strict} {b_text}) by (map_inverse; lra).")
        gap = add(b, multiply(MINUS_ONE, a))
        tactics += [
            f"assert (Same : {coq(goal.f, opened=True)} = {coq(gap, opened=True)}).",
            "{", *equality(goal.region, goal.f, gap), "}", "rewrite Same; lra.",
        ]  # fmt: skip
        return self.lemma(goal, tactics, f"both sides mapped by {kind}")

    # Other regions

    def _split(self, goal: Goal, variable: str, at: Any, pieces: Any) -> str:
        cuts = [goal.constant(text) for text in at]
        span, x = goal.region.spans[variable], name(variable)
        bounds = [span.low, *cuts, span.high]
        tactics, last = [], len(pieces) - 1
        for k, given in enumerate(pieces):
            piece = Span(
                bounds[k], bounds[k + 1], span.low_closed if k == 0 else True,
                span.high_closed if k == last else True, span.integer,
            )  # fmt: skip
            region = goal.region.with_spans({variable: piece})
            label = self.prove(goal.of(goal.f, region=region), given)
            use = self.use(label, goal, region)
            if k < last:
                c = coq(cuts[k], opened=True)
                tactics.append(f"destruct (Rle_lt_dec {x} ({c})) as [Cut{k}|Cut{k}]; [{use}|].")
            else:
                tactics.append(f"{use}.")
        return self.lemma(goal, tactics, "the range cut at numbers")

    def _relax(self, goal: Goal, variable: str, proof: Given) -> str:
        span = goal.region.spans[variable]
        real = Span(span.low, span.high, span.low_closed, span.high_closed)
        region = goal.region.with_spans({variable: real})
        label = self.prove(goal.of(goal.f, region=region), proof)
        return self.lemma(
            goal, [f"{self.use(label, goal, region)}."], "a whole number as a real one"
        )

    def _eliminate(self, goal: Goal, variable: str, proof: Given, **rest: Any) -> str:
        node, v = goal.defined(rest["as"]), name(variable)
        span = goal.region.spans[variable]
        region = moves.replaced(goal.region, variable, node)
        more: list[tuple[Node, str]] = []
        if span.low is not None:
            more.append((node - span.low, ">=" if span.low_closed else ">"))
        if span.high is not None:
            more.append((span.high - node, ">=" if span.high_closed else ">"))
        region = region.with_constraint(*more) if more else region
        inner = goal.of(substitute(goal.f, {variable: node}), region=region)
        label = self.prove(inner, proof)
        value = coq(node, opened=True)
        tactics = [
            f"assert (Is : {v} = {value}) by (first [lra | nra | solve [field_simplify_eq; nra]]).",
            self.known("P", inner, label, goal, region),
            "rewrite Is; first [exact P | lra | nra].",
        ]
        return self.lemma(goal, tactics, "a variable from an equation")

    def _contrary(self, goal: Goal, constraint: str, proof: Given) -> str:
        region, named = goal.region, goal.read(constraint)
        for i, (node, sign) in enumerate(region.constraints):
            against = {">": ">=", ">=": ">", "=": ">"}.get(sign)
            turned = sign == "=" and region.plain.equal(-node, named)
            if against is None or not (turned or region.plain.equal(node, named)):
                continue
            others = (*region.constraints[:i], *region.constraints[i + 1 :])
            fails = (-goal.f, ">=" if goal.relation == ">" else ">")
            wider = Region(region.spans, (*others, fails), constants=region.constants)
            said = (-node if turned else node) if sign == "=" else -node
            inner = goal.of(said, against, region=wider)
            label = self.prove(inner, proof)
            not_so = "Rnot_le_lt" if goal.relation == ">" else "Rnot_lt_le"
            tactics = [
                f"apply {not_so}; intros Bad.",
                self.known("P", inner, label, goal, wider),
                "lra.",
            ]
            return self.lemma(goal, tactics, "else a constraint would fail")
        raise Inconclusive("the constraint that fails was not found")

    def _both(self, goal: Goal, up: Given, down: Given) -> str:
        first, second = goal.of(goal.f, ">="), goal.of(-goal.f, ">=")
        tactics = [
            f"assert (P{k} : {relation(inner.f, '>=', opened=True)}) by"
            f" ({self.use(self.prove(inner, given), goal, goal.region)})."
            for k, (inner, given) in enumerate(((first, up), (second, down)))
        ]
        return self.lemma(goal, [*tactics, "lra."], "an equation by two bounds")

    def _either(self, goal: Goal, of: str, up: Given, down: Given) -> str:
        u = goal.defined(of)
        made = [
            (sign, goal.of(moves.resolved(goal, goal.f, u, sign, strict=False)), given)
            for sign, given in ((1, up), (-1, down))
        ]
        labels = [self.prove(inner, given) for _, inner, given in made]
        return self._by_cases(goal, u, labels, [inner for _, inner, _ in made])

    def _by_cases(self, goal: Goal, u: Node, labels: list[str], made: list[Goal]) -> str:
        text = coq(u, opened=True)
        tactics = [f"destruct (Rle_lt_dec 0 ({text})) as [Case|Case]."]
        for label, inner in zip(labels, made, strict=True):
            tactics += [
                f"{{ assert (P : {relation(inner.f, inner.relation, opened=True)}) by"
                f" ({self.use(label, goal, inner.region)}). pieces; first [lra | nra]. }}"
            ]
        return self.lemma(goal, tactics, "two cases of a sign")

    def _cases(self, goal: Goal, of: str, nonnegative: Given, nonpositive: Given) -> str:
        u = goal.defined(of)
        labels, made = [], []
        for sign, given in ((1, nonnegative), (-1, nonpositive)):
            region = goal.region.with_constraint((u if sign > 0 else -u, ">="))
            inner = goal.of(moves.resolved(goal, goal.f, u, sign, strict=False), region=region)
            labels.append(self.prove(inner, given))
            made.append(inner)
        return self._by_cases(goal, u, labels, made)

    def _resolve(self, goal: Goal, of: str, sign: str, by: Given, proof: Given) -> str:
        u, down = goal.defined(of), sign in ("<", "<=")
        strict = sign in (">", "<")
        known = goal.of(-u if down else u, ">" if strict else ">=")
        inner = goal.of(moves.resolved(goal, goal.f, u, -1 if down else 1, strict=strict))
        labels = self.prove(known, by), self.prove(inner, proof)
        tactics = [
            self.known("Q", known, labels[0], goal),
            self.known("P", inner, labels[1], goal),
            "pieces; first [lra | nra].",
        ]
        return self.lemma(goal, tactics, "a sign that is known")

    def _derivative(self, goal: Goal, variable_name: str, rate: Node) -> str:
        """The lemma that an expression has this derivative in a variable on a region."""
        f = f"(fun {name(variable_name)} => {coq(goal.f, opened=True)})"
        names = " ".join(map(name, goal.region.spans))
        given = "".join(f"{text} -> " for text in hypotheses(goal.region))
        x, slope = name(variable_name), coq(rate, opened=True)
        statement = f"forall {names} : R, {given}is_derive {f} {x} ({slope})"
        tactics = [
            self.opening(goal), *self.facts(goal, goal.f, rate),
            "eapply D_eq; [derive | cbv beta].", *equality(goal.region, goal.f, rate),
        ]  # fmt: skip
        return self.script.lemma(statement, tactics, "the slope along a variable")

    def _along(
        self, goal: Goal, variable: str, curve: str, on: Given, inside: Any, **rest: Any
    ) -> str:
        sides = [side for side in ("below", "above") if side in rest]
        node, strict = goal.read(curve), bool(rest.get("strict"))
        beside = goal.region.with_spans({variable: None})
        place, v = {variable: node}, name(variable)
        first = goal.of(substitute(goal.f, place), ">=" if strict else goal.relation, beside)
        label = self.prove(first, on)
        rate = derivative(goal.f, variable)
        opened = goal.region.with_spans({variable: goal.region.spans[variable].opened})
        t = next(n for n in ("t", "t_1", "t_2") if n not in goal.region.spans)
        c, f = coq(node, opened=True), f"(fun {v} => {coq(goal.f, opened=True)})"
        tactics = [
            f"assert (On : {self.says(first)}) by ({self.use(label, goal, beside)}).",
            f"destruct (Rtotal_order {v} ({c})) as [Place|[Place|Place]].",
        ]
        for side in ("below", "equal", "above"):
            if side == "equal":
                tactics.append("{ first [exfalso; lra | rewrite Place; first [exact On | lra]]. }")
                continue
            if side not in sides:
                tactics.append("{ exfalso; timeout 10 (first [lra | nra | interval]). }")
                continue
            down = side == "below"
            gap = node - variable_of(variable) if down else variable_of(variable) - node
            region = opened.with_constraint((gap, ">"))
            slope = goal.of(-rate if down else rate, ">" if strict else ">=", region)
            inner = self.prove(slope, rest[side])
            rates = self._derivative(goal.of(goal.f, region=region), variable, rate)
            args = " ".join(t if n == variable else name(n) for n in region.spans)
            ends = f"{v} ({c})" if down else f"({c}) {v}"
            tactics += [
                f"{{ assert (Way := along_moves {'false' if down else 'true'} {f}"
                f" (fun {v} => {coq(rate, opened=True)}) {ends} Place).",
                "match type of Way with ?A -> ?B -> _ =>",
                "  assert (First : A); [|assert (Second : B)] end.",
                f"{{ intros {t} Between; apply ({rates} {args}); hyp. }}",
                f"{{ intros {t} Between; assert (Rate := {inner} {args}).",
                "signs; hyps Rate; lra. }",
                "specialize (Way First Second); clear First Second.",
                *Facts(goal.region, "V").of([c.node for c in needs(goal.f)]),
                *Facts(beside, "C").of([c.node for c in needs(substitute(goal.f, place))]),
                "match type of Way with ?A -> ?B -> _ => assert (First : A) by continuity_by;"
                " assert (Second : B) by continuity_by end.",
                "specialize (Way First Second); signs; lra. }",
            ]
        return self.lemma(goal, tactics, "along a variable to a curve")


def _squares(basis: list[Node], matrix: list[list[str]]) -> list[Node]:
    """The linear combinations whose squares a form is, by Cholesky's way without roots."""
    size = len(basis)
    left = [[Fraction(matrix[max(i, j)][min(i, j)]) for j in range(size)] for i in range(size)]
    found = []
    for k in range(size):
        pivot = left[k][k]
        if pivot <= 0:
            continue
        ratios = [left[i][k] / pivot for i in range(size)]
        found.append(
            add(*(multiply(number(mpq(r)), b) for r, b in zip(ratios, basis, strict=True) if r))
        )
        for i in range(size):
            for j in range(size):
                left[i][j] -= ratios[i] * ratios[j] * pivot
    return found


def mpq(value: Fraction) -> Any:
    """A fraction as the checker has it."""
    import gmpy2  # type: ignore[import-untyped, unused-ignore]

    return gmpy2.mpq(value.numerator, value.denominator)


def variable_of(text: str) -> Node:
    """A variable as an expression."""
    return variable(text)


def moves_simple(goal: Goal, node: Node) -> Node:
    """The normal form, as an expression."""
    algebra = goal.region.algebra
    simple = algebra.node(algebra.reduced(algebra.form(node)))
    return node if simple is None else simple
