"""Signal at each place where people of a hamlet live: its centre, and every residential cluster.

The official count of gaps asks each of them by itself, and so must whoever answers for it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from phusong.reach.hamlets import Fusion
from phusong.reach.layers import Layers
from phusong.reach.radio import Radiance
from phusong.reach.terrain import Terrain
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.parameters import Radio
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import RESIDENTIAL_SIGNAL
from phusong.vocabulary.terms import Evidence, PointKind, Technology

#: Evidence, most trusted first; a number is a place in this list.
ORDER = [str(e) for e in Evidence]


def list_residential_signal(
    points: pd.DataFrame,
    radiance: Radiance,
    fusion: Fusion,
    layers: Layers,
    terrain: Terrain | None,
    *,
    dates: np.ndarray,
    radio: Radio,
    crs: int,
) -> pd.DataFrame:
    """Return table `residential_signal`: each centre and cluster × technology, whoever serves it.

    A place is served if any operator serves it, and not served if every operator that was asked is known not
    to; one that has said nothing makes it unknown, for the silence might hide a mast.

    Parameters
    ----------
    points : table `points` [n].
    radiance, fusion, layers, terrain : what the model says at the points, and what others add.
    dates : of the evidence [n, layers], datetime64.
    radio : parameters.
    crs : the province's metric system.
    """
    chosen = (points["kind"] != PointKind.GROUND).to_numpy()
    places = _describe_places(points[chosen], crs)
    known = find_known(fusion, layers)[chosen]
    evidence = _rank_evidence(radiance, fusion, terrain)[chosen]
    indoors = np.nan_to_num(radiance.indoor) >= radio.number("served_probability")
    if not len(layers):
        return _list_silence(places)
    parts = [
        places.assign(
            technology=technology,
            indoors=pd.array(indoors[chosen][:, own].any(axis=1), dtype="boolean"),
        ).join(
            _unite_layers(
                np.array(layers.operator, dtype=object)[own],
                fusion.served[chosen][:, own],
                known[:, own],
                np.nan_to_num(fusion.probability[chosen][:, own]),
                evidence[:, own],
                dates[chosen][:, own],
            )
        )
        for technology in layers.technologies
        for own in [layers.of_technology(technology)]
    ]
    table = pd.concat(parts, ignore_index=True)
    table["indoors"] = table["indoors"].mask(table["served"].isna())
    return conform_table(table.sort_values(["point_id", "technology"]), RESIDENTIAL_SIGNAL)


def _list_silence(places: pd.DataFrame) -> pd.DataFrame:
    """Return the places where nobody was asked of anything: nothing is known there."""
    unknown = places.assign(
        technology=str(Technology.G4),
        served=None,
        evidence=str(Evidence.ABSENT),
    )
    return conform_table(unknown, RESIDENTIAL_SIGNAL)


def find_known(fusion: Fusion, layers: Layers) -> np.ndarray:
    """Return where an absence of signal would have been noticed [points, layers].

    Parameters
    ----------
    fusion : what is said at the points.
    layers : which operators delivered complete lists.
    """
    described = layers.listed[None, :] | ~np.isnan(fusion.stated)
    return np.asarray((~np.isnan(fusion.probability) & described) | ~np.isnan(fusion.checked))


def _describe_places(points: pd.DataFrame, crs: int) -> pd.DataFrame:
    """Return which centre or cluster each point is, and where."""
    cluster = (points["kind"] == PointKind.CLUSTER).astype("int64")
    lon, lat = transform_xy(points["x_m"], points["y_m"], source=crs, target=WGS84)
    frame = points[["point_id", "hamlet_id", "kind", "name", "households"]]
    number = cluster.groupby(points["hamlet_id"]).cumsum() * cluster
    return frame.assign(cluster=number, lon=lon, lat=lat).reset_index(drop=True)


def _rank_evidence(radiance: Radiance, fusion: Fusion, terrain: Terrain | None) -> np.ndarray:
    """Return the most trusted witness at every point and layer, as a place in `ORDER` [points, layers]."""
    seen = radiance.servers.terrain_known & (terrain is not None)
    model = np.where(seen, ORDER.index(Evidence.MODELLED), ORDER.index(Evidence.ASSUMED))
    rank = np.where(np.isnan(radiance.probability), ORDER.index(Evidence.ABSENT), model[:, None])
    rank = np.where(np.isnan(fusion.stated), rank, ORDER.index(Evidence.OPERATOR))
    return np.where(np.isnan(fusion.checked), rank, ORDER.index(Evidence.MEASURED))


def _unite_layers(
    operators: np.ndarray,
    served: np.ndarray,
    known: np.ndarray,
    probability: np.ndarray,
    evidence: np.ndarray,
    dates: np.ndarray,
) -> pd.DataFrame:
    """Return what holds by any operator of one technology; arrays are [places, operators].

    A yes rests on the most trusted of those who serve; a no needs everybody, so the least trusted counts.
    """
    any_serves = np.asarray(served.any(axis=1))
    unknown = ~any_serves & ~known.all(axis=1)
    yes = np.where(served, evidence, len(ORDER) - 1).min(axis=1)
    best = np.where(any_serves, yes, evidence.max(axis=1))
    counts = served | ~any_serves[:, None]
    newest = np.where(counts, dates, np.datetime64("NaT")).astype("datetime64[us]")
    names = ["|".join(sorted(operators[row])) if row.any() else None for row in served]
    return pd.DataFrame(
        {
            "served": pd.Series(any_serves, dtype="boolean").mask(unknown),
            "probability": np.where(unknown, np.nan, probability.max(axis=1)),
            "evidence": np.array(ORDER, dtype=object)[best],
            "operators": pd.Series(names, dtype="object"),
            "as_of": pd.DataFrame(newest).max(axis=1),
        }
    )
