"""Reach by any operator: two half-covered halves of a hamlet may make a whole one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.reach.hamlets import Fusion, Weighing, grade_share
from phusong.reach.layers import Layers
from phusong.reach.radio import Radiance
from phusong.vocabulary.parameters import Policy, Radio
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import SIGNAL
from phusong.vocabulary.terms import Status


def unite_operators(
    weighing: Weighing,
    radiance: Radiance,
    fusion: Fusion,
    layers: Layers,
    reach: pd.DataFrame,
    *,
    radio: Radio,
    policy: Policy,
) -> pd.DataFrame:
    """Return table `signal`: each hamlet and technology, whoever serves it.

    A point counts as served if any operator serves it. A low share is NONE only where every operator
    whose data were expected has spoken; one silent operator makes it UNKNOWN, for the silence might
    hide a mast. The probability is that of the likeliest operator at each point: shadowing is shared
    by masts of one direction, so operators are not taken as independent witnesses.

    Parameters
    ----------
    weighing, radiance, fusion, layers : as for `reach_hamlets`.
    reach : its result.
    """
    parts = [
        _unite_technology(t, weighing, radiance, fusion, layers, reach, radio, policy)
        for t in layers.technologies
    ]
    return conform_table(pd.concat(parts, ignore_index=True), SIGNAL)


def _unite_technology(
    technology: str,
    weighing: Weighing,
    radiance: Radiance,
    fusion: Fusion,
    layers: Layers,
    reach: pd.DataFrame,
    radio: Radio,
    policy: Policy,
) -> pd.DataFrame:
    """Return the rows of one technology, in the order of the hamlets."""
    mine = layers.of_technology(technology)
    rows = reach[reach["technology"] == technology]
    all_spoke = ~(rows["status"] == Status.UNKNOWN).groupby(rows["hamlet_id"]).any()
    known = all_spoke.reindex(weighing.hamlet_id).to_numpy(dtype=bool)
    served = np.any(fusion.served[:, mine], axis=1)
    share = weighing.share(served)[:, 0]
    status = grade_share(share, known, policy=policy)
    dark = status == Status.UNKNOWN
    enough = radio.number("served_probability")
    indoors = np.any(np.nan_to_num(radiance.indoor[:, mine]) >= enough, axis=1)
    modelled = weighing.share(~np.isnan(radiance.indoor[:, mine]).all(axis=1))[:, 0] > 0
    best = np.nan_to_num(fusion.probability[:, mine]).max(axis=1, initial=0.0)
    flat = np.nan_to_num(radiance.flat[:, mine]).max(axis=1, initial=0.0) >= enough
    nearest = weighing.at_centre(
        radiance.nearest_m[:, mine].min(axis=1, initial=np.inf)[:, None], np.nan
    )[:, 0]
    return pd.DataFrame(
        {
            "hamlet_id": weighing.hamlet_id,
            "technology": technology,
            "status": status,
            "served_share": np.where(dark, np.nan, share),
            "indoor_share": np.where(dark | ~modelled, np.nan, weighing.share(indoors)[:, 0]),
            "ground_share": np.where(dark, np.nan, weighing.ground_share(served)[:, 0]),
            "probability": np.where(dark, np.nan, weighing.share(best)[:, 0]),
            "flat_share": weighing.share(flat)[:, 0],
            "disc_share": weighing.share(np.any(radiance.disc[:, mine], axis=1))[:, 0],
            "site_distance_m": np.where(np.isfinite(nearest), nearest, np.nan),
            "operators": _name_servers(rows).reindex(weighing.hamlet_id).to_numpy(),
        }
    )


def _name_servers(rows: pd.DataFrame) -> pd.Series:
    """Return, by hamlet, the operators that serve it in full or in part, separated by |."""
    serving = rows[rows["status"].isin([Status.FULL, Status.PARTIAL])]
    return serving.groupby("hamlet_id")["operator"].agg(lambda names: "|".join(sorted(names)))
