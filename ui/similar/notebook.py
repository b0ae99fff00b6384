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
    among = "None" if choice.removed else "tables.not_removed"
    if article.position is None:
        found = f"contents.neighbours(item, {n}, among={among})"
        return [*lines, "contents = recsys.ContentIndex.of(tables)", f"table = {found}", "table"]
    if seeds or choice.agreed:
        lines.append("seeds = recsys.train_ensemble(model)")
    if choice.content:
        lines += ["contents = recsys.ContentIndex.of(tables)", f"among = {among}"]
        how = {"n": n, "weight": choice.content}
        found = call("blended_neighbours", "model", "contents", "item", "among=among", **how)
        said = call(
            "blended_stability", "seeds", "model", "contents", "item", "table", "among=among",
            weight=choice.content,
        )  # fmt: skip
        clipped = 'table["content"] = table["content"].clip(0, 1)'
        lines += [f"table = {found}", clipped]
    else:
        removed = {"include_removed": True} if choice.removed else {}
        scores = ["scores=recsys.consensus(seeds, model, item)"] if choice.agreed else []
        lines.append(
            f"table = {call('similar_items', 'model', 'item', str(n), *scores, **removed)}"
        )
        said = call("stability", "seeds", "model", "item", "table", **removed)
    if seeds:
        lines.append(f"table = {said}")
    if choice.evidence:
        lines.append("table = recsys.evidence(model, item, table)")
    return [*lines, "table"]
