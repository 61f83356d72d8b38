"""Proofs in the common language that the checker accepts, and what they are made of."""

from typing import Any

Node = dict[str, Any]

RATIONAL: Node
RATIONAL, OBVIOUS, CONSTANT, RANGE, WAVE, EQUAL, POINT, CONSTRAINT = (
    {"rule": name}
    for name in ("rational", "obvious", "constant", "range", "wave", "equal", "point", "constraint")
)


def step(of: Any, derivative: Any, cuts: Any = (), divide: Any = "1", by: Any = CONSTANT) -> Node:
    return {
        "rule": "step",
        "divide": divide,
        "by": by,
        "of": of,
        "derivative": derivative,
        "cuts": list(cuts),
    }


def product(*factors: Any) -> Node:
    return {
        "rule": "product",
        "factors": [{"of": t, "power": n, "pattern": p} for t, n, p in factors],
    }


ZERO_AT_0 = {"at": "0", "zero": True}
EXP = step("exp(x) - 1 - x", step("exp(x) - 1", OBVIOUS), [ZERO_AT_0])
MILLS = step(
    "Phi(-x) - x*phi(x)/(1 + x^2)",
    product(("phi(x)", 1, OBVIOUS), ("1 + x^2", -2, RATIONAL), ("-2", 1, CONSTANT)),
)
QUARTIC = "6*x - 11*x^2/2 + 2*x^3 - x^4/4"
"""Its derivative is −(x − 1)(x − 2)(x − 3): greatest at 1 and 3, least at 2."""

PATTERNS: list[tuple[str, str, str, Node, list[int]]] = [
    ("x^2 - 2", "0", "inf", RATIONAL, [-1, 1]),
    ("x^2 - 2", "sqrt(2)", "inf", RATIONAL, [1]),
    ("x^2 - 2", "-sqrt(2)", "sqrt(2)", RATIONAL, [-1]),
    ("(x - 1)^2*(x - 2)", "0", "inf", RATIONAL, [-1, -1, 1]),
    ("(x^2 - pi*0 - 1)/(x + 2)", "-1", "inf", RATIONAL, [-1, 1]),
    ("-pi", "0", "1", CONSTANT, [-1]),
    ("exp(x) + x^2", "-inf", "inf", OBVIOUS, [1]),
    ("1 - Phi(x)", "-inf", "inf", OBVIOUS, [1]),
    ("x - 1 - log(2)", "2", "inf", OBVIOUS, [1]),
    ("sin(x)", "0", "pi", OBVIOUS, [1]),
    ("x - sin(x) + 2", "0", "1", RANGE, [1]),
    ("cos(3*x)", "0", "2*pi", WAVE, [1, -1, 1, -1, 1, -1, 1]),
    ("tan(-x)", "0", "pi/2", WAVE, [-1]),
    ("exp(x) - x - 1/2", "0", "2", {"rule": "taylor", "splits": "ss...", "order": 2}, [1]),
    ("cos(x) - 1 + x^2/2", "0", "1", {"rule": "contact", "at": "low", "order": 4}, [1]),
    ("(x - 1)^3", "0", "1", {"rule": "contact", "at": "high", "order": 3}, [-1]),
    ("(1 + x)^(1/3)", "-1", "1", {"rule": "root", "base": RATIONAL}, [1]),
    (
        "exp(x)*(x - 1)^2*x",
        "-1",
        "2",
        product(("exp(x)", 1, OBVIOUS), ("x*(x - 1)^2", 1, RATIONAL)),
        [-1, 1, 1],
    ),
    ("(x - 1)^2", "0", "2", product(("x - 1", 2, RATIONAL)), [1, 1]),
    ("exp(x) - 1 - x", "-inf", "inf", EXP, [1, 1]),
    ("Phi(-x) - x*phi(x)/(1 + x^2)", "-inf", "inf", MILLS, [1]),
    (
        "x - x^2 - 1/5",
        "0",
        "1",
        step("x - x^2 - 1/5", RATIONAL, [{"in": ["2/5", "3/5"]}]),
        [-1, 1, -1],
    ),
    (
        QUARTIC + " - 1",
        "0",
        "4",
        step(QUARTIC + " - 1", RATIONAL, [None, {"in": ["19/10", "21/10"]}, None]),
        [-1, 1, -1],
    ),
    ("x^3", "-1", "1", {"rule": "cut", "at": ["0"], "pieces": [OBVIOUS, OBVIOUS]}, [-1, 1]),
    ("x^2 + 1", "-1", "1", {"rule": "cut", "at": ["0"], "pieces": [OBVIOUS, OBVIOUS]}, [1]),
    (
        "sqrt(x) - 1",
        "0",
        "inf",
        {
            "rule": "substitute",
            "new": "w",
            "as": "w^2",
            "range": "(0, inf)",
            "pattern": {"rule": "rewrite", "as": "w - 1", "pattern": RATIONAL},
        },
        [-1, 1],
    ),
    (
        "1/x - 2",
        "0",
        "inf",
        {
            "rule": "substitute",
            "new": "w",
            "as": "1/w",
            "range": "(0, inf)",
            "pattern": {"rule": "rewrite", "as": "w - 2", "pattern": RATIONAL},
        },
        [1, -1],
    ),
    ("1/x", "0", "inf", {"rule": "shift", "by": "1", "difference": RATIONAL}, [1]),
]


def signs(pattern: Any, variable: Any = "x") -> Node:
    return {"rule": "signs", "variable": variable, "pattern": pattern}


def factor(*factors: Any) -> Node:
    keys = ("of", "power", "sign", "proof")
    return {"rule": "factor", "factors": [dict(zip(keys, f, strict=False)) for f in factors]}


def contrary(constraint: str, proof: Node) -> Node:
    return {"rule": "contrary", "constraint": constraint, "proof": proof}


def along(variable: Any, curve: Any, on: Any, inside: Any = (), **sides: Any) -> Node:
    return {
        "rule": "along",
        "variable": variable,
        "curve": curve,
        "on": on,
        "inside": list(inside),
        **sides,
    }


def split(variable: Any, at: Any, *pieces: Any) -> Node:
    return {"rule": "split", "variable": variable, "at": at, "pieces": list(pieces)}


def mapped(kind: Any, left: Any, right: Any, proof: Any, **more: Any) -> Node:
    return {"rule": "map", "map": kind, "left": left, "right": right, "proof": proof, **more}


def substitute(variable: Any, new: Any, text: Any, interval: Any, proof: Any) -> Node:
    return {
        "rule": "substitute",
        "variable": variable,
        "new": new,
        "as": text,
        "range": interval,
        "proof": proof,
    }


def change(
    variable: Any, new: Any, text: Any, back: Any, interval: Any, inside: Any, proof: Any
) -> Node:
    return {
        "rule": "change",
        "variable": variable,
        "new": new,
        "as": text,
        "inverse": back,
        "range": interval,
        "inside": inside,
        "proof": proof,
    }


def cells(*splits: Any, order: Any = 0) -> Node:
    return {"rule": "cells", "splits": list(splits), "order": order}


PINSKER = along(
    "q",
    "p",
    EQUAL,
    below=factor(
        ("p - q", 1, ">=", CONSTRAINT),
        ("1 - 2*q", 2, ">="),
        ("q", -1, ">", CONSTRAINT),
        ("1 - q", -1, ">", CONSTRAINT),
    ),
    above=factor(
        ("q - p", 1, ">=", CONSTRAINT),
        ("1 - 2*q", 2, ">="),
        ("q", -1, ">", CONSTRAINT),
        ("1 - q", -1, ">", CONSTRAINT),
    ),
)
YOUNG = along(
    "y",
    "x",
    EQUAL,
    below={
        "rule": "factor",
        "factors": [
            {"of": "2", "power": 1, "sign": ">", "proof": POINT},
            {"of": "x - y", "power": 1, "sign": ">=", "proof": CONSTRAINT},
        ],
    },
    above={
        "rule": "factor",
        "factors": [
            {"of": "2", "power": 1, "sign": ">", "proof": POINT},
            {"of": "y - x", "power": 1, "sign": ">=", "proof": CONSTRAINT},
        ],
    },
)

GOALS: list[tuple[str, str, Node]] = [
    (
        "1 + x <= exp(x)",
        "x real",
        signs(step("exp(x) - 1 - x", step("exp(x) - 1", OBVIOUS), [{"at": "0", "zero": True}])),
    ),
    ("1 + x <= e^x", "x in [0, 1]", signs({"rule": "contact", "at": "low", "order": 2})),
    ("sin(x)^2 + cos(x)^2 = 1", "x real", EQUAL),
    ("x != 0", "x > 0", OBVIOUS),
    ("2 < e", "", POINT),
    ("sqrt(2)*sqrt(3) = sqrt(6)", "", POINT),
    ("x < exp(x)", "x in [0, 1]", cells({"v": "x"}, ".", ".")),
    ("x*y <= (x^2 + y^2)/2", "x real, y real", {"rule": "sos", "terms": [["1/2", "x - y"]]}),
    (
        "x*y < (x^2 + y^2)/2 + 1",
        "x real, y real",
        {"rule": "sos", "terms": [["1/2", "x - y"]], "plus": POINT},
    ),
    (
        "2*(p - q)^2 <= p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))",
        "p in (0, 1), q in (0, 1)",
        PINSKER,
    ),
    ("2*x*y <= x^2 + y^2", "x real, y real", YOUNG),
    (
        "y^3 > x^3",
        "x > 0, y > x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=True),
    ),
    (
        "abs(x) >= x",
        "x real",
        {"rule": "cases", "of": "x", "nonnegative": EQUAL, "nonpositive": OBVIOUS},
    ),
    (
        "abs(x) = x",
        "x > 0",
        {"rule": "resolve", "of": "x", "sign": ">", "by": CONSTRAINT, "proof": EQUAL},
    ),
    ("x <= x^2 + 1/4", "x real", split("x", ["0"], OBVIOUS, signs(RATIONAL))),
    ("x < sqrt(1 + x^2)", "x real", mapped("square", "x", "sqrt(1 + x^2)", OBVIOUS)),
    ("exp(-x) < exp(-x/2)", "x > 0", mapped("log", "exp(-x)", "exp(-x/2)", OBVIOUS)),
    ("1/(2 + x) < 1/(1 + x)", "x > 0", mapped("reciprocal", "1/(2 + x)", "1/(1 + x)", OBVIOUS)),
    (
        "sqrt(x) <= (1 + x)/2",
        "x >= 0",
        substitute("x", "w", "w^2", "[0, inf)", {"rule": "sos", "terms": [["1/2", "w - 1"]]}),
    ),
    (
        "sqrt(x*y) <= (x + y)/2",
        "x > 0, y > 0",
        change(
            "y",
            "w",
            "x*w",
            "y/x",
            "(0, inf)",
            [OBVIOUS],
            factor(
                ("x", 1, ">", CONSTRAINT),
                (
                    "(1 - sqrt(w))^2/2",
                    1,
                    ">=",
                    factor(("1 - sqrt(w)", 2, ">="), ("1/2", 1, ">", POINT)),
                ),
            ),
        ),
    ),
    (
        "x*y <= 1/4",
        "x real, y real, x + y = 1",
        {"rule": "eliminate", "variable": "y", "as": "1 - x", "proof": signs(RATIONAL)},
    ),
    (
        "n < 2^n",
        "n integer, n >= 0",
        {
            "rule": "induction",
            "variable": "n",
            "first": POINT,
            "step": signs(step("2^n - 1", OBVIOUS), "n"),
        },
    ),
    (
        "n^2 <= 2^n",
        "n integer, 4 <= n <= 7",
        {"rule": "finite", "variable": "n", "proofs": [POINT] * 4},
    ),
    (
        "n^2 >= n",
        "n integer, n >= 1",
        {"rule": "relax", "variable": "n", "proof": signs(RATIONAL, "n")},
    ),
    ("1/x > 0", "x > 0", {"rule": "shift", "variable": "x", "by": "1", "difference": OBVIOUS}),
    (
        "x < t",
        "x real, exists t in (0, inf)",
        {"rule": "exists", "with": {"t": "x^2 + 1"}, "inside": [OBVIOUS], "proof": OBVIOUS},
    ),
    ("x + y < 0", "x real, y < x, y > x", {"rule": "empty"}),
    (
        "y > 0",
        "y real, y^3 + y > 0",
        contrary("y^3 + y", OBVIOUS),
    ),
    (
        "y <= 3/2",
        "y real, cos(y) = y",
        contrary("y - cos(y)", OBVIOUS),
    ),
    ("log(2 + x - sin(x)) > 0", "x > 0", mapped("exp", "0", "log(2 + x - sin(x))", OBVIOUS)),
    (
        "(x^2 + y^2 + 1 - cos(x) - cos(y) + 1)/1 >= 0",
        "x in [-1, 1], y in [-1, 1]",
        {
            "rule": "touch",
            "at": {"x": "0", "y": "0"},
            "box": {"x": ["-2", "2"], "y": ["-2", "2"]},
            "rest": [],
        },
    ),
]
