"""Make a merged hamlet of its parts, and leave the former ones in it as residential clusters with names."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from phusong.places.hamlet_lineage import divide_whole
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.tables.accepted import HAMLETS
from phusong.vocabulary.terms import HamletKind, LocationQuality

BETWEEN = "|"
#: Two positions this near are one place [m].
SAME_PLACE_M = 1.0
COUNTS = ("households", "population")
CLUSTERS = ("clusters", "cluster_names", "cluster_households")
#: Hamlets of which a list counts the households of each cluster: former ones, and those of the day.
Counted = tuple[frozenset[str], frozenset[str]]
#: Row number of a former hamlet, and present hamlet → its share of it.
Part = tuple[int, dict[str, float]]


def merge_rows(
    rows: gpd.GeoDataFrame, target: str, parts: Sequence[Part], named: pd.Series
) -> dict[str, object]:
    """Return a present hamlet as a row, made of former ones.

    Counts are the sums of its parts; what is not known of one part is not known of the whole. Its centre is
    that of the former hamlet whose name it bears, else of the largest; its outline the union, where all of
    them went to it whole and have one.

    Parameters
    ----------
    rows : accepted_hamlets from before, numbered from 0.
    target : id of the present hamlet.
    parts : former hamlets, each with where it is at present.
    named : row of table `hamlet_lineage` with the present hamlet's name.
    """
    positions = [position for position, _ in parts]
    own = rows.iloc[positions]
    main = own.iloc[_find_main(own, named["to_hamlet"])]
    whole = all(len(shares) == 1 for _, shares in parts)
    placed = whole or target in set(own["hamlet_id"])
    shape = _unite_outlines(own) if whole else None
    quality = LocationQuality.COMMUNE_ONLY if not placed else main["location_quality"]
    if shape is None and quality == LocationQuality.OFFICIAL_POLYGON:
        located = placed and pd.notna(main["lon"])
        quality = LocationQuality.SURVEYED_POINT if located else LocationQuality.COMMUNE_ONLY
    return {
        "hamlet_id": target,
        "kind": _first_text(named["to_kind"], main["kind"], str(HamletKind.UNSTATED)),
        "name": _first_text(named["to_hamlet"], main["name"], target),
        "commune_code": _first_text(named["to_commune_code"], main["commune_code"]),
        "edition": main["edition"],
        **{name: _sum_parts(own[name], target, parts) for name in COUNTS},
        **{n: main[n] if placed else None for n in ("lon", "lat")},
        "location_quality": str(quality),
        **{n: _agree(own[n]) for n in ("grid_power", "special_difficulty")},
        "former_names": _join(own["former_names"]),
        **(_join_clusters(own) if whole else dict.fromkeys(CLUSTERS)),
        "geometry": shape,
    }


def _find_main(own: pd.DataFrame, name: object) -> int:
    """Return which part gives the centre: the one of the same name, else the one with most households."""
    if isinstance(name, str):
        same = own["name"].map(base_key) == base_key(name)
        if same.any():
            return int(np.argmax(same.to_numpy()))
    households = own["households"].astype("float64").fillna(-1).to_numpy()
    return int(np.argmax(households))


def _first_text(*values: object) -> object:
    """Return the first value that is a text."""
    return next((v for v in values if isinstance(v, str)), None)


def _sum_parts(values: pd.Series, target: str, parts: Sequence[Part]) -> int | None:
    """Return the sum of what falls to a hamlet of each former one; None where anything of it is unknown."""
    total = 0
    for value, (_, shares) in zip(values, parts, strict=True):
        if pd.isna(value) or any(np.isnan(s) for s in shares.values()):
            return None
        ordered = sorted(shares)
        divided = divide_whole(int(value), [shares[t] for t in ordered])
        total += divided[ordered.index(target)]
    return total


def _agree(values: pd.Series) -> object:
    """Return what all parts have in common; None where they differ or one is unknown."""
    return values.iloc[0] if values.notna().all() and values.nunique() == 1 else None


def _unite_outlines(own: gpd.GeoDataFrame) -> object:
    """Return the union of all outlines; None where one is missing."""
    shapes = own.geometry.to_numpy()
    if (shapely.is_missing(shapes) | shapely.is_empty(shapes)).any():
        return None
    return shapely.union_all(shapely.make_valid(shapes))


def _join(texts: pd.Series) -> str | None:
    """Return lists as one."""
    known = [part for text in texts.dropna() for part in text.split(BETWEEN) if part]
    return BETWEEN.join(dict.fromkeys(known)) or None


def _join_clusters(own: pd.DataFrame) -> dict[str, str | None]:
    """Return the clusters of all parts as those of one hamlet, each with the part's name before its own."""
    listed = []
    for row in own.to_dict("records"):
        part = name_former(row["kind"], row["name"], row["hamlet_id"]) if len(own) > 1 else ""
        for lon, lat, name, count in list_clusters(row):
            listed.append((lon, lat, ", ".join(t for t in (part, name) if t), count))
    return write_clusters(listed)


#: Longitude, latitude [°], name and households of a residential cluster.
Cluster = tuple[float, float, str, str]


def list_clusters(row: dict[str, object]) -> list[Cluster]:
    """Return the clusters of a row of accepted_hamlets, one by one.

    Parameters
    ----------
    row : with clusters, cluster_names, cluster_households.
    """
    if not isinstance(row["clusters"], str):
        return []
    spots = shapely.get_coordinates(shapely.from_wkt(row["clusters"])).tolist()
    texts = []
    for name in CLUSTERS[1:]:
        text = row[name]
        entries = text.split(BETWEEN) if isinstance(text, str) else []
        texts.append(entries if len(entries) == len(spots) else [""] * len(spots))
    return [(lon, lat, name, count) for (lon, lat), name, count in zip(spots, *texts, strict=True)]


def write_clusters(listed: Sequence[Cluster]) -> dict[str, str | None]:
    """Return clusters as accepted_hamlets has them; nothing where there are none.

    Parameters
    ----------
    listed : from `list_clusters`.
    """
    if not listed:
        return dict.fromkeys(CLUSTERS)
    shape = shapely.MultiPoint([(lon, lat) for lon, lat, _, _ in listed])
    names, counts = [c[2] for c in listed], [c[3] for c in listed]
    return {
        "clusters": shape.wkt,
        "cluster_names": BETWEEN.join(names) if any(names) else None,
        "cluster_households": BETWEEN.join(counts) if any(counts) else None,
    }


def add_former(
    hamlets: gpd.GeoDataFrame,
    traced: pd.DataFrame,
    lineage: pd.DataFrame,
    *,
    counted: Counted = (frozenset(), frozenset()),
) -> gpd.GeoDataFrame:
    """Return the hamlets with the names that they had, and former hamlets merged into them as their clusters.

    So a hamlet without signal that is merged into one with signal stays visible as a dark cluster. One whose
    own clusters are counted in the list is there with these: no household is in two clusters.

    Parameters
    ----------
    hamlets : accepted_hamlets of the day.
    traced : table `hamlet_lineage`.
    lineage : resolved changes, which tell who was made by an earlier one.
    counted : former hamlets, and hamlets of the day, whose lists say how many households each cluster has.
    """
    if traced.empty or hamlets.empty:
        return hamlets
    places = list_former_places(traced, lineage)
    former = dict(tuple(traced.groupby("to_hamlet_id")))
    result = hamlets.copy()
    for position in result.index[result["hamlet_id"].isin(former)]:
        row = result.loc[position].to_dict()
        own = former[row["hamlet_id"]]
        result.loc[position, "former_names"] = _list_names(row, own)
        merged = places[places["to_hamlet_id"] == row["hamlet_id"]]
        if len(merged):
            before, present = counted
            known = merged["from_hamlet_id"].isin(before) | (row["hamlet_id"] in present)
            for name, text in _add_clusters(row, merged[~known]).items():
                result.loc[position, name] = text
    return conform_table(result, HAMLETS)


def list_former_places(traced: pd.DataFrame, lineage: pd.DataFrame) -> pd.DataFrame:
    """Return the former hamlets that lie whole in a present one beside others, once each and with a position.

    A hamlet that was itself merged before stands for its parts only where none of these has a position.

    Parameters
    ----------
    traced : table `hamlet_lineage`.
    lineage : resolved changes.
    """
    parts = traced.groupby(["from_hamlet_id", "changed_on"])["to_hamlet_id"].transform("size")
    located = traced[(parts == 1) & traced["lon"].notna() & traced["lat"].notna()]
    came = lineage[lineage["from_hamlet_id"] != lineage["to_hamlet_id"]]
    first = came.groupby("to_hamlet_id")["changed_on"].min()
    made = located["from_hamlet_id"].map(first) < located["changed_on"]
    plain = ~made.groupby(located["to_hamlet_id"]).transform("all")
    located = located[~(made & plain)]
    origins = traced.groupby("to_hamlet_id")["from_hamlet_id"].nunique()
    return located[located["to_hamlet_id"].map(origins) > 1]


def find_former_hamlets(points: pd.DataFrame, traced: pd.DataFrame, *, crs: int) -> pd.Series:
    """Return the former hamlet in which each point lay: the only one, else the nearest with a position.

    Where one of several has none, only the places of the others themselves are told.

    Parameters
    ----------
    points : hamlet_id, x_m, y_m.
    traced : table `hamlet_lineage`.
    crs : EPSG code of the metric system of the points.

    Returns
    -------
    former hamlet ids, missing where nothing was changed or nobody knows.
    """
    found = pd.Series(None, index=points.index, dtype="object")
    last = traced.sort_values("changed_on").drop_duplicates(["from_hamlet_id", "to_hamlet_id"])
    former = dict(tuple(last.groupby("to_hamlet_id")))
    x, y = transform_xy(last["lon"], last["lat"], source=WGS84, target=crs)
    spots = pd.DataFrame({"x_m": x, "y_m": y}, index=last.index)
    changed = points[points["hamlet_id"].isin(former)]
    for hamlet_id, own in changed.groupby("hamlet_id"):
        found[own.index] = _find_nearest(own, former[hamlet_id], spots)
    return found


def _find_nearest(own: pd.DataFrame, former: pd.DataFrame, spots: pd.DataFrame) -> np.ndarray:
    """Return the former hamlet of each point of one hamlet."""
    ids = former["from_hamlet_id"].to_numpy(dtype=object)
    if len(ids) == 1:
        return np.full(len(own), ids[0], dtype=object)
    places = spots.loc[former.index]
    known = places.notna().all(axis=1).to_numpy()
    if not known.any():
        return np.full(len(own), None, dtype=object)
    here = own[["x_m", "y_m"]].to_numpy()[:, None, :]
    distance = np.linalg.norm(here - places[known].to_numpy()[None, :, :], axis=2)
    nearest = ids[known][distance.argmin(axis=1)]
    sure = known.all() or distance.min(axis=1) < SAME_PLACE_M
    return np.where(np.asarray(sure), nearest, np.array(None))


def name_former(kind: object, name: object, hamlet_id: str) -> str:
    """Return what a former hamlet is called as a cluster of the present one.

    Parameters
    ----------
    kind, name : of the former hamlet.
    hamlet_id : for one of which the name is not known.
    """
    words = [w for w in (kind, name) if isinstance(w, str) and w != HamletKind.UNSTATED]
    text = " ".join(words) if isinstance(name, str) else hamlet_id
    return text.replace(BETWEEN, " ")


def _list_names(row: dict[str, object], former: pd.DataFrame) -> str | None:
    """Return the names that a hamlet had before, those that its list states first."""
    stated = row["former_names"].split(BETWEEN) if isinstance(row["former_names"], str) else []
    names = [*stated, *former["from_hamlet"].dropna()]
    found = {base_key(name): name.replace(BETWEEN, " ") for name in reversed(names) if name}
    found.pop(base_key(str(row["name"])), None)
    return BETWEEN.join(reversed(found.values())) or None


def _add_clusters(row: dict[str, object], merged: pd.DataFrame) -> dict[str, str | None]:
    """Return a hamlet's clusters with the former hamlets, less those that its list names already."""
    listed = list_clusters(row)
    known = {base_key(name) for _, _, name, _ in listed if name}
    ends = zip(merged["from_kind"], merged["from_hamlet"], merged["from_hamlet_id"], strict=True)
    named = merged.assign(name=[name_former(*end) for end in ends])
    added = named[~named["name"].map(base_key).isin(known)]
    counts = _fit_counts(row["households"], listed, added["households"])
    spots = zip(added["lon"], added["lat"], added["name"], counts, strict=True)
    return write_clusters([*listed, *((float(x), float(y), n, c) for x, y, n, c in spots)])


def _fit_counts(households: object, listed: Sequence[Cluster], former: pd.Series) -> list[str]:
    """Return the households of former hamlets as texts, cut in proportion where the hamlet has fewer left.

    Its own list is of a later day: 50 and 30 households may be 79 by then.
    """
    counts = former.fillna(0).astype(int)
    if pd.notna(households):
        rest = max(int(str(households)) - sum(int(c) for *_, c in listed if c), 0)
        if counts.sum() > rest:
            counts = pd.Series(divide_whole(rest, counts / counts.sum()), index=former.index)
    return ["" if pd.isna(h) else str(c) for h, c in zip(former, counts, strict=True)]
