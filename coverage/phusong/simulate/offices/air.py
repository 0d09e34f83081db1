"""What operators and phones say of the air: lists of masts, a coverage map, and cells overheard."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.simulate.offices.masts import (
    HAI_PHONG,
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


def list_crowd(crowd: pd.DataFrame, *, rng: np.random.Generator) -> Sheet:
    """Return the rows of the crowd, a few of them far away."""
    wrong = [
        Wrong(
            {"cell": 900_001, "lon": HAI_PHONG[0], "lat": HAI_PHONG[1]},
            "lon",
            "outside",
            "tọa độ ở Hải Phòng",
        ),
        Wrong({"cell": 900_002, "lon": 104.05, "lat": 22.31}, "lon", "outside", "tọa độ ở Lào Cai"),
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
    crs: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write the files about the air; return what is wrong in them."""
    viettel, vnpt = list_viettel(cells, rng=rng), list_vnpt(cells, rng=rng)
    mobifone = list_mobifone(cells, crs=crs, rng=rng)
    vietnamobile, overheard = list_vietnamobile(cells, rng=rng), list_crowd(crowd, rng=rng)
    for book in (viettel, mobifone):
        write_workbook(book, folder)
    write_text_table(vnpt, folder, separator=";", encoding="utf-8-sig")
    for text in (vietnamobile, overheard):
        write_text_table(text, folder)
    write_layers(draw_claimed(coverage), folder / COVERAGE_FILE)
    return pd.concat(
        [s.faults for s in (viettel, vnpt, mobifone, vietnamobile, overheard)], ignore_index=True
    )
