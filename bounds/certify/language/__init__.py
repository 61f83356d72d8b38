"""What people write: expressions, comparisons, domains and statements, as text, LaTeX and SymPy."""
