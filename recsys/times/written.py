"""Dates and times as people and programs write them, with separators or with words."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recsys.times.numeric import DAY, has_time

ISO, YEAR_FIRST, DAY_MONTH, WORDS = (
    "ISO 8601",
    "year/month/day",
    "day and month in numbers",
    "dates in words",
)
FORMS = (ISO, YEAR_FIRST, DAY_MONTH, WORDS)
CERTAIN, EITHER, DAY_FIRST, MONTH_FIRST = range(4)
"""Which order of day and month a date can have; `CERTAIN` where that makes no difference."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 822 for America; the others have one meaning each. BST and IST have several and are not read.
_HOURS = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_HOURS |= {"wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3}
_HOURS |= {"jst": 9, "kst": 9, "aest": 10, "aedt": 11}
_PIVOT = 69  # POSIX: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068
_MICRO = 1_000_000
_FEW = 64

# Every group has a name: `pyarrow.compute.extract_regex` asks for that.
_DOW = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MON = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?P<h>\d{1,2})(?:[:.](?P<mi>\d{1,2})(?:[:.](?P<s>\d{1,2})(?:[.,](?P<f>\d{1,12}))?)?)?"
    r"(?:\s*(?P<ap>[ap])\.?m\.?)?"
)
_TIME = rf"(?:(?:\s*[t_,:]\s*|\s+(?:at\s+)?){_CLOCK})?"
_NAMES = r"z|utc|gmt|ut|" + "|".join(_HOURS)
# After an offset its name may stand once more: "+0000 UTC", "+01:00[Europe/Berlin]".
_ZONE = (
    rf"(?:\s*(?:(?P<z>{_NAMES})|(?:utc|gmt)?(?P<sign>[+-])(?P<oh>\d{{1,2}})(?::?(?P<om>\d{{2}}))?)"
    r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]|[a-z]{1,5}))?)?"
)
_BASIC = r"(?:[t_\s-]?\s*(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2})(?:[.,](?P<f>\d{1,12}))?)?)?"
_DB2 = r"-(?P<h>\d{2})\.(?P<mi>\d{2})\.(?P<s>\d{2})(?:\.(?P<f>\d{1,12}))?"
_PATTERNS = tuple(
    (form, rf"(?i)^\[?{pattern}\]?$")
    for form, pattern in (
        (ISO, rf"(?P<y>\d{{4}})-(?P<m>\d{{1,2}})(?:-(?P<d>\d{{1,2}}))?{_TIME}{_ZONE}"),
        (
            DAY_MONTH,
            rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y>\d{{4}}|\d{{2}}){_TIME}{_ZONE}",
        ),
        (
            DAY_MONTH,
            rf"(?P<a>\d{{1,2}}) (?P<b>\d{{1,2}}),? (?P<y>\d{{4}}){_TIME}{_ZONE}",
        ),
        (
            YEAR_FIRST,
            rf"(?P<y>\d{{4}})[-/.年](?P<m>\d{{1,2}})(?:[-/.月](?P<d>\d{{1,2}})日?)?{_TIME}{_ZONE}",
        ),
        (ISO, rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_BASIC}{_ZONE}"),
        (ISO, rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}}){_DB2}"),
        (
            WORDS,
            rf"{_DOW}{_DAY}(?:\s+of)?[-\s./,]*{_MON}[-\s./,]*(?P<y>\d{{4}}|\d{{2}}){_TIME}{_ZONE}",
        ),
        (WORDS, rf"{_DOW}{_MON}[-\s/]*{_DAY}(?:\s*,\s*|[-\s/]+)(?P<y>\d{{4}}){_TIME}{_ZONE}"),
        (WORDS, rf"{_DOW}{_MON}\s+{_DAY},?\s+{_CLOCK}{_ZONE}\s+(?P<y>\d{{4}})"),
        (WORDS, rf"(?P<y>\d{{4}})[-\s./]{_MON}[-\s./]{_DAY}{_TIME}{_ZONE}"),
        (WORDS, rf"{_MON},?[-\s]+(?P<y>\d{{4}})"),
    )
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Written:
    """What some texts say.

    Attributes
    ----------
    seconds
        ``(texts,)`` float64 since 1970 in UTC; NaN where a text is no time. Where the order of day
        and month decides, the day is taken to come first, unless it cannot.
    form
        ``(texts,)`` int8, the place in `FORMS`; -1 where a text is no time.
    order
        ``(texts,)`` int8: `CERTAIN`, `EITHER`, `DAY_FIRST` or `MONTH_FIRST`.
    shift
        ``(texts,)`` int64, how many seconds its clock is before UTC.
    """

    seconds: np.ndarray
    form: np.ndarray
    order: np.ndarray
    shift: np.ndarray


def written(texts: pa.Array) -> Written:
    """Read texts that are no numbers. A time without a zone is in UTC, one without a day the first.

    Nothing depends on the moment or on other texts: ``now`` and ``today`` are no times, nor is
    ``10:05``. Years of two digits are 1969 to 2068, as POSIX has it.
    """
    n_texts = len(texts)
    seconds, form = np.full(n_texts, np.nan), np.full(n_texts, -1, dtype=np.int8)
    order, shift = np.zeros(n_texts, dtype=np.int8), np.zeros(n_texts, dtype=np.int64)
    plain = _plain_iso(texts)
    if plain is not None:
        return Written(seconds=plain, form=form + 1, order=order, shift=shift)
    texts = pc.replace_substring_regex(texts, "[\u00a0\u2009\u202f]", " ")
    texts = pc.utf8_trim_whitespace(texts)
    rest = np.arange(n_texts)
    for name, pattern in _PATTERNS:
        parts = pc.extract_regex(texts.take(pa.array(rest)), pattern)
        met = parts.is_valid().to_numpy(zero_copy_only=False)
        if met.any():
            rows = rest[met]
            seconds[rows], order[rows], shift[rows] = _seconds(parts.filter(pa.array(met)))
            form[rows] = np.where(np.isnan(seconds[rows]), -1, FORMS.index(name))
            rest = rest[~met]
        if not len(rest):
            break
    return Written(seconds=seconds, form=form, order=order, shift=shift)


def swapped(seconds: np.ndarray) -> np.ndarray:
    """Times of a clock with day and month in the other order; the day must be 12 at most."""
    whole = np.floor(seconds)
    days = whole.astype("int64").astype("M8[s]").astype("M8[D]")
    months = days.astype("M8[M]")
    day = (days - months.astype("M8[D]")).astype(np.int64)  # from 0, as the month
    years = months.astype("M8[Y]")
    month = (months - years.astype("M8[M]")).astype(np.int64)
    other = (years.astype("M8[M]") + day).astype("M8[D]") + month
    return seconds + (other - days).astype(np.int64) * DAY


def days_of(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days since 1970 of calendar dates, and which of these there are; years 1 to 9999."""
    good = (year >= 1) & (year <= 9999) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = (np.where(good, (year - 1970) * 12 + month - 1, 0)).astype("M8[M]")
    days = months.astype("M8[D]") + np.where(good, day - 1, 0)
    return days.astype(np.int64), good & (days.astype("M8[M]") == months)


def _plain_iso(texts: pa.Array) -> np.ndarray | None:
    """The seconds where all texts are plain ISO 8601; this is five times as fast."""
    if pc.all(pc.ends_with(texts.slice(0, _FEW), "UTC")).as_py():
        texts = pc.replace_substring_regex(texts, r" ?UTC$", "Z")
    for zone in (None, "UTC"):
        try:  # a few first: a cast that fails takes as long as one that does not
            pc.cast(texts.slice(0, _FEW), pa.timestamp("us", zone))
            times = pc.cast(texts, pa.timestamp("us", zone))
        except pa.ArrowInvalid:
            continue
        found = pc.cast(times, pa.int64()).to_numpy(zero_copy_only=False) / _MICRO
        return found if has_time(found).all() else None
    return None


def _seconds(parts: pa.StructArray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Seconds (NaN where there is no such time), orders and shifts of what matched."""
    names = {parts.type.field(i).name for i in range(parts.type.num_fields)}

    def text(name: str) -> pa.Array:
        empty = pa.array([""] * len(parts), pa.string())
        return parts.field(name) if name in names else empty

    def number(name: str, default: int = 0) -> np.ndarray:
        if name not in names:
            return np.full(len(parts), default, dtype=np.int64)
        found = parts.field(name)
        found = pc.if_else(pc.equal(found, ""), str(default), found)
        return pc.cast(found, pa.int64()).to_numpy(zero_copy_only=False)

    year, order = number("y"), np.zeros(len(parts), dtype=np.int8)
    if {"a", "b"} & names:
        day, month, order = _day_and_month(number("a"), number("b"))
    else:
        day, month = number("d", 1), number("m", 1)
    if "mon" in names:
        short = pc.utf8_lower(pc.utf8_slice_codeunits(text("mon"), 0, 3))
        month = pc.index_in(short, pa.array(_MONTHS)).to_numpy(zero_copy_only=False) + 1
    two_digits = pc.equal(pc.utf8_length(text("y")), 2).to_numpy(zero_copy_only=False)
    year = np.where(two_digits, np.where(year < _PIVOT, 2000, 1900) + year, year)
    days, good = days_of(year, month, day)
    hour, half = number("h"), pc.utf8_lower(text("ap"))
    has_half = pc.not_equal(half, "").to_numpy(zero_copy_only=False)
    afternoon = pc.equal(half, "p").to_numpy(zero_copy_only=False)
    good &= hour <= np.where(has_half, 12, 23)
    hour = np.where(has_half, hour % 12 + 12 * afternoon, hour)
    minute, second = number("mi"), number("s")
    good &= (minute <= 59) & (second <= 59)
    shift, in_range = _shift(text, number)
    good &= in_range
    fraction = pc.utf8_slice_codeunits(pc.utf8_rpad(text("f"), 6, "0"), 0, 6)
    micro = pc.cast(fraction, pa.int64()).to_numpy(zero_copy_only=False)
    whole = ((days * 24 + hour) * 60 + minute) * 60 + second - shift
    found = (whole * _MICRO + micro) / _MICRO
    return np.where(good, found, np.nan), order, shift


def _day_and_month(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Day, month and order of dates of which one of two numbers is the day."""
    order = np.full(len(a), EITHER, dtype=np.int8)
    order[a == b] = CERTAIN
    order[a > 12] = DAY_FIRST
    order[(b > 12) & (a <= 12)] = MONTH_FIRST
    second = order == MONTH_FIRST
    return np.where(second, b, a), np.where(second, a, b), order


def _shift(text, number) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[no-untyped-def]
    """How many seconds before UTC the clock of each time is, and whether that can be."""
    hours, minutes = number("oh"), number("om")
    back = pc.equal(text("sign"), "-").to_numpy(zero_copy_only=False)
    shift = (hours * 60 + minutes) * 60 * np.where(back, -1, 1)
    names = pc.index_in(pc.utf8_lower(text("z")), pa.array(list(_HOURS)))
    place = pc.fill_null(names, -1).to_numpy(zero_copy_only=False)
    named = np.array([*_HOURS.values(), 0])[place]
    return shift + named * 3600, (hours <= 23) & (minutes <= 59)
