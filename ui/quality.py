"""How good a model is, in words."""

from recsys.errors import KindredError
from recsys.evaluation.hidden import TOP, Quality
from ui.background import Work

ABOUT = (
    f"Recall@{TOP}: one article of each person, drawn at random, is hidden from the training; is "
    f"it among the {TOP} best of the whole catalogue that the person has not read? It tells how "
    "well tastes are known, not how well the future is."
)


def in_words(measured: Work[Quality]) -> tuple[str, str]:
    """The quality for the strip (Markdown), and what it means."""
    if not measured.done:
        return f"Quality: **being measured, {measured.share:.0%}**", ABOUT
    if measured.stopped:
        return "Quality: **not measured**", "Measuring it was stopped."
    error = measured.future.exception()
    if error is not None:
        why = str(error) if isinstance(error, KindredError) else f"It failed: {error!r}."
        return "Quality: **not measured**", why
    found = measured.future.result()
    low, high = found.interval
    return f"Finds **{found.recall:.0%}** of hidden readings", (
        f"{ABOUT} It was there for {found.found:,} of {found.people:,} people ({found.recall:.1%}; "
        f"95% interval {low:.0%} to {high:.0%}). A list of the most-read articles finds "
        f"{found.recall_by_popularity:.1%}."
    )
