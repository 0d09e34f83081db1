"""Accept commune outlines, judged against the register of their edition."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from phusong.intake.commune_hints import weigh_editions
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.judge import Judge
from phusong.intake.localities import read_communes
from phusong.intake.reading import RawTable
from phusong.intake.rules import describe_rule
from phusong.intake.shapes import mend_shapes, warn_overlaps
from phusong.intake.values import read_column
from phusong.places.editions import find_commune, list_units
from phusong.vocabulary.tables.accepted import COMMUNES
from phusong.vocabulary.terms import Severity


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
    options = _settle_edition(table, findings, options, judge)
    codes = read_communes(table, findings, options)
    blank = codes.isna() & (table.cells("commune_code") == "") & (table.cells("commune_name") == "")
    table.fault(findings, "required_empty", "commune_code", blank)
    units = list_units(options.edition, whole_province=True, province=options.register).set_index(
        "code"
    )
    _warn_names(table, codes, units, findings, options)
    shapes = mend_shapes(raw, "polygon", findings, judge)
    warn_overlaps(shapes, findings, judge)
    known = units.reindex(codes.to_numpy())
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
            "name": known["name"].to_numpy(),
            "kind": known["kind"].to_numpy(),
            "district_code": known["district_code"].to_numpy(),
            "district": known["district"].to_numpy(),
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


def _settle_edition(
    table: MatchedTable, findings: Findings, options: ReadOptions, judge: Judge
) -> ReadOptions:
    """Return the options with the edition that codes and names together tell.

    One code stands for different communes in different editions (08707 was Tích Sơn and became Vĩnh Yên),
    so a layer read by the wrong list would bear wrong names. Another edition that every row fits, where
    the stated one is not fitted by every row, is taken and listed; one that far more rows fit is asked about.
    """
    codes, names = table.cells("commune_code").str.zfill(5), table.cells("commune_name")
    both = (table.cells("commune_code") != "") & (names != "")
    shares = weigh_editions(zip(codes[both], names[both], strict=True), options.register)
    own = shares.get(options.edition, 1.0)
    best = max(shares, key=lambda edition: shares[edition], default=options.edition)
    if own < 1 and shares[best] == 1:
        findings.fix_shapes("edition_told", "edition", int(both.sum()), options.edition, best)
        return replace(options, edition=best)
    if own + judge.wrong_zone_share < shares.get(best, 0.0):
        shown = "; ".join(f"{e}: {100 * s:.0f} %" for e, s in shares.items())
        order = sorted(shares, key=lambda edition: -shares[edition])
        findings.ask("edition", order, f"{describe_rule('edition_doubtful')}; {shown}")
    return options


def _warn_names(
    table: MatchedTable,
    codes: pd.Series,
    units: pd.DataFrame,
    findings: Findings,
    options: ReadOptions,
) -> None:
    """Warn where the name in the file is not the name of the code."""
    names = table.cells("commune_name")
    stated = (names != "") & codes.notna() & (table.cells("commune_code") != "")
    for row in names.index[stated]:
        code = codes[row]
        if code not in find_commune(names[row], edition=options.edition, province=options.register):
            unit = units.loc[code]
            findings.warn(
                "name_disagrees",
                table.heading("commune_name"),
                [row],
                [names[row]],
                name=f"{unit['kind']} {unit['name']}",
            )
