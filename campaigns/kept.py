"""Every kept proof made anew, from scratch, and compared with its file.

    python -m campaigns.kept

The exit status is 1 if one differs.
"""

from __future__ import annotations

import argparse
import sys

from bounds.certify.certificates.kept import PROOFS, from_scratch, kept_proof


def main(words: list[str] | None = None) -> int:
    """Make them and print those that differ."""
    parser = argparse.ArgumentParser(prog="python -m campaigns.kept", description=__doc__)
    parser.parse_args(words)
    different = []
    for module in PROOFS:
        proof = kept_proof(module)
        with from_scratch():
            made = proof.text()
        if made != proof.path.read_text(encoding="utf-8"):
            different.append(module)
            print(f"{proof.path.name} is not what its command writes", flush=True)
    print(
        f"{len(PROOFS) - len(different)} of {len(PROOFS)} kept proofs are as their command writes"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
