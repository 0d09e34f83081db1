"""Accept roads: any layer of lines."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.reading import RawTable
from phusong.intake.shapes import mend_shapes, warn_still
from phusong.intake.values import read_texts


def accept_roads(
    raw: RawTable,
    findings: Findings,
    options: ReadOptions,  # noqa: ARG001
    judge: Judge,
) -> gpd.GeoDataFrame:
    """Return the roads of a layer, one a row.

    Parameters
    ----------
    raw : the layer.
    findings : notebook of this reading.
    options : nothing of it bears on roads.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_roads for every row, wrong ones included; index = row number in the file.
    """
    table = match_headings(raw, "roads", findings)
    ids = table.cells("road_id").astype("object")
    rows = pd.Series(ids.index, index=ids.index).map("duong-{}".format)
    shapes = mend_shapes(raw, "line", findings, judge)
    warn_still(shapes, findings)
    frame = gpd.GeoDataFrame(
        {
            "road_id": ids.where(ids != "", rows),
            "name": read_texts(table, "name", findings),
            "road_class": read_texts(table, "road_class", findings),
            "surface": read_texts(table, "surface", findings),
        },
        geometry=shapes,
    )
    return make_unique(frame, "road_id", table.heading("road_id"), findings)
