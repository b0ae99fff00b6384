"""What is installed: every package that is needed is pinned, in the file of those who need it."""

import ast
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import product
from sys import stdlib_module_names

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

OURS = {"app", "pages", "ui", "recsys", "tests", "bench"}
CALLED = {
    "sklearn": "scikit-learn",
    "PIL": "pillow",
}  # packages that are not called as what is imported
# Nobody imports these: they are run, and pandas reads and writes Parquet by pyarrow.
APP_TOOLS, DEV_TOOLS = (
    {"streamlit", "pyarrow"},
    {"pytest", "pytest-xdist", "ruff", "mypy", "import-linter", "setuptools"},
)
SYSTEMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
MACHINES = [
    {
        "sys_platform": platform,
        "platform_system": system,
        "os_name": kind,
        "python_version": number,
        "python_full_version": f"{number}.0",
    }
    for (platform, system, kind), number in product(SYSTEMS, ["3.11", "3.12", "3.13"])
]


def pins(name: str) -> dict[str, Requirement]:
    """The lines of one file that name a package, by its name."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("-r")]
    by_name = {canonicalize_name(one.name): one for one in found}
    assert len(by_name) == len(found), "one is pinned twice"
    return by_name


def imported(*places: str) -> set[str]:
    """The packages that the code in these places imports, anywhere in it."""
    modules: set[str] = set()
    for path in (ROOT / place for place in places):
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {one.name.partition(".")[0] for one in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
    modules -= OURS | stdlib_module_names
    return {canonicalize_name(CALLED.get(module, module)) for module in modules}


@cache
def asked_by(name: str) -> list[Requirement]:
    """What a package asks for; nothing where it is of another system and so not here."""
    try:
        return [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []


def needed(names: Iterable[str], machine: dict[str, str]) -> set[str]:
    """These packages and all that they pull in on such a machine."""
    done: set[tuple[str, str]] = set()
    left = [(name, "") for name in names]
    while left:
        name, extra = left.pop()
        if (name, extra) in done:
            continue
        done.add((name, extra))
        for one in asked_by(name):
            if one.marker is None or one.marker.evaluate(machine | {"extra": extra}):
                left += [(canonicalize_name(one.name), part) for part in ["", *one.extras]]
    return {name for name, _ in done}


def on(file: dict[str, Requirement], machine: dict[str, str]) -> set[str]:
    """What such a machine takes of a file."""
    return {name for name, one in file.items() if not one.marker or one.marker.evaluate(machine)}


@pytest.fixture(scope="module")
def app() -> dict[str, Requirement]:
    return pins("requirements.txt")


@pytest.fixture(scope="module")
def dev() -> dict[str, Requirement]:
    return pins("requirements-dev.txt")


def test_every_version_is_exact_and_the_one_that_is_installed(app, dev):
    for name, one in (app | dev).items():
        (pin,) = one.specifier
        assert pin.operator == "==" and re.fullmatch(r"[\d.]+", pin.version), name
        if one.marker is None or one.marker.evaluate():
            assert version(name) == pin.version, name


def test_the_apps_file_pins_all_that_the_app_needs_and_nothing_else(app):
    names = imported("app.py", "pages", "ui", "recsys") | APP_TOOLS
    by_machine = [needed(names, machine) for machine in MACHINES]
    for machine, expected in zip(MACHINES, by_machine, strict=True):
        assert expected <= on(app, machine), machine
    assert set(app) == set().union(*by_machine)


def test_the_other_file_adds_what_tests_and_checks_need_and_nothing_else(app, dev):
    assert "-r requirements.txt" in (ROOT / "requirements-dev.txt").read_text().splitlines()
    names = imported("tests", "bench") | DEV_TOOLS
    by_machine = [needed(names, machine) for machine in MACHINES]
    for machine, expected in zip(MACHINES, by_machine, strict=True):
        assert expected <= on(app | dev, machine), machine
    assert set(dev) == set().union(*by_machine) - set(app)


def test_the_library_asks_for_what_it_imports_at_the_version_that_is_tested(app):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["excel"]]
    asked = {canonicalize_name(one.name): one for one in map(Requirement, lines)}
    # implicit brings tqdm along
    assert set(asked) == imported("recsys") - {"tqdm"}
    for name, one in asked.items():
        (bound,) = one.specifier
        (pin,) = app[name].specifier
        assert bound.operator == ">=" and pin.version in one.specifier
        assert pin.version.split(".")[0] == bound.version.split(".")[0], name
