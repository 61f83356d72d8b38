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

_PRIMED = re.compile(
    r"<msup>(<(mi|mn)>[^<]*</\2>|<mover[^>]*>(?:<m[io]>[^<]*</m[io]>){2}</mover>)"
    r"(?:<mi>(&#x0203[2-4];)</mi>|<mrow><mi>(&#x0203[2-4];)</mi>(<mn>[^<]*</mn>)</mrow>)</msup>"
)
"""A letter and its primes, perhaps with a power."""


def to_mathml(latex: str, display: Literal["block", "inline"] = "block") -> str | None:
    """The formula; None where the LaTeX is broken or holds something without MathML."""
    from latex2mathml.converter import convert

    try:
        told = re.sub(r"(?s)<mtext>(.*?)</mtext>", _escaped, convert(latex, display=display))
        told = _PRIMED.sub(_primed, told)
        root = ElementTree.fromstring(told)
    except Exception:  # the converter has no common base class for its errors
        return None
    return told if all(map(_sound, root.iter())) else None


def _sound(element: ElementTree.Element) -> bool:
    """Whether this is MathML with the parts that it needs, and no command left as it was."""
    name = element.tag.removeprefix(_NAMESPACE)
    complete = name in _CHILDREN and _CHILDREN[name] in (None, len(element))
    return complete and "\\" not in (element.text or "")


def _escaped(match: re.Match[str]) -> str:
    """The converter copies what stands in a text box as it is, angle brackets included."""
    return f"<mtext>{escape(unescape(match[1]), quote=False)}</mtext>"


def _primed(match: re.Match[str]) -> str:
    """Primes are raised by themselves: raised once more, they fly off."""
    letter, _, alone, before, power = match.groups()
    base = f'<mrow>{letter}<mo lspace="0em" rspace="0em">{alone or before}</mo></mrow>'
    return f"<msup>{base}{power}</msup>" if power else base
