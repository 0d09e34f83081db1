"""What a rollout is planned on: the tables of a run, brought to metres and to one row a hamlet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from phusong.pipeline.plan_shelf import list_sources
from phusong.pipeline.settings import merge_overlays, read_settings
from phusong.places.editions import name_edition
from phusong.places.promised import PLACED, place_promises
from phusong.plans.commitments import judge_commitments
from phusong.reach.fibre import usable_nodes
from phusong.reach.link_budget import is_built_up
from phusong.reach.terrain import Terrain
from phusong.store import has_table, read_table, read_terrain_grid
from phusong.vocabulary.editions import label_editions
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.metres import WGS84, transform_xy
from phusong.vocabulary.parameters import Parameters, load_parameters, load_scenario
from phusong.vocabulary.pupils import CountedUnit
from phusong.vocabulary.schema import empty_table
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.places import HAMLET_LINEAGE
from phusong.vocabulary.tables.plans import COMMITMENTS
from phusong.vocabulary.tables.pupils import ALL_LEVELS, PUPIL_COUNTS_PUBLIC
from phusong.vocabulary.terms import NetworkStatus

HAMLET_FACTS = [
    "hamlet_id", "kind", "name", "commune_code", "population", "area_km2", "grid_power",
    "centre_lon", "centre_lat",
]  # fmt: skip
#: What a plan asks of table `gaps`; a column that results of an earlier version lack is empty.
GAP_FACTS = ["hamlet_id", "class", "class_without_3g", "fibre_ports_short", "pupils", "as_of"]


@dataclass(frozen=True)
class Ground:
    """Hold what a plan is made of.

    Parameters
    ----------
    hamlets : facts of every hamlet with class, class_without_3g, fibre_ports_short, pupils, weight, urban,
        as_of, x_m, y_m; in order of id.
    points : table `points`.
    masts : sites with x_m, y_m.
    carriers, roads, routes : tables.
    nodes : fibre nodes that can connect a household today, with x_m, y_m.
    building : access nodes under construction, with x_m, y_m.
    commitments : table `commitments`.
    terrain : or None.
    crs : EPSG code of the metric system.
    year : of the question.
    counted : ``pupils``, or ``persons`` where no pupils were delivered: what weighs in the plan.
    public_pupils : hamlet_id → pupils, as far as they may be told outside.
    head : province, as_of, edition, demonstration and note, for whatever the plan is told on.
    made_from : stage → key of the run's stages that the plan depends on.
    parameters : as the run had them.
    """

    hamlets: pd.DataFrame
    points: pd.DataFrame
    masts: pd.DataFrame
    carriers: pd.DataFrame
    roads: gpd.GeoDataFrame
    routes: gpd.GeoDataFrame
    nodes: pd.DataFrame
    building: pd.DataFrame
    commitments: pd.DataFrame
    terrain: Terrain | None
    crs: int
    year: int
    counted: str
    public_pupils: pd.Series
    head: dict[str, Any]
    made_from: dict[str, str]
    parameters: Parameters


def read_ground(folder: Path) -> Ground:
    """Return what a rollout is planned on, from the output folder of a run.

    Raises
    ------
    ParameterFault
        If the folder holds no results, or the run had neither roads nor fibre to plan with.
    """
    _, province, manifest = read_settings(folder)
    if not has_table(folder, "gaps"):
        raise ParameterFault(f"{folder}: the run found no gaps yet → run the province first")
    change = load_scenario(manifest.scenario)["change"] if manifest.scenario else {}
    parameters = load_parameters(merge_overlays(province.parameters, change))
    crs = province.province.metric_crs
    nodes = read_table(folder, "accepted_fibre_nodes")
    built = (nodes["status"] == NetworkStatus.BUILDING) & nodes["access"].astype(bool)
    hamlets = _read_hamlets(folder, parameters, crs)
    head = province.province
    ground = Ground(
        hamlets=hamlets,
        points=read_table(folder, "points"),
        masts=place_rows(read_table(folder, "sites"), "lon", "lat", crs=crs),
        carriers=read_table(folder, "carriers"),
        roads=gpd.GeoDataFrame(read_table(folder, "accepted_roads")),
        routes=gpd.GeoDataFrame(read_table(folder, "accepted_fibre_routes")),
        nodes=place_rows(usable_nodes(nodes), "lon", "lat", crs=crs),
        building=place_rows(nodes[built].reset_index(drop=True), "lon", "lat", crs=crs),
        commitments=read_commitments(folder, as_of=pd.Timestamp(manifest.as_of)),
        terrain=read_terrain_grid(folder),
        crs=crs,
        year=int(manifest.as_of[:4]),
        counted="persons" if hamlets["pupils"].isna().all() else "pupils",
        public_pupils=_read_public(folder),
        head={
            "province": head.name,
            "as_of": manifest.as_of,
            "edition": str(head.edition),
            "editions": label_editions([name_edition(head.edition, head.code, head.unit_register)]),
            "demonstration": head.demonstration,
            "note": head.note,
        },
        made_from=list_sources(manifest),
        parameters=parameters,
    )
    if ground.roads.empty and ground.routes.empty:
        raise ParameterFault(
            f"{folder}: the run had neither roads nor fibre routes → add a source of kind `roads`"
        )
    return ground


def fill_people(population: pd.Series) -> pd.Series:
    """Return persons by hamlet, the median of the known where it is not known, 1 where none is.

    Parameters
    ----------
    population : persons, missing where unknown.
    """
    known = population.astype("float64")
    usual = 1.0 if known.isna().all() else float(known.median())
    return known.fillna(usual).round()


def read_commitments(folder: Path, *, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what became of the operators' promises; nothing where none were delivered.

    Parameters
    ----------
    folder : output folder of a run.
    as_of : the day asked.

    Returns
    -------
    Table `commitments`; beside it stand `place_status` and `place_candidates`: why a promise has no hamlet.
    """
    name = BOOK["commitments"].name
    accepted = read_table(folder, name) if has_table(folder, name) else empty_table(COMMITMENTS)
    if accepted.empty:
        return empty_table(COMMITMENTS)
    head = read_settings(folder)[1].province
    traced = HAMLET_LINEAGE.name
    placed = place_promises(
        accepted,
        read_table(folder, "hamlets"),
        read_table(folder, traced) if has_table(folder, traced) else None,
        register=head.unit_register,
        province=head.code,
    )
    judged = judge_commitments(placed, read_table(folder, "reach"), as_of=as_of)
    return judged.merge(placed[["commitment_id", *PLACED]], on="commitment_id", how="left")


def _read_public(folder: Path) -> pd.Series:
    """Return the published count of pupils of each hamlet; empty where it is hidden."""
    counts = read_table(folder, PUPIL_COUNTS_PUBLIC.name)
    mine = counts[(counts["unit"] == CountedUnit.HAMLET) & (counts["level"] == ALL_LEVELS)]
    return mine.drop_duplicates("unit_code").set_index("unit_code")["pupils"]


def place_rows(table: pd.DataFrame, lon: str, lat: str, *, crs: int) -> pd.DataFrame:
    """Return a table with x_m, y_m of two columns of degrees.

    Parameters
    ----------
    table : any.
    lon, lat : names of the columns.
    crs : EPSG code of the metric system.
    """
    x, y = transform_xy(table[lon], table[lat], source=WGS84, target=crs)
    return table.assign(x_m=np.asarray(x, dtype=float), y_m=np.asarray(y, dtype=float))


def _read_hamlets(folder: Path, parameters: Parameters, crs: int) -> pd.DataFrame:
    """Return the hamlets with what was found of them.

    Persons count where no pupils were delivered, and a hamlet of which nobody knows how many they are counts
    as the median one, or as 1 where none is known.
    """
    hamlets = pd.DataFrame(read_table(folder, "hamlets", columns=HAMLET_FACTS))
    gaps = read_table(folder, "gaps").reindex(columns=GAP_FACTS)
    table = place_rows(hamlets.merge(gaps, on="hamlet_id"), "centre_lon", "centre_lat", crs=crs)
    people = fill_people(table["population"])
    weight = people if table["pupils"].isna().all() else table["pupils"].fillna(0)
    urban = is_built_up(table, radio=parameters.radio).to_numpy()
    told = table.assign(weight=weight.astype("int64"), urban=urban)
    return told.sort_values("hamlet_id", ignore_index=True)
