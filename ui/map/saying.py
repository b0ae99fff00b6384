"""What the map says of itself."""

from recsys.maps import Places
from ui.text import counted

HELP = (
    "Each article has as many coordinates as the model has factors; a map has two. Kept: of the ten "
    "articles that are truly most similar, how many are also among the ten nearest on the map. "
    "Trustworthiness (Venna & Kaski 2001): 1 if what lies near on the map is truly similar, about "
    "0.5 if it lies there by chance."
)


def faithful(places: Places) -> str:
    """How far to trust the picture, as Markdown."""
    kept = places.faithfulness
    if not kept.k:
        return "**Too few articles for a map that says something.**"
    how = "neighbours together" if places.method == "neighbours" else "first overview"
    parts = [f"of an article's {kept.k} most similar, **{kept.kept:.0%}** are nearest here too"]
    if kept.of < int(places.placed.sum()):
        parts.append(f"judged by {kept.of:,} articles")
    if places.learned_from < int(places.placed.sum()):
        parts.append(f"learned from {places.learned_from:,}, the others placed among them")
    if places.without_place:
        parts.append(f"{counted(places.without_place, 'article')} without a direction below")
    return (
        f"Map ({how}): {'; '.join(parts)} (trustworthiness {kept.trustworthiness:.2f}). "
        "Distance here is not similarity."
    )
