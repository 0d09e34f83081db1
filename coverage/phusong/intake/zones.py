"""Decide in which metric system a file's coordinates are, or ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.judge import Judge
from phusong.intake.rules import add_to_both
from phusong.places.systems import metric_choices
from phusong.vocabulary.errors import choose_half
from phusong.vocabulary.metres import WGS84, transform_xy

UNSTATED = (
    "tọa độ là mét mà tệp không ghi hệ tọa độ · metres, and the file does not say in which system"
)


@dataclass(frozen=True)
class ZoneShare:
    """Say how well one metric system fits a file.

    Parameters
    ----------
    crs : EPSG code.
    share : share of the rows that fall where they should, 0..1; NaN where nothing can be judged.
    against : ``commune`` or ``province``.
    label : name of the system; empty for a stated one that is none of the usual.
    """

    crs: int
    share: float
    against: str
    label: str = ""


def weigh_zones(
    easting: np.ndarray,
    northing: np.ndarray,
    codes: pd.Series | None,
    judge: Judge,
    *,
    stated: int | None = None,
) -> list[ZoneShare]:
    """Return every metric system with the share of rows that it puts where they should be, best first.

    Parameters
    ----------
    easting, northing : coordinates [m].
    codes : commune code of each row, or None.
    judge : where the province and its communes lie.
    stated : a system to weigh besides the usual ones.
    """
    shares = []
    usual = metric_choices(judge.province, judge.edition, judge.register)
    for crs in dict.fromkeys([*usual, *([stated] if stated else [])]):
        lon, lat = transform_xy(easting, northing, source=crs, target=WGS84)
        share, against = judge.in_own_commune_share(lon, lat, codes)
        shares.append(ZoneShare(crs, share, against, usual.get(crs, "")))
    own = judge.metric_crs
    return sorted(shares, key=lambda z: (-np.nan_to_num(z.share, nan=-1.0), z.crs != own))


def ask_zone(
    findings: Findings,
    shares: list[ZoneShare],
    *,
    stated: int | None = None,
    lead: str = UNSTATED,
) -> None:
    """Ask in which metric system the coordinates are, with what speaks for each.

    Parameters
    ----------
    findings : notebook of this reading.
    shares : every system with its share, best first.
    stated : the system that the user stated and that does not fit.
    lead : how the question begins where none is stated.
    """
    names = [f"{z.crs} {z.label}" for z in shares]
    parts = {
        language: "; ".join(
            f"{name}: {choose_half(_show_share(z), language)}"
            for name, z in zip(names, shares, strict=True)
        )
        for language in ("vi", "en")
    }
    if stated is not None:
        lead = f"EPSG {stated} đã ghi không khớp · EPSG {stated} as stated does not fit"
    findings.ask("crs", [str(z.crs) for z in shares], add_to_both(lead, parts["vi"], parts["en"]))


def _show_share(zone: ZoneShare) -> str:
    if np.isnan(zone.share):
        return "không có căn cứ so sánh · nothing to compare with"
    percent = f"{100 * zone.share:.1f}".replace(".", ",")
    if zone.against == "commune":
        return f"{percent} % số dòng nằm đúng xã · {100 * zone.share:.1f} % of rows in their own commune"
    return f"{percent} % số dòng nằm trong tỉnh · {100 * zone.share:.1f} % of rows in the province"


def fits_worse(shares: list[ZoneShare], *, stated: int, margin: float) -> bool:
    """Return whether another system puts far more rows in place than the one stated.

    Parameters
    ----------
    shares : every system with its share.
    stated : EPSG code as the user stated it.
    margin : by how much the other must do better, 0..1.
    """
    own = next(z.share for z in shares if z.crs == stated)
    best = max((z.share for z in shares if not np.isnan(z.share)), default=own)
    return bool(best > own + margin)
