"""Which column is what where the columns have no names: told by their cells, or not at all."""

import pandas as pd

from recsys.reading.column_looks import Looks

_FEWEST = 5  # rows, below which cells say nothing
_LEVELS = 11  # different numbers that a rating has at the most: 0 to 10


def parts_by_looks(looks: dict[str, Looks]) -> tuple[dict[str, str], dict[str, str], bool]:
    """The parts of an interactions file, those of an articles file, and whether it is the latter.

    Articles have an id that is another in each row, and a title. Interactions have two columns of
    ids, the person's first; where there are more or fewer, neither is guessed.
    """
    known = {
        name: one
        for name, one in looks.items()
        if one.rows >= _FEWEST and one.filled > one.rows / 2 and one.distinct > 1
    }
    articles = _articles(known)
    if articles:
        return {}, articles, True
    return _events(known), {}, False


def _articles(known: dict[str, Looks]) -> dict[str, str]:
    first = next(iter(known), None)
    if first is None or not known[first].all_different or not _one_word(known[first]):
        return {}
    texts = {
        name: one
        for name, one in known.items()
        if one.words > 1.3 and not (one.dates or one.addresses) and one.distinct > 0.8 * one.filled
    }
    titles = sorted(texts, key=lambda name: texts[name].length)
    if not titles or texts[titles[0]].prose:
        return {}
    parts = {"item": first, "title": titles[0]}
    if len(titles) > 1 and texts[titles[1]].prose:
        parts["text"] = titles[1]
    for part, found in (
        ("url", [name for name, one in known.items() if one.addresses]),
        ("timestamp", [name for name, one in known.items() if one.times and name != first]),
    ):
        if found:
            parts[part] = found[0]
    return parts


def _events(known: dict[str, Looks]) -> dict[str, str]:
    parts: dict[str, str] = {}
    times = [name for name, one in known.items() if one.times]
    if times:
        parts["timestamp"] = times[0]
    rest = {name: one for name, one in known.items() if not one.times}
    ids = _ids(rest)
    if len(ids) != 2 or all(rest[name].all_different for name in ids):
        return parts
    parts |= {"user": ids[0], "item": ids[1]}
    levels = [name for name, one in rest.items() if name not in ids and one.few]
    kinds = [name for name in levels if not rest[name].numeric]
    amounts = [name for name, one in rest.items() if name not in ids and one.pointed]
    if len(kinds) == 1:
        parts["event"] = kinds[0]
    if len(kinds) < 2 and len(amounts) == 1:
        parts["value"] = amounts[0]
    elif not kinds and len(levels) == 1:
        parts["value"] = levels[0]
    return parts


def _ids(rest: dict[str, Looks]) -> list[str]:
    """The columns that may be ids, in the order of the file.

    Where the articles have names alone, as the games of Steam, these stand for ids: numbers with a
    point beside names, such as hours, are none.
    """
    ids = [name for name, one in rest.items() if _is_id(one)]
    plain = [name for name in ids if not rest[name].pointed]
    named = [name for name, one in rest.items() if _is_name(one)]
    if len(plain) == 1 and len(named) == 1:
        person, thing = rest[plain[0]], rest[named[0]]
        in_order = list(rest).index(plain[0]) < list(rest).index(named[0])
        return [*plain, *named] if in_order and not _says_of(person, thing) else plain
    texts = any(one.words > 1.3 and not one.numeric for one in rest.values())
    return plain if texts or len(plain) == 2 else ids


def _is_name(one: Looks) -> bool:
    """Names of several words, of which there are more than a few."""
    told = one.numeric or one.prose or one.dates or one.addresses
    return one.words > 1.3 and not told and one.distinct > _FEWEST and not one.all_different


def _says_of(ids: Looks, names: Looks) -> bool:
    """Whether an id has the same name in each of its rows, and so is what is named."""
    both = pd.DataFrame({"id": ids.cells, "name": names.cells}).dropna()
    by_id = both.groupby("id")["name"].agg(["size", "nunique"])
    again = by_id[by_id["size"] > 1]
    return not len(again) or bool((again["nunique"] == 1).mean() > 0.5)


def _one_word(one: Looks) -> bool:
    return one.words < 1.1 and not (one.fractional or one.addresses or one.dates)


def _is_id(one: Looks) -> bool:
    """Many values of one word each, or few that come one after the other, as in a sorted file."""
    if not _one_word(one) or one.counter:
        return False
    return one.sorted or not (one.few and one.distinct <= _LEVELS)
