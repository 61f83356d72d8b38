"""The engine, which knows no paper: numbers, roots, inequalities, certificates, their checker."""
