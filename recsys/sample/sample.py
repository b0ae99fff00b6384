"""The sample data set: made up, of known topics, the same bytes every time.

People have a few topics and a language that they prefer; articles differ in popularity. A
person's readings are drawn from both, and what follows a reading (like, bookmark, follow,
comment) happens to an article that the same person has viewed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from recsys.columns import Csv
from recsys.sample.text import AGENTS, PLACES, TEXTS, TITLES, TOPICS

SEED = 20260101
ARTICLES_FILE, INTERACTIONS_FILE = "shared_articles.csv", "users_interactions.csv"
N_ARTICLES, N_PEOPLE, N_EVENTS = 1_500, 1_000, 40_000
N_SHARED_TWICE, N_REMOVED = 20, 25
AFTER_A_VIEW = {"LIKE": 3_200, "BOOKMARK": 1_350, "FOLLOW": 700, "COMMENT CREATED": 850}
YEAR_STARTS, YEAR_ENDS = 1_735_689_600, 1_767_225_600  # 2025 in UTC
DAY = 86_400


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """Both files as tables of text, and the topic of each article by its id."""

    articles: pd.DataFrame
    events: pd.DataFrame
    topics: dict[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class _World:
    """Who there is and what there is: ``(N_ARTICLES,)`` arrays, and the ids of the people."""

    item_ids: np.ndarray
    user_ids: np.ndarray
    topic: np.ndarray
    language: np.ndarray
    shared: np.ndarray


def generate(seed: int = SEED) -> Sample:
    """Make the sample data set. The same seed gives the same tables.

    `numpy.random.RandomState` is used because its stream is frozen (NEP 19).
    """
    draw = np.random.RandomState(seed)
    world = _World(
        item_ids=_ids(draw, N_ARTICLES),
        user_ids=_ids(draw, N_PEOPLE),
        topic=draw.permutation(np.arange(N_ARTICLES) % len(TOPICS)),
        language=np.where(draw.random_sample(N_ARTICLES) < 0.65, "en", "pt"),
        shared=np.sort(draw.randint(YEAR_STARTS, YEAR_ENDS - 20 * DAY, N_ARTICLES)),
    )
    return Sample(
        articles=_articles(draw, world),
        events=_events(draw, world),
        topics={
            item: TOPICS[topic].name
            for item, topic in zip(world.item_ids, world.topic, strict=True)
        },
    )


def write_sample(folder: str | Path) -> tuple[Path, Path]:
    """Write the two CSV files of the sample data into a folder, which is made if need be.

    Returns
    -------
    tuple
        Their paths, articles first.

    Examples
    --------
    >>> import recsys, tempfile
    >>> [path.name for path in recsys.write_sample(tempfile.mkdtemp())]
    ['shared_articles.csv', 'users_interactions.csv']
    """
    return write_tables(generate(), folder)


def write_tables(sample: Sample, folder: str | Path) -> tuple[Path, Path]:
    """Write a sample's two tables as CSV files; returns their paths, articles first."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / ARTICLES_FILE, folder / INTERACTIONS_FILE
    for path, data in zip(paths, tables_as_csv(sample), strict=True):
        path.write_bytes(data)
    return paths


@cache
def sample_csv() -> tuple[bytes, bytes]:
    """The two files of the sample data, articles first; made once in a process."""
    return tables_as_csv(generate())


def tables_as_csv(sample: Sample) -> tuple[bytes, bytes]:
    """A sample's two tables as CSV files, articles first."""
    articles, events = (
        table.to_csv(index=False, lineterminator="\n").encode()
        for table in (sample.articles, sample.events)
    )
    return articles, events


def _ids(draw: np.random.RandomState, count: int) -> np.ndarray:
    """Distinct signed 64-bit ids, as text: half are negative, most beyond 2^53."""
    numbers = draw.randint(-(2**63), 2**63 - 1, count, dtype=np.int64)
    assert len(np.unique(numbers)) == count
    return numbers.astype(str).astype(object)


def _titles(draw: np.random.RandomState, topic: np.ndarray, language: np.ndarray) -> list[str]:
    """A title for each article; within a topic no turn of phrase meets a thing twice."""
    titles = np.empty(len(topic), dtype=object)
    for number, words in enumerate(TOPICS):
        for code, things in (("en", words.en), ("pt", words.pt)):
            places = np.flatnonzero((topic == number) & (language == code))
            pairs = [(phrase, thing) for phrase in TITLES[code] for thing in things]
            chosen = draw.permutation(len(pairs))[: len(places)]
            for place, pair in zip(places, chosen, strict=True):
                phrase, thing = pairs[pair]
                title = phrase.format(x=thing)
                titles[place] = title[0].upper() + title[1:]
    return titles.tolist()


def _articles(draw: np.random.RandomState, world: _World) -> pd.DataFrame:
    topic, language, shared = world.topic, world.language, world.shared
    item_ids, user_ids = world.item_ids, world.user_ids
    titles = _titles(draw, topic, language)
    authors = user_ids[draw.randint(0, 40, len(item_ids))]
    sessions = _ids(draw, len(item_ids))
    agents = draw.randint(0, 3, len(item_ids))
    places = draw.randint(0, 4, len(item_ids))
    rows = []
    for place, title in enumerate(titles):
        code = language[place]
        words = TOPICS[topic[place]]
        things = words.en if code == "en" else words.pt
        thing = next((x for x in things if x.lower() in title.lower()), words.name)
        sentences = draw.permutation(len(TEXTS[code]))[:3]
        text = " ".join(TEXTS[code][i].format(x=thing, topic=words.name) for i in sentences)
        rows.append(
            (
                shared[place], Csv.SHARED, item_ids[place], authors[place], sessions[place],
                AGENTS[agents[place]], *PLACES[code][places[place]], "HTML",
                f"https://{_slug(words.name)}.example/{_slug(title)}", title, text, code,
            )
        )  # fmt: skip
    chosen = draw.permutation(len(rows))
    for place in chosen[:N_SHARED_TWICE]:
        again = min(int(shared[place]) + draw.randint(2, 15) * DAY, YEAR_ENDS - 1)
        rows.append((again, *rows[place][1:]))
    for place in chosen[N_SHARED_TWICE : N_SHARED_TWICE + N_REMOVED]:
        later = min(int(shared[place]) + draw.randint(5, 60) * DAY, YEAR_ENDS - 1)
        rows.append((later, Csv.REMOVED, *rows[place][2:]))
    columns = [
        Csv.TIMESTAMP, Csv.EVENT, Csv.ITEM, "authorPersonId", "authorSessionId",
        "authorUserAgent", "authorRegion", "authorCountry", Csv.KIND, Csv.URL, Csv.TITLE,
        "text", Csv.LANGUAGE,
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(Csv.TIMESTAMP, kind="stable").reset_index(drop=True)


def _events(draw: np.random.RandomState, world: _World) -> pd.DataFrame:
    views = N_EVENTS - sum(AFTER_A_VIEW.values())
    speaks = np.where(draw.random_sample(N_PEOPLE) < 0.6, "en", "pt")
    users = _viewers(draw, views)
    items = _viewed(draw, users, world, speaks)
    delay = (draw.standard_exponential(views) * 18 * DAY).astype(np.int64) + 60
    room = YEAR_ENDS - 1 - world.shared[items]
    when = world.shared[items] + delay % room
    session = _ids(draw, views)
    kind = np.full(views, "VIEW", dtype=object)
    first = pd.DataFrame({"u": users, "i": items}).drop_duplicates().index.to_numpy()
    parts = [(kind, np.arange(views), np.zeros(views, dtype=np.int64))]
    # Whoever reacts strongly has usually liked first: each stage draws from the one before.
    funnel = first
    for name, count in AFTER_A_VIEW.items():
        rows = funnel[draw.permutation(len(funnel))[:count]]
        parts.append((np.full(count, name, dtype=object), rows, draw.randint(20, 900, count)))
        funnel = np.concatenate([rows, first[draw.permutation(len(first))[:count]]])
        funnel = np.unique(funnel)
    kind, source, later = (np.concatenate(part) for part in zip(*parts, strict=True))
    agent = draw.randint(0, len(AGENTS), N_PEOPLE)
    place = draw.randint(0, 4, N_PEOPLE)
    region = np.array([PLACES[code][p][0] for code, p in zip(speaks, place, strict=True)])
    country = np.array([PLACES[code][p][1] for code, p in zip(speaks, place, strict=True)])
    who = users[source]
    table = pd.DataFrame(
        {
            Csv.TIMESTAMP: np.minimum(when[source] + later, YEAR_ENDS - 1),
            Csv.EVENT: kind,
            Csv.ITEM: world.item_ids[items[source]],
            Csv.USER: world.user_ids[who],
            "sessionId": session[source],
            "userAgent": np.array(AGENTS, dtype=object)[agent[who]],
            "userRegion": region[who],
            "userCountry": country[who],
        }
    )
    return table.sort_values(Csv.TIMESTAMP, kind="stable").reset_index(drop=True)


def _viewers(draw: np.random.RandomState, views: int) -> np.ndarray:
    """Who views, ``(views,)`` positions: everybody a few times, some people very often."""
    activity = np.exp(draw.standard_normal(N_PEOPLE) * 1.1)
    least = np.repeat(np.arange(N_PEOPLE), 3)
    rest = _pick(draw, np.cumsum(activity), views - len(least))
    return np.concatenate([least, rest])


def _viewed(
    draw: np.random.RandomState,
    users: np.ndarray,
    world: _World,
    speaks: np.ndarray,
) -> np.ndarray:
    """What each viewer views, ``(views,)`` positions of articles."""
    popularity = np.exp(draw.standard_normal(N_ARTICLES) * 1.15)
    interest = np.full((N_PEOPLE, len(TOPICS)), 0.012)
    for weight in (0.55, 0.25, 0.12):
        favourite = draw.randint(0, len(TOPICS), N_PEOPLE)
        interest[np.arange(N_PEOPLE), favourite] += weight
    same = speaks[:, None] == world.language[None, :]
    items = np.empty(len(users), dtype=np.int64)
    order = np.argsort(users, kind="stable")
    starts = np.searchsorted(users[order], np.arange(N_PEOPLE + 1))
    for user in range(N_PEOPLE):
        mine = order[starts[user] : starts[user + 1]]
        taste = popularity * interest[user, world.topic] * np.where(same[user], 1.0, 0.15)
        items[mine] = _pick(draw, np.cumsum(taste), len(mine))
    return items


def _pick(draw: np.random.RandomState, cumulative: np.ndarray, count: int) -> np.ndarray:
    return np.searchsorted(cumulative, draw.random_sample(count) * cumulative[-1], side="right")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
