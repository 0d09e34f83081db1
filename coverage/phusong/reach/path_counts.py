"""Count the paths over ground whose height nobody delivered: on them hangs what is not known."""

from __future__ import annotations

import numpy as np
import pandas as pd


def count_paths(
    hamlet: np.ndarray, hamlets: int, modelled: np.ndarray, unknown: np.ndarray
) -> dict[str, np.ndarray]:
    """Count, by hamlet and layer, the test points that were asked over terrain and those left unknown.

    Parameters
    ----------
    hamlet : number of each point's hamlet [n].
    hamlets : number of hamlets h.
    modelled : whether each layer was modelled over terrain [layers].
    unknown : whether the answer at a point hangs on a path over ground without heights [n, layers].

    Returns
    -------
    paths, unknown_paths : [h, layers], NaN where a layer was not modelled over terrain.
    """
    points = np.bincount(hamlet, minlength=hamlets).astype(float)
    paths = np.where(modelled[None, :], points[:, None], np.nan)
    hanging = np.zeros_like(paths)
    np.add.at(hanging, hamlet, unknown.astype(float))
    return {"paths": paths, "unknown_paths": np.where(np.isnan(paths), np.nan, hanging)}


def sum_paths(reach: pd.DataFrame) -> dict[str, int]:
    """Return the paths of a whole run: asked, unknown, and in how many of the hamlets.

    Parameters
    ----------
    reach : table `reach`.

    Returns
    -------
    paths : test points × layers that were asked over terrain.
    unknown_paths : of these, the ones whose answer hangs on ground without heights.
    hamlets : hamlets that were asked.
    hamlets_unknown_paths : of these, the ones with such a path.
    """
    asked = reach[reach["paths"].notna()]
    hanging = asked[asked["unknown_paths"] > 0]
    return {
        "paths": int(asked["paths"].sum()),
        "unknown_paths": int(asked["unknown_paths"].sum()),
        "hamlets": int(asked["hamlet_id"].nunique()),
        "hamlets_unknown_paths": int(hanging["hamlet_id"].nunique()),
    }
