"""The files of a kept plan: a workbook for each operator, layers for mapping software, and the map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.pipeline.hamlet_ids import add_written
from phusong.pipeline.publication import draw_province
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.views.plan_files import write_book, write_layers
from phusong.vocabulary.terms import Operator

#: `plan.json` holds counts that may be small.
OWNER_ONLY = 0o600
#: Tables of a plan.
PLAN_TABLES = ("rollout", "trenches", "antennas", "commitments")
#: What people call a hamlet, beside its id.
_FACTS = ["kind", "name", "commune_code", "centre_lon", "centre_lat"]


def write_closed(path: Path, plan_data: dict[str, Any]) -> None:
    """Write plain data as JSON, for their owner alone.

    Parameters
    ----------
    path : file to write.
    plan_data : the data.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=OWNER_ONLY)
    path.write_text(json.dumps(plan_data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def draw_plan(folder: Path, tables: dict[str, Any], plan_data: dict[str, Any]) -> str:
    """Return the map of the run with a plan on it.

    Parameters
    ----------
    folder : output folder of the run.
    tables : `PLAN_TABLES` of the plan.
    plan_data : what `plan.json` says; where `outdated` lists stages, the map says that it is out of date.
    """
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return draw_province(
        lambda name: read_table(folder, name),
        summary,
        {**tables, "told": plan_data},
        register=read_settings(folder)[1].province.unit_register,
    )


def write_documents(
    place: Path, folder: Path, tables: dict[str, Any], plan_data: dict[str, Any]
) -> None:
    """Write each operator's workbook and the layers that its own software can load.

    Parameters
    ----------
    place : folder of the plan.
    folder : output folder of the run.
    tables : `PLAN_TABLES` of the plan.
    plan_data : what `plan.json` says.
    """
    names = name_hamlets(folder)
    # Of pupils operators see sums by commune alone.
    rollout = tables["rollout"].drop(columns="pupils_connected").join(names, on="hamlet_id")
    trenches = gpd.GeoDataFrame(tables["trenches"])
    codes = _find_site_codes(folder)
    masts = gpd.GeoDataFrame(tables["antennas"])
    antennas = masts.assign(site_code=masts["site_id"].map(codes).astype(object))
    write_layers(place, rollout, trenches, antennas, told=plan_data)
    promises = tables["commitments"].join(names, on="hamlet_id")
    promises = add_written(promises, folder) if len(promises) else promises
    for operator in sorted(set(rollout["operator"].dropna()) | set(promises["operator"].dropna())):
        write_book(
            place / f"{Operator(operator).file_stem}.xlsx",
            rollout[rollout["operator"] == operator],
            trenches[trenches["operator"] == operator],
            antennas[antennas["operator"] == operator],
            promises[promises["operator"] == operator],
            operator=operator,
            told=plan_data,
            names=names["hamlet"],
        )


def name_hamlets(folder: Path) -> pd.DataFrame:
    """Return what people call each hamlet: kind, name, commune, both together, and where its centre is.

    Parameters
    ----------
    folder : output folder of the run.

    Returns
    -------
    `_FACTS`, commune and hamlet (`Thôn X, xã Y`), by hamlet_id.
    """
    hamlets = pd.DataFrame(read_table(folder, "hamlets", columns=["hamlet_id", *_FACTS]))
    communes = read_table(folder, "communes", columns=["commune_code", "name"])
    known = communes.drop_duplicates("commune_code").set_index("commune_code")["name"]
    commune = hamlets["commune_code"].map(known).fillna(hamlets["commune_code"])
    named = hamlets["kind"].str.capitalize() + " " + hamlets["name"] + ", " + commune
    return hamlets.assign(commune=commune, hamlet=named).set_index("hamlet_id")


def _find_site_codes(folder: Path) -> pd.Series:
    """Return the operators' own codes of each mast, as delivered, by our id of it."""
    carriers, cells = read_table(folder, "carriers"), read_table(folder, "accepted_cells")
    if not len(carriers) or not {"cell_id", "site_code"} <= set(cells.columns):
        return pd.Series(dtype="object")
    pairs = carriers[["site_id", "cell_id"]].merge(cells[["cell_id", "site_code"]], on="cell_id")
    codes = pairs.dropna().drop_duplicates(["site_id", "site_code"]).sort_values("site_code")
    return codes.groupby("site_id")["site_code"].agg(", ".join)
