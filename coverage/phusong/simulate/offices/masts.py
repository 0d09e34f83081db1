"""The mobile operators: four lists of masts in four forms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.offices.sheets import (
    WARNING_TITLE,
    Sheet,
    Wrong,
    cross,
    drop_districts,
    fill_sheet,
    spell_day,
)
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import NetworkStatus, Operator, Technology

VIETTEL_FILE = "mo_phong_tram_viettel.xlsx"
VNPT_FILE = "mo_phong_tram_vnpt.csv"
MOBIFONE_FILE = "mo_phong_tram_mobifone.xlsx"
VIETNAMOBILE_FILE = "mo_phong_tram_vietnamobile.csv"

STATES = {
    str(NetworkStatus.LIVE): "Đang hoạt động",
    str(NetworkStatus.BUILDING): "Đang thi công",
    str(NetworkStatus.PLANNED): "Kế hoạch",
    str(NetworkStatus.DEAD): "Ngừng hoạt động",
}
MOBILE = (str(Technology.G2), str(Technology.G3), str(Technology.G4))

#: What each operator is called in the lists, most often first.
ALIASES = {
    Operator.VIETTEL: ("Viettel", "VT", "VIETTEL"),
    Operator.VNPT: ("Vinaphone", "VNPT", "VinaPhone"),
    Operator.MOBIFONE: ("MobiFone", "Mobifone", "VMS"),
    Operator.VIETNAMOBILE: ("Vietnamobile", "VNM"),
}
#: By how much a northing is off in which one digit is wrong [m].
MISTYPED_M = 500_000.0
#: Who stands in a row of Viettel's list: Viettel alone, a guest alone, or both.
HOST_ALONE, GUEST_ALONE, SHARED = "1 host", "2 guest", "3 shared"


def gather_sites(
    cells: pd.DataFrame, keys: Sequence[str] = ("site_code", "status")
) -> pd.DataFrame:
    """Return sites, one a row, with technologies and bands side by side.

    Sites whose units differ in state are listed once a state, as the operators do it.

    Parameters
    ----------
    cells : of one operator, or of several where the keys tell them apart.
    keys : columns that together make a row.
    """
    groups = cells.groupby(list(keys), sort=True)
    sites = groups.first().reset_index()
    sites["technologies"] = groups["technology"].agg(tuple).to_numpy()
    sites["bands"] = groups["band_mhz"].agg(tuple).to_numpy()
    return sites


def _of(cells: pd.DataFrame, operator: Operator) -> pd.DataFrame:
    return cells[cells["operator"] == operator]


def _aliases(operator: Operator, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return the name under which each row lists the operator."""
    names = ALIASES[operator]
    share = 0.6 ** np.arange(len(names))
    return rng.choice(names, count, p=share / share.sum())


def _held(sites: pd.DataFrame, technology: str) -> pd.Series:
    return sites["technologies"].map(lambda held: technology in held)


def _join(values: pd.Series, separator: str) -> pd.Series:
    """Return tuples of technologies or bands as text."""
    return values.map(
        lambda parts: separator.join(f"{p:.0f}" if isinstance(p, float) else p for p in parts)
    )


def list_viettel(
    cells: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return Viettel's workbook: crosses for technologies, guests on its masts, degrees in two columns.

    What a guest sends in the same band as the host stands in one row with both names; the rest of either
    has a row of its own, under the host's code.
    """
    listed = _seat_guests(cells)
    alone = listed["seat"] == HOST_ALONE
    listed.loc[alone, "named"] = _aliases(Operator.VIETTEL, int(alone.sum()), rng)
    listed.loc[listed.index[alone][0], "named"] = None
    rows = pd.DataFrame(
        {
            "STT": 0,
            "Mã trạm": listed["site_code"],
            "Doanh nghiệp": listed["named"],
            "Địa chỉ": listed["address"],
            "Xã": listed["commune"],
            "Kinh độ": listed["lon"],
            "Vĩ độ": listed["lat"],
            **{t: cross(_held(listed, t)) for t in MOBILE},
            "Băng tần": _join(listed["bands"], ";"),
            "Loại cột": listed["structure"],
            "Chiều cao (m)": listed["height_m"],
            "Azimuth": listed["azimuth_deg"],
            "Ngày phát sóng": listed["on_air"].astype(object),
            "Hiện trạng": listed["status"].map(STATES),
        }
    )
    titles = (
        WARNING_TITLE,
        f"Danh sách trạm thu phát sóng di động – Viettel {demonstration.name} (mô phỏng)",
    )
    wrong = wrong_viettel(rows, demonstration)
    return fill_sheet(VIETTEL_FILE, rows, wrong, rng=rng, name="Tram", titles=titles)


def _seat_guests(cells: pd.DataFrame) -> pd.DataFrame:
    """Return Viettel's sites and its guests', one a row and seat, with the names of those who share it."""
    own = _of(cells, Operator.VIETTEL).assign(seat=HOST_ALONE)
    guests = cells[cells["hosted"]].assign(seat=GUEST_ALONE)
    keys = ["mast_id", "technology", "band_mhz", "status"]
    both = pd.MultiIndex.from_frame(own[keys]).intersection(pd.MultiIndex.from_frame(guests[keys]))
    own["seat"] = own["seat"].mask(pd.MultiIndex.from_frame(own[keys]).isin(both), SHARED)
    guests = guests[~pd.MultiIndex.from_frame(guests[keys]).isin(both)]
    code = own.drop_duplicates("mast_id").set_index("mast_id")["site_code"]
    guests = guests.assign(site_code=code.reindex(guests["mast_id"]).to_numpy())
    listed = gather_sites(pd.concat([own, guests]), ["seat", "site_code", "status"])
    listed["named"] = listed["seat"].map(
        {SHARED: "Viettel, Vietnamobile", GUEST_ALONE: "Vietnamobile"}
    )
    return listed


def wrong_viettel(rows: pd.DataFrame, demonstration: Demonstration) -> list[Wrong]:
    """Return what is wrong in Viettel's list; none of these rows is a mast."""
    lon, lat = rows["Kinh độ"].iloc[0], rows["Vĩ độ"].iloc[0]
    site, far = demonstration.site_prefix, demonstration.list_far()[0]
    held = {**dict.fromkeys(MOBILE, "x"), "Băng tần": "900;2100;1800", "Azimuth": None}
    twice = {
        "Mã trạm": f"{site}9001",
        "Doanh nghiệp": "Viettel",
        "Hiện trạng": "Đang hoạt động",
        **held,
    }
    why = "một mã trạm ở hai nơi"
    return [
        Wrong(
            {"Mã trạm": f"{site}9002", "Kinh độ": far.lon, "Vĩ độ": far.lat},
            "Kinh độ",
            "outside",
            f"tọa độ ở {far.name}",
        ),
        Wrong(
            {"Mã trạm": f"{site}9003", "Kinh độ": lat, "Vĩ độ": lon},
            "Kinh độ",
            "lone_swapped",
            "kinh độ và vĩ độ đổi chỗ ở một dòng",
        ),
        Wrong(
            {"Mã trạm": f"{site}9004", "Kinh độ": "chưa đo", "Vĩ độ": None},
            "Kinh độ",
            "not_a_coordinate",
            "tọa độ không phải là số",
        ),
        Wrong(
            {"Mã trạm": f"{site}9005", **dict.fromkeys(MOBILE), "Băng tần": None},
            "4G",
            "required_empty",
            "không ghi công nghệ",
        ),
        Wrong({**twice, "Kinh độ": lon, "Vĩ độ": lat}, "Mã trạm", "contradicting_id", why),
        Wrong(
            {**twice, "Kinh độ": lon + 0.03, "Vĩ độ": lat + 0.01},
            "Mã trạm",
            "contradicting_id",
            why,
        ),
    ]


def list_vnpt(
    cells: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return VNPT's text file: longitude first in one cell, with decimal commas."""
    sites = gather_sites(_of(cells, Operator.VNPT))
    spots = sites["lon"].map("{:.5f}".format) + "/" + sites["lat"].map("{:.5f}".format)
    rows = pd.DataFrame(
        {
            "STT": 0,
            "Mã trạm": sites["site_code"],
            "Nhà mạng": _aliases(Operator.VNPT, len(sites), rng),
            "Xã": sites["commune"],
            "Huyện": sites["district"],
            "Tọa độ": spots.str.replace(".", ","),
            "Công nghệ": _join(sites["technologies"], "/"),
            "Băng tần": _join(sites["bands"], "/"),
            "Loại cột": sites["structure"],
            "Chiều cao (m)": sites["height_m"].map("{:.0f}".format),
            "Azimuth": sites["azimuth_deg"].map("{:.0f}".format, na_action="ignore"),
            "Ngày phát sóng": spell_day(sites["on_air"]),
            "Hiện trạng": sites["status"].map(STATES),
        }
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    site, far = demonstration.site_prefix, demonstration.list_far()[0]
    half = demonstration.stated.wrong.half_position or rows["Tọa độ"].iloc[0].partition("/")[0]
    wrong = [
        Wrong(
            {
                "Mã trạm": f"VNP-{site}-9001",
                "Tọa độ": f"{far.lon:.5f}/{far.lat:.5f}".replace(".", ","),
            },
            "Tọa độ",
            "outside",
            f"tọa độ ở {far.name}",
        ),
        Wrong(
            {"Mã trạm": f"VNP-{site}-9002", "Tọa độ": half},
            "Tọa độ",
            "not_a_coordinate",
            "chỉ có một nửa tọa độ",
        ),
        Wrong(
            {"Mã trạm": f"VNP-{site}-9003", "Công nghệ": "6G", "Băng tần": None},
            "Công nghệ",
            "unknown_term",
            "công nghệ không có thật",
        ),
    ]
    return fill_sheet(VNPT_FILE, rows, wrong, rng=rng)


def list_mobifone(
    cells: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return MobiFone's workbook: VN-2000 metres, X for northing and Y for easting."""
    sites = gather_sites(_of(cells, Operator.MOBIFONE))
    easting, northing = transform_xy(
        sites["lon"], sites["lat"], source=WGS84, target=demonstration.crs
    )
    rows = pd.DataFrame(
        {
            "STT": 0,
            "Mã trạm": sites["site_code"],
            "Nhà mạng": _aliases(Operator.MOBIFONE, len(sites), rng),
            "Địa chỉ": sites["address"],
            "Xã/phường": sites["commune"],
            "Huyện": sites["district"],
            "X (m)": np.round(northing, 2),
            "Y (m)": np.round(easting, 2),
            "Công nghệ": _join(sites["technologies"], ", "),
            "Băng tần": _join(sites["bands"], ", "),
            "Loại cột": sites["structure"],
            "Chiều cao anten (m)": sites["height_m"],
            "Góc phương vị": sites["azimuth_deg"],
            "Ngày phát sóng": spell_day(sites["on_air"]),
            "Tình trạng": sites["status"].map(STATES),
        }
    )
    titles = (
        WARNING_TITLE,
        f"Danh sách vị trí trạm MobiFone {demonstration.name} (mô phỏng), hệ tọa độ VN-2000",
    )
    rows = drop_districts(rows, has_districts=demonstration.has_districts)
    site = demonstration.site_prefix
    mistyped = demonstration.stated.wrong.northing_m or rows["X (m)"].iloc[0] + MISTYPED_M
    wrong = [
        Wrong(
            {"Mã trạm": f"MBF_{site}9001", "X (m)": mistyped},
            "X (m)",
            "outside",
            "gõ sai một chữ số",
        ),
        Wrong(
            {"Mã trạm": f"MBF_{site}9002", "X (m)": None},
            "X (m)",
            "not_a_coordinate",
            "thiếu một tọa độ",
        ),
    ]
    return fill_sheet(MOBIFONE_FILE, rows, wrong, rng=rng, name="Danh sach", titles=titles)


def list_vietnamobile(
    cells: pd.DataFrame, demonstration: Demonstration, *, rng: np.random.Generator
) -> Sheet:
    """Return Vietnamobile's text file: a carrier a row with its power, longitude and latitude exchanged."""
    own = _of(cells[~cells["hosted"]], Operator.VIETNAMOBILE)
    units = own.sort_values(["site_code", "status", "technology"], ignore_index=True)
    rows = pd.DataFrame(
        {
            "Mã trạm": units["site_code"],
            "Nhà mạng": _aliases(Operator.VIETNAMOBILE, len(units), rng),
            "Vĩ độ": units["lon"].map("{:.6f}".format),
            "Kinh độ": units["lat"].map("{:.6f}".format),
            "Công nghệ": units["technology"],
            "Băng tần (MHz)": units["band_mhz"].map("{:.0f}".format),
            "EIRP sóng mang (dBm)": units["eirp_dbm"].map("{:.1f}".format),
            "Băng thông (MHz)": units["bandwidth_mhz"].map("{:.0f}".format, na_action="ignore"),
            "Số cổng phát": units["ports"],
            "Loại cột": units["structure"],
            "Chiều cao cột": units["height_m"].map("{:.0f}".format),
            "Ngày phát sóng": units["on_air"].dt.strftime("%Y-%m-%d"),
            "Trạng thái": units["status"].map(STATES),
        }
    )
    site, far = demonstration.site_prefix, demonstration.list_far()[0]
    wrong = [
        Wrong(
            {"Mã trạm": f"VNM-{site}901", "Vĩ độ": "0", "Kinh độ": "0"},
            "Kinh độ",
            "void_position",
            "tọa độ bằng 0",
        ),
        Wrong(
            {"Mã trạm": f"VNM-{site}902", "Vĩ độ": str(far.lon), "Kinh độ": str(far.lat)},
            "Kinh độ",
            "outside",
            f"tọa độ ở {far.name}",
        ),
    ]
    return fill_sheet(VIETNAMOBILE_FILE, rows, wrong, rng=rng)
