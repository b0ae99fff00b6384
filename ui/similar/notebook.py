"""The lines of Python that give the neighbours as the page shows them."""

from ui.parts.notebook import call, of_limits, of_model
from ui.parts.topics import as_found
from ui.session.workspace import Workspace
from ui.similar.question import Question


def lines_of(question: Question, here: Workspace, seeds: bool) -> list[str]:
    """From the files to ``table``.

    Parameters
    ----------
    seeds
        Whether the page shows what the other seeds say.
    """
    choice, wanted = question.choice, question.wanted
    unread = any(article.position is None for article in question.articles)
    contents = bool(choice.content) or unread
    asked = question.ids if question.several else question.ids[0]
    lines = [*of_model(here), "", f"asked = {asked!r}"]
    of_topics = as_found(question.model, question.tables, wanted.topics)
    lines += of_limits(wanted.limits, of_topics, contents)
    agreed = choice.agreed and question.read
    if seeds or agreed:
        lines.append("seeds = recsys.train_ensemble(model)")
    given = ["scores=recsys.consensus(seeds, model, asked)"] if agreed else []
    given += ["contents=contents"] if contents else []
    weight = {"weight": choice.content} if choice.content else {}
    lines.append(f"found = {call('candidates', 'model', 'asked', *given, **weight)}")
    if question.ruled:
        given = ["rules", "asked", str(question.n), "limits", "found.table", "tables.articles"]
        lines += [
            'rules = recsys.read_rules("rules.json")  # from the page Read next',
            f"applied = {call('apply_rules', *given)}",
            "table = applied.table",
        ]
    else:
        lines.append(f"table = found.table({question.n}, limits)")
    if contents:
        lines.append('table["content"] = table["content"].clip(0, 1)')
    if question.read:
        if seeds:
            lines.append("table = recsys.agreed_by(seeds, model, found, table, limits)")
        lines.append("table = recsys.evidence(model, asked, table)")
    return [*lines, "table"]
