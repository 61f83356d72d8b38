"""The claims that have no theorem in kernel/claims or kernel/measure, and what each would need."""

from __future__ import annotations

_WORDS = "a matter of words"
_LAW = "probability spaces: the law of the reports and of the median for many clients"

MISSING = {
    "algorithm-2-empty": _WORDS,
    "algorithm-lines": _WORDS,
    "almost-always-beneficial": _WORDS,
    "beyond-slope": f"{_LAW}; the minimax risk of every set of means",
    "discussion-better": _WORDS,
    "finite-m-lower": f"{_LAW}; van Trees' inequality",
    "helps-at-every-ratio": f"{_LAW}; mutual information and mean squared errors",
    "labels-alone": f"{_LAW}; an integral over all components",
    "large-ratios": f"{_LAW}; mutual information and mean squared errors",
    "limit-exists": _WORDS,
    "many-dimensions": f"{_LAW}; mutual information and mean squared errors of vectors",
    "most-clients-benefit": _WORDS,
    "practical-cases": _WORDS,
    "theorem-1": f"{_LAW}; the clipped median's risk for 1071 clients",
    "theorem-2": f"{_LAW}; another algorithm's risk",
    "unequal-weights": f"{_LAW}; mutual information and mean squared errors",
    "who-picks": _WORDS,
}
"""What is missing, by claim."""
