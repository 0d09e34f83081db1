"""Accept commune outlines, judged against the register of their edition."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.judge import Judge
from phusong.intake.localities import read_communes, resolve_edition
from phusong.intake.reading import RawTable
from phusong.intake.shapes import mend_shapes, warn_overlaps
from phusong.intake.values import read_column, read_texts
from phusong.places.editions import list_units
from phusong.vocabulary.tables.accepted import COMMUNES
from phusong.vocabulary.terms import Severity, UnitKind

#: What is told of a unit beside its code.
NAMED = ("name", "kind", "district_code", "district")


def accept_communes(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> gpd.GeoDataFrame:
    """Return the communes of a layer; name, kind and district are the register's.

    Parameters
    ----------
    raw : the layer.
    findings : notebook of this reading.
    options : edition of the codes.
    judge : where the province lies.

    Returns
    -------
    columns of accepted_communes for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If neither a commune's code nor its name has a column.
    """
    table = match_headings(raw, "communes", findings, required=(("commune_code", "commune_name"),))
    options = resolve_edition(table, findings, options, judge)
    codes = read_communes(table, findings, options, of_names=Severity.WARNING)
    blank = codes.isna() & (table.cells("commune_code") == "") & (table.cells("commune_name") == "")
    table.fault(findings, "required_empty", "commune_code", blank)
    shapes = mend_shapes(raw, "polygon", findings, judge)
    warn_overlaps(shapes, findings, judge)
    known = _name_units(table, codes, findings, options)
    population = read_column(
        table, COMMUNES.column("population"), findings, severity=Severity.WARNING
    )
    area = read_column(
        table, COMMUNES.column("area_stated_km2"), findings, severity=Severity.WARNING
    )
    frame = gpd.GeoDataFrame(
        {
            "commune_code": codes,
            "edition": options.edition,
            **{name: known[name].to_numpy() for name in NAMED},
            "population": population,
            "area_stated_km2": area,
        },
        geometry=shapes,
        crs=shapes.crs,
    )
    again = frame["commune_code"].duplicated() & frame["commune_code"].notna()
    table.fault(
        findings, "duplicate_id", "commune_code", again
    )  # two outlines cannot both be right
    return frame


def _name_units(
    table: MatchedTable, codes: pd.Series, findings: Findings, options: ReadOptions
) -> pd.DataFrame:
    """Return what each unit is: as the register has it, or as the layer itself says where there is none.

    Returns
    -------
    `NAMED`, in the order of the rows.
    """
    if options.is_checked:
        units = list_units(
            options.edition,
            whole_province=True,
            province=options.province,
            register=options.register,
        )
        return units.set_index("code")[list(NAMED)].reindex(codes.to_numpy())
    names, above = (read_texts(table, n, findings) for n in ("commune_name", "district"))
    above_code = read_texts(table, "district_code", findings)
    return pd.DataFrame(
        {
            "name": names.fillna(codes),
            "kind": str(UnitKind.AREA),
            "district_code": above_code.fillna(above),
            "district": above.fillna(above_code),
        }
    )
