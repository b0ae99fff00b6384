"""Where the pages are; their addresses are the names of their files."""

HOME, DATA, TRAIN = "app.py", "pages/data.py", "pages/train.py"
SIMILAR, PEOPLE, MAP = "pages/similar.py", "pages/people.py", "pages/map.py"
COMPARE = "pages/compare.py"
