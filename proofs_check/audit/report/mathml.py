"""LaTeX as MathML, which browsers typeset without help."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Literal
from xml.etree import ElementTree

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_ANY = "math menclose mi mn mo mpadded mphantom mrow mspace msqrt mstyle mtable mtd mtext mtr"
_TWO, _THREE = "mfrac mover mroot msub msup munder", "msubsup munderover"
_CHILDREN: dict[str, int | None] = {
    **dict.fromkeys(_ANY.split()),
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_THREE.split(), 3),
}


def to_mathml(latex: str, display: Literal["block", "inline"] = "block") -> str | None:
    """The formula; None where the LaTeX is broken or holds something without MathML."""
    root = _tree(latex, display)
    return None if root is None else _written(root)


_RELATIONS = frozenset("=≤≥<>≈≪≫∈⇒⟹⟺→≔")
_SIGNS = frozenset("+−-")
_LONG = 60  # signs of a formula from which on it is broken at sums and brackets, too
_OPENING, _CLOSING = frozenset("([{⟨"), frozenset(")]}⟩")


def to_pieces(latex: str) -> list[str] | None:
    """The formula in pieces between which a line may be broken: before relations, and at spaces.

    A long one may be broken before signs and long brackets, too. The pieces together are the
    formula. None where `to_mathml` has none.
    """
    root = _tree(latex, "inline")
    if root is None:
        return None
    row = root[0] if len(root) == 1 and root[0].tag == f"{_NAMESPACE}mrow" else root
    long = len("".join(root.itertext())) >= _LONG
    pieces: list[list[ElementTree.Element]] = [[]]
    depth = 0
    for element in row:
        text = (element.text or "").strip()
        cut = element.tag == f"{_NAMESPACE}mo" and text in _RELATIONS
        if long and not cut:
            cut = text in _SIGNS or _is_long_bracket(element)
        space = element.tag == f"{_NAMESPACE}mspace"
        if depth == 0 and pieces[-1] and (cut or space):
            pieces.append([])
        every = "".join(element.itertext())  # the bracket of ")²" is inside
        depth += sum(map(every.count, _OPENING)) - sum(map(every.count, _CLOSING))
        if not space:
            pieces[-1].append(element)
    return [_piece(root, parts) for parts in pieces if parts]


def _is_long_bracket(element: ElementTree.Element) -> bool:
    """Whether this is an expression in brackets that is long by itself."""
    told = "".join(element.itertext()).strip()
    return element.tag == f"{_NAMESPACE}mrow" and told[:1] in _OPENING and len(told) >= _LONG // 2


def _piece(root: ElementTree.Element, parts: list[ElementTree.Element]) -> str:
    math = ElementTree.Element(root.tag, {**root.attrib, "displaystyle": "true"})
    ElementTree.SubElement(math, f"{_NAMESPACE}mrow").extend(parts)
    return _written(math)


def _written(root: ElementTree.Element) -> str:
    ElementTree.register_namespace("", _NAMESPACE.strip("{}"))
    return ElementTree.tostring(root, encoding="unicode")


def _tree(latex: str, display: Literal["block", "inline"]) -> ElementTree.Element | None:
    from latex2mathml.converter import convert

    try:
        told = re.sub(r"(?s)<mtext>(.*?)</mtext>", _escaped, convert(latex, display=display))
        root = ElementTree.fromstring(told)
    except Exception:  # the converter has no common base class for its errors
        return None
    if not all(map(_sound, root.iter())):
        return None
    _lower_primes(root)
    _join_indices(root)
    _put_below(root)
    _grow_brackets(root)
    return root


_PRIMES = ("\u2032", "\u2033", "\u2034")


def _lower_primes(root: ElementTree.Element) -> None:
    """Set primes beside their letter: as superscripts, most fonts raise them a second time."""
    for element in root.iter():
        for place, child in enumerate(list(element)):
            if child.tag.removeprefix(_NAMESPACE) in ("msup", "msubsup"):
                element[place] = _beside(child)


def _beside(script: ElementTree.Element) -> ElementTree.Element:
    """The same with a leading prime of the exponent taken to the base; itself if there is none."""
    raised = script[-1]
    parts = list(raised) if raised.tag == f"{_NAMESPACE}mrow" else [raised]
    if not parts or parts[0].text not in _PRIMES:
        return script
    base = script[0]
    if len(script) == 3:  # the index stays below
        base = ElementTree.Element(f"{_NAMESPACE}msub")
        base.extend([script[0], script[1]])
    primed = ElementTree.Element(f"{_NAMESPACE}mrow")
    prime = ElementTree.SubElement(primed, f"{_NAMESPACE}mo", lspace="0", rspace="0")
    prime.text = parts[0].text
    primed.insert(0, base)
    if len(parts) == 1:
        return primed
    power = ElementTree.Element(f"{_NAMESPACE}msup")
    rest = ElementTree.Element(f"{_NAMESPACE}mrow")
    rest.extend(parts[1:])
    power.extend([primed, rest])
    return power


def _join_indices(root: ElementTree.Element) -> None:
    """Set an index of several letters, as in ε_cr, as one upright word."""
    for script in root.iter():
        if script.tag.removeprefix(_NAMESPACE) not in ("msub", "msubsup"):
            continue
        letters = list(script[1])
        if len(letters) > 1 and all(each.tag == f"{_NAMESPACE}mi" for each in letters):
            word = ElementTree.Element(f"{_NAMESPACE}mi")
            word.text = "".join(each.text or "" for each in letters)
            script[1] = word


_OVER_A_RANGE = frozenset(("max", "min", "lim", "sup", "inf"))


def _put_below(root: ElementTree.Element) -> None:
    """Set the range of a maximum or a limit below it, where the formula has the room."""
    for script in root.iter(f"{_NAMESPACE}msub"):
        if script[0].tag == f"{_NAMESPACE}mo" and (script[0].text or "").strip() in _OVER_A_RANGE:
            script.tag = f"{_NAMESPACE}munder"
            script[0].set("movablelimits", "true")  # in a line of text it stays an index


_TALL = tuple(f"{_NAMESPACE}{tag}" for tag in ("mfrac", "mtable"))


def _grow_brackets(root: ElementTree.Element) -> None:
    """Let round brackets around a fraction grow with it: the converter holds them small."""
    for row in list(root.iter()):
        opened: list[int] = []
        place = 0
        while place < len(row):
            text = row[place].text if row[place].tag == f"{_NAMESPACE}mo" else ""
            if text == "(":
                opened.append(place)
            elif text == ")" and opened:
                start = opened.pop()
                inner = row[start : place + 1]
                if any(part.tag in _TALL for each in inner for part in each.iter()):
                    inner[0].set("stretchy", "true")
                    inner[-1].set("stretchy", "true")
                    group = ElementTree.Element(f"{_NAMESPACE}mrow")
                    group.extend(inner)
                    row[start : place + 1] = [group]
                    place = start
            place += 1


def _sound(element: ElementTree.Element) -> bool:
    """Whether this is MathML with the parts that it needs, and no command left as it was."""
    name = element.tag.removeprefix(_NAMESPACE)
    complete = name in _CHILDREN and _CHILDREN[name] in (None, len(element))
    return complete and "\\" not in (element.text or "")


def _escaped(match: re.Match[str]) -> str:
    """The converter copies what stands in a text box as it is, angle brackets included."""
    return f"<mtext>{escape(unescape(match[1]), quote=False)}</mtext>"
