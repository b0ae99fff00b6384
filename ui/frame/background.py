"""What is made beside the pages: models, their quality, other seeds, topics, comparisons, files.

Each function gives the `ui.beside.work.Work`, begun if need be, and notes that this session waits
for it.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from recsys.comparison import Comparison, compare_models
from recsys.dataset import Tables
from recsys.errors import ModelFolderError
from recsys.evaluation import Quality, measure
from recsys.exports import all_neighbours, all_recommendations
from recsys.models import ALSParams, Model, in_full
from recsys.neighbours import kept_by_another_seed
from recsys.picks import NO_RULES, Rules
from recsys.strengths import EventWeights, default_weights
from recsys.text import ContentIndex
from recsys.topics import find_topics, topic_names
from recsys.training import SIZE, Ensemble, train, train_ensemble
from recsys.writing import write_parts
from ui.beside import cached, server
from ui.beside.work import Rank, Work
from ui.frame.naming import NamedTopics, named as under_names
from ui.session.workspace import Workspace
from ui.text import cut, visible

PATIENCE = 1.0  # seconds; what is read sooner is waited for
NEAREST = 10  # of an article, by which a whole model is judged


def again(*works: Work[Any]) -> None:
    """Begin anew what was stopped or has failed, as somebody has just asked."""
    for work in works:
        if work.make is not None:  # otherwise something has come of it meanwhile
            server.work(work.key, work.name, work.make, Rank.CLICKED, again=True)


def model_here(here: Workspace) -> Model | None:
    """The workspace's model, if it is in memory or can be read from the disk at once."""
    work = training(here)
    if work is None and server.model_store().has(here.key):
        work = model_of(here)
        work.wait(PATIENCE)
    return None if work is None else work.result


def training(here: Workspace) -> Work[Model] | None:
    """The work that makes the workspace's model, if it was begun and is not forgotten."""
    return server.workers().known(f"model {here.key}")


def model_of(here: Workspace, rank: Rank = Rank.SHOWN, again: bool = False) -> Work[Model]:
    """The workspace's model: from the disk, or trained."""
    store, key = server.model_store(), here.key

    def follow(work: Work[Model], iteration: int, loss: float) -> None:
        total = here.params.iterations
        work.follow(iteration, total, f"iteration {iteration} of {total}, loss {loss:.4f}")

    def check(work: Work[Model]) -> None:
        if not work.share:  # it is called for the first time when the matrix is built
            work.said = f"iteration 1 of {here.params.iterations}"
        work.check()

    def make(work: Work[Model]) -> Model:
        work.said = "loading the model"
        model = store.get(key)
        if model is None:
            work.said = "building the matrix"
            model = train(
                here.data.tables,
                here.weights,
                here.params,
                lambda iteration, loss: follow(work, iteration, loss),
                check=lambda: check(work),
            )
            with suppress(ModelFolderError, OSError):  # it is in memory alone
                store.put(model, in_use=server.in_use())
        _ = model.readers, model.positions, model.labels, model.item_norms  # not on a page's time
        return model

    name = f"Training: {named(here)}, on {cut(here.data.name, 40)}"
    return server.work(f"model {key}", name, make, rank, again)


def is_training(work: Work[Any]) -> bool:
    """Whether a work makes a model that somebody looks at, and not one to check it by."""
    return work.key.startswith("model ")


def named(here: Workspace) -> str:
    """A model in few words, by which two that are trained can be told apart.

    ``"64 factors, 30 iterations, alpha 10, LIKE 5"``: what is not standard is named.
    """
    params, standard = here.params.as_dict(), ALSParams().as_dict()
    usual = default_weights(here.data.tables)
    words = [f"{here.params.factors} factors", f"{here.params.iterations} iterations"]
    words += [
        f"{name} {in_full(value)}"
        for name, value in params.items()
        if value != standard[name] and name not in ("factors", "iterations")
    ]
    own = [(k, v) for k, v in here.weights.strengths if v != usual.as_dict().get(k)]
    words += [f"{cut(visible(name), 20)} {value:g}" for name, value in own[:2]]
    if here.weights != usual and len(own) != 1 and len(own) != 2:
        words.append("own strengths")
    return ", ".join(words)


def quality_of(here: Workspace) -> Work[Quality]:
    """How good the workspace's model is; kept with the model."""
    key, store = here.key, server.model_store()

    def make(work: Work[Quality]) -> Quality:
        found = store.quality(key)
        if found is None:
            total = here.params.iterations + 1
            found = measure(
                here.data.tables,
                here.weights,
                here.params,
                lambda done, _: work.follow(done, total),
                check=work.check,
            )
            store.put_quality(key, found)
        return found

    return server.work(f"quality {key}", "Measuring the quality", make, Rank.ASIDE)


def quality_if_known(here: Workspace) -> Quality | None:
    """How good the workspace's model is, if that was measured."""
    return server.model_store().quality(here.key)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """Strengths and parameters to compare with others, and what they are called."""

    name: str
    weights: EventWeights
    params: ALSParams


def effect_of(
    tables: Tables, variants: tuple[Variant, ...], again: bool = False
) -> Work[tuple[Quality, ...]]:
    """How good a model each variant gives, in their order; begun because somebody asked for it."""

    def make(work: Work[tuple[Quality, ...]]) -> tuple[Quality, ...]:
        steps = [variant.params.iterations + 1 for variant in variants]

        def quality(place: int) -> Quality:
            variant, before = variants[place], sum(steps[:place])
            work.follow(before, sum(steps), variant.name)
            return measure(
                tables,
                variant.weights,
                variant.params,
                lambda done, _: work.follow(before + done, sum(steps)),
                check=work.check,
            )

        return tuple(map(quality, range(len(variants))))

    text = ";".join(f"{one.weights.as_text()} {one.params}" for one in variants)
    key = f"effect {tables.fingerprint} {text}"
    return server.work(key, "Comparing strengths", make, Rank.CLICKED, again)


def seeds_of(model: Model) -> Work[Ensemble]:
    """The same model from other seeds; kept with the model."""
    store = server.model_store()

    def make(work: Work[Ensemble]) -> Ensemble:
        work.shares = (model,)
        found = store.ensemble(model, on_progress=work.follow)
        if found is None:
            found = train_ensemble(model, on_progress=work.follow, check=work.check)
            with suppress(ModelFolderError):  # it is in memory alone
                store.put_ensemble(found, in_use=server.in_use())
        return found

    name = f"Training {SIZE - 1} more models to check stability"
    return server.work(f"seeds {model.fingerprint}", name, make, Rank.DOUBT)


def kept_of(model: Model, seeds: Ensemble) -> Work[float]:
    """What another seed keeps of the nearest of all articles."""

    def make(work: Work[float]) -> float:
        return kept_by_another_seed(seeds, model, NEAREST)

    name = "Checking all similar articles"
    return server.work(f"kept {model.fingerprint}", name, make, Rank.DOUBT)


def comparison_of(
    a: Model, b: Model, n: int, seeds: tuple[Ensemble, Ensemble] | None
) -> Work[Comparison]:
    """Two models on all articles; see `recsys.comparison.compare_models`."""
    of_a, of_b = seeds or (None, None)

    def make(work: Work[Comparison]) -> Comparison:
        return compare_models(a, b, n=n, ensemble_a=of_a, ensemble_b=of_b, on_progress=work.follow)

    noise = "alone" if seeds is None else "seeds"
    key = f"comparison {a.fingerprint}-{b.fingerprint}-{n}-{noise}"
    return server.work(key, "Comparing all articles", make)


def topics_of(model: Model, tables: Tables, count: int | None = None) -> Work[NamedTopics]:
    """The topics of a model, and the name of each article's, of unread ones by their content.

    Under the names that people gave them; see `ui.frame.naming`.

    Parameters
    ----------
    count
        How many at most; None: as many as the data supports.
    """
    return under_names(found_topics(model, tables, count), model, tables)


def found_topics(model: Model, tables: Tables, count: int | None = None) -> Work[NamedTopics]:
    """The same under the names that were found for them."""
    parts = 3 if len(tables.articles) > len(model.items) else 1

    def make(work: Work[NamedTopics]) -> NamedTopics:
        def part(place: int) -> Callable[[int, int], None]:
            return lambda done, total: work.follow(place * total + done, parts * total)

        found = find_topics(model, count, on_progress=part(0))
        index = cached.content_beside(tables, part(1)) if parts > 1 else None
        return found, topic_names(found, model, index, part(2))

    asked = "" if count is None else f"-{count}"
    key = f"topics {model.fingerprint}-{tables.fingerprint}{asked}"
    return server.work(key, "Finding topics", make)


def contents_of(tables: Tables) -> Work[ContentIndex]:
    """What the articles say, read beside the page; see `ui.beside.cached.content`."""

    def make(work: Work[ContentIndex]) -> ContentIndex:
        found = cached.content_beside(tables, work.follow)
        work.shares = (found,)
        return found

    return server.work(f"contents {tables.fingerprint}", "Reading the texts", make, Rank.ASIDE)


def _export_key(model: Model, what: str, n: int, ending: str, rules: Rules) -> str:
    ruled = f"-{rules.fingerprint}" if what == "neighbours" and rules.standing else ""
    return f"export {model.fingerprint}-{what}-{n}-{ending}{ruled}"


def export_if_begun(
    model: Model, what: str, n: int, ending: str, rules: Rules = NO_RULES
) -> Work[bytes] | None:
    """The file of the whole catalogue, if somebody asked for it."""
    return server.workers().known(_export_key(model, what, n, ending, rules))


def export_of(model: Model, what: str, n: int, ending: str, rules: Rules = NO_RULES) -> Work[bytes]:
    """A file of all neighbours, with the rules applied, or of all recommendations."""

    def make(work: Work[bytes]) -> bytes:
        rows = (
            all_neighbours(model, n, rules=rules, on_progress=work.follow)
            if what == "neighbours"
            else all_recommendations(model, n, on_progress=work.follow)
        )
        stream = io.BytesIO()
        write_parts(rows, stream, ending)
        return stream.getvalue()

    key = _export_key(model, what, n, ending, rules)
    return server.work(key, "Making the file", make, Rank.CLICKED, again=True)
