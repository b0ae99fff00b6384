"""Topics within topics, beside the page, under the names that people gave them."""

from copy import copy

from recsys.dataset import Tables
from recsys.models import Model
from recsys.topics import FinerTopics, apply_names, finer_topics
from ui.beside import server
from ui.beside.work import Rank, Work
from ui.frame import background
from ui.session import topic_names


def finer_of(
    model: Model, tables: Tables, count: int | None = None, finer: int | None = None
) -> Work[FinerTopics] | None:
    """The division of a model's topics; None until `background.topics_of` has found these.

    Parameters
    ----------
    count
        How many topics at most; see `background.topics_of`.
    finer
        How many finer ones at most in all; see `recsys.topics.finer_topics`.
    """
    broader = background.found_topics(model, tables, count).result
    if broader is None:
        return None
    topics, _ = broader

    def make(work: Work[FinerTopics]) -> FinerTopics:
        return finer_topics(model, topics, finer, on_progress=work.follow)

    key = f"finer topics {model.fingerprint}-{count}-{finer}"
    work = server.work(key, "Dividing topics", make, Rank.ASIDE)
    names = topic_names.names_for(tables)
    if work.result is None or not names.given:
        return work
    renamed = copy(work)
    below = work.result.under(apply_names(topics, model, names))
    renamed.result = apply_names(below, model, names)
    return renamed
