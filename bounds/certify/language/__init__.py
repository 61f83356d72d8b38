"""What people write: expressions, comparisons, domains and statements, as text, LaTeX and SymPy."""

from bounds.certify.language import text as text  # expressions print themselves by it
