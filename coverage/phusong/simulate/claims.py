"""Operators' statements per hamlet: fibre is there, or is not; a few against their own lists."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from phusong.simulate.demonstration import Demonstration
from phusong.simulate.recipe import PaperRecipe
from phusong.simulate.settlements import TOWN_KINDS
from phusong.vocabulary.terms import NetworkStatus, Operator

AS_OF = (9, 10)
DOCUMENTS = {
    Operator.VNPT: "MP-{number:02d}/VNPT-{area}",
    Operator.FPT: "MP-{number:02d}/FTEL-{area}",
}


def near_live_node_m(hamlets: pd.DataFrame, nodes: pd.DataFrame) -> np.ndarray:
    """Return the distance from each hamlet to the next live access node with a free port [n] [m]."""
    live = nodes[
        (nodes["status"] == NetworkStatus.LIVE) & nodes["access"] & (nodes["ports_free"] > 0)
    ]
    if live.empty:
        return np.full(len(hamlets), np.inf)
    return cKDTree(live[["x_m", "y_m"]].to_numpy()).query(hamlets[["x_m", "y_m"]].to_numpy())[0]


def write_claims(
    hamlets: gpd.GeoDataFrame,
    nodes: pd.DataFrame,
    *,
    ready_m: float,
    recipe: PaperRecipe,
    demonstration: Demonstration,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return the statements of VNPT, all over, and of FPT, in towns.

    Parameters
    ----------
    hamlets : hamlet_id, commune_code, commune, commune_kind, district, kind, name, households, x_m, y_m.
    nodes : fibre nodes of every operator.
    ready_m : a statement is true if a live node of VNPT stands within this distance.
    recipe : how many, and how many are false.
    demonstration : for the numbers of letters and the day.
    rng : stream of random numbers.

    Returns
    -------
    claims : claim_id, place, hamlet_id (missing where only the name is given), name, commune_code,
        operator, technology, ready, households_passed, as_of, source_document, contradicts.
    """
    own = near_live_node_m(hamlets, nodes[nodes["operator"] == Operator.VNPT]) <= ready_m
    towns = hamlets["commune_kind"].isin(TOWN_KINDS).to_numpy()
    everywhere, against = np.ones(len(own), dtype=bool), recipe.contradictions
    area = demonstration.letter_mark
    first = _state(Operator.VNPT, area, everywhere, own, recipe.claims_vnpt, against, rng)
    fpt = (near_live_node_m(hamlets, nodes) <= ready_m) & (rng.random(len(own)) < recipe.fpt_share)
    other = _state(Operator.FPT, area, towns, fpt, recipe.claims_fpt, 0, rng)
    claims = pd.concat([first, other], ignore_index=True)
    about = hamlets.iloc[claims["place"]].reset_index(drop=True)
    nameless = rng.random(len(claims)) < recipe.named_only
    passed = np.rint(about["households"] * rng.uniform(0.96, 1.0, len(claims)))
    return claims.assign(
        claim_id=[f"X{i + 1:04d}" for i in range(len(claims))],
        hamlet_id=about["hamlet_id"].mask(nameless & ~_namesakes(hamlets)[claims["place"]]),
        name=about["name"],
        kind=about["kind"],
        commune_code=about["commune_code"],
        technology="FIBRE",
        households_passed=pd.Series(passed).where(claims["ready"], 0).astype(int),
        as_of=demonstration.stamp(*AS_OF),
    )


def _namesakes(hamlets: pd.DataFrame) -> np.ndarray:
    """Return which hamlets share their name with another of the same commune [n]."""
    return hamlets.duplicated(["commune_code", "name"], keep=False).to_numpy()


def _state(
    operator: Operator,
    area: str,
    allowed: np.ndarray,
    true: np.ndarray,
    count: int,
    against: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return one operator's statements, some of them the contrary of the truth."""
    pool = np.flatnonzero(allowed)
    place = np.sort(rng.choice(pool, min(count, len(pool)), replace=False))
    false = np.zeros(len(place), dtype=bool)
    false[rng.choice(len(place), min(against, len(place)), replace=False)] = True
    letter = rng.integers(1, 9, len(place))
    return pd.DataFrame(
        {
            "place": place,
            "operator": str(operator),
            "ready": true[place] ^ false,
            "contradicts": false,
            "source_document": [DOCUMENTS[operator].format(area=area, number=n) for n in letter],
        }
    )
