"""What places and schools are called, read from the results."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from phusong.store import has_table, read_table


def read_names(folder: Path) -> dict[str, dict[str, str]]:
    """Return code → name of hamlets, communes and schools, by the column in which the code stands.

    Parameters
    ----------
    folder : output folder.
    """
    hamlets = read_table(folder, "hamlets", columns=["hamlet_id", "kind", "name"])
    communes = read_table(folder, "communes", columns=["commune_code", "kind", "name"])
    return {
        "hamlet_id": _call(hamlets, "hamlet_id"),
        "commune_code": _call(communes, "commune_code"),
        "school_id": _call_schools(folder),
    }


def _call(places: pd.DataFrame, code: str) -> dict[str, str]:
    """Return code → kind and name: Thôn Đồng Giếng."""
    named = places["kind"].fillna("").str.capitalize() + " " + places["name"].fillna("")
    return dict(zip(places[code], named.str.strip(), strict=True))


def _call_schools(folder: Path) -> dict[str, str]:
    """Return the names of schools; none where no list of schools was delivered."""
    if not has_table(folder, "accepted_schools"):
        return {}
    schools = read_table(folder, "accepted_schools", columns=["school_id", "name"])
    return dict(zip(schools["school_id"], schools["name"], strict=True))
