"""Claims of certificates as theorems of Coq, from the paper's own definitions.

Python only guesses here: where the curve lies, how it is cut. Coq proves the generated files, on
the project's own library, which defines the paper's functions and proves what is general.
"""

from bounds.kernel.coq import Kernel, Verdict
from bounds.kernel.export import Export, export

__all__ = ["Export", "Kernel", "Verdict", "export"]
