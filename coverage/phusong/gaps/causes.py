"""Name why a hamlet is left out: what stands, or does not stand, between it and a mast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.vocabulary.parameters import Parameters
from phusong.vocabulary.terms import Cause, GapClass


def name_causes(
    classes: pd.Series, signal_4g: pd.DataFrame, *, parameters: Parameters
) -> pd.Series:
    """Return one cause a hamlet.

    K1 lacks nothing, K2 lacks fibre, K4 has only 3G, KU lacks data. For K3 and K5 the model says why 4G
    does not come: were the world flat it would (terrain shadow); or no mast stands within
    `site_near_m`; or one does and is still too weak.

    Parameters
    ----------
    classes : class of each hamlet.
    signal_4g : rows of table `signal` for 4G on the same index.
    parameters : thresholds.
    """
    full = parameters.policy.number("full_share")
    shadow = (signal_4g["flat_share"] >= full) & ~(signal_4g["served_share"] >= full)
    far = ~(signal_4g["site_distance_m"] <= parameters.radio.number("site_near_m"))
    rules = [
        (classes == GapClass.K1, Cause.NOTHING_MISSING),
        (classes == GapClass.KU, Cause.NO_DATA),
        (classes == GapClass.K2, Cause.NO_FIBRE),
        (classes == GapClass.K4, Cause.ONLY_3G),
        (shadow, Cause.TERRAIN_SHADOW),
        (far, Cause.NO_SITE_NEAR),
    ]
    causes = np.select(
        [r.to_numpy() for r, _ in rules], [str(c) for _, c in rules], str(Cause.WEAK_SIGNAL)
    )
    return pd.Series(causes, index=classes.index, dtype="str")
