"""ε_cr and what belongs to it as polynomials in Δ, panel by panel, with proved errors.

A table of contents: equations (the system, free of poles), panel (the polynomials of a range of
Δ), proof (that they lie within their radii of the root), build (the command that writes them),
stored (what is read back, and proved before it is used), rows (decimals from it).
"""
