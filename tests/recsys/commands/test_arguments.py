"""Options that are given more than once, and ids that look like options."""

import shlex

import pytest

from recsys.commands.arguments import tables_of
from recsys.commands.parser import parse
from recsys.dataset.files import read_files
from recsys.reading.ids import no_ids_option


def rules_of(tmp_path, *options):
    """What `--no-ids` and `--same-ids` leave of people A to D, -- and -a."""
    path = tmp_path / "e.csv"
    rows = [f"{user},{item}" for user in ("A", "B", "C", "a ", "--", "-a") for item in "xy"]
    path.write_text("user,item\n" + "\n".join(rows))
    tables = tables_of(parse(["check", "--interactions", str(path), *options]))
    return list(tables.events["user_id"].cat.categories)


def test_hints_that_are_followed_one_by_one_hold_together(tmp_path):
    assert rules_of(tmp_path, "--no-ids", "A", "--no-ids", "B,C") == ["--", "-a", "a "]
    assert rules_of(tmp_path, "--same-ids", "trim", "--same-ids", "case") == [
        "--", "-a", "a", "b", "c",
    ]  # fmt: skip


@pytest.mark.parametrize("words", [["--"], ["-a"], ["--", "A"], ["A", "--"]])
def test_words_that_begin_as_options_do_are_words(tmp_path, words):
    option = no_ids_option(words)
    assert option.startswith("--no-ids=-") == words[0].startswith("-")
    asked = shlex.split(option)
    left = rules_of(tmp_path, *asked)
    assert left == rules_of(tmp_path, "--no-ids", ",".join(words))
    assert set(words).isdisjoint(left) and "B" in left


def test_a_word_that_a_shell_would_not_pass_on_is_encoded():
    assert no_ids_option(["#N/A", "?"]) == "--no-ids %23N/A,%3F"


def test_the_hint_for_dashes_can_be_followed(tmp_path):
    rows = [f"{'--' if n % 2 else f'u{n}'},i{n % 4}" for n in range(20)]
    path = tmp_path / "e.csv"
    path.write_text("user,item\n" + "\n".join(rows))
    (hint,) = read_files(None, path).report.events.hints
    tables = tables_of(parse(["check", "--interactions", str(path), *shlex.split(hint.shell)]))
    assert tables.report.events.kept == 10 and not tables.report.events.hints
