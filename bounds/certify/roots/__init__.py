"""Roots with proof of existence and uniqueness."""
