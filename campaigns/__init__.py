"""Long runs that look for failures: three engines against each other, mutants, fuzzing."""
