"""How good a model is, in words."""

from recsys.evaluation import TOP, Quality
from ui.beside.work import Work
from ui.frame import waiting

ABOUT = (
    f"Recall@{TOP}: one read of each reader, chosen at random, is hidden, and a model is trained "
    f"without it. How often is that article among the top {TOP} of all that the reader has not "
    "read? It measures how well the model knows each reader's taste, not how well it predicts the "
    "future."
)


def in_words(measured: Work[Quality]) -> tuple[str, str]:
    """The quality for the strip (Markdown), and what it means."""
    if (found := measured.result) is None:
        if not waiting.over(measured):
            return "Quality: **being measured**", ABOUT
        why = "Measuring it was stopped." if measured.error is None else str(measured.error)
        return "Quality: **not measured**", why
    low, high = found.interval
    label = (
        f"Recovers **{found.recall:.0%}** of hidden reads "
        f"(most-read list: {found.recall_by_popularity:.0%})"
    )
    return label, (
        f"{ABOUT} Found for {found.found:,} of {found.people:,} readers ({found.recall:.1%}; "
        f"95% interval {low:.0%} to {high:.0%}). A list of the most-read articles finds it for "
        f"{found.recall_by_popularity:.1%}."
    )


def doubt(found: Quality) -> str:
    """What is to be said above all that a model shows which loses to the most-read list.

    Empty where it wins.
    """
    if found.found > found.found_by_popularity:
        return ""
    low, high = found.interval
    by_list = found.recall_by_popularity
    words = (
        "**This model is no better than a list of the most-read articles.** It recovers "
        f"{found.recall:.1%} of hidden reads, the list {by_list:.1%}."
    )
    if low <= by_list <= high:
        words += f" With only {found.people:,} readers tested, this may be random variation."
    return f"{words} Try other strengths or training settings."
