"""Sweeps, proofs and simulations killed at random moments: what they end with is the same.

    python -m campaigns.interruptions [--rounds N] [--seed S]

Each round runs one command to its end, then once more in another folder, where it is killed (with
SIGKILL) up to four times, each time at a random moment, before it may end. Both folders must then
hold the same files, byte for byte, and a killed run must never have left an output that is not
whole. The exit status is 1 if a round ends otherwise.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = (
    "sweep --delta 1.5:8:0.01 --columns eps_cr,g -o out.csv",
    "sweep --delta 0.5:3:0.25 --columns inflections,shape -o out.json",
    "sweep --delta 1.5:9:0.01 --jobs 2 -o out.csv",
    "prove 2:2.3 -o out.json",
    "simulate --delta 2 --k 4 --c 1 --m 3000 --adversary worst-shift --reps 200 -o out.json",
    "simulate --delta 2 --k 3 --c 1 --m 2000 --reps 150 --jobs 2 -o out.json",
)


def start(words: str, folder: Path) -> subprocess.Popen[bytes]:
    """The command, running in the folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "bounds", *words.split()],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def round_of(words: str, rng: random.Random, folder: Path) -> tuple[int, str]:
    """How often the command was killed, and what went wrong, if anything did."""
    straight, broken = folder / "straight", folder / "broken"
    straight.mkdir()
    broken.mkdir()
    began = time.monotonic()
    first = start(words, straight)
    first.communicate()
    if first.returncode != 0:
        return 0, "the straight run failed"
    seconds, kills = time.monotonic() - began, 0
    for _ in range(4):
        running = start(words, broken)
        try:
            running.wait(rng.uniform(0.2, 1.0) * seconds)
            break
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()
            kills += 1
        whole = {n: data for n, data in contents(broken).items() if n in contents(straight)}
        if not whole.items() <= contents(straight).items():
            return kills, "a killed run left an output that is not whole"
    else:
        running = start(words, broken)
    _, told = running.communicate()
    if running.returncode != 0:
        return kills, f"exit code {running.returncode}: {told.decode():.200}"
    torn = {name for name in contents(broken) if name.endswith(".tmp")}
    kept = {name: data for name, data in contents(broken).items() if name not in torn}
    return kills, "" if kept == contents(straight) else f"differs: {sorted(contents(broken))}"


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.interruptions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    rng = random.Random(arguments.seed)
    killed = wrong = 0
    for number in range(arguments.rounds):
        command = COMMANDS[number % len(COMMANDS)]
        with tempfile.TemporaryDirectory() as folder:
            kills, found = round_of(command, rng, Path(folder))
        killed += kills
        if found:
            wrong += 1
            print(f"round {number}: bounds {command}: {found}", flush=True)
    print(
        f"{arguments.rounds} rounds, seed {arguments.seed}: {killed} kills,"
        f" {wrong} rounds ended otherwise than the straight run"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
