"""The measures of a document on paper, as Decree 30/2020/NĐ-CP allows them; Word and PDF share them."""

from __future__ import annotations

from functools import cache
from typing import Any

from phusong.vocabulary.packaged import read_packaged_toml

#: Where templates and measures lie in the package.
TEMPLATES = ("views", "assets", "typst")


@cache
def read_measures() -> dict[str, float]:
    """Return every measure by name; its unit is the end of the name [mm, pt, or a share]."""
    return {name: entry["value"] for name, entry in describe_measures().items()}


def describe_measures() -> dict[str, dict[str, Any]]:
    """Return every measure with its unit, what the decree allows, and where that is said."""
    return read_packaged_toml(*TEMPLATES, "decree30.toml")
