"""The tree states the argument: where things are, how long they may be, what must be said of them."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "coverage" / "phusong"
MODULES = sorted(PACKAGE.rglob("*.py"))
FILE_LIMIT, FUNCTION_LIMIT = 450, 60
FILE_TARGET, FUNCTION_TARGET = 250, 15


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_coverage_folder_is_no_package_and_leaves_the_name_to_coverage_py():
    assert not (ROOT / "coverage" / "__init__.py").exists()
    spec = importlib.util.find_spec("coverage")
    assert spec and "site-packages" in str(spec.origin)


def test_wherever_numba_is_coverage_is_too():
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[><=]", d)[0] for d in dependencies}
    assert "numba" not in names or "coverage" in names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_file_and_no_function_is_over_its_limit(path):
    assert path.read_text(encoding="utf-8").count("\n") <= FILE_LIMIT
    long = {
        f.name: body_lines(f) for f in functions(parsed(path)) if body_lines(f) > FUNCTION_LIMIT
    }
    assert not long


def test_most_files_and_functions_keep_their_target():
    lengths = sorted(p.read_text(encoding="utf-8").count("\n") for p in MODULES)
    bodies = sorted(body_lines(f) for p in MODULES for f in functions(parsed(p)))
    assert lengths[int(0.85 * len(lengths))] <= FILE_TARGET
    assert bodies[int(0.75 * len(bodies))] <= FUNCTION_TARGET


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_module_and_public_name_says_what_it_is(path):
    tree = parsed(path)
    assert ast.get_docstring(tree), "module without a docstring"
    public = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")
    ]
    local = {m for f in functions(tree) for m in ast.walk(f) if m is not f}
    silent = [n.name for n in public if not ast.get_docstring(n) and n not in local]
    assert not silent


def test_no_room_without_a_name():
    forbidden = {"utils", "util", "helpers", "helper", "misc", "common", "tools"}
    assert not [p for p in MODULES if p.stem in forbidden or p.parent.name in forbidden]


def test_imports_go_one_way():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_lock_files_carry_no_address():
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text()
        assert "--hash=sha256:" in lock.read_text()


def test_environment_yml_gives_python_alone():
    """What runs on it comes from the lock; a second list of packages would be solved anew each day."""
    lines = (ROOT / "environment.yml").read_text().splitlines()
    listed = [re.split("[><=]", line)[0] for line in lines if line.startswith("  - ")]
    assert listed == ["  - python", "  - pip"]


def test_the_project_speaks_of_itself_alone():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    unfinished = r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b"
    machine = "|".join("/" + name + "/" for name in ("work", "home", "root"))
    words = re.compile(f"{unfinished}|{machine}")
    hits = []
    for name in tracked.stdout.split("\n"):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yml", ".sh", ".js", ".css"} and path.exists():
            hits += [
                f"{name}: {m.group()}" for m in words.finditer(path.read_text(encoding="utf-8"))
            ]
    assert not hits
