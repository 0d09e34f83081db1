"""A rollout plan as files for operators: a workbook for each, and layers that mapping software loads."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import xlsxwriter

from phusong.views.labels import tell
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.options import Medium, OptionKind, Term
from phusong.vocabulary.tables.plans import ANTENNAS, ROLLOUT, TRENCHES

#: Sheet → heading of each column; a hidden count is empty.
HAMLET_COLUMNS = {
    "hamlet_id": "Mã thôn", "kind": "Loại", "name": "Tên thôn", "commune_code": "Mã xã",
    "centre_lon": "Kinh độ", "centre_lat": "Vĩ độ", "class": "Nhóm hiện nay", "option": "Phương án",
    "wave": "Đợt", "capex_low_vnd": "Chi phí thấp (đ)", "capex_vnd": "Chi phí dự kiến (đ)",
    "capex_high_vnd": "Chi phí cao (đ)", "pupils_connected": "Học sinh được kết nối",
}  # fmt: skip
TRENCH_COLUMNS = {
    "trench_id": "Mã tuyến", "wave": "Đợt", "length_m": "Chiều dài (m)", "medium": "Cách đi cáp",
    "off_road_m": "Ngoài đường trên bản đồ (m)", "capex_low_vnd": "Chi phí thấp (đ)",
    "capex_vnd": "Chi phí dự kiến (đ)", "capex_high_vnd": "Chi phí cao (đ)",
}  # fmt: skip
ANTENNA_COLUMNS = {
    "option_id": "Mã phương án", "kind": "Loại", "wave": "Đợt", "site_id": "Trạm hiện có",
    "lon": "Kinh độ", "lat": "Vĩ độ", "height_m": "Độ cao (m)", "hamlets": "Các thôn được phủ",
    "capex_low_vnd": "Chi phí thấp (đ)", "capex_vnd": "Chi phí dự kiến (đ)",
    "capex_high_vnd": "Chi phí cao (đ)",
}  # fmt: skip
BILL_COLUMNS = {
    "item": "Hạng mục",
    "quantity": "Khối lượng",
    "unit": "Đơn vị",
    "capex_vnd": "Chi phí dự kiến (đ)",
}
_KML = "http://www.opengis.net/kml/2.2"


def write_book(
    path: Path,
    hamlets: pd.DataFrame,
    trenches: gpd.GeoDataFrame,
    antennas: gpd.GeoDataFrame,
    *,
    operator: str,
    scenario: str,
) -> Path:
    """Write an operator's workbook: its hamlets, trenches, antennas, and the bill of materials.

    Text is written as text, so that no name can act as a formula.

    Parameters
    ----------
    path : file to write.
    hamlets : rows of `rollout` with kind, name, commune_code, centre_lon, centre_lat; small counts hidden.
    trenches, antennas : rows of these tables.
    operator, scenario : for the title.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    spots = antennas.assign(lon=antennas.geometry.x, lat=antennas.geometry.y)
    with xlsxwriter.Workbook(str(path), options) as book:
        title = f"Kế hoạch phủ sóng, kéo cáp – {operator} – {scenario}"
        _write_sheet(book, "Thôn", title, hamlets, HAMLET_COLUMNS, {"option": OptionKind})
        _write_sheet(book, "Tuyến cáp", title, trenches, TRENCH_COLUMNS, {"medium": Medium})
        _write_sheet(book, "Trạm", title, spots, ANTENNA_COLUMNS, {"kind": OptionKind})
        bill = list_materials(hamlets, trenches, antennas)
        _write_sheet(book, "Vật tư", title, bill, BILL_COLUMNS, {})
    return path


def list_materials(
    hamlets: pd.DataFrame, trenches: pd.DataFrame, antennas: pd.DataFrame
) -> pd.DataFrame:
    """Return the bill of materials: metres by medium, cabinets, antennas by kind.

    Parameters
    ----------
    hamlets, trenches, antennas : rows of `rollout`, `trenches`, `antennas`.
    """
    rows: list[tuple[str, int, str, int | None]] = [
        (
            tell(medium, "vi"),
            round(float(part["length_m"].sum())),
            "m",
            int(part["capex_vnd"].sum()),
        )
        for medium in Medium
        if len(part := trenches[trenches["medium"] == medium])
    ]
    cabinets = hamlets["piece"].fillna("").str.contains("-cabinet-", regex=False)
    if cabinets.any():
        rows.append(("tủ chia quang", int(cabinets.sum()), "tủ", None))
    rows += [
        (tell(kind, "vi"), len(part), "trạm", int(part["capex_vnd"].sum()))
        for kind in OptionKind
        if len(part := antennas[antennas["kind"] == kind])
    ]
    return pd.DataFrame(rows, columns=list(BILL_COLUMNS))


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    title: str,
    table: pd.DataFrame,
    columns: dict[str, str],
    terms: dict[str, type[Term]],
) -> None:
    """Write a table under its title and headings; words of closed lists by their Vietnamese labels."""
    sheet = book.add_worksheet(name)
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    sheet.write_string(0, 0, title, bold)
    for at, (column, heading) in enumerate(columns.items()):
        sheet.write_string(1, at, heading, bold)
        sheet.set_column(at, at, max(12, len(heading) + 2))
        labels = {str(t): tell(t, "vi") for t in terms.get(column, ())}
        for row, value in enumerate(table[column].tolist(), start=2):
            if value is None or pd.isna(value):
                continue
            if isinstance(value, str):
                sheet.write_string(row, at, labels.get(value, value))
            else:
                sheet.write_number(row, at, value, money if column.endswith("_vnd") else None)
    sheet.freeze_panes(2, 1)


def write_layers(
    place: Path, hamlets: pd.DataFrame, trenches: gpd.GeoDataFrame, antennas: gpd.GeoDataFrame
) -> list[Path]:
    """Write the plan as a GeoPackage of three layers, and as KML.

    Parameters
    ----------
    place : folder.
    hamlets : rows of `rollout` with centre_lon, centre_lat; small counts hidden.
    trenches, antennas : these tables.
    """
    points = gpd.GeoDataFrame(
        hamlets,
        geometry=gpd.points_from_xy(hamlets["centre_lon"], hamlets["centre_lat"]),
        crs=WGS84,
    )
    package = place / "rollout.gpkg"
    for table, layer in ((points, ROLLOUT), (trenches, TRENCHES), (antennas, ANTENNAS)):
        if len(table):
            table.to_file(package, layer=layer.name, driver="GPKG", engine="pyogrio")
    drawing = place / "rollout.kml"
    drawing.write_bytes(draw_kml(points, trenches, antennas))
    return [package, drawing]


def draw_kml(
    points: gpd.GeoDataFrame, trenches: gpd.GeoDataFrame, antennas: gpd.GeoDataFrame
) -> bytes:
    """Return the plan as KML 2.2: hamlets by name, trenches and antennas by id.

    Parameters
    ----------
    points, trenches, antennas : layers in degrees.
    """
    ElementTree.register_namespace("", _KML)
    root = ElementTree.Element(f"{{{_KML}}}kml")
    document = ElementTree.SubElement(root, f"{{{_KML}}}Document")
    for title, table, name in (
        ("Thôn", points, "name"), ("Tuyến cáp", trenches, "trench_id"), ("Trạm", antennas, "option_id"),
    ):  # fmt: skip
        folder = ElementTree.SubElement(document, f"{{{_KML}}}Folder")
        ElementTree.SubElement(folder, f"{{{_KML}}}name").text = title
        for label, shape in zip(table[name], table.geometry, strict=True):
            mark = ElementTree.SubElement(folder, f"{{{_KML}}}Placemark")
            ElementTree.SubElement(mark, f"{{{_KML}}}name").text = str(label)
            parts = list(getattr(shape, "geoms", [shape]))
            holder = (
                mark
                if len(parts) == 1
                else ElementTree.SubElement(mark, f"{{{_KML}}}MultiGeometry")
            )
            for part in parts:
                kind = ElementTree.SubElement(holder, f"{{{_KML}}}{part.geom_type}")
                text = " ".join(f"{x:.6f},{y:.6f}" for x, y in part.coords)
                ElementTree.SubElement(kind, f"{{{_KML}}}coordinates").text = text
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
