import re

import pytest
from certificate_builder import at, leaves, replaced, sealed, shape_certificate

from bounds.certify.checker.number import read_number
from bounds.checker import check

SHAPES = {
    "0.5": ["concave"],
    "1.2": ["concave", "convex", "concave", "convex", "concave"],
    "1.5": ["concave", "convex", "concave"],
    "3": ["concave", "convex", "concave"],
    "8": ["concave", "convex", "concave"],
    "20": ["concave", "convex", "concave"],
    "40": ["concave", "convex", "concave"],
}


def slice_of(certificate, number=0):
    return certificate["evidence"]["slices"][number]


def rejected(certificate):
    verdict = check(sealed(certificate))
    assert verdict.reason
    return verdict.accepted is False


@pytest.mark.heavy
@pytest.mark.parametrize("delta", SHAPES)
def test_shapes_are_proved(delta):
    certificate = shape_certificate(delta)
    assert certificate["statement"]["shape"] == SHAPES[delta]
    verdict = check(certificate)
    assert verdict.accepted, verdict
    assert ", ".join(SHAPES[delta]) in verdict.reason


def test_a_range_of_delta_is_proved():
    verdict = check(shape_certificate("2", "2.01"))
    assert verdict.accepted, verdict
    assert "every Delta from 2 to 201/100" in verdict.reason


@pytest.mark.heavy
def test_neighbouring_slices_are_proved():
    assert check(shape_certificate("3", "3.005", "3.01")).accepted


@pytest.mark.parametrize("ends", [("1.2",), ("3",), ("40",)])
def test_long_pieces_are_cut(ends):
    certificate = shape_certificate(*ends)
    part = slice_of(certificate)
    longer = []
    for low, high, mark in part["pieces"]:
        if longer and longer[-1][2] == mark:
            longer[-1][1] = high
        else:
            longer.append([low, high, mark])
    part["pieces"] = longer
    verdict = check(sealed(certificate))
    assert verdict.accepted, verdict


def test_a_wide_slice_is_cut():
    certificate = shape_certificate("3", "3.01")
    part = slice_of(certificate)
    first, second = part["pieces"][:2]
    assert first[2] == second[2]
    part["pieces"][:2] = [[first[0], second[1], first[2]]]
    assert check(sealed(certificate)).accepted


def altered(value):
    """Other values of the same type, as near as can be."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, -value]
    changes = [value + "0", value[:-1], "-" + value]
    if digits := re.search(r"\d", value):
        place = digits.start()
        changes.append(value[:place] + str((int(value[place]) + 1) % 10) + value[place + 1 :])
    return changes


def test_every_alteration_breaks_the_hash():
    certificate = shape_certificate("1.2")
    for path in leaves(certificate):
        for value in altered(at(certificate, path)):
            verdict = check(replaced(certificate, path, value))
            assert not verdict.accepted
            assert "sha256" in verdict.reason or "schema" in verdict.reason
    for path in [
        ("statement", "shape"),
        *[("evidence", "slices", 0, n) for n in ("pieces", "crossings")],
    ]:
        items = at(certificate, path)
        for i in range(len(items)):
            verdict = check(replaced(certificate, path, items[:i] + items[i + 1 :]))
            assert not verdict.accepted
            assert "sha256" in verdict.reason


@pytest.mark.parametrize(
    "shape",
    [[], ["concave"], ["convex"], ["concave", "convex"], ["concave", "concave", "concave"],
     ["convex", "concave", "convex"], ["concave", "convex", "concave", "convex", "concave"]],
)  # fmt: skip
def test_another_shape(shape):
    assert rejected(replaced(shape_certificate("3"), ("statement", "shape"), shape))


def test_another_delta():
    for delta in (["3", "3.1"], ["2.9", "3"], ["2.9", "2.9"], ["4", "4"], ["3.1", "3"]):
        assert rejected(replaced(shape_certificate("3"), ("statement", "delta"), delta))


@pytest.mark.parametrize("delta", ["1/2", "1", "6/5", "4"])
def test_the_evidence_for_one_delta_is_none_for_another(delta):
    certificate = replaced(shape_certificate("3"), ("statement", "delta"), [delta, delta])
    slice_of(certificate)["delta"] = [delta, delta]
    assert rejected(certificate)


@pytest.mark.parametrize("index", [0, 1])
def test_another_direction_of_a_crossing(index):
    path = ("evidence", "slices", 0, "crossings", index, "to_convex")
    certificate = shape_certificate("3")
    assert rejected(replaced(certificate, path, not at(certificate, path)))


def test_other_crossings():
    certificate = shape_certificate("3")
    crossings = slice_of(certificate)["crossings"]
    for other in ([], crossings[:1], crossings[1:], crossings[::-1], crossings * 2):
        assert rejected(replaced(certificate, ("evidence", "slices", 0, "crossings"), other))
    for end in ("low", "high"):
        for value in ("1", crossings[1][end], "0.25"):
            path = ("evidence", "slices", 0, "crossings", 0, end)
            assert rejected(replaced(certificate, path, value))


def test_every_flipped_mark():
    certificate = shape_certificate("3")
    flips = {"+": "-", "-": "+", "/": "\\+-", "\\": "/+-"}
    for i, (_, _, mark) in enumerate(slice_of(certificate)["pieces"]):
        for other in flips[mark]:
            path = ("evidence", "slices", 0, "pieces", i, 2)
            assert rejected(replaced(certificate, path, other)), (i, mark, other)


@pytest.mark.heavy
def test_a_false_mark_that_fits_its_neighbours():
    """The conclusion follows from these marks, but one of them is false."""
    certificate = shape_certificate("0.5")
    part = slice_of(certificate)
    for mark in "/\\":
        for i in range(len(part["pieces"])):
            path = ("evidence", "slices", 0, "pieces", i, 2)
            verdict = check(sealed(replaced(certificate, path, mark)))
            if not verdict.accepted:
                break
        else:
            pytest.fail(f"all pieces cannot be {mark}")
        assert f"piece {i + 1}" in verdict.first_failing_piece


def test_a_shape_without_its_turns():
    """Marks that leave out both crossings are consistent, and false."""
    certificate = replaced(shape_certificate("3"), ("statement", "shape"), ["concave"])
    part = slice_of(certificate)
    part["pieces"] = [[part["start"], part["end"], "-"]]
    part["crossings"] = []
    verdict = check(sealed(certificate))
    assert not verdict.accepted
    assert "slice 1, piece 1" in verdict.first_failing_piece


def test_a_missing_piece():
    certificate = shape_certificate("3")
    pieces = slice_of(certificate)["pieces"]
    for i in range(len(pieces)):
        path = ("evidence", "slices", 0, "pieces")
        assert rejected(replaced(certificate, path, pieces[:i] + pieces[i + 1 :]))


def test_a_gap_or_an_overlap_between_pieces():
    certificate = shape_certificate("3")
    pieces = slice_of(certificate)["pieces"]
    for i in range(1, len(pieces)):
        low, _, mark = pieces[i]
        for nudge in ("1", "-1"):
            mantissa, _, exponent = low.partition("*2^")
            nudged = f"{int(mantissa) * 2**40 + int(nudge)}*2^{int(exponent) - 40}"
            path = ("evidence", "slices", 0, "pieces", i)
            assert rejected(replaced(certificate, path, [nudged, pieces[i][1], mark]))


@pytest.mark.parametrize(("name", "index", "side"), [("start", 0, 0), ("end", -1, 1)])
def test_pieces_that_stop_short_of_an_end(name, index, side):
    certificate = shape_certificate("3")
    part = slice_of(certificate)
    part[name] = part["pieces"][index][1 - side]
    assert rejected(certificate)


def test_ends_that_are_not_proved_concave():
    """Only the stretch around one crossing, with its neighbours taken on trust."""
    certificate = shape_certificate("3")
    part = slice_of(certificate)
    rising = [i for i, piece in enumerate(part["pieces"]) if piece[2] == "/"]
    late = part["pieces"][rising[0] :]
    part["pieces"], part["start"] = late, late[0][0]
    verdict = check(sealed(certificate))
    assert not verdict.accepted
    assert verdict.first_failing_piece == "slice 1, start"

    certificate = shape_certificate("3")
    part = slice_of(certificate)
    falling = [i for i, piece in enumerate(part["pieces"]) if piece[2] == "\\"]
    low, high, _ = part["pieces"][falling[0]]
    low, high = (read_number(end, 1000) for end in (low, high))
    soon = str(low + (high - low) / 1000)  # the criterion has begun to fall, and is still positive
    part["pieces"][falling[0] :] = [[str(low), soon, "\\"]]
    part["end"] = soon
    part["crossings"][1].update(low=str(low), high=soon)
    verdict = check(sealed(certificate))
    assert not verdict.accepted
    assert verdict.first_failing_piece == "slice 1, end"


def test_missing_or_misplaced_slices():
    certificate = shape_certificate("3", "3.005", "3.01")
    first, second = certificate["evidence"]["slices"]
    for slices in ([], [first], [second], [second, first], [first, first, second]):
        assert rejected(replaced(certificate, ("evidence", "slices"), slices))
    gap = {**second, "delta": ["3.006", "3.01"]}
    assert rejected(replaced(certificate, ("evidence", "slices"), [first, gap]))
    empty = {**first, "delta": ["3", "3"]}
    assert rejected(replaced(certificate, ("evidence", "slices"), [empty, first, second]))


def test_a_slice_that_is_too_wide_for_its_marks():
    certificate = shape_certificate("3", "3.01")
    certificate["statement"]["delta"] = ["3", "30"]
    slice_of(certificate)["delta"] = ["3", "30"]
    assert rejected(certificate)


def test_absurd_places_of_pieces():
    for place in ("0", "-1", "1e-3000", "1*2^-3999", "1e3000"):
        for name, index, side in (("start", 0, 0), ("end", -1, 1)):
            certificate = shape_certificate("0.5")
            part = slice_of(certificate)
            part[name] = part["pieces"][index][side] = place
            assert rejected(certificate)
