"""The metric systems in which a province computes, and in which its offices may deliver.

Central meridians are the law's (see the register's source). A province merged of provinces with different
meridians has none of its own on record; its UTM zone serves.
"""

from __future__ import annotations

import math
from functools import cache

import pandas as pd
import pyproj

from phusong.places.registers import Register, read_register
from phusong.vocabulary.errors import ParameterFault

#: VN-2000 and WGS 84 by UTM zone, and the meridian between the two zones of the country [°].
UTM_ZONES = {48: (3405, 32648), 49: (3406, 32649)}
ZONE_BORDER_DEG = 108.0
MINUTES = 60


def metric_crs(
    province_code: str, edition: str | None = None, register: Register | None = None
) -> int:
    """Return the EPSG code of a province's metric system: the law's, else VN-2000 / UTM of its zone.

    Parameters
    ----------
    province_code : of the register.
    edition : in which the code is read; None: the newest that knows it.
    register : of the run; None: the packaged one.

    Raises
    ------
    ParameterFault
        If the register does not hold the province, or not where it lies; the file may state a system.
    """
    held = register or read_register()
    row = held.describe(province_code, edition) if held.holds(province_code) else None
    if row is None or pd.isna(row["crs"]) and pd.isna(row["west"]):
        raise ParameterFault(
            f"no metric system is on record for province {province_code}: "
            "state `crs` (an EPSG code in metres) in the province file"
        )
    if pd.notna(row["crs"]):
        return int(row["crs"])
    return UTM_ZONES[48 if (row["west"] + row["east"]) / 2 < ZONE_BORDER_DEG else 49][0]


@cache
def metric_choices(
    province_code: str = "", edition: str | None = None, register: Register | None = None
) -> dict[int, str]:
    """Return the systems in which an office may deliver metres, each with its name: EPSG code → label.

    Those of the provinces that share one province today, the asked one's first, then its UTM zones.

    Parameters
    ----------
    province_code : of the register; empty: every system of the country.
    edition, register : see `metric_crs`.
    """
    held = register or read_register()
    rows, own, zones = held.province_rows, None, [*UTM_ZONES]
    if province_code and pd.notna(held.describe(province_code, edition)["west"]):
        rows = held.relatives(province_code, edition)
        own = metric_crs(province_code, edition, held)
        zones = _list_zones(rows)
    named = rows[rows["crs"].notna()].drop_duplicates(["crs", "name"])
    codes = sorted({int(crs) for crs in named["crs"]}, key=lambda crs: (crs != own, crs))
    choices = {
        crs: f"VN-2000 / TM-3 {_show_meridian(crs)} ({', '.join(named['name'][named['crs'] == crs])})"
        for crs in codes
    }
    utm = {UTM_ZONES[z][0]: f"VN-2000 / UTM {z}N" for z in zones}
    return choices | utm | {UTM_ZONES[z][1]: f"WGS 84 / UTM {z}N" for z in zones}


def _list_zones(rows: pd.DataFrame) -> list[int]:
    """Return the UTM zones that boxes of provinces reach into."""
    reached = {48: rows["west"].min() < ZONE_BORDER_DEG, 49: rows["east"].max() > ZONE_BORDER_DEG}
    return [zone for zone, there in reached.items() if there]


def _show_meridian(crs: int) -> str:
    """Return the central meridian of a system in degrees and minutes."""
    meridian = float(pyproj.CRS(crs).to_cf()["longitude_of_central_meridian"])
    degrees = math.floor(meridian)
    return f"{degrees}°{round((meridian - degrees) * MINUTES):02d}′"
