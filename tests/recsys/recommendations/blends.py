"""A small catalogue with articles that nobody has read, and blends of its readers' tastes."""

from recsys.dataset.tables import read_tables
from recsys.models.params import ALSParams
from recsys.recommendations.blended_taste import BlendedTaste, Catalogue
from recsys.recommendations.explain import Solver, taste_of
from recsys.strengths.weights import EventWeights
from recsys.text.content import ContentIndex
from recsys.training.pipeline import train
from tests.conftest import articles_csv, events_csv

TITLES = {
    "a": "Bread and butter",
    "b": "Sourdough bread",
    "c": "Cargo bikes",
    "d": "Bikes in the city",
    "e": "",
    "f": "City of bread",
    "new": "Bread, bikes and the city",
    "mute": "",
    "other": "Zzyzx",
    "old": "Butter in the city",
}
LANGUAGES = {"old": "pt"}
DAY = 86400
UNREAD = ("new", "mute", "other", "old")


def catalogue_of(titles, texts=None):
    articles = articles_csv(
        *(
            f'{DAY * place},CONTENT SHARED,{item},HTML,,"{title}",{LANGUAGES.get(item, "en")}'
            for place, (item, title) in enumerate(titles.items())
        )
    )
    events = events_csv(
        *(
            f"1,{'LIKE' if (user + place) % 4 else 'VIEW'},{item},p{user}"
            for user in range(9)
            for place, item in enumerate("abcdef")
            if (user * 7 + place * (1 + user % 3)) % 3
        )
    )
    tables = read_tables(articles, events)
    # So much regularization that what a person has not read has a score above 0 from any start.
    params = ALSParams(factors=4, iterations=10, regularization=10)
    model = train(tables, EventWeights.default(), params)
    ids = tables.articles["item_id"].tolist()
    index = ContentIndex.build(ids, [titles[item] for item in ids], texts)
    return Catalogue(solver=Solver(model), index=index, articles=tables.articles)


def blended(catalogue, user, weight):
    taste = taste_of(catalogue.solver, user) if isinstance(user, str) else user
    return BlendedTaste(catalogue=catalogue, taste=taste, weight=weight)


def people_of(catalogue):
    return [str(user) for user in catalogue.solver.model.user_ids]
