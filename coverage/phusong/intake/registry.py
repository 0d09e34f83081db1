"""Which source kind comes in which form, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from phusong.intake.cells import accept_cells
from phusong.intake.claims import accept_claims
from phusong.intake.columns import apply_answers
from phusong.intake.commitments import accept_commitments
from phusong.intake.communes import accept_communes
from phusong.intake.contributions import accept_contributions
from phusong.intake.coverage import accept_coverage
from phusong.intake.decoding import decode_bytes
from phusong.intake.delimited import read_delimited
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.fibre import accept_fibre_nodes, accept_fibre_routes
from phusong.intake.fibre_tables import accept_fibre_table
from phusong.intake.fill_down import fill_down
from phusong.intake.findings import Findings
from phusong.intake.group_lines import read_group_lines
from phusong.intake.hamlet_lineage import accept_hamlet_lineage
from phusong.intake.hamlets import accept_hamlets
from phusong.intake.headings import find_header, locate_header, read_headed_rows
from phusong.intake.judge import Judge
from phusong.intake.lots import accept_lots
from phusong.intake.measurements import accept_measurements
from phusong.intake.mending import mend_letters
from phusong.intake.merged_cells import fill_merged_cells
from phusong.intake.packages import accept_packages
from phusong.intake.poverty import accept_poverty
from phusong.intake.reading import FORMULA_ERRORS, Grid, RawTable
from phusong.intake.roads import accept_roads
from phusong.intake.rules import refuse
from phusong.intake.schools import accept_schools
from phusong.intake.shape_columns import read_shape_column
from phusong.intake.sniffing import Form
from phusong.intake.source_file import SourceFile
from phusong.intake.students import accept_students
from phusong.intake.systems import is_geographic
from phusong.intake.terrain import accept_tile
from phusong.intake.title_lines import read_titles
from phusong.intake.units import accept_units
from phusong.intake.vectors import read_vector
from phusong.intake.veiling import veil_table
from phusong.intake.workbooks import read_workbook
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.tables.book import BOOK

Accept = Callable[[RawTable, Findings, ReadOptions, Judge], pd.DataFrame]


@dataclass(frozen=True)
class SourceKind:
    """Say who accepts a source kind, by the form in which it comes; None where it may not.

    Parameters
    ----------
    table : what accepts rows of text.
    shapes : what accepts a map layer.
    """

    table: Accept | None = None
    shapes: Accept | None = None


KINDS: dict[str, SourceKind] = {
    "communes": SourceKind(shapes=accept_communes),
    "hamlets": SourceKind(table=accept_hamlets, shapes=accept_hamlets),
    "hamlet_lineage": SourceKind(table=accept_hamlet_lineage),
    "cells": SourceKind(table=accept_cells, shapes=accept_cells),
    "coverage": SourceKind(shapes=accept_coverage),
    "fibre_nodes": SourceKind(table=accept_fibre_table, shapes=accept_fibre_nodes),
    "fibre_routes": SourceKind(shapes=accept_fibre_routes),
    "claims": SourceKind(table=accept_claims),
    "measurements": SourceKind(table=accept_measurements, shapes=accept_measurements),
    "roads": SourceKind(shapes=accept_roads),
    "schools": SourceKind(table=accept_schools, shapes=accept_schools),
    "terrain": SourceKind(),
    "students": SourceKind(table=accept_students),
    "poverty": SourceKind(table=accept_poverty),
    "contributions": SourceKind(table=accept_contributions),
    "lots": SourceKind(table=accept_lots),
    "packages": SourceKind(table=accept_packages),
    "commitments": SourceKind(table=accept_commitments),
    "units": SourceKind(table=accept_units),
}

#: Kinds of which a table with a column of shapes is a layer.
SHAPED = ("coverage", "fibre_routes", "communes", "roads", "fibre_nodes", "hamlets", "schools")
TABULAR = (Form.TEXT, Form.WORKBOOK)


def read_source(
    source: SourceFile, options: ReadOptions, findings: Findings, judge: Judge
) -> tuple[RawTable | None, Accept]:
    """Return a file as text and shapes, with who accepts it; no table where a person must answer first.

    Parameters
    ----------
    source : the file.
    options : what the user says about it.
    findings : notebook of this reading.
    judge : where the province lies.

    Raises
    ------
    SourceFault
        If the file is of a form that is turned away, or that this kind cannot have, or if the coordinate
        system that is stated of it does not exist.
    """
    if options.crs is not None:
        is_geographic(options.crs, source.name)
    kind, form = source.kind, source.form
    if kind == "terrain":
        return _read_grid(source, options, findings, judge)
    if form in TABULAR:
        return _read_tabular(source, options, findings, judge)
    accept = KINDS[kind].shapes
    if accept is None or form == Form.RASTER:
        raise _wrong_form(source)
    layer = read_vector(source, options, findings, judge)
    return replace(layer, answers=apply_answers(layer, options)), accept


def _read_tabular(
    source: SourceFile, options: ReadOptions, findings: Findings, judge: Judge
) -> tuple[RawTable | None, Accept]:
    """Return the rows of a table, or the layer that its column of shapes makes of them."""
    kind = source.kind
    table, shapes = KINDS[kind].table, KINDS[kind].shapes
    if table is None and kind not in SHAPED:
        raise _wrong_form(source)
    read = _read_table if table is None else read_rows
    rows = read(source, options, findings)
    if rows is None:
        return None, table or _accept_nothing
    layer = read_shape_column(rows, kind, options, findings, judge) if kind in SHAPED else None
    if layer is not None and shapes is not None:
        return replace(layer, answers=apply_answers(layer, options)), shapes
    if table is None:
        raise _wrong_form(source)
    rows = replace(rows, answers=apply_answers(rows, options))
    return veil_table(rows, kind, findings, options) if kind in BOOK else rows, table


def _read_table(source: SourceFile, options: ReadOptions, findings: Findings) -> RawTable | None:
    """Return a table of a kind that wants a layer; one that cannot be read is of the wrong form."""
    try:
        return read_rows(source, options, findings)
    except SourceFault as error:
        raise _wrong_form(source) from error


def _accept_nothing(*_: object) -> pd.DataFrame:
    """Stand for who would accept the rows, where a person must answer before there are any."""
    return pd.DataFrame()


def _read_grid(
    source: SourceFile, options: ReadOptions, findings: Findings, judge: Judge
) -> tuple[RawTable, Accept]:
    """Return a tile of terrain, which is one row at the door."""
    if source.form != Form.RASTER:
        raise _wrong_form(source)
    tile = accept_tile(source, options, findings, judge)
    return RawTable(tile[["tile"]].astype("str"), file=source.name), lambda *_: tile


def read_rows(source: SourceFile, options: ReadOptions, findings: Findings) -> RawTable | None:
    """Return a text table or workbook under its headings; None where a person must answer first.

    Parameters
    ----------
    source, options, findings : as for `read_source`.
    """
    kind, intake = source.kind, source.intake
    search_rows = int(intake.number("header_search_rows"))
    if source.form == Form.WORKBOOK:
        grid = read_workbook(source.book, options, findings)
    else:
        grid = _read_text(source, options, findings, search_rows=search_rows)
    if grid is None:
        return None
    telling_share = intake.number("telling_share")
    grid = mend_letters(
        grid, kind, options, findings, search_rows=search_rows, telling_share=telling_share
    )
    grid = locate_header(grid, kind, search_rows=search_rows)
    if findings.question and find_header(grid, kind, search_rows=search_rows) is None:
        return None
    grid = fill_merged_cells(grid, kind, findings)
    raw = read_headed_rows(grid, kind, findings, file=source.name, search_rows=search_rows)
    raw = _warn_formula_errors(raw, findings)
    if options.date_order:
        raw = replace(raw, month_first=options.date_order == "month")
    raw = read_group_lines(raw, kind, findings, options)
    return fill_down(read_titles(raw, kind, findings, options), kind, findings, options)


def _warn_formula_errors(raw: RawTable, findings: Findings) -> RawTable:
    """Return a table that notes whether formulas have failed in it, each such cell warned of."""
    failed = False
    for heading in raw.frame.columns:
        cells = raw.frame[heading]
        wrong = cells[cells.isin(FORMULA_ERRORS)]
        findings.warn("formula_error", str(heading), wrong.index, wrong)
        failed = failed or len(wrong) > 0
    return replace(raw, failed=failed)


def _read_text(
    source: SourceFile, options: ReadOptions, findings: Findings, *, search_rows: int
) -> Grid | None:
    """Read a text table; None where a person must say in which encoding it is."""
    text = decode_bytes(source.content.read_bytes(), options, findings, file=source.name)
    if text is None:
        return None
    row_cap = int(source.intake.number("row_cap"))
    return read_delimited(
        text, source.kind, file=source.name, search_rows=search_rows, row_cap=row_cap
    )


def _wrong_form(source: SourceFile) -> Exception:
    """Return the refusal of a form that a kind cannot have."""
    kind, form = source.kind, source.form
    wanted = [TABULAR_VI if KINDS[kind].table else "", LAYER_VI if KINDS[kind].shapes else ""]
    names = " / ".join(w for w in wanted if w) or RASTER_VI
    return refuse(
        "wrong_form",
        file=source.name,
        kind=kind,
        wanted=names,
        form=form.en,
        form_vi=form.vi,
        article="an" if form.en[0] in "aeiou" else "a",
    )


TABULAR_VI, LAYER_VI, RASTER_VI = (
    ".xlsx, .csv",
    ".geojson, .gpkg, .shp, .kml, .csv (WKT)",
    ".tif, .hgt, .asc",
)
