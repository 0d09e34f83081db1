"""Judge whether positions can be right: inside the province, and in the commune that the row names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.places.editions import list_units, province_box
from phusong.places.registers import Register
from phusong.places.systems import metric_crs
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Intake

#: Mean radius of the Earth [m] (IUGG).
EARTH_RADIUS_M = 6371008.8

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Judge:
    """Know where a province and its communes lie, as far as positions are to be judged against them.

    Parameters
    ----------
    province : code of the province, or empty where positions are judged against nothing.
    edition : edition of the commune codes in the file.
    box : west, south, east, north of the province [°], or None.
    communes : lon, lat [°] and reach_m by commune code: the rough disc within which its rows must lie.
    margin_m : how far outside the province a position may lie [m].
    stray_m : how far from the middle of a foreign file a position may lie [m].
    same_place_m : how far apart two listings of one thing may stand [m].
    wrong_zone_share : by how much another zone must do better to be asked about, 0..1.
    far_reaches : how many reaches from its commune a row is warned of.
    implausible_range_m : estimated range that no cell has [m].
    area_change_share : a repair that changes more of an area than this is warned of, 0..1.
    tolerance_m : how far the middle of a commune may be wrong [m].
    dear_device_vnd : value above which one device is warned of [VND].
    register : the list of units in which the codes are looked up.
    """

    province: str
    edition: str
    box: Box | None
    communes: pd.DataFrame
    margin_m: float
    stray_m: float
    same_place_m: float
    wrong_zone_share: float
    far_reaches: float
    implausible_range_m: float
    area_change_share: float
    tolerance_m: float
    dear_device_vnd: float
    register: Register

    @property
    def metric_crs(self) -> int | None:
        """Return the EPSG code of the province's metric system; None where none is on record."""
        try:
            return metric_crs(self.province, self.edition, self.register) if self.province else None
        except ParameterFault:  # of a province that has only its own list
            return None

    def outside_m(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Return how far positions lie outside the province [m]; 0 inside, NaN where there is none."""
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        there = np.isfinite(lon) & np.isfinite(lat)
        if self.box is None:
            return np.where(there, 0.0, np.nan)
        lon, lat = np.where(there, lon, np.nan), np.where(there, lat, np.nan)
        west, south, east, north = self.box
        return distance_m(lon, lat, np.clip(lon, west, east), np.clip(lat, south, north))

    def outside(self, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        """Return whether positions lie outside the province and the margin around it."""
        return self.outside_m(lon, lat) > self.margin_m

    def in_own_commune(self, lon: np.ndarray, lat: np.ndarray, codes: pd.Series) -> np.ndarray:
        """Return 1 where a position lies in the commune of its row, 0 where not, NaN where unknown."""
        reaches = self.reaches_from_own(lon, lat, codes)
        return np.where(np.isnan(reaches), np.nan, reaches <= 1)

    def reaches_from_own(self, lon: np.ndarray, lat: np.ndarray, codes: pd.Series) -> np.ndarray:
        """Return how many reaches a position lies from the middle of its row's commune, NaN where unknown."""
        own = self.communes.reindex(codes.to_numpy())
        away = distance_m(lon, lat, own["lon"].to_numpy(), own["lat"].to_numpy())
        return away / own["reach_m"].to_numpy()

    def in_own_commune_share(
        self, lon: np.ndarray, lat: np.ndarray, codes: pd.Series | None
    ) -> tuple[float, str]:
        """Return the share of positions in their own commune, or in the province where no row names one.

        Parameters
        ----------
        lon, lat : positions [°].
        codes : commune code of each row, or None.

        Returns
        -------
        share : 0..1, NaN where nothing can be judged.
        against : ``commune`` or ``province``.
        """
        if codes is not None:
            found = self.in_own_commune(lon, lat, codes)
            if not np.isnan(found).all():
                return float(np.nanmean(found)), "commune"
        if self.box is None or not np.isfinite(lon).any():
            return float("nan"), "province"
        return float((self.outside_m(lon, lat)[np.isfinite(lon)] == 0).mean()), "province"


def distance_m(
    lon: np.ndarray, lat: np.ndarray, other_lon: np.ndarray, other_lat: np.ndarray
) -> np.ndarray:
    """Return the distance between positions [m], on a plane tangent at their mean latitude.

    Good to a per mille up to some hundred kilometres, which is all that is asked of it here.
    """
    with np.errstate(
        over="ignore", invalid="ignore"
    ):  # what lies beyond all numbers is far, or nowhere
        middle = np.radians((np.asarray(lat) + np.asarray(other_lat)) / 2)
        east = np.radians(np.asarray(lon) - np.asarray(other_lon)) * np.cos(middle)
        north = np.radians(np.asarray(lat) - np.asarray(other_lat))
        return EARTH_RADIUS_M * np.hypot(east, north)


def make_judge(options: ReadOptions, intake: Intake) -> Judge:
    """Return the judge of a file.

    Parameters
    ----------
    options : province and edition to judge against.
    intake : margins.

    Raises
    ------
    ParameterFault
        If the register holds no such province or edition.
    """
    province, register = options.province if options.is_checked else "", options.register
    box = province_box(province, options.read_in, register) if province else None
    tolerance_m = intake.number("own_commune_tolerance_m")
    communes = _rough_discs(options.edition, province, tolerance_m, register)
    return Judge(
        province,
        options.edition,
        box,
        communes,
        margin_m=intake.number("province_margin_m"),
        stray_m=intake.number("stray_distance_m"),
        same_place_m=intake.number("duplicate_site_m"),
        wrong_zone_share=intake.number("wrong_zone_share"),
        far_reaches=intake.number("far_commune_reaches"),
        implausible_range_m=intake.number("implausible_range_m"),
        area_change_share=intake.number("area_change_share"),
        tolerance_m=tolerance_m,
        dear_device_vnd=intake.number("dear_device_vnd"),
        register=register,
    )


def limit_to_edition(judge: Judge, edition: str) -> Judge:
    """Return the judge of a file whose commune codes turn out to be of another edition.

    Parameters
    ----------
    judge : from `make_judge`.
    edition : of the register.
    """
    if edition == judge.edition:
        return judge
    communes = _rough_discs(edition, judge.province, judge.tolerance_m, judge.register)
    return replace(judge, edition=edition, communes=communes)


@cache
def _rough_discs(
    edition: str, province: str, tolerance_m: float, register: Register
) -> pd.DataFrame:
    """Return by commune code its rough centre and the reach of a disc twice as large as its area.

    Where the list has no areas, those of the later communes are shared out evenly. Nothing is known of
    ground without a register.
    """
    if not province:
        return pd.DataFrame(columns=["lon", "lat", "reach_m"], dtype="float64")
    units = list_units(edition, province=province, register=register)
    area = units["area_km2"].astype("float64")
    area = area.fillna(
        area.median() if area.notna().any() else _mean_area(edition, province, register)
    )
    reach = np.sqrt(2e6 * area / np.pi) + tolerance_m
    discs = units[["lon", "lat"]].astype("float64").assign(reach_m=reach)
    return discs.set_axis(units["code"].astype("object"))


def _mean_area(edition: str, province: str, register: Register) -> float:
    """Return the area of a commune of an edition without areas [km²], from the newest edition's."""
    newest = list_units(register.days[-1], province=province, register=register)
    units = list_units(edition, province=province, register=register)
    return float(newest["area_km2"].sum()) / len(units)
