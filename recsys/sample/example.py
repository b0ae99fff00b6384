"""A small part of the sample data as two files: what files to bring can look like."""

from functools import cache

from recsys.columns import Csv
from recsys.sample.sample import Sample, generate, tables_as_csv

EXAMPLE_NAMES = "articles.csv", "interactions.csv"
N_ARTICLES, N_EVENTS = 8, 24


@cache
def example_csv() -> tuple[bytes, bytes]:
    """The most-read articles of two topics, and events of people who read mostly one of these.

    Returns
    -------
    tuple
        Two CSV files in the columns of the sample data, articles first: `N_ARTICLES` rows and
        `N_EVENTS`, every event about one of these articles; made once in a process.
    """
    whole = generate()
    english = (whole.articles[Csv.EVENT] == Csv.SHARED) & (whole.articles[Csv.LANGUAGE] == "en")
    shared = whole.articles[english].drop_duplicates(Csv.ITEM)
    readers = whole.events.groupby(Csv.ITEM)[Csv.USER].nunique()
    ranked = shared.assign(
        topic=shared[Csv.ITEM].map(whole.topics), readers=shared[Csv.ITEM].map(readers)
    ).sort_values(["readers", Csv.ITEM], ascending=[False, True])
    two = ranked.drop_duplicates("topic")["topic"].iloc[:2]
    best = ranked[ranked["topic"].isin(two)].groupby("topic", sort=False).head(N_ARTICLES // 2)
    articles = shared[shared[Csv.ITEM].isin(best[Csv.ITEM])]
    events = whole.events[whole.events[Csv.ITEM].isin(articles[Csv.ITEM])]
    events = events.drop_duplicates([Csv.USER, Csv.ITEM, Csv.EVENT])
    topic = events[Csv.ITEM].map(whole.topics)
    of_topic = events.groupby([Csv.USER, topic])[Csv.ITEM].transform("nunique")
    of_both = events.groupby(Csv.USER)[Csv.ITEM].transform("nunique")
    keenest = events.assign(taste=2 * of_topic - of_both).sort_values(
        ["taste", Csv.USER], ascending=False, kind="stable"
    )
    chosen = keenest.groupby(Csv.ITEM).head(N_EVENTS // N_ARTICLES).index.sort_values()
    return tables_as_csv(Sample(articles=articles, events=whole.events.loc[chosen], topics={}))
