"""Where the pages find their results, read once per run of the pipeline."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from phusong.store import read_table

#: Set by ``phusong app``; the demonstration province otherwise.
FOLDER_VARIABLE = "PHUSONG_RESULTS"
DEFAULT = Path("data/processed/demo_province")


def results_folder() -> Path:
    """Return the output folder that the pages show."""
    return Path(os.environ.get(FOLDER_VARIABLE, DEFAULT))


def results_stamp(folder: Path) -> str:
    """Return what changes when the results change: the manifest, whole."""
    return (folder / "manifest.json").read_text(encoding="utf-8")


@st.cache_data(max_entries=4, show_spinner=False)
def load_summary(folder: Path, stamp: str) -> dict[str, Any]:  # noqa: ARG001
    """Return the summary; `stamp` makes the cache forget when the results change."""
    summary: dict[str, Any] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return summary


@st.cache_data(max_entries=4, show_spinner=False)
def load_gaps(folder: Path, stamp: str) -> pd.DataFrame:  # noqa: ARG001
    """Return the gaps with the hamlets' names, worst class first."""
    names = read_table(
        folder, "hamlets", columns=["hamlet_id", "kind", "name", "commune_code", "population"]
    )
    return names.merge(read_table(folder, "gaps"), on="hamlet_id").sort_values(
        ["class", "hamlet_id"], ascending=[False, True]
    )


@st.cache_data(max_entries=2, show_spinner=False)
def load_map(folder: Path, stamp: str) -> str:  # noqa: ARG001
    """Return the map page."""
    return (folder / "map.html").read_text(encoding="utf-8")
