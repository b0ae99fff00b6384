"""Searching titles: Kindred's index against a plain scan and against plain rapidfuzz.

    python -m bench.search [--sizes 3000 1000000] [--rounds 5]

Titles are generated: 6 to 10 made-up words of a vocabulary with a long tail. The scan folds every
title and looks for every word in it, for each search; rapidfuzz (token_set_ratio) compares the
query with all titles, folded beforehand. All sides run in turn, in one process, on the same
queries. Prints the medians in milliseconds by query, and the ratios of their sums; the index is
warmed by its first round, which counts as well.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable

import numpy as np

from recsys.text import Index, build_index, folded

N = 20
Side = Callable[[str], list[int]]


def titles_of(count: int) -> list[str]:
    """Made-up titles, the same every time: the r-th word comes as often as 1/r."""
    draw = np.random.RandomState(1)
    parts = [a + b for a in "bcdfghjklmnprstvz" for b in "aeiou"] + ["ção", "tion", "ess", "st"]
    size = min(300_000, count * 4)
    stems = draw.randint(0, len(parts), (size, 5))
    lengths = draw.randint(2, 6, size)
    words = [
        "".join(parts[part] for part in row[:n]) for row, n in zip(stems, lengths, strict=True)
    ]
    long_tail = (size ** draw.random_sample(count * 10)).astype(np.int64)  # Zipf
    sizes = draw.randint(6, 11, count)
    ends = np.cumsum(sizes)
    return [
        " ".join(words[word] for word in long_tail[end - n : end]).capitalize()
        for end, n in zip(ends, sizes, strict=True)
    ]


def queries_of(titles: list[str], ids: list[str]) -> dict[str, str]:
    """What people type, by what is special about it."""
    words = titles[len(titles) // 2].split()
    long = max(words, key=len)

    def exchanged(word: str) -> str:
        return f"{word[:3]}{word[4]}{word[3]}{word[5:]}"

    wrong = exchanged(long)
    return {
        "one letter": words[1][0],
        "two letters": words[1][:2],
        "three letters": words[1][:3],
        "a word": words[1],
        "two words": f"{words[-1]} {words[1]}",
        "all words": " ".join(words),
        "a part of a word": long[2:6],
        "a typo": wrong,
        "two words typed as one": words[0] + words[1],
        "a typo of two words": f"{wrong} {words[1]}",
        "twelve words with typos": " ".join(
            exchanged(word) for word in sorted(set(" ".join(titles[:99]).split()), key=len)[-12:]
        ),
        "an id": ids[7],
        "a word that is not there": "qwxqwxqwx",
        "nothing": "",
    }


def scan(titles: list[str], ids: list[str], readers: np.ndarray) -> Side:
    """Each word anywhere in the title, most read first; nothing is prepared."""

    def find(words: str) -> list[int]:
        parts = folded(words).split()
        texts = [folded(title) for title in titles]
        hits = [
            place
            for place, (text, item) in enumerate(zip(texts, ids, strict=True))
            if item == words or all(part in text for part in parts)
        ]
        found = np.array(hits, dtype=np.int64)
        return found[np.argsort(-readers[found], kind="stable")][:N].tolist()

    return find


def fuzzy(titles: list[str]) -> Side:
    """rapidfuzz over all titles."""
    from rapidfuzz import fuzz, process

    texts = [folded(title) for title in titles]

    def find(words: str) -> list[int]:
        best = process.extract(folded(words), texts, scorer=fuzz.token_set_ratio, limit=N)
        return [place for _, _, place in best]

    return find


def kindred(index: Index) -> Side:
    """The index."""
    return lambda words: index.find(words, N).positions.tolist()


def measure(count: int, rounds: int) -> None:
    """Build the index of so many titles, search in turn, print the table."""
    titles = titles_of(count)
    draw = np.random.RandomState(2)
    readers = (draw.pareto(1.2, count) * 5).astype(np.int64) + 1
    ids = draw.randint(-(2**63), 2**63 - 1, count, dtype=np.int64).astype(str).tolist()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    index = build_index(ids, titles, readers)
    seconds = time.perf_counter() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{count:,} titles, {len(index.vocabulary.words):,} distinct words: index built in "
        f"{seconds:.2f} s, peak memory + {grown:,.0f} MB"
    )
    sides = {
        "kindred": kindred(index),
        "scan": scan(titles, ids, readers),
        "rapidfuzz": fuzzy(titles),
    }
    print(f"{'median ms':26}" + "".join(f"{side:>12}" for side in sides))
    sums = dict.fromkeys(sides, 0.0)
    for name, query in queries_of(titles, ids).items():
        times: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(rounds):
            for side, find in sides.items():
                started = time.perf_counter()
                find(query)
                times[side].append((time.perf_counter() - started) * 1000)
        middle = {side: statistics.median(values) for side, values in times.items()}
        sums = {side: sums[side] + middle[side] for side in sides}
        print(f"{name:26}" + "".join(f"{middle[side]:12.1f}" for side in sides))
    ratios = [sums[side] / sums["kindred"] for side in sides]
    print(f"{'ratio to kindred':26}" + "".join(f"{ratio:12.1f}" for ratio in ratios) + "\n")


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[3_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for count in options.sizes:
        measure(count, options.rounds)


if __name__ == "__main__":
    main()
