"""Recognise what a file says of its coordinate system as one of the numbered systems, or name what it says.

Offices define VN-2000 themselves, with or without the parameters of its shift to WGS 84 (TOWGS84), in either
sign convention, with zeros, or from an older set. The shift is pinned in `phusong.vocabulary.metres`, so
whatever a file states of it is set aside and listed.
"""

from __future__ import annotations

import re
import sqlite3
import warnings
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyproj
from pyproj.database import query_crs_info
from pyproj.enums import PJType

from phusong.vocabulary.metres import WGS84

#: How sure PROJ must be that a description is of a numbered system, 0..100 (`pyproj.CRS.to_epsg`).
SURE = 70
#: VN-2000 in degrees (EPSG), and how its name is written.
VN2000 = 4756
_NAMED = re.compile(r"vn[\s_\-.]*2000|viet[\s_\-.]*nam[\s_\-.]*2000", re.IGNORECASE)
_NAMELESS = re.compile(
    r"^$|unknown|unnamed|undefined|not[\s_]*specified|custom|user", re.IGNORECASE
)
_SHIFT = re.compile(rb",\s*TOWGS84\s*\[([^\]]*)\]", re.IGNORECASE)
#: A translation in PROJ's words.
_TRANSLATION = re.compile(r"\b([xyz])=(-?[0-9.]+)")
#: How far the known shifts of VN-2000 lie from each other, and from what offices write of them [m].
NEAR_M = 20.0
#: WGS 84's ellipsoid, on which VN-2000 stands: radius [m], inverse flattening.
RADIUS_M, FLATTENING = 6378137.0, 298.257223563
#: How closely two definitions must agree: angles [°] and lengths [m] to the digit that anyone writes.
ALIKE = 1e-6
PARAMETERS = ("lat_0", "lon_0", "k", "x_0", "y_0")
#: A transverse Mercator's scale and false easting where a zone alone is written [m].
UTM_SCALE, UTM_EASTING_M, ZONE_DEG, FIRST_DEG = 0.9996, 500_000.0, 6, -183


@dataclass(frozen=True)
class Definition:
    """Hold what a file says of its coordinate system.

    Parameters
    ----------
    name : what the file calls it, with the parameters that tell it from others.
    crs : EPSG code, None where it is none of the numbered ones for sure.
    recognised : whether the code follows from the parameters alone, so that it must be listed.
    """

    name: str
    crs: int | None
    recognised: bool = False


def describe_system(stated: pyproj.CRS | None, shift: str = "") -> Definition | None:
    """Return what a file says of its coordinate system; None where it says nothing.

    Parameters
    ----------
    stated : as the file's reader understood it.
    shift : parameters of TOWGS84 as the file writes them, where they were taken out before it was read.
    """
    if stated is None:
        return None
    if stated.is_bound and stated.source_crs is not None:
        move = stated.coordinate_operation
        shift = shift or ("" if move is None else ",".join(map(str, move.towgs84)))
        stated = stated.source_crs
    if stated.equals("OGC:CRS84"):
        return Definition(stated.name, WGS84)
    number = stated.to_epsg(min_confidence=SURE)
    own = _own_parameters(stated)
    name = _describe_definition(stated, own, shift)
    if number is None:
        number = _recognise(stated, own, shift)
        return Definition(name, number, recognised=number is not None)
    return Definition(name, int(number), recognised=bool(shift))


def _describe_definition(stated: pyproj.CRS, own: dict[str, float] | None, shift: str) -> str:
    """Return a definition's name with what tells it from others."""
    parts = [stated.name]
    if own is not None:
        parts.append(f"{own['lon_0']:g}°, k {own['k']:g}")
    return ", ".join([*parts, *([f"TOWGS84[{shift}]"] if shift else [])])


def _recognise(stated: pyproj.CRS, own: dict[str, float] | None, shift: str) -> int | None:
    """Return the EPSG code of a system of VN-2000 by its parameters; None where it is no such system."""
    if not _is_vn2000(stated, shift):
        return None
    if stated.is_geographic:
        return VN2000
    if own is None:
        return None
    for code, known in _list_vn2000().items():
        if all(abs(own[name] - known[name]) <= ALIKE for name in PARAMETERS):
            return code
    return None


def _is_vn2000(stated: pyproj.CRS, shift: str) -> bool:
    """Return whether a system stands on VN-2000: by its name, by its shift, or by a datum without a name."""
    ellipsoid = stated.ellipsoid
    if ellipsoid is None or abs(ellipsoid.semi_major_metre - RADIUS_M) > ALIKE:
        return False
    if abs(ellipsoid.inverse_flattening - FLATTENING) > ALIKE:
        return False
    geodetic = stated.geodetic_crs
    datum = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else ""
    names = [stated.name, datum, geodetic.name if geodetic is not None else ""]
    if any(_NAMED.search(name or "") for name in names) or _is_known_shift(shift):
        return True
    return not stated.is_geographic and _NAMELESS.search(datum) is not None


def _is_known_shift(shift: str) -> bool:
    """Return whether a shift is one of VN-2000, whichever way it is written."""
    try:
        stated = np.array([float(part) for part in shift.split(",")[:3]])
    except ValueError:
        return False
    if len(stated) < 3:
        return False
    return any(np.abs(np.abs(stated) - np.abs(known)).max() <= NEAR_M for known in _list_shifts())


@cache
def _list_shifts() -> tuple[np.ndarray, ...]:
    """Return the translations from VN-2000 to WGS 84 that the register of systems knows [m]."""
    known = pyproj.transformer.TransformerGroup(VN2000, WGS84).transformers
    found = [dict(_TRANSLATION.findall(transformer.definition)) for transformer in known]
    return tuple(
        np.array([float(move[axis]) for axis in "xyz"]) for move in found if len(move) == len("xyz")
    )


@cache
def _list_vn2000() -> dict[int, dict[str, float]]:
    """Return by EPSG code the parameters of every projected system of VN-2000."""
    listed = query_crs_info(auth_name="EPSG", pj_types=[PJType.PROJECTED_CRS])
    codes = {int(info.code) for info in listed if _NAMED.search(info.name) and not info.deprecated}
    found = {code: _own_parameters(pyproj.CRS.from_epsg(code)) for code in sorted(codes)}
    return {code: own for code, own in found.items() if own is not None}


def _own_parameters(stated: pyproj.CRS) -> dict[str, float] | None:
    """Return the parameters of a transverse Mercator [°, m]; None for any other projection."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyproj says that a short form loses the name
        try:
            short = stated.to_dict()
        except pyproj.exceptions.CRSError:
            return None
    if short.get("proj") == "utm" and "south" not in short:
        meridian = FIRST_DEG + ZONE_DEG * int(short["zone"])
        short = {"proj": "tmerc", "lon_0": meridian, "k": UTM_SCALE, "x_0": UTM_EASTING_M}
    if short.get("proj") not in ("tmerc", "etmerc") or short.get("units", "m") != "m":
        return None
    scale = short.get("k", short.get("k_0", 1.0))
    return {name: float(short.get(name, 0.0)) for name in PARAMETERS} | {"k": float(scale)}


def set_shift_aside(copy: Path, *, database: bool) -> str:
    """Blank the parameters of TOWGS84 in a private copy, and return the first that stood there.

    A reader that mends their signs says so as if it were an error, and then reads nothing.

    Parameters
    ----------
    copy : a file that holds a definition as text, or a GeoPackage.
    database : whether it is a GeoPackage.
    """
    if database:
        return _blank_rows(copy)
    data = copy.read_bytes()
    found = _SHIFT.search(data)
    if found is None:
        return ""
    copy.write_bytes(_SHIFT.sub(lambda clause: b" " * len(clause[0]), data))
    return found[1].decode("ascii", errors="replace").strip()


def _blank_rows(copy: Path) -> str:
    """Blank the parameters of TOWGS84 in a GeoPackage's list of systems; return those of a layer's."""
    used = "SELECT srs_id FROM gpkg_contents"
    listed = f"SELECT srs_id, definition, srs_id IN ({used}) FROM gpkg_spatial_ref_sys"
    order = "UPDATE gpkg_spatial_ref_sys SET definition = ? WHERE srs_id = ?"
    shift = ""
    with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as database, database:
        database.execute("PRAGMA trusted_schema = OFF")
        for number, text, needed in database.execute(listed).fetchall():
            found = _SHIFT.search(str(text).encode())
            if found is not None:
                bare = _SHIFT.sub(b"", str(text).encode()).decode()
                database.execute(order, (bare, number))
                shift = shift or (found[1].decode() if needed else "")
    return shift
