"""A public benchmark for programs that decide inequalities.

The problems are facts that others stated: each has a claim, a domain, the truth and a source. The
benchmark reads the text with a reader of its own, so that it judges every solver, ours included,
by what was written and not by what one of them understood.
"""
