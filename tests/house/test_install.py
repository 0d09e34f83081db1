"""What a fresh machine installs is the lock, whatever the registry publishes later."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev")}
INSTALL = re.compile(r"[^`\n]*\bpip (?:install|download)\b[^`\n]*")


def tracked_texts() -> Iterator[tuple[str, str]]:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in names:
        path = ROOT / name
        if path.is_file() and path.suffix in ("", ".md", ".sh", ".yml", ".toml"):
            yield name, path.read_text(encoding="utf-8")


def install_lines() -> list[tuple[str, str]]:
    """Every line of the project that installs or downloads from a lock, with the file it is in."""
    return [
        (name, line)
        for name, text in tracked_texts()
        for line in INSTALL.findall(text)
        if ".lock" in line
    ]


def read_lock(name: str) -> dict[str, Requirement]:
    """The pins of a lock that count under this interpreter, by name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in " #"]
    active = [p for p in pins if p.marker is None or p.marker.evaluate()]
    assert len({p.name for p in active}) == len(active), "two pins of one name"
    return {canonicalize_name(p.name): p for p in active}


def asked_by(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed distribution asks for, with the extras that it was itself asked for with."""
    found = [Requirement(line) for line in metadata.requires(name) or []]
    return [
        r
        for r in found
        if r.marker is None or any(r.marker.evaluate({"extra": e}) for e in ("", *extras))
    ]


def declared(extras: tuple[str, ...]) -> list[Requirement]:
    optional = PROJECT["optional-dependencies"]
    return [
        Requirement(x)
        for x in [*PROJECT["dependencies"], *(x for e in extras for x in optional[e])]
    ]


def test_every_way_to_install_is_found():
    places = {name for name, _ in install_lines()}
    guides = {f"docs/guides/administrator.{language}.md" for language in ("en", "vi")}
    assert {"Makefile", "README.md", "environment.yml", *guides} <= places


@pytest.mark.parametrize(("name", "line"), install_lines())
def test_nothing_but_the_lock_decides(name, line):
    assert "--no-deps" in line and "--require-hashes" in line, f"{name}: {line}"


@pytest.mark.parametrize("name", ["Makefile", "README.md", "environment.yml"])
def test_what_was_installed_is_checked(name):
    assert "pip check" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_is_asked_for_and_nothing_else(lock):
    pins, asked, waiting = read_lock(lock), {}, declared(LOCKS[lock])
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        assert name in pins, f"{wanted} has no pin"
        version = next(iter(pins[name].specifier)).version
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted}: {version}"
        if name not in asked or not wanted.extras <= asked[name]:
            asked[name] = asked.get(name, set()) | wanted.extras
            waiting += asked_by(name, asked[name])
    assert set(pins) == set(asked)


def test_both_locks_pin_the_same():
    run, dev = (read_lock(name) for name in LOCKS)
    assert {name: str(pin) for name, pin in dev.items() if name in run} == {
        name: str(pin) for name, pin in run.items()
    }


def test_the_tests_run_on_what_the_lock_pins():
    pins = read_lock("requirements-dev.lock")
    found = {name: metadata.version(name) for name in pins}
    assert {n: v for n, v in found.items() if not pins[n].specifier.contains(v)} == {}


def make_wheel(folder: Path, name: str, version: str, *lines: str) -> str:
    """A wheel that holds nothing but its metadata; returns its hash."""
    info, path = f"{name}-{version}.dist-info", folder / f"{name}-{version}-py3-none-any.whl"
    head = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}", *lines]
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "\n".join(head) + "\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run_pip(command: list[str], folder: Path) -> set[str]:
    """Install from a folder alone, beside everything that is installed here; what came."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    subprocess.run(
        [*command, "--no-index", "--find-links", folder, "--target", folder / "there"],
        env=clean | {"PIP_CONFIG_FILE": os.devnull},
        check=True,
        capture_output=True,
    )
    return {p.name.removesuffix(".dist-info") for p in (folder / "there").glob("*.dist-info")}


def test_a_newer_release_of_tomorrow_changes_nothing(tmp_path):
    """A pin that another one asks for with an extra, as pytest-cov does coverage[toml]."""
    asking = make_wheel(tmp_path, "asking", "1.0", "Requires-Dist: asked[more]>=1")
    asked = make_wheel(tmp_path, "asked", "1.0", "Provides-Extra: more")
    make_wheel(tmp_path, "asked", "2.0", "Provides-Extra: more")
    lock = tmp_path / "small.lock"
    lock.write_text(f"asking==1.0 --hash=sha256:{asking}\nasked==1.0 --hash=sha256:{asked}\n")
    line = next(text for name, text in install_lines() if name == "Makefile").split()
    words = [sys.executable if "/python" in w else lock if w.endswith(".lock") else w for w in line]
    assert run_pip(words, tmp_path) == {"asking-1.0", "asked-1.0"}


def test_the_folder_of_tomorrow_would_tempt_a_resolver(tmp_path):
    make_wheel(tmp_path, "asking", "1.0", "Requires-Dist: asked[more]>=1")
    make_wheel(tmp_path, "asked", "1.0", "Provides-Extra: more")
    make_wheel(tmp_path, "asked", "2.0", "Provides-Extra: more")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "asking"]
    assert run_pip(command, tmp_path) == {"asking-1.0", "asked-2.0"}
