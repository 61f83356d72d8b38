"""An audit of the Gaussian mechanism of differential privacy: a second paper, the same engine."""
