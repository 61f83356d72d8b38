"""The paper's theorems, each made exact where it can be."""
