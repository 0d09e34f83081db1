"""Accept operators' coverage polygons."""

from __future__ import annotations

import re
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.operators import read_operator
from phusong.intake.reading import RawTable
from phusong.intake.rules import refuse
from phusong.intake.shapes import mend_shapes
from phusong.intake.values import fill_date, read_dates, read_flags, read_terms, read_texts
from phusong.intake.words import TECHNOLOGY_WORDS, word_key
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.terms import Severity, Technology

_WORDS = re.compile(r"[0-9a-z]+")


def accept_coverage(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> gpd.GeoDataFrame:
    """Return the coverage polygons of a layer; nothing is dissolved.

    Parameters
    ----------
    raw : the layer.
    findings : notebook of this reading.
    options : operator, technology and date where the file does not say;
        a layer's name may say the technology.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_coverage for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If nothing says which technology the polygons are of.
    """
    table = match_headings(raw, "coverage", findings)
    frame = gpd.GeoDataFrame(
        {
            "coverage_id": _read_ids(table),
            "operator": read_operator(table, findings, options),
            "technology": _read_technologies(table, findings, options),
            "indoor": read_flags(table, "indoor", findings, severity=Severity.WARNING),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=Severity.WARNING), options.as_of
            ),
        },
        geometry=mend_shapes(raw, "polygon", findings, judge),
    )
    return make_unique(frame, "coverage_id", table.heading("coverage_id"), findings)


def _read_ids(table: MatchedTable) -> pd.Series:
    """Return the id of each polygon; its row number where the file has none."""
    ids = table.cells("coverage_id").astype("object")
    rows = pd.Series(ids.index, index=ids.index).map("vung-{}".format)
    return ids.where(ids != "", rows)


def _read_technologies(table: MatchedTable, findings: Findings, options: ReadOptions) -> pd.Series:
    """Return the technology of each polygon: the row's, else the user's, else the layer's name."""
    mobile = {k: t for k, t in TECHNOLOGY_WORDS.items() if t != Technology.FIBRE}
    stated = mobile.get(word_key(options.technology or "")) or _named(table.raw.layer, mobile)
    if table.has("technology"):
        told = read_terms(table, "technology", findings, words=mobile, required=stated is None)
        return told.fillna(str(stated)) if stated else told
    if stated is None:
        raise refuse("layer_technology", file=table.raw.file)
    texts = read_texts(table, "technology", findings)
    return texts.fillna(str(stated))


def _named(layer: str, words: Mapping[str, Technology]) -> Technology | None:
    """Return the one technology that the name of a layer speaks of; None where it is none or several."""
    found = {words[word] for word in _WORDS.findall(base_key(layer)) if word in words}
    return found.pop() if len(found) == 1 else None
