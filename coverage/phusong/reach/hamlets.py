"""From test points to hamlets: shares of where people live, a status, and its evidence.

A status rests on the centre and the residential clusters alone; the share of the ground stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.reach.evidence import believe_check, pool_statement
from phusong.reach.layers import Layers
from phusong.reach.path_counts import count_paths
from phusong.reach.radio import Radiance
from phusong.reach.terrain import Terrain
from phusong.vocabulary.parameters import Policy, Radio
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.results import REACH
from phusong.vocabulary.terms import Evidence, PointKind, Status


@dataclass(frozen=True)
class Weighing:
    """Hold how test points add up to hamlets.

    Parameters
    ----------
    hamlet_id : every hamlet, with points or without [h].
    hamlet : number of each point's hamlet [n].
    weight : of each point, summing to 1 over the centre and the clusters of a hamlet, 0 on the ground [n].
    ground_weight : of each point, summing to 1 over the ground of a hamlet, 0 elsewhere [n].
    centre : number of each hamlet's centre point, −1 where it has none [h].
    """

    hamlet_id: np.ndarray
    hamlet: np.ndarray
    weight: np.ndarray
    ground_weight: np.ndarray
    centre: np.ndarray

    def share(self, values: np.ndarray) -> np.ndarray:
        """Return the weighted mean of point values where people live [h, …]; NaN where nobody is placed."""
        return self._mean(values, self.weight)

    def ground_share(self, values: np.ndarray) -> np.ndarray:
        """Return the mean of point values over the ground [h, …]; NaN where a hamlet has no ground."""
        return self._mean(values, self.ground_weight)

    def _mean(self, values: np.ndarray, weight: np.ndarray) -> np.ndarray:
        """Return the weighted mean of point values per hamlet [h, …]; NaN where nothing has a weight."""
        columns = values.reshape(len(values), int(np.prod(values.shape[1:]))).astype(float)
        count = len(self.hamlet_id)
        total = np.column_stack(
            [np.bincount(self.hamlet, weight * c, minlength=count) for c in columns.T]
        )
        bare = np.bincount(self.hamlet, weight > 0, minlength=count) == 0
        return np.where(bare[:, None], np.nan, np.clip(total, 0.0, 1.0))

    def at_centre(self, values: np.ndarray, missing: float) -> np.ndarray:
        """Return the point values at the centres [h, …]; `missing` where a hamlet has no centre."""
        absent = self.centre < 0
        if len(values) == 0:
            return np.full((len(self.hamlet_id), *values.shape[1:]), missing)
        return np.where(absent[:, None], missing, values[self.centre])


def weigh_points(points: pd.DataFrame, hamlets: pd.DataFrame) -> Weighing:
    """Return how the test points add up to the hamlets."""
    number = pd.Series(np.arange(len(hamlets)), index=hamlets["hamlet_id"])
    hamlet = points["hamlet_id"].map(number).to_numpy(dtype=np.int64)
    centre = np.full(len(hamlets), -1, dtype=np.int64)
    at_centre = (points["kind"] == PointKind.CENTRE).to_numpy()
    centre[hamlet[at_centre]] = np.flatnonzero(at_centre)
    on_ground = (points["kind"] == PointKind.GROUND).to_numpy()
    tiles = np.bincount(hamlet, on_ground, minlength=len(hamlets))
    ground_weight = on_ground / np.maximum(tiles, 1)[hamlet]
    weight = np.where(on_ground, 0.0, points["weight"].to_numpy(dtype=float))
    return Weighing(hamlets["hamlet_id"].to_numpy(), hamlet, weight, ground_weight, centre)


@dataclass(frozen=True)
class Fusion:
    """Hold model and statements together at the points; arrays are [points, layers].

    Parameters
    ----------
    probability : after the operators have spoken; NaN where nobody has spoken.
    served : whether the probability reaches what counts as served.
    stated : what operators say: 1, 0 or NaN.
    checked : what was found on the spot: 1, 0 or NaN.
    """

    probability: np.ndarray
    served: np.ndarray
    stated: np.ndarray
    checked: np.ndarray


def fuse_evidence(
    radiance: Radiance,
    polygons: np.ndarray,
    claims: np.ndarray,
    checks: np.ndarray,
    *,
    radio: Radio,
) -> Fusion:
    """Return the pooled probability at every point.

    A polygon speaks for a place, a claim for a whole hamlet; where an operator gave both, the polygon,
    being nearer to the place, speaks alone. What was found on the spot stands before both. Where the model
    hangs on ground without heights, no statement settles it: over that ground the model might contradict.
    """
    stated = np.where(np.isnan(polygons), claims, polygons)
    pooled = pool_statement(
        radiance.probability,
        stated,
        yes_odds=radio.number("operator_yes_odds"),
        no_odds=radio.number("operator_no_odds"),
    )
    pooled = np.where(radiance.unknown, np.nan, pooled)
    pooled = believe_check(pooled, checks, certainty=radio.number("checked_probability"))
    served = np.nan_to_num(pooled) >= radio.number("served_probability")
    return Fusion(pooled, served, stated, checks)


def grade_share(share: np.ndarray, known: np.ndarray, *, policy: Policy) -> np.ndarray:
    """Return FULL, PARTIAL, NONE or UNKNOWN for served shares.

    Parameters
    ----------
    share : served share [any shape], NaN where there was nothing to test.
    known : whether an absence of signal would have been noticed [same shape].
    policy : thresholds.
    """
    grade = np.full(share.shape, str(Status.PARTIAL), dtype=object)
    grade[share >= policy.number("full_share")] = str(Status.FULL)
    low = share <= policy.number("none_share")
    grade[low] = str(Status.NONE)
    grade[(low & ~known) | np.isnan(share)] = str(Status.UNKNOWN)
    return grade


def reach_hamlets(
    weighing: Weighing,
    radiance: Radiance,
    fusion: Fusion,
    carriers: pd.DataFrame,
    layers: Layers,
    terrain: Terrain | None,
    *,
    radio: Radio,
    policy: Policy,
    as_of: pd.Series,
) -> pd.DataFrame:
    """Return the mobile rows of table `reach`: every hamlet × layer.

    Parameters
    ----------
    weighing, radiance, fusion : the points, what the model says there, and what operators add.
    carriers : table `carriers`, in the order the model saw.
    as_of : date of each layer's evidence [layers].
    """
    shares = _point_shares(weighing, radiance, fusion, radio)
    known = weighing.share(np.isnan(fusion.probability)) == 0
    known &= layers.listed[None, :] | ~np.isnan(shares["operator_share"])
    known |= weighing.share(~np.isnan(fusion.checked)) > 0
    status = grade_share(shares["served_share"], known, policy=policy)
    columns = {"status": status, **shares, **_centre_columns(weighing, radiance, carriers)}
    columns["evidence"] = _name_evidence(shares, weighing, radiance, terrain)
    over_terrain = (layers.sampled | layers.listed) & (terrain is not None)
    columns |= count_paths(weighing.hamlet, len(weighing.hamlet_id), over_terrain, radiance.unknown)
    columns["disagrees"] = _disagree(shares, policy)
    silent = status == Status.UNKNOWN
    for name in ("served_share", "indoor_share", "ground_share", "probability"):
        columns[name] = np.where(silent, np.nan, columns[name])
    return conform_table(_unfold(weighing, layers, columns, as_of), REACH)


def _point_shares(
    weighing: Weighing, radiance: Radiance, fusion: Fusion, radio: Radio
) -> dict[str, np.ndarray]:
    """Return every share that is a weighted mean over points [h, layers]."""
    enough = radio.number("served_probability")
    modelled = ~np.isnan(radiance.probability)

    def _of_model(probability: np.ndarray) -> np.ndarray:
        return np.where(
            weighing.share(modelled) > 0,
            weighing.share(np.nan_to_num(probability) >= enough),
            np.nan,
        )

    spoken = weighing.share(~np.isnan(fusion.stated)) > 0
    return {
        "served_share": weighing.share(fusion.served),
        "indoor_share": _of_model(radiance.indoor),
        "ground_share": weighing.ground_share(fusion.served),
        "probability": weighing.share(np.nan_to_num(fusion.probability)),
        "flat_share": _of_model(radiance.flat),
        "disc_share": np.where(weighing.share(modelled) > 0, weighing.share(radiance.disc), np.nan),
        "modelled_share": _of_model(radiance.probability),
        "operator_share": np.where(spoken, weighing.share(np.nan_to_num(fusion.stated)), np.nan),
    }


def _centre_columns(
    weighing: Weighing, radiance: Radiance, carriers: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Return what holds at the culture house: signal, margin, serving cell, distance, terrain loss."""
    servers = radiance.servers
    signal = weighing.at_centre(servers.signal_dbm.astype(float), np.nan)
    signal = np.where(np.isfinite(signal), signal, np.nan)
    carrier = weighing.at_centre(servers.carrier, -1).astype(int)
    names = np.array([*carriers["cell_id"], None], dtype=object)
    heard = carrier >= 0
    return {
        "signal_dbm": signal,
        "margin_db": signal - radiance.edge_dbm,
        "cell_id": names[carrier],
        "distance_m": np.where(
            heard, weighing.at_centre(servers.distance_m.astype(float), np.nan), np.nan
        ),
        "terrain_loss_db": np.where(
            heard, weighing.at_centre(servers.excess_db.astype(float), np.nan), np.nan
        ),
    }


def _name_evidence(
    shares: dict[str, np.ndarray], weighing: Weighing, radiance: Radiance, terrain: Terrain | None
) -> np.ndarray:
    """Return the most trusted witness behind each statement."""
    seen = (
        np.zeros(len(weighing.hamlet), dtype=bool)
        if terrain is None
        else radiance.servers.terrain_known
    )
    terrain_share = weighing.share(seen.astype(float))
    evidence = np.where(terrain_share > 0, str(Evidence.MODELLED), str(Evidence.ASSUMED)).astype(
        object
    )
    evidence = np.repeat(evidence, shares["served_share"].shape[1], axis=1)
    evidence[np.isnan(shares["modelled_share"])] = str(Evidence.ABSENT)
    evidence[~np.isnan(shares["operator_share"])] = str(Evidence.OPERATOR)
    return evidence


def _disagree(shares: dict[str, np.ndarray], policy: Policy) -> np.ndarray:
    """Return where one of operator and model says all of the hamlet, and the other none of it."""
    full, none = policy.number("full_share"), policy.number("none_share")
    model, stated = shares["modelled_share"], shares["operator_share"]
    return ((stated >= full) & (model <= none)) | ((stated <= none) & (model >= full))


def _unfold(
    weighing: Weighing, layers: Layers, columns: dict[str, np.ndarray], as_of: pd.Series
) -> pd.DataFrame:
    """Return one row per hamlet and layer from arrays [h, layers]."""
    count = len(layers)
    frame = pd.DataFrame(
        {
            "hamlet_id": np.repeat(weighing.hamlet_id, count),
            "technology": np.tile(
                np.array(layers.technology, dtype=object), len(weighing.hamlet_id)
            ),
            "operator": np.tile(np.array(layers.operator, dtype=object), len(weighing.hamlet_id)),
            "as_of": np.tile(as_of.to_numpy(), len(weighing.hamlet_id)),
        }
    )
    return frame.assign(**{name: values.reshape(-1) for name, values in columns.items()})
