"""Certificates of zeros: that a system of terms has exactly one zero in a box.

The proof is a Krawczyk test, which the checker repeats with derivatives that it takes by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bounds.certify.certificates.seal import sealed
from bounds.certify.inequalities.term import Term
from bounds.certify.numbers.enclosure import exact_text
from bounds.certify.roots.krawczyk import RootProof


def zero_certificate(
    names: Sequence[str], system: Sequence[Term], proof: RootProof, text: str
) -> dict[str, Any]:
    """The certificate of a proved root.

    Args:
        names: the unknowns as the system names them, in the order of the proof's box.
        system: the terms that vanish together, as many as unknowns.
        proof: the Krawczyk test that isolated the root.
        text: what the root means, for readers.
    """
    unknowns = {
        name: [exact_text(end) for end in ends] for name, ends in zip(names, proof.box, strict=True)
    }
    return sealed(
        "zero",
        {
            "unknowns": unknowns,
            "parameters": {},
            "system": [term.json() for term in system],
            "text": text,
        },
        {"bits": proof.bits},
    )
