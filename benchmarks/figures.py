"""Figures from cold against Matplotlib alone on the same numbers: the table of docs/performance.md.

    python -m benchmarks.figures [NAME ...]

CPU time of whole processes, the median of interleaved runs. The peer starts Python, reads the
numbers of the figure from a file, draws each curve with Matplotlib and saves a PDF: what is left to
do when nothing is computed. Nothing of it is certified.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.growth import shown, table
from bounds.figures import FIGURES

ROUNDS = 5

PEER = """\
import json, sys
from matplotlib.figure import Figure
with open(sys.argv[1]) as file:
    series = json.load(file)["series"]
figure = Figure(figsize=(7, 3), layout="constrained")
for ax in figure.subplots(1, 2):
    for curve in series:
        known = [(eval(place), *map(float, ends)) for place, ends in curve["points"] if ends]
        ax.plot([at for at, _, _ in known], [(a + b) / 2 for _, a, b in known], label=curve["name"])
figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=2)
figure.savefig(sys.argv[2], format="pdf")
"""


def cpu(*words: str) -> float:
    """Seconds of CPU time of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def row(name: str, folder: Path) -> list[str]:
    """One figure: its time, that of its numbers alone, and that of the peer."""
    numbers, picture = str(folder / "numbers.json"), str(folder / "picture.pdf")
    command = ("-m", "bounds", "figure", name)
    runs = [
        (*command, "-o", picture),
        (*command, "--data", "-o", numbers),
        ("-c", PEER, numbers, picture),
    ]
    cpu(*runs[1])
    measured = [[cpu(*words) for words in runs] for _ in range(ROUNDS)]
    whole, alone, peer = (median(column) for column in zip(*measured, strict=True))
    return [name, shown(whole), shown(alone), shown(peer), f"{whole / peer:.1f}"]


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        rows = [row(name, Path(folder)) for name in sys.argv[1:] or FIGURES]
    table(("figure", "`bounds figure`, to PDF", "its numbers", "Matplotlib alone", "ratio"), rows)
