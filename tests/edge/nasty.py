"""What somebody could send in a field, from a slip to an attempt to break in."""

from __future__ import annotations

from hypothesis import strategies as st

Sent = dict[str, list[str]]

SLIPS = (
    *("", " ", "\t", "\r\n", "0", "-1", "1,5", "1.5", "12%", "€ 12", "ja", "on", "true", "None"),
    *("2019-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "31-12-2019"),
    *("2019", "2019-H1", "2019-Q5", "9999", "0", "10000", "-2019"),
)
ATTACKS = (
    *("\x00", "a\x00b", "\x1b", "\ufeff", "\u202e", "\ufffe", "é" * 300, "🏛️"),
    *("𝟗", "²", "١٢", "1_000", "9" * 10, "9" * 18, "9" * 19, "9" * 20, "9" * 400, "-" + "9" * 30),
    *("1e999", "NaN", "Infinity", "0x10", "1E5", "0," + "0" * 30 + "1", "1" + "0" * 60),
    *(
        ",",
        ".",
        "-",
        "+",
        "%",
        "x" * 20_000,
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "' OR 1=1 --",
    ),
    *("=1+1", "../../etc/passwd", "//elders.example", "https://elders.example/", "[" * 9_000),
    *('{"a": [1]}', "[1]", '"x"', "{}", '{"trends-text": true}', '{"x": 1e400}'),
)
OTHER_ROWS = tuple(str(number) for number in range(1, 60))


def values() -> st.SearchStrategy[str]:
    """One value: a slip, an attack, the number of some row, or any text."""
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
    return st.one_of(st.sampled_from(SLIPS + ATTACKS), st.sampled_from(OTHER_ROWS), text)


def posts(fields: dict[str, list[str]]) -> st.SearchStrategy[Sent]:
    """A form with ``fields``, of which some are gone, something else, or sent several times.

    Most stay as they are, so that what is wrong in one of them is not hidden by another.
    """
    gone: st.SearchStrategy[list[str]] = st.just([])
    other = st.one_of(gone, values().map(lambda one: [one]), st.lists(values(), max_size=3))
    few = st.dictionaries(st.sampled_from(sorted(fields)), other, max_size=3)
    all_of_them = st.fixed_dictionaries(dict.fromkeys(fields, other))
    return st.one_of(few, few, all_of_them).map(lambda changed: fields | changed)
