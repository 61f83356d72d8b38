"""Steps of the proofs, each named by a comment beside the condition or enclosure that makes it.

    # step: the ball is finite [false]
    if not ball.is_finite():

A mark stands on lines of its own above a statement, or at the end of its line. Its words name the
step, and no other step of the project; a test says by that name that it fails without the step. The
brackets say how the step is dropped:

    drop               the statement is left out
    true, false        a condition is taken as true, or as false, and what is then idle goes too
    weak               a strict order sign no longer is strict
    first KIND         of a sum, a call and so on, the first operand is left
    last KIND          the last operand is left
    zero KIND          there is 0 in its place
    KIND: expression   this is in its place; _ is what was there

A KIND is one of: condition, sum, product, minus, call (the object of a method is its first
operand), function (what is called; .upper is another method of the same object), choice (if and
else), list (also a tuple or a set, in which one operand is left), value (a name, an attribute, an
item), constant. Where a statement holds several, they are counted in the order in which they begin:
[false 2/3] is about the second condition of three. If one is added the mark is refused, and not
read as of another expression. Otherwise lines, names and files may change as they like.
"""

from __future__ import annotations

import ast
import builtins
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bounds.certify.errors import InputError

ROOT = Path(__file__).parent.parent
ROOMS = ("bounds", "proofs_check")
"""Where marks are looked for."""

Place = ast.stmt | ast.match_case
"""What a mark may stand above."""

_SUMS, _PRODUCTS = (ast.Add, ast.Sub), (ast.Mult, ast.Div, ast.Pow, ast.Mod, ast.FloorDiv)
_NODES: dict[str, tuple[type[ast.expr], ...]] = {
    "minus": (ast.UnaryOp,),
    "call": (ast.Call,),
    "choice": (ast.IfExp,),
    "list": (ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.SetComp, ast.GeneratorExp),
    "value": (ast.Name, ast.Attribute, ast.Subscript),
    "constant": (ast.Constant,),
}
KINDS = ("condition", "sum", "product", "function", *_NODES)
OPERATORS = ("true", "false", "weak", "first", "last", "zero")
_WRITTEN = re.compile(rf"(.+?) \[((?:drop|{'|'.join(OPERATORS + KINDS)})\b.*)\]")
_STRICT = {ast.Lt: ast.LtE, ast.Gt: ast.GtE}
_HOW = re.compile(
    r"(?:(?P<drop>drop)|(?P<operator>true|false|weak)|(?P<left>first|last|zero) (?P<of>[a-z]+)"
    r"|(?P<kind>[a-z]+)(?=[^:]*: ))(?: (?P<number>\d+)/(?P<count>\d+))?(?:: (?P<other>.+))?"
)


@dataclass(frozen=True)
class Step:
    """One step of a proof.

    Attributes:
        file: the file that it is in, from the root of the project.
        line: the line of its mark.
        name: what it is, in words.
        how: how it is dropped, as in the brackets of the mark.
        tree: the file's syntax tree.
        statement: the statement that the mark is about.
        place: the expression of it that makes the step, or the statement itself.
        instead: what stands in its place when it is dropped.
    """

    file: str
    line: int
    name: str
    how: str
    tree: ast.Module = field(repr=False, compare=False)
    statement: Place = field(repr=False, compare=False)
    place: ast.AST = field(repr=False, compare=False)
    instead: ast.AST = field(repr=False, compare=False)

    def without(self, tree: ast.AST) -> ast.AST:
        """The file's tree, or a part of it that holds the step, without it."""
        return ast.fix_missing_locations(
            _Swap(self.place, self.instead, self.statement).visit(tree)
        )

    def dropped(self) -> str:
        """The file's source without the step."""
        return ast.unparse(self.without(self.tree)) + "\n"


def steps() -> list[Step]:
    """The steps of all files, in the order of the files.

    Raises:
        InputError: a mark is not one, or two have one name; each is told with its file and line.
    """
    found, wrong = _all_marks()
    if wrong:
        raise InputError("; ".join(wrong))
    return list(found)


def step_named(name: str) -> Step:
    """The step of a name.

    Raises:
        InputError: no step has it.
    """
    for step in steps():
        if step.name == name:
            return step
    raise InputError(f'there is no step "{name}": its mark stands beside the statement it is about')


@cache
def _all_marks() -> tuple[tuple[Step, ...], tuple[str, ...]]:
    found: dict[str, Step] = {}
    wrong: list[str] = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            file, text = str(path.relative_to(ROOT)), path.read_text("utf-8")
            for step in marks_of(file, text, wrong) if "# step: " in text else ():
                if step.name in found:
                    other = found[step.name]
                    wrong.append(
                        f"{step.file}:{step.line}: the step at {other.file}:{other.line} has the"
                        f' name "{step.name}" too: choose another'
                    )
                found[step.name] = step
    return tuple(found.values()), tuple(wrong)


def marks_of(file: str, text: str, wrong: list[str]) -> list[Step]:
    """The steps of a file; what is wrong with its marks is added to the list."""
    tree = ast.parse(text)
    places = list(_places(tree))
    found = []
    for first, last, written in _comments(text):
        try:
            if (parts := _WRITTEN.fullmatch(written)) is None:
                raise InputError("a mark reads `# step: what it is [how it is dropped]`")
            name, how = parts.groups()
            statement, answers = _statement(places, first, last, text)
            place, instead = _dropping(how, statement, tree, answers=answers)
            step = Step(file, first, name, how, tree, statement, place, instead)
            before, after = ast.dump(statement), ast.dump(step.without(statement))
            if before == after:
                raise InputError(f"[{how}] does not change the code")
            found.append(step)
        except InputError as reason:
            wrong.append(f"{file}:{first}: {reason}")
    return found


def _comments(text: str) -> Iterator[tuple[int, int | None, str]]:
    """First and last line of each mark, and its text; a mark beside code has no last line."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        code, sign, words = line.partition("# step: ")
        if not sign:
            continue
        if code.strip():
            yield number, None, words
            continue
        last = number
        while not (words.endswith("]") and _is_whole(words)):
            more = lines[last].strip() if last < len(lines) else ""
            if not more.startswith("#") or more.startswith("# step: "):
                break
            words = f"{words} {more.removeprefix('#').strip()}"
            last += 1
        yield number, last, words


def _is_whole(written: str) -> bool:
    """Whether the bracket at the end of a mark is closed, and not one inside it."""
    parts = _WRITTEN.fullmatch(written)
    return parts is None or parts[2].count("[") == parts[2].count("]")


def _places(node: ast.AST, *, answers: bool = False) -> Iterator[tuple[int, int, Place, bool]]:
    """First and last line of each statement's own part, and whether it is in a function of bool."""
    if isinstance(node, ast.FunctionDef):
        answers = isinstance(node.returns, ast.Name) and node.returns.id == "bool"
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Place):
            marks = [child.pattern] if isinstance(child, ast.match_case) else [child]
            first = min(part.lineno for part in [*marks, *getattr(child, "decorator_list", [])])
            body = getattr(child, "body", [])
            last = body[0].lineno - 1 if body else marks[0].end_lineno or first
            yield first, last, child, answers
        if isinstance(child, Place | ast.ExceptHandler):
            yield from _places(child, answers=answers)


def _statement(
    places: list[tuple[int, int, Place, bool]], first: int, last: int | None, text: str
) -> tuple[Place, bool]:
    """The statement that a mark is about, and whether it is in a function of bool."""
    if last is None:
        around = [place for place in places if place[0] <= first <= place[1]]
    else:
        lines = text.splitlines()
        below = last + 1
        while below <= len(lines) and lines[below - 1].lstrip().startswith("#"):
            below += 1
        around = [place for place in places if place[0] == below]
    if not around:
        raise InputError("a mark stands beside a statement, or on the lines above one")
    _, _, statement, answers = max(around, key=lambda place: (place[0], -place[1]))
    return statement, answers


def _dropping(
    how: str, statement: Place, tree: ast.Module, *, answers: bool
) -> tuple[ast.AST, ast.AST]:
    """What a bracket is about, and what stands in its place."""
    match = _HOW.fullmatch(how)
    if match is None:
        raise InputError(f"[{how}] is no way to drop a step: see campaigns/marks.py")
    if match["drop"]:
        return statement, ast.Pass()
    operator = match["operator"] or match["left"]
    kind = match["of"] or match["kind"] or "condition"
    if kind not in KINDS:
        raise InputError(f"there is no kind {kind} of expressions: use one of {', '.join(KINDS)}")
    found = candidates(statement, operator, kind, answers=answers)
    number, count = int(match["number"] or 1), int(match["count"] or 1)
    if count != len(found):
        raise InputError(
            f"[{how}] is about one of {count}, and the statement has {len(found)} of the kind:"
            f" write which of them, as in 1/{len(found)}"
        )
    if not 1 <= number <= count:
        raise InputError(f"[{how}] counts from 1 to {count}")
    place = found[number - 1]
    if kind == "function" and isinstance(place, ast.Attribute) and match["other"][:1] == ".":
        return place, ast.Attribute(place.value, match["other"][1:], ast.Load())
    if operator:
        return place, altered(place, operator)
    return place, _replacement(match["other"], place, tree)


def _replacement(text: str, place: ast.expr, tree: ast.Module) -> ast.expr:
    """An expression that is written in a mark, with what it replaces in place of _."""
    try:
        (written,) = ast.parse(f"[{text}]", mode="eval").body.elts
    except (SyntaxError, ValueError):
        raise InputError(f"`{text}` is no expression") from None
    names = {node.id for node in ast.walk(written) if isinstance(node, ast.Name)} - {"_"}
    if unknown := sorted(names - _names(tree)):
        raise InputError(f"`{text}` has a name that is not in the file: {', '.join(unknown)}")

    class Original(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return copy.deepcopy(place) if node.id == "_" else node

    whole = Original().visit(written)
    assert isinstance(whole, ast.expr)
    return whole


@cache
def _names(tree: ast.Module) -> frozenset[str]:
    found = set(dir(builtins))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.split(".")[0])
    return frozenset(found)


def _within(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions of a statement, but for those of statements inside it."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, Place | ast.ExceptHandler | ast.JoinedStr):  # that is a message
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from _within(child)


def _own(statement: Place) -> list[ast.expr]:
    """The expressions of a statement in the order in which they begin, the outer one first."""
    found = [n for n in _within(statement) if not isinstance(getattr(n, "ctx", None), ast.Store)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _asked(statement: Place, *, answers: bool) -> set[int]:
    """The ids of the expressions of which is asked whether they are true."""
    found: list[ast.AST | None] = []
    for node in [statement, *_own(statement)]:
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.Assert(test=test):
                found.append(test)
            case ast.IfExp(test=test):
                found.append(test)
            case ast.match_case(guard=guard):
                found.append(guard)
            case ast.Return(value=value) if answers:
                found.append(value)
            case ast.BoolOp(values=values):
                found += [node, *values]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                found += [node, operand]
            case ast.Compare():
                found.append(node)
            case ast.Call(func=ast.Name(id="all" | "any"), args=[first]):
                found.append(node)
                if isinstance(first, ast.GeneratorExp | ast.ListComp):
                    found.append(first.elt)
            case ast.Call(func=ast.Name(id="bool"), args=[first]):
                found += [node, first]
            case ast.Call(func=ast.Name(id="isinstance")):
                found.append(node)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                found += [test for part in node.generators for test in part.ifs]
    return set(map(id, found))


def candidates(
    statement: Place, operator: str | None, kind: str, *, answers: bool
) -> list[ast.expr]:
    """The expressions of a statement that an operator may be about."""
    nodes = _own(statement)
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    if kind == "function":
        return called
    if kind == "condition":
        asked = _asked(statement, answers=answers)
        nodes = [node for node in nodes if id(node) in asked]
        if operator == "weak":
            return [n for n in nodes if isinstance(n, ast.Compare) and type(n.ops[0]) in _STRICT]
    elif kind in ("sum", "product"):
        signs = _SUMS if kind == "sum" else _PRODUCTS
        nodes = [n for n in nodes if isinstance(n, ast.BinOp) and isinstance(n.op, signs)]
    else:
        no_values = set(map(id, called))
        nodes = [n for n in nodes if isinstance(n, _NODES[kind]) and id(n) not in no_values]
    if operator in ("first", "last"):
        nodes = [node for node in nodes if _operands(node)]
    return nodes


def _operands(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=first, right=last) | ast.IfExp(body=first, orelse=last):
            return [first, last]
        case ast.Compare(left=first, comparators=[last]):
            return [first, last]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Call(func=ast.Attribute(value=value), args=args):
            return [value, *args]
        case ast.Call(args=args):
            return args
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return parts
    return []


def altered(node: ast.expr, operator: str) -> ast.expr:
    """The expression as an operator leaves it."""
    match operator, node:
        case "true" | "false", _:
            return ast.Constant(operator == "true")
        case "zero", _:
            return ast.Constant(0)
        case "weak", ast.Compare(left=left, ops=signs, comparators=others):
            weak = [_STRICT.get(type(sign), type(sign))() for sign in signs]
            return ast.Compare(left, weak, others)
        case _, ast.List() | ast.Tuple():
            left_in = _operands(node)[0 if operator == "first" else -1]
            return type(node)([left_in], ast.Load())
    return _operands(node)[0 if operator == "first" else -1]


class _Swap(ast.NodeTransformer):
    """A tree with another node in one place, and without what is idle then; the old one stays."""

    def __init__(self, place: ast.AST, instead: ast.AST, statement: Place) -> None:
        self.place, self.instead, self.statement = place, instead, statement

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.place:
            return ast.copy_location(copy.deepcopy(self.instead), node)
        other: ast.AST | None = None
        for name, old in ast.iter_fields(node):
            new = old
            if isinstance(old, list):
                new = [self.visit(part) if isinstance(part, ast.AST) else part for part in old]
                changed = any(a is not b for a, b in zip(old, new, strict=True))
            else:
                new = self.visit(old) if isinstance(old, ast.AST) else old
                changed = new is not old
            if changed:
                other = other or copy.copy(node)
                setattr(other, name, new)
        return node if other is None else _plain(other)


def _plain(node: ast.AST) -> ast.AST:
    """`True and a` is a, `a if True else b` too, and `not True` is `False`."""
    match node:
        case ast.BoolOp(op=sign, values=values):
            idle = isinstance(sign, ast.And)
            left = [v for v in values if not (isinstance(v, ast.Constant) and v.value is idle)]
            if len(left) < 2:
                return left[0] if left else ast.Constant(idle)
            return ast.BoolOp(sign, left)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Constant(value=bool(value))):
            return ast.Constant(not value)
        case ast.IfExp(test=ast.Constant(value=bool(value)), body=body, orelse=orelse):
            return body if value else orelse
        case ast.comprehension(target=target, iter=source, ifs=tests, is_async=later):
            tests = [t for t in tests if not (isinstance(t, ast.Constant) and t.value is True)]
            return ast.comprehension(target, source, tests, later)
    return node
