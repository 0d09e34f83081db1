"""Write files so that the same world gives the same bytes.

Whatever stamps a clock into a file is told the day instead: the workbook's creation date (its zip
entries already carry a fixed one), the last change of a GeoPackage (``OGR_CURRENT_DATE``), the date in the
head of a dBase file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import xlsxwriter

from phusong.simulate.offices.sheets import WARNING_TITLE, Sheet

METADATA = {"DESCRIPTION": WARNING_TITLE, "SOURCE": "Dữ liệu mô phỏng"}


def describe_workbook(day: date) -> dict[str, object]:
    """Return what the properties of a workbook say, as if it were written on a day."""
    created = datetime.combine(day, time())
    return {"title": WARNING_TITLE, "author": "Dữ liệu mô phỏng", "created": created}


def write_workbook(sheet: Sheet, folder: Path, *, day: date) -> Path:
    """Write a sheet as a workbook of a day; text never becomes a formula."""
    path = folder / sheet.file
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties(describe_workbook(day))
        bold = book.add_format({"bold": True})
        dated = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(sheet.name)
        for i, title in enumerate(sheet.titles):
            page.write_string(i, 0, title, bold)
        head = len(sheet.titles)
        page.write_row(head, 0, list(sheet.rows.columns), bold)
        for i, row in enumerate(sheet.rows.itertuples(index=False), head + 1):
            for j, value in enumerate(row):
                _write_cell(page, i, j, value, dated)
        for heading, value in sheet.last.items():
            j = sheet.rows.columns.get_loc(heading)
            _write_cell(page, head + 1 + len(sheet.rows), j, value, dated)
    return path


def _write_cell(page: object, i: int, j: int, value: object, day: object) -> None:
    """Write one cell by the type of its value; nothing for nothing."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, date):
        page.write_datetime(i, j, value, day)  # type: ignore[attr-defined]
    elif isinstance(value, str):
        page.write_string(i, j, value)  # type: ignore[attr-defined]
    else:
        page.write_number(i, j, float(value))  # type: ignore[attr-defined, arg-type]


def write_text_table(
    sheet: Sheet, folder: Path, *, separator: str = ",", encoding: str = "utf-8"
) -> Path:
    """Write a sheet as delimited text; lines above the headings are not possible there."""
    path = folder / sheet.file
    text = sheet.rows.to_csv(sep=separator, index=False, lineterminator="\r\n")
    path.write_bytes(text.encode(encoding))
    return path


@contextmanager
def fixed_day(day: date) -> Iterator[None]:
    """Let GDAL believe that it is a day, whenever it is, and forget it afterwards."""
    name = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: f"{day.isoformat()}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})


def write_layers(layers: Mapping[str, gpd.GeoDataFrame], path: Path, *, day: date) -> Path:
    """Write a GeoPackage of a day with one or more layers, each of which says what it is."""
    path.unlink(missing_ok=True)
    with fixed_day(day):
        for name, frame in layers.items():
            pyogrio.write_dataframe(
                frame,
                path,
                layer=name,
                driver="GPKG",
                dataset_metadata=METADATA,
                layer_metadata=METADATA,
                layer_options={"DESCRIPTION": WARNING_TITLE, "IDENTIFIER": f"mo_phong_{name}"},
            )
    return path


def write_shapefile(frame: gpd.GeoDataFrame, path: Path, *, day: date) -> Path:
    """Write a shapefile of a day in UTF-8, with its projection and its code page beside it."""
    with fixed_day(day):
        pyogrio.write_dataframe(
            frame,
            path,
            driver="ESRI Shapefile",
            layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": day.isoformat()},
        )
    return path
