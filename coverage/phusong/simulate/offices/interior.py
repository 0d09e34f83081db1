"""The Department of Home Affairs: communes with their borders, and the list of hamlets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.demonstration_file import FarPlace
from phusong.simulate.offices.sheets import (
    WARNING_TITLE,
    Sheet,
    Wrong,
    cross,
    drop_districts,
    fill_sheet,
    format_date,
)
from phusong.simulate.offices.writing import write_layers, write_shapefile, write_workbook

COMMUNE_FILE = "mo_phong_ranh_gioi_xa.shp"
LIST_FILE = "mo_phong_danh_sach_thon.xlsx"
GROUND_FILE = "mo_phong_ranh_gioi_thon.gpkg"
POLYGON_LAYER, CLUSTER_LAYER = "ranh_gioi_thon", "cum_dan_cu"

LATITUDE, LONGITUDE = "Nhà văn hóa: vĩ độ", "Nhà văn hóa: kinh độ"


def draw_communes(communes: gpd.GeoDataFrame, *, has_districts: bool) -> gpd.GeoDataFrame:
    """Return the communes under the headings of the surveyors, with districts where the map has them."""
    drawn = gpd.GeoDataFrame(
        {
            "MA_XA": communes["code"],
            "TEN_XA": communes["name"],
            "LOAI": communes["kind"],
            "MA_HUYEN": communes["district_code"],
            "TEN_HUYEN": communes["district"],
            "DAN_SO": communes["population"].astype("int64"),
            "DT_KM2": communes["area_km2"].round(2),
        },
        geometry=communes.geometry,
        crs=communes.crs,
    )
    return drawn if has_districts else drawn.drop(columns=["MA_HUYEN", "TEN_HUYEN"])


def list_hamlets(
    hamlets: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return the list of hamlets as the department keeps it.

    Parameters
    ----------
    hamlets : of the made-up world; `location` says how well each is placed.
    demonstration : whose office writes it, and when.
    rng : stream of random numbers, for the wrong rows.
    """
    placed = hamlets["location"] != "commune"
    rows = pd.DataFrame(
        {
            "STT": 0,
            "Mã thôn": hamlets["hamlet_id"],
            "Tên thôn TDP": hamlets["name"],
            "Loại": hamlets["kind"].str.capitalize(),
            "Mã xã": hamlets["commune_code"],
            "Xã/phường/thị trấn": hamlets["commune"],
            "Huyện": hamlets["district"],
            "Số hộ": hamlets["households"],
            "Số nhân khẩu": hamlets["population"],
            "Thôn ĐBKK (x)": cross(hamlets["special_difficulty"]),
            "Có điện lưới (x)": cross(hamlets["grid_power"]),
            LATITUDE: hamlets["lat"].round(6).where(placed),
            LONGITUDE: hamlets["lon"].round(6).where(placed),
            "Số cụm dân cư": hamlets["clusters"],
            "Tên cũ": hamlets["former_names"].str.replace("|", "; ", regex=False),
        }
    )
    totals = {
        "STT": "Tổng cộng",
        "Số hộ": int(hamlets["households"].sum()),
        "Số nhân khẩu": int(hamlets["population"].sum()),
    }
    listed = demonstration.on(8, 31)
    titles = (
        WARNING_TITLE,
        demonstration.head_other("home_affairs"),
        f"Danh sách thôn, tổ dân phố đến ngày {format_date(listed)}",
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    wrong = wrong_hamlets(demonstration.list_far()[0])
    return fill_sheet(LIST_FILE, rows, wrong, rng=rng, name="DS thôn", titles=titles, last=totals)


def wrong_hamlets(far: FarPlace) -> list[Wrong]:
    """Return what is wrong in the list of hamlets; none of these rows is a hamlet, and one lies far away."""
    return [
        Wrong(
            {
                "Mã thôn": "T99999-01",
                "Tên thôn TDP": "Không Xã",
                "Mã xã": "99999",
                "Xã/phường/thị trấn": "Không Có",
            },
            "Mã xã",
            "unknown_commune",
            "mã xã không có trong danh mục",
        ),
        Wrong(
            {
                "Mã thôn": "T99999-03",
                "Tên thôn TDP": "Ngoài Tỉnh",
                LATITUDE: far.lat,
                LONGITUDE: far.lon,
            },
            LONGITUDE,
            "outside",
            f"tọa độ ở {far.name}",
        ),
        Wrong(
            {"Mã thôn": "T99999-04", "Tên thôn TDP": None},
            "Tên thôn TDP",
            "required_empty",
            "thiếu tên thôn",
        ),
    ]


def draw_hamlets(
    hamlets: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame, clusters: gpd.GeoDataFrame
) -> Mapping[str, gpd.GeoDataFrame]:
    """Return the layers of the survey of hamlets: outlines of most, clusters of nearly all."""
    surveyed = (hamlets["location"] == "polygon").to_numpy()
    placed = (hamlets["location"] != "commune").to_numpy()
    named = hamlets[["hamlet_id", "name", "kind", "commune_code"]].set_axis(
        ["ma_thon", "ten_thon", "loai", "ma_xa"], axis=1
    )
    crs = hamlets.crs
    ground = gpd.GeoDataFrame(named[surveyed], geometry=outlines.geometry[surveyed], crs=crs)
    described = named.assign(**name_clusters(hamlets))
    homes = gpd.GeoDataFrame(described[placed], geometry=clusters.geometry[placed], crs=crs)
    return {POLYGON_LAYER: ground, CLUSTER_LAYER: homes}


def name_clusters(hamlets: pd.DataFrame) -> dict[str, list[str]]:
    """Return names and households of each hamlet's clusters, as the survey lists them.

    Parameters
    ----------
    hamlets : of the made-up world, with how many clusters and households each has.
    """
    names, households = [], []
    for count, whole in zip(hamlets["clusters"], hamlets["households"], strict=True):
        each, over = divmod(int(whole), int(count))
        names.append("|".join(f"Xóm {n + 1}" for n in range(count)))
        households.append("|".join(str(each + (over if n == 0 else 0)) for n in range(count)))
    return {"ten_cum": names, "ho_cum": households}


def deliver_interior(
    communes: gpd.GeoDataFrame,
    hamlets: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    clusters: gpd.GeoDataFrame,
    folder: Path,
    demonstration: Demonstration,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write the files of the department; return what is wrong in them."""
    day = demonstration.day
    drawn = draw_communes(communes, has_districts=demonstration.has_districts)
    write_shapefile(drawn, folder / COMMUNE_FILE, day=day)
    sheet = list_hamlets(hamlets, demonstration, rng=rng)
    write_workbook(sheet, folder, day=day)
    write_layers(draw_hamlets(hamlets, outlines, clusters), folder / GROUND_FILE, day=day)
    return sheet.faults
