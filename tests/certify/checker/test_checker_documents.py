import hashlib
import json
import os
import threading

import gmpy2
import pytest
from certificate_builder import replaced, root_certificate, sealed, shape_certificate

from bounds.certify.checker.document import canonical_hash
from bounds.checker import Verdict, check, check_file


def assert_rejected(verdict, *words):
    assert isinstance(verdict, Verdict)
    assert verdict.accepted is False
    assert verdict.reason
    assert verdict.seconds >= 0
    for word in words:
        assert word in verdict.reason, verdict.reason


def test_every_form_of_a_certificate(tmp_path):
    certificate = shape_certificate("1/2")
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(certificate), encoding="utf-8")
    text = json.dumps(certificate)
    for verdict in (
        check(certificate),
        check(text),
        check(text.encode()),
        check(file),
        check_file(file),
        check_file(os.fspath(file)),
    ):
        assert verdict.accepted, verdict.reason
        assert verdict.first_failing_piece is None
        assert "concave" in verdict.reason


def test_a_verdict_has_no_truth_value():
    verdict = check("{}")
    with pytest.raises(TypeError, match="accepted"):
        bool(verdict)
    with pytest.raises(AttributeError):
        verdict.accepted = True


@pytest.mark.parametrize(
    "source",
    ["", "not JSON", "[]", "3", "null", '"text"', "{", "{}", '{"a": NaN}', '{"a": Infinity}',
     '{"a": 1.5}', '{"a": 1, "a": 1}', b"\xff\xfe\x00", b"\x80",
     '{"a": ' + "9" * 5000 + "}", "\x00", "\ud800"],
)  # fmt: skip
def test_texts_that_are_no_certificates(source):
    assert_rejected(check(source))


@pytest.mark.parametrize(
    "source", [None, 3, 1.5, [], object(), {1: 2}, {"a": object()}, {"a": float("nan")},
               {"schema": "bounds-certificate/1", "sha256": 10**5000}],
)  # fmt: skip
def test_objects_that_are_no_certificates(source):
    assert_rejected(check(source))


def test_a_dict_that_holds_itself():
    loop = {}
    loop["self"] = loop
    assert_rejected(check(loop))


@pytest.mark.heavy
def test_a_deep_dict():
    deep = {}
    for _ in range(100_000):
        deep = {"a": deep}
    assert_rejected(check(deep))
    while deep:  # taken apart from outside, which Python's own way to free it would not survive
        deep = deep["a"]


def test_files_that_cannot_be_read(tmp_path):
    assert_rejected(check_file(tmp_path / "none.json"), "cannot be read")
    assert_rejected(check_file(tmp_path), "cannot be read")
    assert_rejected(check_file("\x00"), "cannot be read")


def test_schema_and_hash():
    certificate = shape_certificate("1/2")
    assert_rejected(check(replaced(certificate, ("schema",), "bounds-certificate/3")), "schema")
    assert_rejected(check(replaced(certificate, ("sha256",), "0" * 64)), "sha256")
    del certificate["sha256"]
    assert_rejected(check(certificate), "sha256")
    assert check(sealed(certificate)).accepted
    assert certificate["schema"] == "bounds-certificate/1"  # what older versions wrote is read
    assert check(sealed({**certificate, "schema": "bounds-certificate/2"})).accepted


def test_a_name_that_occurs_twice_is_not_read_either_way():
    text = json.dumps(shape_certificate("1/2"))
    twice = text.replace('"kind":', '"kind": "root", "kind":', 1)
    assert twice != text
    assert_rejected(check(twice), "twice")


def test_the_hash_is_that_of_canonical_json():
    certificate = {"b": ["é", True, None], "a": {"z": 1, "y": "\\"}, "sha256": "ignored"}
    text = '{"a":{"y":"\\\\","z":1},"b":["\\u00e9",true,null]}'
    assert canonical_hash(certificate) == hashlib.sha256(text.encode()).hexdigest()


WRONG = [None, True, 3, -1, "", "x", [], {}, [[]], ["1"], {"low": "1"}, "nan", "inf", "1e999999999"]


@pytest.mark.parametrize(
    "path",
    [("kind",), ("statement",), ("evidence",), ("statement", "delta"), ("statement", "shape"),
     ("evidence", "bits"), ("evidence", "slices"), ("evidence", "slices", 0),
     *[("evidence", "slices", 0, name) for name in ("delta", "start", "end", "pieces")],
     ("evidence", "slices", 0, "crossings"), ("evidence", "slices", 0, "delta", 0),
     ("evidence", "slices", 0, "pieces", 0),
     *[("evidence", "slices", 0, "pieces", 0, i) for i in range(3)],
     ("evidence", "slices", 0, "crossings", 0), ("evidence", "slices", 0, "crossings", 0, "low"),
     ("evidence", "slices", 0, "crossings", 0, "to_convex")],
    ids=lambda path: "/".join(map(str, path)),
)  # fmt: skip
def test_wrong_values_in_a_shape(path):
    certificate = shape_certificate("3")
    for value in WRONG:
        if path[-1] == "bits" and value == 3:
            continue  # fewer bits are no fault: the checker takes as many as it needs
        if path[-1] == "to_convex" and value is True:
            continue  # as it was
        assert_rejected(check(sealed(replaced(certificate, path, value))))


@pytest.mark.parametrize(
    "path",
    [("kind",), ("statement", "delta"), ("statement", "turn"), ("statement", "eps"),
     ("statement", "eps", 0), ("evidence", "bits"), ("evidence", "box"), ("evidence", "box", "x"),
     ("evidence", "box", "y", 1), ("evidence", "box", "g", 0)],
    ids=lambda path: "/".join(map(str, path)),
)  # fmt: skip
def test_wrong_values_in_a_root(path):
    for value in WRONG:
        assert_rejected(check(sealed(replaced(root_certificate("3"), path, value))))


def test_names_that_are_missing_or_unknown():
    for path in ((), ("statement",), ("evidence",), ("evidence", "slices", 0)):
        for change in ("drop", "add"):
            certificate = shape_certificate("3")
            place = certificate
            for key in path:
                place = place[key]
            if change == "add":
                place["more"] = "1"
            else:
                place.pop(next(key for key in place if key != "sha256"))
            assert_rejected(check(sealed(certificate)))


@pytest.mark.parametrize("delta", ["0", "-3", "1/1001", "1001", "1e300"])
def test_deltas_out_of_reach(delta):
    certificate = replaced(shape_certificate("1/2"), ("statement", "delta"), [delta, delta])
    certificate = replaced(certificate, ("evidence", "slices", 0, "delta"), [delta, delta])
    assert_rejected(check(sealed(certificate)), "Delta")
    assert_rejected(check(sealed(replaced(root_certificate("3"), ("statement", "delta"), delta))))


@pytest.mark.parametrize("bits", [0, -1, 10**6, 10**100, True, "64"])
def test_bits_out_of_reach(bits):
    for certificate in (shape_certificate("1/2"), root_certificate("3")):
        assert_rejected(check(sealed(replaced(certificate, ("evidence", "bits"), bits))), "bits")


def test_progress_is_reported():
    seen = []
    certificate = shape_certificate("1/2")
    check(certificate, on_piece=lambda done, total: seen.append((done, total)))
    count = len(certificate["evidence"]["slices"][0]["pieces"])
    assert seen == [(i, count) for i in range(1, count + 1)]
    seen.clear()
    check(root_certificate("3"), on_piece=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]


def test_what_the_callback_raises_is_the_callers():
    def stop(done, total):
        raise KeyError(done, total)

    with pytest.raises(KeyError, match="1, "):
        check(shape_certificate("1/2"), on_piece=stop)


@pytest.mark.parametrize("rounding", [gmpy2.RoundUp, gmpy2.RoundDown, gmpy2.RoundToZero])
def test_the_callers_context_neither_matters_nor_changes(rounding):
    mine = gmpy2.context(precision=2, round=rounding, emin=-5, emax=5)
    mine.trap_inexact = mine.trap_underflow = mine.trap_overflow = True
    mine.trap_invalid = mine.trap_divzero = mine.trap_erange = True
    with mine:
        inner = gmpy2.get_context()
        before = repr(inner)
        assert check(shape_certificate("1/2")).accepted
        assert check(root_certificate("8")).accepted
        assert not check("{}").accepted
        seen = []
        check(
            shape_certificate("1/2"), on_piece=lambda *_: seen.append(gmpy2.get_context().precision)
        )
        assert set(seen) == {2}
        assert repr(gmpy2.get_context()) == before


def test_threads_do_not_disturb_each_other():
    good, bad = shape_certificate("1/2"), root_certificate("3")
    bad = sealed(replaced(bad, ("statement", "turn"), "convex to concave"))
    found = []

    def work():
        found.append((check(good).accepted, check(bad).accepted))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(True, False)] * 6


def test_an_unforeseen_error_is_a_rejection(monkeypatch):
    monkeypatch.setattr("bounds.certify.checker.replay.read_claim", lambda _: 1 / 0)
    assert_rejected(check(shape_certificate("1/2")), "ZeroDivisionError")
