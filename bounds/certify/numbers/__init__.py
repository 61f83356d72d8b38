"""Rigorous numerics: precision, enclosures, roots with proof."""
