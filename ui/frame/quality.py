"""How good a model is, in words."""

from recsys.evaluation import TOP, Quality
from ui.beside.work import Work
from ui.frame import waiting

ABOUT = (
    f"Recall@{TOP}: one article of each person, drawn at random, is hidden from the training; is "
    f"it among the {TOP} best of the whole catalogue that the person has not read? It tells how "
    "well tastes are known, not how well the future is."
)


def in_words(measured: Work[Quality]) -> tuple[str, str]:
    """The quality for the strip (Markdown), and what it means."""
    if (found := measured.result) is None:
        if not waiting.over(measured):
            return "Quality: **being measured**", ABOUT
        why = "Measuring it was stopped." if measured.error is None else str(measured.error)
        return "Quality: **not measured**", why
    low, high = found.interval
    return f"Finds **{found.recall:.0%}** of hidden readings", (
        f"{ABOUT} It was there for {found.found:,} of {found.people:,} people ({found.recall:.1%}; "
        f"95% interval {low:.0%} to {high:.0%}). A list of the most-read articles finds "
        f"{found.recall_by_popularity:.1%}."
    )
