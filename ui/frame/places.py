"""Where the pages are; their addresses are the names of their files."""

HOME, DATA, TRAIN = "app.py", "pages/data.py", "pages/train.py"
SIMILAR, PEOPLE, MAP = "pages/similar.py", "pages/people.py", "pages/map.py"
COMPARE, PACK = "pages/compare.py", "pages/pack.py"

NAMES = {
    HOME: "Home",
    DATA: "Data",
    TRAIN: "Strengths & training",
    SIMILAR: "Similar articles",
    PEOPLE: "Readers",
    MAP: "Map",
    PACK: "Read next",
    COMPARE: "Compare",
}


def named(title: str) -> str:
    """The place of the page with that title; Similar articles where there is none."""
    return next((place for place, name in NAMES.items() if name == title), SIMILAR)
