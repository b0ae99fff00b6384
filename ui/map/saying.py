"""What the map says of itself."""

from recsys.maps import Places
from ui.text import counted

HELP = (
    "Each article has as many coordinates as the model has factors; a map has two. Of the ten "
    "articles that are truly most similar, the share says how many are also nearest on the map. "
    "Trustworthiness (Venna & Kaski 2001): 1 if what lies near on the map is truly similar, about "
    "0.5 if it lies there by chance."
)


def faithful(places: Places) -> str:
    """How far to trust the picture, as Markdown."""
    kept, placed = places.faithfulness, int(places.placed.sum())
    if not kept.k:
        return "**Too few articles for a map that says something.**"
    parts = [
        f"Keeps **{kept.kept:.0%}** of each article's {kept.k} most similar (trustworthiness "
        f"{kept.trustworthiness:.2f})"
    ]
    if places.method == "pca" and placed > kept.k:
        parts.append("a first overview")
    if kept.of < placed:
        parts.append(f"judged by {kept.of:,} articles")
    if places.learned_from < placed:
        parts.append(f"learned from {places.learned_from:,}, the others placed among them")
    if places.without_place:
        parts.append(f"{counted(places.without_place, 'article')} without a place, below")
    return f"{', '.join(parts)}. Distance here is not similarity."
