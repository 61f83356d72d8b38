"""From a certificate to a Coq file that states its claim and proves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import bounds.checker  # noqa: F401  (registers the kinds of certificates)
from bounds.certify.checker.document import read_document
from bounds.certify.checker.kinds import read_claim
from bounds.certify.checker.proof import ProofClaim
from bounds.certify.checker.sign import SignClaim
from bounds.certify.checker.zero import ZeroClaim
from bounds.certify.errors import Inconclusive
from bounds.checker.eps_cr import CriticalClaim
from bounds.checker.root import RootClaim
from bounds.checker.shape import ShapeClaim
from bounds.kernel.decided import decided_file
from bounds.kernel.inequality import rises, sign_file, zero_file
from bounds.kernel.root import critical_file, root_file
from bounds.kernel.shape import shape_file

_TURNED = ("concave", "convex", "concave")


@dataclass(frozen=True, slots=True)
class Export:
    """A Coq file, the theorem at its end, and what that says in words.

    Attributes:
        text: the file.
        theorem: its last theorem's name.
        says: that theorem in words.
        other: another file with a theorem of the same statement, where the first is not accepted.
    """

    text: str
    theorem: str
    says: str
    other: str | None = None


def export(path: Path) -> Export:
    """The Coq file of a certificate.

    Args:
        path: a certificate: its hash and its fields are verified, its evidence is not used.

    Raises:
        Rejected: it is no certificate, or was altered.
        Inconclusive: the kernel's library does not reach such a claim, or no proof was found.
    """
    document, _ = read_document(path)
    kind, claim = read_claim(document)
    if isinstance(claim, ShapeClaim):
        return _shape(claim)
    if isinstance(claim, RootClaim):
        return _root(claim)
    if isinstance(claim, CriticalClaim):
        return _critical(claim)
    if isinstance(claim, SignClaim):
        return Export(sign_file(claim), "sign", kind.told(claim))
    if isinstance(claim, ZeroClaim):
        return Export(zero_file(claim, rises(claim)), "zero", kind.told(claim))
    if isinstance(claim, ProofClaim):
        other = decided_file(claim, by_rules=False)
        return Export(decided_file(claim), "statement", kind.told(claim), other)
    raise Inconclusive(f"the kernel's library does not reach this claim: {kind.told(claim)}")


def _shape(claim: ShapeClaim) -> Export:
    _require_turned(claim)
    low, high = map(_fraction, claim.delta)
    where = f"Delta = {low}" if low == high else f"every Delta in [{low}, {high}]"
    says = f"for {where}, the loss is {', '.join(_TURNED)} on (0, eps_max)"
    return Export(shape_file(low, high), "shape", says)


def _root(claim: RootClaim) -> Export:
    delta, (low, high) = _fraction(claim.delta), map(_fraction, claim.eps)
    says = f"for Delta = {delta}, the loss turns from {claim.turn} once, {_between(low, high)}"
    back = claim.turn == "convex to concave"
    return Export(root_file(delta, low, high, back=back), "root", says)


def _critical(claim: CriticalClaim) -> Export:
    _require_turned(claim.shape)
    delta, (low, high) = _fraction(claim.root.delta), map(_fraction, claim.root.eps)
    says = (
        f"for Delta = {delta}, the loss is {', '.join(_TURNED)} on (0, eps_max),"
        f" and eps_cr, its first turn, lies {_between(low, high)}"
    )
    return Export(critical_file(delta, low, high), "critical", says)


def _require_turned(claim: ShapeClaim) -> None:
    if claim.shape != _TURNED:
        raise Inconclusive(f"the kernel's library knows only the shape {', '.join(_TURNED)}")


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))


def _between(low: Fraction, high: Fraction) -> str:
    return f"between {_decimal(low)} and {_decimal(high)}"


def _decimal(value: Fraction) -> str:
    """The decimal that a certificate wrote, or a fraction where it is none."""
    places = 0
    while (value * 10**places).denominator != 1:
        if (places := places + 1) > 2_000:
            return str(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return (
        f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else digits
    )
