"""What a person is told about a column of times."""

import re

import numpy as np

from recsys.counting import counted, word_for
from recsys.reading.account import Account
from recsys.reading.hints import Hint
from recsys.times import BLANK, DAY, FIRST_USUAL, LAST_USUAL, UNITS, Clock, Example

_LIKELY = 788_918_400, 2_051_222_400  # 1995 to 2035
_FROM_1601 = 11_644_473_600  # seconds up to 1970
# Where the numbers that were read as another unit lead: words, times, plus.
_OTHER_UNITS = (
    ("minutes since 1970", 60, 0),
    ("hours since 1970", 3_600, 0),
    ("days since 1970", DAY, 0),
    ("microseconds since 1601", 1, -_FROM_1601),
    ("hundreds of nanoseconds since 1601", 100, -_FROM_1601),
)
_YEAR_DAY_MONTH = r"(\d{4})[-/.](1[3-9]|2\d|3[01])[-/.](0?[1-9]|1[0-2])(?!\d)"
_LONGEST = 40
_TWO_DIGITS = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?!\d)"


def settle_times(name: str, times: np.ndarray, clock: Clock, account: Account) -> None:
    """Decide in place what the times of a column are, NaN where not known, and say what was met."""
    clock.settle(times)
    is_blank = times == BLANK
    blank = int(is_blank.sum())
    times[is_blank] = np.nan
    _leave_year_day_month(name, times, blank, clock, account)
    lost = int(np.isnan(times).sum())
    if lost < len(times):
        low, high = np.fmin.reduce(times), np.fmax.reduce(times)
        if not (account.articles and clock.described == UNITS[0]):
            account.note(f"{name} read as {clock.described}: {_day(low)} to {_day(high)}.")
        two_digits = clock.example_like(_TWO_DIGITS)
        if two_digits is not None:  # 21-03-01 may be of 2021: the person sees how it was read
            day = _day(clock.settled(two_digits))
            account.note(
                f"{name}: a two-digit year is taken to come last; "
                f"{_shown(two_digits, account)} was read as {day}."
            )
        if low < FIRST_USUAL or high >= LAST_USUAL:
            _say_unusual(name, times[~np.isnan(times)], clock, account)
    if lost > clock.asks:
        _say_lost(name, blank, lost - clock.asks - blank, clock, account)
    if clock.asks:
        _ask(name, clock, account)


def _leave_year_day_month(
    name: str, times: np.ndarray, blank: int, clock: Clock, account: Account
) -> None:
    """Read none of a column of 2021-22-04: where the day is 12 at most, it would be the month."""
    unread = int(np.isnan(times).sum()) - blank - clock.asks
    example = clock.example(np.isnan)
    if example is None or unread < 0.2 * (len(times) - blank):
        return
    known = times[~np.isnan(times)]
    met = re.match(_YEAR_DAY_MONTH, example.text.strip())
    days = known.astype("M8[s]").astype("M8[D]")
    if met is None or (days - days.astype("M8[M]") > np.timedelta64(11, "D")).any():
        return
    times[:] = np.nan
    year, day, month = met.groups()
    account.hint(
        Hint(
            text=f"Dates in {name} have the day before the month, such as "
            f"{_shown(example, account)}. None was read, because days up to the 12th would be "
            f"taken for months. Write the month before the day: {year}-{month:0>2}-{day}."
        )
    )


def _say_lost(name: str, blank: int, unreadable: int, clock: Clock, account: Account) -> None:
    rows = "Article rows" if account.articles else "Events"
    text = f"{rows} without a readable {name}: {blank + unreadable:,}"
    if blank:
        text += f", {'all' if not unreadable else f'{blank:,}'} of them empty"
    example = clock.example(np.isnan) if unreadable else None
    if example is not None:
        text += f"{'; others' if blank else ','} such as {_shown(example, account)}"
    account.note(f"{text}.{'' if account.articles else ' They still count.'}")


def _ask(name: str, clock: Clock, account: Account) -> None:
    """Ask which of day and month comes first."""
    example = clock.example_of_either()
    text = "03/04/2021" if example is None else example[0].text.strip()[:_LONGEST]
    such = "" if example is None else f", such as {_shown(example[0], account)}"
    for_what = {"day first": "day/month", "month first": "month/day"}
    for place, (order, words) in enumerate(for_what.items()):
        asked = (
            f"{counted(clock.asks, 'dates')} in {name} could be day/month or month/day{such}. "
            f"{word_for(clock.asks, 'It is', 'They are')} not used until you choose. "
        )
        would = f"As {words}, {text} is {_day(example[1][place])}." if example else ""
        account.hint(
            Hint(
                text=would if place else asked + would,
                label=f"Read as {words}",
                shell=account.option(f"dates {order.replace(' ', '-')}"),
                rules={"dates": order},
            )
        )


def _say_unusual(name: str, known: np.ndarray, clock: Clock, account: Account) -> None:
    """Warn of times that nobody's readings have. Articles may be old, where dates say so."""
    numbers = not set(clock.counts) - set(UNITS)
    first = FIRST_USUAL if numbers or not account.articles else -np.inf

    def unusual(seconds: np.ndarray) -> np.ndarray:
        return (seconds < first) | (seconds >= LAST_USUAL)

    odd = unusual(known)
    if not odd.any():
        return
    example = clock.example(unusual)
    such = ""
    if example is not None:
        seconds = clock.settled(example)
        such = f", such as {_shown(example, account)}, read as {_day(seconds)}"
    usual = known[~odd]
    of = f"{int(odd.sum()):,} of {len(known):,}" if len(usual) else f"All {len(known):,}"
    before = "are outside 1980 to 2099" if first > -np.inf else "are after 2099"
    text = f"{of} times in {name} {before}{such}."
    if len(usual):
        text += f" The others are from {_day(usual.min())} to {_day(usual.max())}."
    middle = float(np.median(known[odd]))
    if not middle and (known[odd] == 0).all():
        text += " A 0 often means an unknown time."
    for words, factor, plus in _OTHER_UNITS if set(clock.counts) & set(UNITS) else ():
        if _LIKELY[0] <= middle * factor + plus < _LIKELY[1]:
            low, high = (_day(t * factor + plus) for t in (known[odd].min(), known[odd].max()))
            text += f" As {words} they would be {low} to {high}."
    account.hint(Hint(text=text))


def _shown(example: Example, account: Account) -> str:
    return f"{example.text[:_LONGEST]!r} ({account.unit} {example.line:,})"


def _day(seconds: float) -> str:
    return str(np.datetime64(int(np.floor(seconds)), "s"))[:10]
