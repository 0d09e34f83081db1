"""The truth beside the delivery: which rows are wrong and why, and what is so of every hamlet and mast."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.simulate.world import Simulated

FOLDER = "truth"
FAULTS_FILE = "mo_phong_dong_sai.csv"
HAMLETS_FILE = "mo_phong_thon_that.csv"
CELLS_FILE = "mo_phong_o_that.csv"
SUMMARY_FILE = "mo_phong_tong_hop.json"

CELL_COLUMNS = (
    "cell_id",
    "site_code",
    "mast_id",
    "operator",
    "technology",
    "band_mhz",
    "lon",
    "lat",
    "height_m",
    "azimuth_deg",
    "status",
)


def count_world(simulated: Simulated, faults: pd.DataFrame) -> dict[str, object]:
    """Return what there is in a made-up province, in figures."""
    world, truth = simulated, simulated.truth
    counts = {
        name: len(getattr(world, name))
        for name in (
            "communes",
            "hamlets",
            "roads",
            "masts",
            "cells",
            "crowd",
            "fibre_nodes",
            "fibre_routes",
            "claims",
            "schools",
        )
    }
    return {
        "note": WARNING_TITLE,
        "size": world.size,
        "seed": world.seed,
        "rows": counts,
        "population": int(world.hamlets["population"].sum()),
        "households": int(world.hamlets["households"].sum()),
        "area_km2": round(float(world.communes["area_km2"].sum()), 2),
        "locations": world.hamlets["location"].value_counts().sort_index().to_dict(),
        "cells": {
            f"{o} {t}": int(n)
            for (o, t), n in world.cells.groupby(["operator", "technology"]).size().items()
        },
        "hidden": int(truth["hidden"].sum()),
        "old_radio": int(truth["old_radio"].sum()),
        "paper_covered": truth.loc[truth["paper_covered"], "hamlet_id"].tolist(),
        "fibre_ready": int(truth["fibre_ready"].sum()),
        "claims_against_nodes": int(world.claims["contradicts"].sum()),
        "pupils": {
            level: int(world.schools[f"pupils_{level}"].sum())
            for level in ("primary", "lower", "upper")
        },
        "wrong_rows": faults.groupby("file").size().to_dict(),
    }


def write_truth(simulated: Simulated, faults: pd.DataFrame, folder: Path) -> Path:
    """Write the truth beside the delivery; return its folder."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    for file, table in (
        (FAULTS_FILE, faults),
        (HAMLETS_FILE, simulated.truth),
        (CELLS_FILE, simulated.cells[list(CELL_COLUMNS)]),
    ):
        table.to_csv(place / file, index=False, lineterminator="\n")
    text = json.dumps(count_world(simulated, faults), ensure_ascii=False, indent=2)
    (place / SUMMARY_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")
    return place
