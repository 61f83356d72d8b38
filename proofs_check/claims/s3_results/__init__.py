"""Section III: both theorems, their constants and figures."""
