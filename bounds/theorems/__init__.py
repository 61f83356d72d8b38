"""The paper's theorems: as printed, repaired, and sharper."""
