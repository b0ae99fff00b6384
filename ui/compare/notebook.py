"""The lines of Python that give a comparison as the page shows it."""

from ui.parts.notebook import call, of_model, of_training
from ui.session.workspace import Workspace


def lines_of(
    here: Workspace, other: Workspace, kind: str, one: str, n: int, seeds: bool
) -> list[str]:
    """From the files to ``table``.

    Parameters
    ----------
    here, other
        A and B, of the same data.
    kind
        What is compared.
    one
        The article or the person, unless it is all articles.
    seeds
        Whether the page shows what other seeds of both say.
    """
    lines = [*of_model(here), *of_training(other.weights, other.params, "other"), ""]
    if kind == "One reader":
        best = f"recsys.recommend(m, who, {n})"
        lines += [f"who = {one!r}", f"a, b = ({best} for m in (model, other))"]
        return [*lines, "table = recsys.compare_lists(a, b)", "table"]
    if kind == "One article":
        near = f"recsys.similar_items(m, item, {n})"
        lines += [f"item = {one!r}", f"a, b = ({near} for m in (model, other))"]
        return [*lines, "table = recsys.compare_lists(a, b)", "table"]
    ensembles = []
    if seeds:
        lines.append("a, b = (recsys.train_ensemble(m) for m in (model, other))")
        ensembles = ["ensemble_a=a", "ensemble_b=b"]
    found = call("compare_models", "model", "other", f"n={n}", *ensembles)
    return [*lines, f"found = {found}", "print(found.sentence)", "table = found.table", "table"]
