"""The grammar of claims and expressions: text in, expressions out.

    claim      := comparison ( ("and" | ",") comparison )*
    comparison := sum ( ("<" | "<=" | ">" | ">=" | "=" | "!=") sum )+
    sum        := product ( ("+" | "-") product )*
    product    := unary ( ("*" | "/") unary )*
    unary      := ("+" | "-") unary | power
    power      := atom ( ("^" | "**") unary )?
    atom       := number | name | name "(" sum ("," sum)* ")" | "(" sum ")" | "|" sum "|"

Powers group from the right, and −x² is −(x²). Nothing is evaluated and nothing simplified but
sums and products of numbers. The signs ≤ ≥ ≠ − · × ÷ ² √ π Φ and Greek letters are read, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, NoReturn, TypeVar

from bounds.certify.errors import InputError, shortened
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.expression import (
    BINDERS,
    CONSTANTS,
    MINUS_ONE,
    Expr,
    add,
    call,
    multiply,
    number,
    raise_to,
    variable,
)
from bounds.certify.language.functions import (
    ABBREVIATIONS,
    ARITIES,
    FUNCTIONS,
    GREEK,
    INFINITY,
    MANY,
    MAY_BE_VARIABLES,
    WORDS,
    inverse,
    usage,
)

MOST_LETTERS = 20_000
"""The longest text that is read."""

MOST_DEPTH = 200
"""Most open brackets, powers and signs at one place."""

MOST_BITS = 14_000
"""The longest numerator or denominator: some 4,200 digits, which Python prints."""

RELATIONS: dict[str, Relation] = {
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "=": "=",
    "==": "=",
    "!=": "!=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}

_WINDOW = 72
_SIGNS = {
    "**": "^",
    "−": "-",
    "–": "-",
    "·": "*",
    "×": "*",
    "÷": "/",
    "∧": "and",
    "∈": "in",
    "∞": "inf",
    "∃": "exists",
    "∀": "all",
    "√": "sqrt",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_TOKEN = re.compile(
    rf"""
      (?P<number> (?: [0-9]+ (?:\.[0-9]*)? | \.[0-9]+ ) (?: [eE][+-]?[0-9]+ )? )
    | (?P<name> [{"".join(GREEK)}] (?: [0-9_] [A-Za-z0-9_]* )? | [A-Za-z] [A-Za-z0-9_]* )
    | (?P<raised> [{"".join(_RAISED)}]+ )
    | (?P<sign> \*\* | <= | >= | == | != | =< | => | <> | && | [-+*/^(),<>=|\[\]≤≥≠−–·×÷∧∈∞∃∀√] )
    """,
    re.VERBOSE,
)
_SLIPS = {"=<": "<=", "=>": ">=", "<>": "!=", "&&": "and"}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}

T = TypeVar("T")


class Misread(InputError):
    """A text that the grammar does not read: what is wrong, where, and what was perhaps meant."""

    def __init__(self, text: str, at: int, message: str) -> None:
        super().__init__(message)
        self.text, self.place = text, at

    @property
    def marked(self) -> tuple[str, str]:
        """The text, or the part of it around the place; and below it a mark under the place."""
        line = " ".join(self.text.splitlines()) if "\n" in self.text else self.text
        line = line.replace("\t", " ")
        start = max(0, min(self.place - _WINDOW // 2, len(line) - _WINDOW))
        before = "..." if start else ""
        after = "..." if len(line) > start + _WINDOW else ""
        shown = f"{before}{line[start : start + _WINDOW]}{after}"
        return shown, " " * (len(before) + self.place - start) + "^"

    def __str__(self) -> str:
        """The message, and below it the text with a mark under the place."""
        return "\n  ".join([shortened(self.args[0]), *self.marked])


class Token(NamedTuple):
    """A number, a name, a sign, or the end; with its place in the text."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """The words of a text, the last of kind "end"."""
    if len(text) > MOST_LETTERS:
        raise InputError(f"the text has {len(text)} characters: pass at most {MOST_LETTERS}")
    result: list[Token] = []
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return [*result, Token("end", "", at)]
        match = _TOKEN.match(text, at)
        if match is None:
            raise Misread(text, at, _stray(text[at]))
        kind, word = str(match.lastgroup), match.group()
        if kind == "name":
            result.append(_name(word, at))
        elif kind == "raised":
            digits = "".join(_RAISED[letter] for letter in word)
            result += [Token("sign", "^", at), Token("number", digits, at)]
        elif word in _SLIPS:
            raise Misread(text, at, f"{word!r} is no sign here: did you mean {_SLIPS[word]!r}?")
        else:
            word = _SIGNS.get(word, word)
            result.append(Token("name" if word.isalpha() else kind, word, at))
        at = match.end()


def _name(word: str, at: int) -> Token:
    if word[0] in GREEK:
        word = GREEK[word[0]] + word[1:]
    return Token("name", word, at)


def _stray(letter: str) -> str:
    if letter == "!":
        return "'!' is not read: write factorial(n), or != for unequal"
    if letter in "{}":
        return f"{letter!r} is not read: use round brackets (or pass LaTeX, with its backslashes)"
    if letter == "&":
        return "'&' is not read: did you mean 'and'?"
    if letter == "%":
        return "'%' is not read: write a share as a number, such as 5/100"
    return f"{letter[:1]!r} is not read"


class Reader:
    """A text, and how far it is read."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise InputError(f"a claim, domain or expression is a text, not {type(text).__name__}")
        self.text = text
        self.tokens = tokens(text)
        self.position = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.position]

    @property
    def after(self) -> Token:
        """The one after that."""
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read one token."""
        token = self.next
        self.position += token.kind != "end"
        return token

    def takes(self, *words: str) -> bool:
        """Read one token, if it is one of these signs or words."""
        if self.next.text in words and self.next.kind in ("sign", "name"):
            self.take()
            return True
        return False

    def misread(self, message: str, token: Token | None = None) -> Misread:
        """An error with a message about a token, by default the next."""
        return Misread(self.text, (token or self.next).at, message)

    # -- expressions -----------------------------------------------------------------------------

    def expression(self, least: int = 1) -> Expr:
        """An expression whose operations bind at least so tightly."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.misread(f"brackets and powers are nested more than {MOST_DEPTH} deep")
        start = self.next
        bare_e = start.text == "e" and start.kind == "name"
        result = self.operand()
        while (binds := _BINDS.get(self.next.text, -1)) >= least:
            if binds == 1:
                result = add(result, *self.many("+-", 2, lambda term: -term))
            elif binds == 2:
                result = multiply(result, *self.many("*/", 3, inverse))
            else:
                self.take()
                exponent = self.expression(4)
                if bare_e:
                    result = call("exp", exponent)
                else:
                    self.check_power(result, exponent, start)
                    result = raise_to(result, exponent)
            self.check_size(result, start)
            bare_e = False
        self.check_no_factor()
        self.depth -= 1
        return result

    def many(self, signs: str, least: int, undo: Callable[[Expr], Expr]) -> list[Expr]:
        """The further terms of a sum, or factors of a product."""
        parts = []
        while self.next.kind == "sign" and self.next.text in signs:
            sign = self.take()
            part = self.expression(least)
            if sign.text == signs[1]:
                part = undo(part)
            parts.append(part)
        return parts

    def operand(self) -> Expr:
        """A number, a name, a call, a bracket, or one of these with signs before it."""
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return self.named(token)
        if token.text in ("+", "-"):
            result = self.expression(4)
            return multiply(MINUS_ONE, result) if token.text == "-" else result
        if token.text == "(":
            result = self.expression()
            if self.next.text == ",":
                raise self.misread(
                    "a comma in a bracket that is no call: write decimals with a point"
                )
            self.close(token)
            return result
        if token.text == "|":
            result = self.expression()
            if not self.takes("|"):
                raise self.misread("the bar | is not closed: did you mean abs(...)?", token)
            return call("abs", result)
        if token.text in ("[", "]"):
            raise self.misread(
                f"{token.text!r} is not read in an expression: use round brackets", token
            )
        if token.kind == "end":
            raise self.misread(
                "the text ends where a number, a name or a bracket is missing", token
            )
        raise self.misread(f"a number, a name or a bracket is missing before {token.text!r}", token)

    def close(self, opened: Token) -> None:
        """Read the bracket that closes."""
        if self.takes(")"):
            return
        if self.next.kind == "end":
            raise self.misread("this bracket is not closed: is a ')' missing at the end?", opened)
        if self.next.text in RELATIONS:
            raise self.misread(f"a ')' is missing before {self.next.text!r}")
        raise self.misread(f"a ')' is missing before {self.next.text!r}, or a sign")

    def number(self, token: Token) -> Expr:
        """A decimal, exactly."""
        mantissa, _, power = token.text.lower().partition("e")
        whole, _, decimals = mantissa.partition(".")
        if len(mantissa) > MOST_BITS // 4 or len(power) > 5 or abs(int(power or 0)) > 4000:
            raise self.misread("the number is too long, or its exponent too large", token)
        scale = int(power or 0) - len(decimals)
        return number(int(whole + decimals) * Fraction(10) ** scale)

    def named(self, token: Token) -> Expr:
        """A constant, a variable, or a call."""
        name = token.text
        if self.next.text == "(" and self.next.kind == "sign" and name not in CONSTANTS:
            if name in FUNCTIONS:
                return self.call(token)
            self.refuse_call(token)
        if name in CONSTANTS:
            return Expr(name)
        if name in INFINITY:
            raise self.misread("infinity is no number: it can only be an end of a domain", token)
        if name in WORDS:
            raise self.misread(
                f"{name!r} is a word of the grammar: a number or variable is missing", token
            )
        if name in FUNCTIONS and name not in MAY_BE_VARIABLES:
            given = self.next.text if self.next.kind in ("name", "number") else ""
            told = f"{name}({given})" if given else usage(name)
            raise self.misread(
                f"{name} is a function and needs brackets: did you mean {told}?", token
            )
        return variable(name)

    def call(self, token: Token) -> Expr:
        """A function of what stands in its brackets."""
        opened = self.take()
        name = token.text
        arguments = [self.expression()]
        while self.takes(","):
            arguments.append(self.expression())
        self.close(opened)
        few, many = ARITIES.get(name, (1, 1))
        if not few <= len(arguments) <= many:
            if name in ("log", "ln") and len(arguments) == 2:
                raise self.misread("log takes one argument: did you mean log(x)/log(base)?", token)
            if name in ("gamma", "Gamma") and len(arguments) == 2:
                raise self.misread(
                    "gamma takes one argument: did you mean gammap or gammaq?", token
                )
            wanted = f"{few}" if few == many else f"{few} to {MANY}"
            raise self.misread(
                f"{usage(name)} takes {wanted} arguments, not {len(arguments)}", token
            )
        if name in ABBREVIATIONS:
            return ABBREVIATIONS[name](arguments[0])
        if name in BINDERS and arguments[1].head != "variable":
            raise self.misread(
                f"the second argument of {usage(name)} is the name of a variable", token
            )
        return call(name, *arguments)

    def refuse_call(self, token: Token) -> NoReturn:
        """Say what a name before a bracket was perhaps meant to be."""
        from difflib import get_close_matches

        name = token.text
        if name in WORDS:
            raise self.misread(
                f"{name!r} is a word of the grammar: a number or variable is missing", token
            )
        known = {known.lower(): known for known in sorted(FUNCTIONS)}
        near = [known[w] for w in get_close_matches(name.lower(), known, 3, 0.6)]
        if len(name) > 2 and near:
            raise self.misread(
                f"no function is called {name[:40]!r}: did you mean {near[0]}?", token
            )
        raise self.misread(
            f"no function is called {name[:40]!r}: did you mean {name[:40]}*(...)?",
            token,
        )

    # -- what is refused -------------------------------------------------------------------------

    def check_no_factor(self) -> None:
        """Refuse a product without its sign, and brackets that nothing opened."""
        token = self.next
        if token.kind == "end" or token.text in WORDS:
            return
        last = self.tokens[self.position - 1]
        if token.kind in ("name", "number") or token.text == "(":
            left = last.text if last.kind in ("name", "number") else "..."
            right = "(...)" if token.text == "(" else token.text
            if last.kind == token.kind == "number":
                raise self.misread(f"a sign is missing between {left} and {right}")
            raise self.misread(f"a product needs its sign: did you mean {left}*{right}?")

    def check_power(self, base: Expr, exponent: Expr, start: Token) -> None:
        """Refuse to work out what is too large to be written."""
        if base.is_number and exponent.is_number and exponent.value.denominator == 1:
            power = abs(exponent.value.numerator)
            if power <= 4096 and power * _bits(base) > 2 * MOST_BITS:
                raise self.misread("a number becomes too large: write it with exp and log", start)

    def check_size(self, e: Expr, start: Token) -> None:
        """Refuse numbers that are too large to be written."""
        ends = (e,) if e.is_number else e.args[:: max(1, len(e.args) - 1)]
        if any(isinstance(part, Expr) and _bits(part) > MOST_BITS for part in ends):
            raise self.misread("a number becomes too large: write it with exp and log", start)

    # -- claims ----------------------------------------------------------------------------------

    def comparisons(self) -> list[Comparison]:
        """A chain a <= b < c of at least two sides."""
        start = self.next
        sides, relations = [self.expression()], []
        while self.next.text in RELATIONS:
            relations.append(RELATIONS[self.take().text])
            sides.append(self.expression())
        if not relations:
            if self.next.text == ")":
                raise self.misread("this ')' closes no bracket")
            raise self.misread("a claim compares two sides: did you mean `... >= 0`?", start)
        return [Comparison(*part) for part in zip(sides, relations, sides[1:], strict=False)]

    def finish(self, result: T) -> T:
        """The result, if nothing is left over."""
        token = self.next
        if token.kind == "end":
            return result
        if token.text == ")":
            raise self.misread("this ')' closes no bracket")
        if token.text in RELATIONS:
            raise self.misread(f"an expression is expected, without {token.text!r}")
        raise self.misread(f"{token.text!r} is not expected here")


def _bits(e: Expr) -> int:
    if not e.is_number:
        return 0
    return max(e.value.numerator.bit_length(), e.value.denominator.bit_length())


def parse_expression(text: str) -> Expr:
    """The expression that a text says.

    Args:
        text: in the grammar above, such as `"x*phi(x)/(1 + x^2)"`.

    Raises:
        Misread: the grammar does not read it; the message shows the place. An `InputError`.
    """
    reader = Reader(text)
    return reader.finish(reader.expression())


def parse_claim(text: str) -> tuple[Comparison, ...]:
    """The comparisons that a text claims, all of them together.

    Args:
        text: such as `"1 + x <= e^x"`, `"0 < x < 1 and y > 0"`.

    Raises:
        Misread: the grammar does not read it; the message shows the place. An `InputError`.
    """
    reader = Reader(text)
    result: list[Comparison] = []
    while True:
        result += reader.comparisons()
        if not reader.takes("and", ","):
            break
    if reader.next.text == "for":
        raise reader.misread(
            "a domain is passed apart from the claim (in a file: `claim for domain`)"
        )
    return reader.finish(tuple(result))
