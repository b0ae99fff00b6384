"""No command imports what it does not use, and help nothing at all."""

import subprocess
import sys

import pytest

from recsys.commands.parser import COMMANDS
from tests.conftest import DATA, ROOT

LARGE = {
    "implicit", "matplotlib", "numpy", "openTSNE", "pandas", "pyarrow", "rapidfuzz", "scipy",
    "sklearn",
}  # fmt: skip
CODE = f"""
import sys
from recsys.__main__ import main
for arguments in " ".join(sys.argv[1:]).split(" ; "):
    try:
        main(arguments.split())
    except SystemExit:
        pass
sys.stderr.write(" ".join({LARGE!r} & set(sys.modules)))
"""
FILES = [
    *("--articles", str(DATA / "shared_articles.csv")),
    *("--interactions", str(DATA / "users_interactions.csv")),
]
KNOWS = {"numpy", "pandas", "pyarrow", "scipy"}


def imported(*arguments: str) -> set[str]:
    command = [sys.executable, "-W", "ignore", "-c", CODE, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout, done.stderr
    return set(done.stderr.split())


def test_help_imports_nothing_large():
    assert imported("--help", *(f"; {command} --help" for command in COMMANDS)) == set()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["check", *FILES], KNOWS),
        (["train", *FILES, "--factors=4", "--iterations=2", "--out=TMP/m"], {*KNOWS, "implicit"}),
        (["similar", "--item=ITEM", "--model=MODEL"], KNOWS),
        (["recommend", "--user=USER", "--model=MODEL"], KNOWS),
        (["search", "marathon", "--model=MODEL"], {*KNOWS, "rapidfuzz"}),
        (["topics", "--model=MODEL"], {*KNOWS, "rapidfuzz", "sklearn"}),
        (
            ["map", "--topics=2", "--model=TINY", "--out=TMP/map.png"],
            {*KNOWS, "matplotlib", "openTSNE", "rapidfuzz", "sklearn"},
        ),
        (
            ["map", "--topics=2", "--model=TINY", "--out=TMP/map.csv"],
            {*KNOWS, "openTSNE", "rapidfuzz", "sklearn"},
        ),
        (["export", "--n=2", "--model=MODEL", "--out=TMP/all.csv"], KNOWS),
        (["sample", "--out=TMP/sample"], {"numpy", "pandas", "pyarrow"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_imports_what_it_uses(
    arguments, expected, folder, tiny_folder, sample_model, tmp_path
):
    known = {
        "MODEL": folder,
        "TINY": tiny_folder,
        "TMP": str(tmp_path),
        "ITEM": sample_model.items["item_id"].iloc[0],
        "USER": sample_model.user_ids[0],
    }
    for name, value in known.items():
        arguments = [part.replace(name, value) for part in arguments]
    assert imported(*arguments) == expected
