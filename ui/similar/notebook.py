"""The lines of Python that give an article's neighbours as the page shows them."""

from ui.parts.article import Article
from ui.parts.notebook import call, of_model
from ui.session.workspace import Workspace
from ui.similar.neighbours import Choice


def lines_of(article: Article, here: Workspace, n: int, choice: Choice, seeds: bool) -> list[str]:
    """From the files to ``table``.

    Parameters
    ----------
    seeds
        Whether the page shows what the other seeds say.
    """
    lines = [*of_model(here), "", f"item = {article.id!r}"]
    limits = ["recsys.Limits(include_removed=True)"] if choice.removed else []
    if article.position is None:
        found = call("blended_neighbours", "model", "contents", "item", str(n), *limits)
        return [*lines, "contents = recsys.ContentIndex.of(tables)", f"table = {found}", "table"]
    if seeds or choice.agreed:
        lines.append("seeds = recsys.train_ensemble(model)")
    if choice.content:
        lines.append("contents = recsys.ContentIndex.of(tables)")
        who, weight = ["model", "contents", "item"], choice.content
        found = call("blended_neighbours", *who, str(n), *limits, weight=weight)
        said = call("blended_stability", "seeds", *who, "table", *limits, weight=weight)
        clipped = 'table["content"] = table["content"].clip(0, 1)'
        lines += [f"table = {found}", clipped]
    else:
        scores = ["scores=recsys.consensus(seeds, model, item)"] if choice.agreed else []
        lines.append(f"table = {call('similar_items', 'model', 'item', str(n), *limits, *scores)}")
        said = call("stability", "seeds", "model", "item", "table", *limits)
    if seeds:
        lines.append(f"table = {said}")
    if choice.evidence:
        lines.append("table = recsys.evidence(model, item, table)")
    return [*lines, "table"]
