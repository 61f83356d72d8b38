"""The graph of claims: every arrow is there, and each claim stands below what rests on it."""

import json
import re
from itertools import combinations
from xml.etree import ElementTree

from fake_claims import PAPER, every_verdict, fake, outcome

from proofs_check.audit.report.claim_graph import Places, _layers, as_dot, as_svg, as_walk, users_of

OUTCOMES = every_verdict()


def test_users_are_the_premises_read_backwards() -> None:
    users = users_of(OUTCOMES)
    for each in OUTCOMES:
        for below in each.claim.rests_on:
            assert each.claim.id in users[below]
    assert sum(map(len, users.values())) == sum(len(o.claim.rests_on) for o in OUTCOMES)


def test_each_claim_stands_below_all_that_rest_on_it() -> None:
    rests_on = {"a": ["b", "c"], "b": ["c"], "c": [], "d": ["c"], "e": []}
    layer = {name: number for number, names in enumerate(_layers(rests_on)) for name in names}
    assert sorted(layer) == sorted(rests_on)
    assert all(layer[a] < layer[b] for a, below in rests_on.items() for b in below)


def test_a_circle_does_not_hang() -> None:
    assert sorted(name for names in _layers({"a": ["b"], "b": ["a"]}) for name in names) == [
        "a",
        "b",
    ]


def test_dot_has_every_claim_and_arrow() -> None:
    dot = as_dot(OUTCOMES, PAPER)
    assert dot.count(" -> ") == 5
    assert re.findall(r'^  "([a-z0-9-]+)" \[', dot, re.MULTILINE) == [o.claim.id for o in OUTCOMES]


def test_the_picture_is_sound_and_links_each_claim() -> None:
    root = ElementTree.fromstring(as_svg(OUTCOMES, PAPER, alone=True))
    links = [node.get("href") for node in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links == [f"#{o.claim.id}" for o in OUTCOMES]
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 5


def test_the_walk_says_what_each_claim_rests_on_and_where_to_read_on() -> None:
    places = Places("{}.html".format, "{}.html#code".format, "{}.html#kernel".format)
    page = "\n".join(as_walk(OUTCOMES, PAPER, places))
    lines = set(re.findall(r'data-from="([a-z0-9-]+)" data-to="([a-z0-9-]+)"', page))
    assert lines == {(o.claim.id, below) for o in OUTCOMES for below in o.claim.rests_on}
    data = json.loads(re.findall(r'<script type="application/json">(.*?)</script>', page)[0])
    assert set(data) == {o.claim.id for o in OUTCOMES}
    for name, told in data.items():
        assert (told["href"], told["code"]) == (f"{name}.html", ["the check", f"{name}.html#code"])


def test_the_picture_is_no_wider_than_a_page_and_no_claim_hides_another() -> None:
    outcomes = [outcome(fake(f"top-{n}", rests_on=("below",))) for n in range(12)]
    outcomes.append(outcome(fake("below")))
    root = ElementTree.fromstring(as_svg(outcomes, PAPER, alone=True))
    assert float(root.get("width", "inf")) <= 800
    boxes = [
        (float(box.get("x", 0)), float(box.get("y", 0)))
        for box in root.iter("{http://www.w3.org/2000/svg}rect")
        if box.get("rx")
    ]
    assert len(boxes) == 13
    assert all(abs(x - u) >= 150 or abs(y - v) >= 20 for (x, y), (u, v) in combinations(boxes, 2))


def test_a_short_chain_is_as_narrow_as_a_phone() -> None:
    outcomes = [outcome(fake("above", rests_on=("below",))), outcome(fake("below"))]
    root = ElementTree.fromstring(as_svg(outcomes, PAPER, alone=True))
    assert float(root.get("width", "inf")) <= 250


def test_without_arrows_there_is_no_picture() -> None:
    assert as_svg([outcome(fake("alone"))], PAPER) == ""
