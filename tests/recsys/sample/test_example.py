"""The two small files that show what to bring."""

from recsys.dataset.tables import read_tables
from recsys.formats.source import Source
from recsys.models.params import ALSParams
from recsys.neighbours.similarity import similar_items
from recsys.sample.example import EXAMPLE_NAMES, N_ARTICLES, N_EVENTS, example_csv
from recsys.sample.sample import generate, tables_as_csv
from recsys.strengths.weights import EventWeights
from recsys.training.pipeline import train


def test_all_of_it_is_read_and_gives_neighbours():
    files = [Source(name=n, data=d) for n, d in zip(EXAMPLE_NAMES, example_csv(), strict=True)]
    tables = read_tables(*files)
    report = tables.report
    assert (report.articles.rows, report.articles.kept) == (N_ARTICLES, N_ARTICLES)
    assert (report.events.rows, report.events.kept) == (N_EVENTS, N_EVENTS)
    assert tables.events["user_id"].nunique() > 3 and len(tables.event_counts) > 1
    model = train(tables, EventWeights.default(), ALSParams(factors=4, iterations=3))
    topic = generate().topics
    same = [
        topic[similar_items(model, item, 1)["item_id"].iloc[0]] == topic[item]
        for item in model.items["item_id"]
    ]
    assert len(same) == N_ARTICLES and sum(same) > N_ARTICLES / 2


def test_it_is_a_part_of_the_sample():
    for part, whole in zip(example_csv(), tables_as_csv(generate()), strict=True):
        lines = part.decode().splitlines()
        assert len(lines) == len(set(lines)) and set(lines) <= set(whole.decode().splitlines())
