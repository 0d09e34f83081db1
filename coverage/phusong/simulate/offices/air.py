"""What operators and phones say of the air: lists of masts, a coverage map, and cells overheard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.demonstration_file import FarPlace
from phusong.simulate.offices.masts import (
    list_mobifone,
    list_vietnamobile,
    list_viettel,
    list_vnpt,
)
from phusong.simulate.offices.sheets import Sheet, Wrong, fill_sheet
from phusong.simulate.offices.writing import write_layers, write_text_table, write_workbook
from phusong.vocabulary.terms import Technology

CROWD_FILE = "mo_phong_opencellid_452.csv"
COVERAGE_FILE = "mo_phong_vung_phu_vnpt.gpkg"


def list_crowd(crowd: pd.DataFrame, far: Sequence[FarPlace], *, rng: np.random.Generator) -> Sheet:
    """Return the rows of the crowd, a few of them far away."""
    wrong = [
        *(
            Wrong(
                {"cell": 900_001 + i, "lon": place.lon, "lat": place.lat},
                "lon",
                "outside",
                f"tọa độ ở {place.name}",
            )
            for i, place in enumerate(far)
        ),
        Wrong({"cell": 900_003, "radio": None}, "radio", "required_empty", "không ghi loại sóng"),
    ]
    return fill_sheet(CROWD_FILE, crowd, wrong, rng=rng)


def draw_claimed(coverage: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of VNPT's coverage map."""
    layers = {}
    for technology in (str(Technology.G4), str(Technology.G3)):
        mine = coverage[coverage["technology"] == technology].reset_index(drop=True)
        layers[technology.lower()] = gpd.GeoDataFrame(
            {
                "doanh_nghiep": "VNPT",
                "cong_nghe": mine["technology"],
                "ngay_so_lieu": mine["as_of"].dt.strftime("%Y-%m-%d"),
            },
            geometry=mine.geometry,
            crs=coverage.crs,
        )
    return layers


def deliver_air(
    cells: pd.DataFrame,
    crowd: pd.DataFrame,
    coverage: gpd.GeoDataFrame,
    folder: Path,
    *,
    demonstration: Demonstration,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write the files about the air; return what is wrong in them."""
    viettel, vnpt, mobifone, vietnamobile = (
        list_masts(cells, demonstration, rng=rng)
        for list_masts in (list_viettel, list_vnpt, list_mobifone, list_vietnamobile)
    )
    overheard = list_crowd(crowd, demonstration.list_far(), rng=rng)
    for book in (viettel, mobifone):
        write_workbook(book, folder, day=demonstration.day)
    write_text_table(vnpt, folder, separator=";", encoding="utf-8-sig")
    for text in (vietnamobile, overheard):
        write_text_table(text, folder)
    write_layers(draw_claimed(coverage), folder / COVERAGE_FILE, day=demonstration.day)
    return pd.concat(
        [s.faults for s in (viettel, vnpt, mobifone, vietnamobile, overheard)], ignore_index=True
    )
