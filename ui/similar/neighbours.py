"""The list of neighbours: what is found, and the table that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.columns import Col
from recsys.dataset import Tables
from recsys.limits import Limit, Limits
from recsys.models import Model
from recsys.neighbours import Candidates, agreed_by, candidates, consensus, evidence
from recsys.picks import Applied, apply_rules
from recsys.training import SIZE, Ensemble
from ui.beside import cached
from ui.parts import trust
from ui.parts.article import Article
from ui.parts.table import Column
from ui.parts.widgets import article_table
from ui.similar import evidence as evidences
from ui.similar.picks import Picks
from ui.similar.question import Chosen, Question
from ui.text import counted

GREY = "thin evidence"
NEARLY = 1e-4  # a share below this is rounding
PINNED = Column(label="Rule", kind="text", width=76, help="Pinned: somebody decided that it always "
                "comes first. The rules are below the table.")  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Answer:
    """What was found.

    Attributes
    ----------
    table
        The neighbours with all that is known of each, as it is downloaded.
    left_out
        How many articles nearer than the last each limit left out.
    ruled_out
        How many articles nearer than the last never stand together with it.
    seeds
        The models from other random starts, if they are there.
    """

    found: Candidates
    table: pd.DataFrame
    left_out: Mapping[Limit, int]
    ruled_out: int
    seeds: Ensemble | None


def nearest(article: Article, model: Model, tables: Tables, n: int) -> pd.DataFrame:
    """The neighbours without limits: by one model, or by content where nobody read the article."""
    contents = cached.content(tables) if article.position is None else None
    return candidates(model, article.id, contents=contents).table(n)


def answer(question: Question, seeds: Ensemble | None) -> Answer | None:
    """The neighbours; None where they are ranked by the other models, which are not there yet."""
    choice, model, limits = question.choice, question.model, question.wanted.limits
    scores = None
    if choice.agreed and question.read:
        if seeds is None:
            return None
        scores = consensus(seeds, model, question.ids)
    unread = any(article.position is None for article in question.articles)
    contents = cached.content(question.tables) if choice.content or unread else None
    found = candidates(model, question.ids, scores=scores, contents=contents, weight=choice.content)
    applied = Applied(table=found.table(question.n, limits))
    if question.ruled:
        applied = apply_rules(
            question.rules, question.ids[0], question.n, limits, found.table,
            question.tables.articles,
        )  # fmt: skip
    table = applied.table
    left_out = found.left_out(question.n, limits)
    if question.read and len(table):
        if seeds is not None:
            table = _agreed(seeds, model, found, table, limits)
        table = evidence(model, question.ids, table)
    if Col.CONTENT in table and question.read:
        table[Col.CONTENT] = _share_of_text(table, question, scores)
    return Answer(
        found=found,
        table=evidences.graded(table, question.read),
        left_out=left_out,
        ruled_out=applied.left_out,
        seeds=seeds,
    )


def _share_of_text(
    table: pd.DataFrame, question: Question, scores: np.ndarray | None
) -> np.ndarray:
    """The part of each score that comes from title and text, 0 to 1.

    The table has the weight of the text, which an article without title and text has as well.
    """
    asked = [article.id for article in question.articles if article.position is not None]
    by_readers = candidates(question.model, asked, scores=scores)
    near = np.array(
        [
            by_readers.scores[by_readers.places[item]] if item in by_readers.places else 0.0
            for item in table[Col.ITEM]
        ]
    )
    score = table[Col.SCORE].to_numpy(dtype=float)
    readers = (1 - table[Col.CONTENT].to_numpy(dtype=float)) * near
    part = np.divide(score - readers, score, out=np.zeros(len(score)), where=score > 0)
    return np.clip(np.where(np.abs(part) < NEARLY, 0.0, part), 0, 1)


def _agreed(
    seeds: Ensemble, model: Model, found: Candidates, table: pd.DataFrame, limits: Limits
) -> pd.DataFrame:
    """See `recsys.agreed_by`; what is pinned and no model knows is listed by none."""
    known = table[Col.ITEM].isin(found.places.keys()).to_numpy()
    told = agreed_by(seeds, model, found, table[known], limits)
    if known.all():
        return told
    added = [name for name in told if name not in table]
    unknown = table[~known].assign(**{name: told[name].dtype.type(0) for name in added})
    return pd.concat([told, unknown]).sort_values(Col.RANK, ignore_index=True)


def heading(count: int, question: Question) -> str:
    """What stands above so many neighbours, as Markdown."""
    if not count:
        return "**No similar article.**"
    named = "most similar article" if count == 1 else f"{count} most similar articles"
    return f"**The {named}.** Choose one to see why."


def how(question: Question) -> str:
    """How they are ranked, where it is not by one model's similarity."""
    if not question.read:
        who = "these articles" if question.several else "this article"
        return f"Nobody has read {who} yet: ranked **by title and text**."
    if question.choice.agreed:
        return f"Ranked by the mean similarity over {SIZE} models from different random starts."
    if question.choice.content:
        return "**Text** is the share of the score that comes from title and text."
    return ""


def nothing(question: Question) -> str:
    """Why the list is empty, and what to do."""
    if question.wanted.said:
        return "The limits leave out all similar articles. Remove one."
    if question.read:
        return "The model has no other article."
    return "Nobody has read this article yet, and no other has a similar title or text."


def show(
    found: Answer,
    question: Question,
    columns: list[str],
    chosen: str,
    then: Chosen,
    picks: Picks | None = None,
) -> None:
    """The table; `then` is called with the id of the row that is chosen.

    Parameters
    ----------
    picks
        What is picked for the article; None where there is no picking.
    """
    table = found.table
    decide = [Col.CONTENT] if question.choice.content else []
    if Col.RULE in table and (table[Col.RULE] != "").any():
        decide.append(Col.RULE)
    names = [Col.RANK, Col.ITEM, Col.TITLE, *dict.fromkeys([*columns, *decide])]
    shown = table[[name for name in names if name in table]].copy()
    if Col.RULE in shown:
        shown[Col.RULE] = shown[Col.RULE].str.capitalize()
    if Col.SEEN_BY in shown:
        shown[Col.SEEN_BY] = evidences.repeats(table)
    article_table(
        shown,
        # The same rows are the same table, before and after their stability is known.
        key=f"near-{question.model.fingerprint}-{'-'.join(question.ids)}-{len(table)}-"
        f"{question.choice}-{hash(question.wanted.limits)}",
        then=then,
        alt=f"The {counted(len(table), 'article')} most similar to {question.label}",
        name=None,
        columns={**evidences.SHOWN, Col.RULE: PINNED},
        chosen=chosen,
        picked=None if picks is None else picks.ids,
        pick=None if picks is None else picks.toggle,
        faint=evidences.thin(table),
        faint_help="" if Col.EVIDENCE in shown else GREY,  # the column says it
    )


def show_repeats(found: Answer, question: Question) -> None:
    """How much of the list other models repeat."""
    if not question.read:
        return
    if found.seeds is None:
        trust.wait_for_seeds(question.model)
    elif Col.STABILITY in found.table:
        kept = trust.of_all_articles(question.model, found.seeds, question.choice.agreed)
        trust.sentence(found.table, "most similar", kept)
