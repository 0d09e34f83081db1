"""Hamlets drawn point by point: what is known at the centre, at each cluster and on the ground, no map needed."""

import numpy as np
import pandas as pd
from tests import worlds

from phusong.gaps.hamlets import find_gaps
from phusong.reach.hamlets import fuse_evidence, reach_hamlets, weigh_points
from phusong.reach.layers import Layers
from phusong.reach.radio import Radiance
from phusong.reach.residential import list_residential_signal
from phusong.reach.servers import Servers
from phusong.reach.signal import unite_operators
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.results import CARRIERS, POINTS, REACH

SIGNAL, NOTHING, SILENT = 0.99, 0.01, np.nan


def layers(*pairs):
    """Layers from (technology, operator), all of complete lists."""
    ordered = sorted(pairs)
    return Layers(
        technology=tuple(t for t, _ in ordered),
        operator=tuple(o for _, o in ordered),
        listed=np.ones(len(ordered), dtype=bool),
        sampled=np.ones(len(ordered), dtype=bool),
    )


def place(hamlets, count):
    """Table `points` from hamlet → (centre or None, clusters, ground), each a probability a layer."""
    rows, signals = [], []
    for name, (centre, clusters, ground) in hamlets.items():
        houses = ([] if centre is None else [("centre", 0.3, centre)]) + [
            ("cluster", 0.5 / len(clusters), c) for c in clusters
        ]
        whole = sum(weight for _, weight, _ in houses) or 1.0
        for kind, weight, row in [*houses, *(("ground", 0.0, g) for g in ground)]:
            at = float(len(rows))
            rows.append((name, kind, weight / whole, worlds.ORIGIN_X + at, worlds.ORIGIN_Y + at))
            signals.append(row)
    frame = pd.DataFrame(rows, columns=["hamlet_id", "kind", "weight", "x_m", "y_m"])
    points = conform_table(frame.assign(point_id=range(len(frame))), POINTS)
    return points, np.array(signals, dtype=float).reshape(len(rows), count)


def compute(hamlets, *pairs, **more):
    """Table `hamlet_classes` by hamlet; see `compute_tables`."""
    return compute_tables(hamlets, *pairs, **more)[0]


def compute_tables(hamlets, *pairs, checks=None, households=None, changes=None, day="2021-09-21"):
    """Tables `hamlet_classes` by hamlet, and `residential_signal`, of what the points hear.

    Layers stand in the order of their names. `checks`: point number → row a layer of 1, 0 or NaN; `households`: point number → households of the cluster.
    """
    asked = layers(*pairs)
    points, signals = place(hamlets, len(asked))
    if households:
        points["households"] = points["point_id"].map(households).astype("Int64")
    parameters = load_parameters({"policy": changes or {}})
    found = np.full(signals.shape, np.nan)
    for number, row in (checks or {}).items():
        found[number] = row
    radiance = _model(signals)
    nobody = np.full(signals.shape, np.nan)
    fusion = fuse_evidence(radiance, nobody, nobody, found, radio=parameters.radio)
    there = worlds.hamlets(dict.fromkeys(hamlets, (0.0, 0.0)))
    weights = weigh_points(points, there)
    settings = {"radio": parameters.radio, "policy": parameters.policy}
    dates = pd.Series([worlds.DAY] * len(asked))
    carriers, terrain = empty_table(CARRIERS), worlds.plain(cells=2)
    reach = reach_hamlets(
        weights, radiance, fusion, carriers, asked, terrain, as_of=dates, **settings
    )
    signal = unite_operators(weights, radiance, fusion, asked, reach, **settings)
    residential = list_residential_signal(
        points, radiance, fusion, asked, terrain, radio=parameters.radio, crs=worlds.CRS,
        dates=np.broadcast_to(dates.to_numpy("datetime64[us]"), signals.shape),
    )  # fmt: skip
    reach = pd.concat([reach, no_fibre(hamlets)], ignore_index=True)
    table = find_gaps(
        there, reach, signal, residential, parameters=parameters, as_of=pd.Timestamp(day)
    )
    return table.set_index("hamlet_id"), residential


def no_fibre(hamlets):
    """An operator that has no fibre in any of the hamlets, and says so."""
    plain = {"technology": "FIBRE", "operator": "VNPT", "status": "NONE", "evidence": "operator"}
    rows = [{"hamlet_id": name, "disagrees": False, **plain} for name in hamlets]
    return conform_table(pd.DataFrame(rows), REACH)


def _model(heard):
    """A model that says just this, without a mast."""
    nothing = np.full(heard.shape, np.nan)
    servers = Servers(
        signal_dbm=np.full(heard.shape, -np.inf),
        carrier=np.full(heard.shape, -1),
        distance_m=np.full(heard.shape, np.inf),
        excess_db=nothing,
        flat_signal_dbm=np.full(heard.shape, -np.inf),
        possible_dbm=np.full(heard.shape, -np.inf),
        terrain_known=np.ones(len(heard), dtype=bool),
        profiles=0,
    )
    return Radiance(
        probability=heard,
        flat=heard,
        disc=np.nan_to_num(heard) > 0.5,
        indoor=np.where(heard > 0.9, heard, heard - 0.3),
        edge_dbm=np.zeros(heard.shape[1]),
        nearest_m=np.full(heard.shape, np.inf),
        unknown=np.zeros(heard.shape, dtype=bool),
        servers=servers,
    )
