"""Lines for people."""

from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.lines import counted, wrapped


def test_one_is_singular() -> None:
    assert [counted(n, "claim") for n in (0, 1, 2, 1000)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "1,000 claims",
    ]


@given(
    st.lists(st.text("abc=[]0123456789-", min_size=1, max_size=30), min_size=1, max_size=30),
    st.integers(0, 8),  # with room for the longest word
    st.integers(40, 120),
)
def test_a_long_line_keeps_its_words_and_its_indent(
    words: list[str], indent: int, width: int
) -> None:
    line = " " * indent + " ".join(words)
    first, *others = wrapped(line, width).split("\n")
    assert [word for part in (first, *others) for word in part.split()] == words
    assert len(first) - len(first.lstrip()) == indent
    assert all(len(part) - len(part.lstrip()) == indent + 2 for part in others)
    assert all(len(part) <= width for part in (first, *others))


def test_a_number_is_never_cut() -> None:
    number = "0." + "3" * 100
    assert number in wrapped(f"  eps_cr in {number} and on", 40).split()


def test_a_column_may_be_named() -> None:
    assert (
        wrapped("id  certified  " + "word " * 9, 40, 15).split("\n")[1].startswith(" " * 15 + "w")
    )
