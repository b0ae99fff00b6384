"""The lines of Python that give somebody's recommendations as the page shows them."""

from recsys.recommendations import pool_size
from ui.parts.notebook import call, of_limits, of_model
from ui.parts.topics import as_found
from ui.people.suggestions import Suggestions
from ui.session.workspace import Workspace


def lines_of(suggested: Suggestions, here: Workspace, n: int, seeds: bool) -> list[str]:
    """From the files to ``table``.

    Parameters
    ----------
    seeds
        Whether the page shows what the other seeds say.
    """
    wish, reader = suggested.wish, suggested.reader
    lines = [*of_model(here), "", "solver = recsys.Solver(model)"]
    if reader.user:
        lines.append(f"who = {reader.user!r}")
    else:
        events = [(item, event, None) for event, item in reader.clicks]
        lines.append(f"events = {events!r}  # article, event, value")
        lines.append("who = recsys.fold_in(solver, recsys.strengths_of(model, events))")
    of_topics = as_found(suggested.model, suggested.tables, wish.topics)
    lines += of_limits(wish.limits, of_topics, bool(wish.content))
    size = pool_size(n)
    if wish.content:
        made = ("solver", "tables", "contents", "who")
        lines.append(f"taste = {call('BlendedTaste.of', *made, weight=wish.content)}")
        lines.append(f"table = taste.recommend({size}, limits)")
    else:
        lines.append(f"table = recsys.recommend(solver, who, {size}, limits)")
    if wish.diversity or wish.novelty:
        traded = {"diversity": wish.diversity, "novelty": wish.novelty}
        contents = ["contents=contents"] if wish.content else []
        lines.append(f"table = {call('rerank', 'table', 'model', str(n), *contents, **traded)}")
    else:
        lines.append(f"table = table.head({n})")
    if seeds:
        lines.append("seeds = recsys.train_ensemble(model)")
        lines.append("table = recsys.list_stability(seeds, solver, who, table, limits)")
    return [*lines, "table"]
