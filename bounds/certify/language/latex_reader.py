r"""The LaTeX that papers print for inequalities, read as expressions and claims.

Read are \frac, \sqrt[3]{}, ^{} and _{}, \left( \right), |x|, \cdot, \le, \ge, \ne, the functions
that LaTeX has a command for, \operatorname{erf}, \binom, \Phi, \phi, \Gamma, \psi, \int_a^b f dt,
\sum_{n=a}^b, Greek letters and products without a sign. A letter is a variable, and `ab` is a
times b. Where papers differ (what \log 2x or \sin^{-1} x is), the text is refused with a remedy.
"""

from __future__ import annotations

import re
from fractions import Fraction

from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.expression import (
    PI,
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
    GREEK,
    MAY_BE_VARIABLES,
    can_be_variable,
    inverse,
    square_root,
)
from bounds.certify.language.grammar import MOST_LETTERS, Misread, Token

MOST_DEPTH = 100

_SPACE = (
    r"\\[,;:!> ]|~|\\(?:quad|qquad|displaystyle|textstyle|limits|bigl?|bigr|Bigl?|Bigr)(?![A-Za-z])"
)
_TOKEN = re.compile(
    rf"""
      (?P<space> \s+ | {_SPACE} | \\(?:left|right)(?=\s*[()\[\]|]) | \\(?:left|right)(?=\s*\\) )
    | (?P<number> [0-9]+ (?:\.[0-9]+)? | \.[0-9]+ )
    | (?P<command> \\[A-Za-z]+ | \\[{{}}|] )
    | (?P<letter> [A-Za-z{"".join(GREEK)}] )
    | (?P<sign> [-+*/^_(){{}}\[\]|,<>=≤≥≠−·×] )
    """,
    re.VERBOSE,
)
_RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("<", r"\lt"), "<"),
    **dict.fromkeys(("≤", r"\le", r"\leq", r"\leqslant"), "<="),
    **dict.fromkeys((">", r"\gt"), ">"),
    **dict.fromkeys(("≥", r"\ge", r"\geq", r"\geqslant"), ">="),
    "=": "=",
    **dict.fromkeys(("≠", r"\ne", r"\neq"), "!="),
}
_TIMES = ("*", "·", "×", r"\cdot", r"\times")
_FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
_BRACKETS = {"(": ")", "[": "]", r"\{": r"\}", r"\lfloor": r"\rfloor"}
_BARS = ("|", r"\lvert", r"\rvert", r"\vert", r"\|")
_UPRIGHT = (r"\operatorname", r"\mathrm", r"\text", r"\textrm", r"\mathop")
_NAMES = {
    "varphi": "phi",
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varrho": "rho",
    "varsigma": "sigma",
}
_COMMANDS = """
    exp log ln sin cos tan sec csc cot arcsin arccos arctan sinh cosh tanh coth min max
"""
_FUNCTIONS = frozenset(_COMMANDS.split())
_CALLED = {
    "W": "lambertw",
    "P": "gammap",
    "Q": "gammaq",
    "B": "beta",
    "Gamma": "gamma",
    "psi": "digamma",
}


def from_latex(text: str) -> Expr:
    """The expression that LaTeX says.

    Args:
        text: with or without dollar signs around it.

    Raises:
        Misread: it is not read; the message shows the place. An `InputError`.
    """
    reader = _LatexReader(text)
    return reader.finish(reader.sum())


def claim_from_latex(text: str) -> tuple[Comparison, ...]:
    """The comparisons that LaTeX claims; see `from_latex`."""
    reader = _LatexReader(text)
    result: list[Comparison] = []
    while True:
        sides, relations = [reader.sum()], []
        while reader.next.text in _RELATIONS:
            relations.append(_RELATIONS[reader.take().text])
            sides.append(reader.sum())
        if not relations:
            raise reader.misread("a claim compares two sides: is a relation such as \\le missing?")
        result += [Comparison(*part) for part in zip(sides, relations, sides[1:], strict=False)]
        if not reader.joins():
            reader.finish(sides[0])
            return tuple(result)


class _LatexReader:
    """LaTeX, and how far it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self.scan(text))
        self.position = 0
        self.depth = 0
        self.in_bars = 0
        self.integrals = 0

    def scan(self, text: str) -> list[Token]:
        """The words, without space and without what begins and ends a formula."""
        if len(text) > MOST_LETTERS:
            raise Misread(text, 0, f"the text is longer than {MOST_LETTERS} characters")
        result = []
        at = 0
        while at < len(text):
            if text[at] == "$" or text.startswith((r"\(", r"\)", r"\[", r"\]"), at):
                at += 1 if text[at] == "$" else 2
                continue
            match = _TOKEN.match(text, at)
            if match is None:
                raise Misread(text, at, f"{text[at]!r} is not read in LaTeX here")
            if match.lastgroup != "space":
                result.append(Token(str(match.lastgroup), match.group(), at))
            at = match.end()
        return [*result, Token("end", "", len(text.rstrip()))]

    @property
    def next(self) -> Token:
        return self.tokens[self.position]

    def take(self) -> Token:
        token = self.next
        self.position += token.kind != "end"
        return token

    def takes(self, *words: str) -> bool:
        if self.next.text in words:
            self.take()
            return True
        return False

    def misread(self, message: str, token: Token | None = None) -> Misread:
        return Misread(self.text, (token or self.next).at, message)

    def expect(self, word: str, opened: Token) -> None:
        if not self.takes(word):
            raise self.misread(f"{opened.text!r} is not closed: {word!r} is missing", opened)

    def finish(self, result: Expr) -> Expr:
        if self.next.kind != "end":
            raise self.misread(f"{self.next.text!r} is not read here")
        return result

    def joins(self) -> bool:
        """Whether a comma or the word "and" follows, and a further comparison after it."""
        start = self.position
        joined = self.takes(",", r"\wedge", r"\land")
        if self.next.text in _UPRIGHT:
            self.take()
            if self.group_word() != "and":
                self.position = start
                return False
            joined = True
        return joined

    # -- sums, products, powers ------------------------------------------------------------------

    def sum(self) -> Expr:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.misread(f"brackets are nested more than {MOST_DEPTH} deep")
        terms = []
        sign = self.sign()
        while True:
            term = self.product()
            terms.append(-term if sign < 0 else term)
            if self.next.text not in ("+", "-", "−"):
                break
            sign = self.sign()
        self.depth -= 1
        return add(*terms)

    def sign(self) -> int:
        result = 1
        while self.next.text in ("+", "-", "−"):
            result = -result if self.take().text != "+" else result
        return result

    def product(self) -> Expr:
        factors = [self.power()]
        while True:
            if self.takes(*_TIMES):
                sign = self.sign()
                factor = self.power()
                factors.append(-factor if sign < 0 else factor)
            elif self.takes("/", r"\div"):
                factors.append(inverse(self.power()))
                if self.begins_factor():
                    raise self.misread("a/b c has two readings: use \\frac or brackets")
            elif self.begins_factor():
                if self.next.kind == "number":
                    raise self.misread("a number after a factor needs its sign: write \\cdot")
                factors.append(self.power())
            else:
                return multiply(*factors)

    def begins_factor(self) -> bool:
        token = self.next
        if self.at_differential(self.integrals):
            return False
        if token.kind in ("number", "letter"):
            return True
        if token.text in _BARS:
            return not self.in_bars and token.text != r"\rvert"
        if token.kind == "command":
            if token.text in _UPRIGHT and self.word_ahead() == "and":
                return False
            known = token.text in _RELATIONS or token.text in _TIMES or token.text == r"\div"
            closes = token.text in (r"\}", r"\rfloor", r"\wedge", r"\land")
            return not known and not closes
        return token.text in ("(", "[", "{")

    def word_ahead(self) -> str:
        start = self.position
        self.take()
        word = self.group_word()
        self.position = start
        return word

    def power(self) -> Expr:
        start = self.next
        base = self.atom()
        if self.next.text != "^":
            return base
        self.take()
        exponent = self.script()
        if start.text in ("e", r"\mathrm") and base.head == "e":
            return call("exp", exponent)
        if self.next.text == "^":
            raise self.misread("a^b^c has two readings: use braces")
        return raise_to(base, exponent)

    def script(self) -> Expr:
        """What follows ^: a group in braces, or one letter, digit or command."""
        if self.next.text == "{":
            return self.group()
        token = self.next
        if token.kind == "number" and len(token.text) > 1:
            raise self.misread("write an exponent of several digits in braces: ^{10}")
        return self.atom()

    def group(self) -> Expr:
        """An expression in braces."""
        opened = self.take()
        if opened.text != "{":
            raise self.misread("a group in braces is missing", opened)
        outside, self.in_bars = self.in_bars, 0
        result = self.sum()
        self.expect("}", opened)
        self.in_bars = outside
        return result

    def group_word(self) -> str:
        """The letters of a group in braces, such as {erf}."""
        opened = self.take()
        if opened.text != "{":
            raise self.misread("a name in braces is missing", opened)
        word = ""
        while self.next.kind in ("letter", "number"):
            word += self.take().text
        self.expect("}", opened)
        return word

    # -- atoms -----------------------------------------------------------------------------------

    def atom(self) -> Expr:
        token = self.take()
        if token.kind == "number":
            return number(Fraction(token.text))
        if token.text in _BRACKETS:
            return self.bracket(token)
        if token.text in _BARS:
            self.in_bars += 1
            result = self.sum()
            if not self.takes(*_BARS):
                raise self.misread("the bar | is not closed", token)
            self.in_bars -= 1
            return call("abs", result)
        if token.text == "{":
            self.position -= 1
            return self.group()
        if token.text in _FRACTIONS:
            top, bottom = self.argument(), self.argument()
            return multiply(top, inverse(bottom))
        if token.text in (r"\binom", r"\dbinom", r"\tbinom"):
            return call("binomial", self.argument(), self.argument())
        if token.text == r"\sqrt":
            return self.root()
        if token.text in _UPRIGHT:
            return self.upright(token)
        if token.kind == "letter":
            return self.letter(token, GREEK.get(token.text, token.text))
        if token.kind == "command":
            return self.command(token)
        if token.kind == "end":
            raise self.misread(
                "the text ends where a number, a letter or a group is missing", token
            )
        raise self.misread(f"a number, a letter or a group is missing before {token.text!r}", token)

    def bracket(self, opened: Token) -> Expr:
        outside, self.in_bars = self.in_bars, 0
        result = self.sum()
        self.expect(_BRACKETS[opened.text], opened)
        self.in_bars = outside
        return call("floor", result) if opened.text == r"\lfloor" else result

    def argument(self) -> Expr:
        r"""An argument of \frac: a group, or one digit or letter."""
        if self.next.text == "{":
            return self.group()
        token = self.next
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
            digit = token._replace(text=token.text[0])
            rest = token._replace(text=token.text[1:], at=token.at + 1)
            self.tokens[self.position : self.position + 1] = [digit, rest]
        return self.atom()

    def root(self) -> Expr:
        opened = self.next
        if not self.takes("["):
            return square_root(self.argument())
        order = self.sum()
        self.expect("]", opened)
        inner = self.argument()
        if order == number(3):
            return call("cbrt", inner)
        return raise_to(inner, inverse(order))

    def upright(self, token: Token) -> Expr:
        """An upright word: a function if a bracket follows, a constant, or a variable."""
        word = self.group_word()
        if word == "e":
            return Expr("e")
        name = _CALLED.get(word, word)
        if name in ARITIES or name in ABBREVIATIONS:
            return self.function(name, token)
        return self.letter(token, word)

    def letter(self, token: Token, name: str) -> Expr:
        """A variable with its index; e, π; φ, Φ, Γ, ψ, ζ and β if a bracket follows."""
        if name == "e":
            return Expr("e")
        if name == "pi":
            return PI
        if self.takes("_"):
            name += f"_{self.index()}"
        elif name in MAY_BE_VARIABLES - {"W"} and token.text != name:
            power = self.next.text == "^" and self.tokens[self.position + 1].text == "{"
            if self.next.text in ("(", "[") or (power and self.called_after_power()):
                return self.function(_CALLED.get(name, name), token)
        if not can_be_variable(name):
            raise self.misread(f"{name!r} cannot be the name of a variable", token)
        return variable(name)

    def called_after_power(self) -> bool:
        r"""Whether a bracket follows the power, as in \Phi^{-1}(p)."""
        at = self.position + 2
        while self.tokens[at].kind != "end" and self.tokens[at].text != "}":
            at += 1
        return self.tokens[min(at + 1, len(self.tokens) - 1)].text == "("

    def index(self) -> str:
        token = self.next
        if token.text != "{":
            self.take()
            if token.kind == "letter" or (token.kind == "number" and len(token.text) == 1):
                return GREEK.get(token.text, token.text)
            if token.kind == "command":
                return token.text[1:]
            raise self.misread("an index is a letter, a digit or a group in braces", token)
        start = self.position
        self.take()
        words = []
        while self.next.text != "}" and self.next.kind != "end":
            part = self.take()
            if part.text in (*_UPRIGHT, "{", ","):
                continue
            if part.kind not in ("letter", "number", "command"):
                raise self.misread("an index is made of letters and digits", part)
            words.append(GREEK.get(part.text, part.text.lstrip("\\")))
        while self.takes("}"):
            if self.position - start > 12:
                break
        return "".join(words)

    def command(self, token: Token) -> Expr:
        name = _NAMES.get(token.text[1:], token.text[1:])
        if name == "log" and self.next.text == "_":
            return self.logarithm(token)
        if name in _FUNCTIONS:
            return self.function(name, token)
        if name in GREEK.values():
            return self.letter(token, name)
        if name == "infty":
            raise self.misread("infinity is no number: it can only be an end of a domain", token)
        if name == "int":
            return self.integral(token)
        if name == "sum":
            return self.summation(token)
        if name == "prod":
            raise self.misread(f"{token.text} is not read: write the sum of logarithms", token)
        from difflib import get_close_matches

        known = [*_FUNCTIONS, *GREEK.values(), "frac", "sqrt", "cdot", "le", "ge", "left", "right"]
        near = get_close_matches(name, known, 1)
        raise self.misread(
            f"{token.text} is not read" + (f": did you mean \\{near[0]}?" if near else ""), token
        )

    def integral(self, token: Token) -> Expr:
        r"""\int_a^b f \,dt, its integrand up to the differential."""
        ends: dict[str, Expr] = {}
        while self.next.text in ("_", "^") and self.next.text not in ends:
            sign = self.take().text
            ends[sign] = self.script()
        if len(ends) < 2:
            raise self.misread(r"an integral needs both of its ends: \int_{a}^{b}", token)
        self.integrals += 1
        body = self.sum()
        self.integrals -= 1
        if not self.at_differential(self.integrals + 1):
            raise self.misread("the integrand ends with its differential, such as dt", token)
        if self.take().text in _UPRIGHT:
            self.group_word()
        bound = self.atom()
        if bound.head != "variable" or self.next.text == "^":
            raise self.misread("an integral runs over a variable, such as t in dt", token)
        return call("integral", body, bound, ends["_"], ends["^"])

    def at_differential(self, integrals: int) -> bool:
        """Whether the differential of an integral that is open comes next."""
        if not integrals:
            return False
        if self.next.text in _UPRIGHT:
            return self.word_ahead() == "d"
        return self.next.text == "d" and self.tokens[self.position + 1].kind in (
            "letter",
            "command",
        )

    def summation(self, token: Token) -> Expr:
        r"""\sum_{n=a}^{b} and the product after it."""
        if not (self.takes("_") and self.takes("{")):
            raise self.misread(r"a sum says what it runs over: \sum_{n=a}^{b}", token)
        bound = self.atom()
        if bound.head != "variable" or not self.takes("="):
            raise self.misread(r"a sum says what it runs over: \sum_{n=a}^{b}", token)
        low = self.sum()
        self.expect("}", token)
        if not self.takes("^"):
            raise self.misread(r"a sum needs its last index: \sum_{n=a}^{b}", token)
        high = self.script()
        return call("sum", self.product(), bound, low, high)

    def logarithm(self, token: Token) -> Expr:
        self.take()
        base = self.script()
        return multiply(self.function("log", token), inverse(call("log", base)))

    def function(self, name: str, token: Token) -> Expr:
        """A function with its argument: in brackets, or one factor without them."""
        exponent = None
        if self.takes("^"):
            exponent = self.script()
            if exponent == number(-1):
                if name != "Phi":
                    raise self.misread(
                        f"{token.text}^{{-1}} has two readings: name the inverse", token
                    )
                name, exponent = "quantile", None
        result = self.applied(name, self.arguments(token), token)
        return result if exponent is None else raise_to(result, exponent)

    def arguments(self, token: Token) -> list[Expr]:
        if self.next.text in ("(", "[", r"\{"):
            opened = self.take()
            outside, self.in_bars = self.in_bars, 0
            found = [self.sum()]
            while self.takes(","):
                found.append(self.sum())
            self.expect(_BRACKETS[opened.text], opened)
            self.in_bars = outside
            return found
        if not self.begins_factor():
            raise self.misread(f"{token.text} has no argument", token)
        argument = self.power()
        following = self.next
        if following.kind in ("number", "letter") or (
            following.kind == "command"
            and following.text[1:] in GREEK.values()
            and self.begins_factor()
        ):
            raise self.misread(f"{token.text} of a product has two readings: use brackets", token)
        return [argument]

    def applied(self, name: str, arguments: list[Expr], token: Token) -> Expr:
        few, many = ARITIES.get(name, (1, 1))
        if not few <= len(arguments) <= many:
            raise self.misread(f"{name} takes {few} arguments, not {len(arguments)}", token)
        if name in ABBREVIATIONS:
            return ABBREVIATIONS[name](arguments[0])
        return call(name, *arguments)
