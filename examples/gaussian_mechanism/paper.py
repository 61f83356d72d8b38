"""What the audit needs to know of its texts on the Gaussian mechanism.

DR: C. Dwork and A. Roth, The algorithmic foundations of differential privacy, 2014, Appendix A.
BW: B. Balle and Y.-X. Wang, Improving the Gaussian mechanism for differential privacy, ICML 2018.
"""

from __future__ import annotations

from pathlib import Path

from proofs_check.audit.paper import Audit
from proofs_check.audit.report.symbols import Notation

PAPER = Audit(
    module=__name__,
    title="The Gaussian mechanism: the classical choice of sigma against the exact condition",
    claims="gaussian_mechanism.claims",
    sections={"BW": "Balle and Wang: the exact condition", "DR": "Dwork and Roth: Appendix A"},
    record=Path(__file__).parent / "recorded.json",
    notation=Notation(functions={"spent": "δ"}),
    command="bounds audit examples/gaussian_mechanism",
)
