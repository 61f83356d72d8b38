"""Certificates: proofs as JSON, sealed."""
