"""Numbers with their proof: values, maxima, roots, tables, sharp constants and integrals.

What is searched for is found by floats and balls. What is printed is enclosed by balls, or is a
statement that the decider proves and the independent checker replays; each result says which.
"""
