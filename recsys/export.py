"""Tables as text for other programs."""

import json

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    Whole numbers are left alone: an id such as -729129249377835720 is not a formula.

    >>> harmless("=1+1"), harmless("-729129249377835720"), harmless("Title")
    ("'=1+1", '-729129249377835720', 'Title')
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        if not value.removeprefix("-").isdecimal():
            return "'" + value
    return value


def to_csv(table: pd.DataFrame) -> str:
    """CSV with a header, in which no text is a formula."""
    safe = table.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]):
            safe[name] = safe[name].map(harmless)
    return safe.to_csv(index=False, lineterminator="\n")


def to_json(table: pd.DataFrame) -> str:
    """A JSON list of objects, one a row; ids stay text."""
    return json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=1)


def to_text(table: pd.DataFrame) -> str:
    """Aligned columns for a terminal; control characters in titles are replaced."""
    shown = table.copy()
    for name in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[name]):
            shown[name] = shown[name].map(_one_line)
    return shown.to_string(index=False, float_format="%.4f", max_colwidth=70) + "\n"


def _one_line(value: object) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in str(value))
