"""Cells as phones hear of them: rows in the form of OpenCelliD, with estimated positions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from phusong.simulate.recipe import PaperRecipe
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.terms import NetworkStatus, Operator, Technology

RADIOS = {Technology.G2: "GSM", Technology.G3: "UMTS", Technology.G4: "LTE"}
#: Mobile network codes under the country code 452 (domain notes §2.8).
NETWORKS = {Operator.MOBIFONE: 1, Operator.VNPT: 2, Operator.VIETTEL: 4, Operator.VIETNAMOBILE: 5}
COUNTRY = 452
#: From when to when phones reported, before the day of the demonstration [s].
FIRST_S, LAST_S = 212_112_000, 2_182_400


def overhear_cells(
    cells: pd.DataFrame, *, crs: int, recipe: PaperRecipe, day: date, rng: np.random.Generator
) -> pd.DataFrame:
    """Return rows of a crowd-sourced cell list, in the columns and units of OpenCelliD.

    Parameters
    ----------
    cells : operator, technology, status, x_m, y_m.
    crs : metric system.
    recipe : how many rows, and how far off.
    day : of the demonstration.
    rng : stream of random numbers.
    """
    live = cells[cells["status"] == NetworkStatus.LIVE]
    heard = live.iloc[np.sort(rng.integers(0, len(live), recipe.crowd_rows))]
    count = len(heard)
    x, y = heard[["x_m", "y_m"]].to_numpy().T + rng.normal(0, recipe.crowd_error_m, (2, count))
    lon, lat = transform_xy(x, y, source=crs, target=WGS84)
    midnight = int(pd.Timestamp(day, tz="UTC").timestamp())
    last = midnight - LAST_S
    created = rng.integers(midnight - FIRST_S, last, count)
    lte = (heard["technology"] == Technology.G4).to_numpy()
    return pd.DataFrame(
        {
            "radio": heard["technology"].map({str(t): r for t, r in RADIOS.items()}).to_numpy(),
            "mcc": COUNTRY,
            "net": heard["operator"].map({str(o): n for o, n in NETWORKS.items()}).to_numpy(),
            "area": rng.integers(20_000, 60_000, count),
            "cell": np.where(
                lte, rng.integers(2**20, 2**27, count), rng.integers(256, 65_000, count)
            ),
            "unit": 0,
            "lon": np.round(lon, 6),
            "lat": np.round(lat, 6),
            "range": np.rint(rng.lognormal(7.0, 0.6, count)).astype(int),
            "samples": rng.geometric(0.2, count),
            "changeable": 1,
            "created": created,
            "updated": rng.integers(created, last),
            "averageSignal": 0,
        }
    )
