"""The one door through which the package reads its own data files.

Parameters, scenarios and the register of administrative units are data that ship with the code. The
pure storeys open no file of a user; what they need of the package itself comes through here.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources
from typing import Any


def read_packaged_text(*parts: str) -> str:
    """Return the text of a file of the package.

    Raises
    ------
    FileNotFoundError
        If the package holds no such file.
    """
    return resources.files("phusong").joinpath(*parts).read_text(encoding="utf-8")


def read_packaged_toml(*parts: str) -> dict[str, Any]:
    """Return a TOML file of the package as plain dictionaries."""
    return tomllib.loads(read_packaged_text(*parts))


def list_packaged(*parts: str, suffix: str) -> list[str]:
    """Return the names, without suffix, of the files in a folder of the package, sorted."""
    folder = resources.files("phusong").joinpath(*parts)
    return sorted(f.name.removesuffix(suffix) for f in folder.iterdir() if f.name.endswith(suffix))


def hash_packaged(*parts: str, suffix: str) -> str:
    """Return the sha256 of the files with a suffix in a folder of the package, names included."""
    digest = hashlib.sha256()
    folder = resources.files("phusong").joinpath(*parts)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(suffix):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
