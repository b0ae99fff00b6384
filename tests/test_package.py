"""What ``pip install .`` gives: a command that works, and a library that can be imported."""

import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

from recsys import __version__
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    """An environment with Kindred in it, and beside it what this one has: nothing is fetched."""
    pytest.importorskip("ensurepip", reason="this Python has no pip to give to an environment")
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "recsys", source / "recsys", ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    home = folder / "env"
    venv.create(home, with_pip=True)
    (site,) = home.glob("lib/python*/site-packages")
    here = sysconfig.get_path("purelib")
    (site / "beside.pth").write_text(f"import sys; sys.path.insert(0, {here!r})\n")
    pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet"]
    told = ["--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    subprocess.run([*pip, *told, source], check=True, capture_output=True, encoding="utf-8")
    return home


def run(environment: Path, program: str, *arguments: object, cwd: Path) -> str:
    command = [environment / "bin" / program, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def test_the_command_is_there_and_works_from_anywhere(environment, tmp_path):
    assert run(environment, "kindred", "--version", cwd=tmp_path) == f"{__version__}\n"
    assert run(environment, "kindred", "--help", cwd=tmp_path).startswith("usage: kindred ")
    paths = run(environment, "kindred", "sample", "--out", "files", cwd=tmp_path).split()
    files = ["--articles", paths[0], "--interactions", paths[1]]
    assert "40,000 events" in run(environment, "kindred", "check", *files, cwd=tmp_path)
    few = ["--factors", 8, "--iterations", 3, "--out", "model"]
    assert "1,000 readers" in run(environment, "kindred", "train", *files, *few, cwd=tmp_path)
    shown = run(environment, "kindred", "search", "marathon", "--model", "model", cwd=tmp_path)
    assert "arathon" in shown


def test_the_library_is_there_with_its_types(environment, tmp_path):
    code = "import recsys; print(recsys.__file__); recsys.train; recsys.similar_items"
    file = Path(run(environment, "python", "-c", code, cwd=tmp_path).strip())
    assert environment in file.parents
    assert (file.parent / "py.typed").exists()
    packages = {path.parent for path in (ROOT / "recsys").rglob("__init__.py")}
    stubs = {path.relative_to(ROOT / "recsys") for path in (ROOT / "recsys").rglob("*.pyi")}
    assert {path.relative_to(file.parent) for path in file.parent.rglob("*.pyi")} == stubs
    there = {path.parent for path in file.parent.rglob("__init__.py")}
    assert len(there) == len(packages)
