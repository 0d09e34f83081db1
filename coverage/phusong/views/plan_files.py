"""A rollout plan as files for operators: a workbook for each, and layers that mapping software loads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import pandas as pd
import pyogrio
import xlsxwriter

from phusong.views.figures import format_date
from phusong.views.labels import tell
from phusong.views.plan_labels import PlanLine
from phusong.views.sheets import TEXT_ONLY, write_sheet
from phusong.views.summary import head_lines
from phusong.vocabulary.metres import WGS84
from phusong.vocabulary.options import CABINET, ConnectionBasis, Medium, OptionKind, ScenarioName
from phusong.vocabulary.schema import Column, Table
from phusong.vocabulary.tables.accepted import CELLS
from phusong.vocabulary.tables.places import HAMLETS
from phusong.vocabulary.tables.plans import ANTENNAS, COMMITMENTS, ROLLOUT, TRENCHES

#: What the workbook says that no table of results holds.
BOOK = Table(
    "operator_workbook",
    ("hamlet_id",),
    "Danh mục cho doanh nghiệp",
    "An operator's workbook",
    (
        Column("place", "text", "Thôn, xã", "Hamlet, commune"),
        Column("commune", "text", "Xã", "Commune"),
        Column("begins", "text", "Từ", "From"),
        Column("ends", "text", "Đến", "To"),
        Column("feeds", "text", "Các thôn được kéo cáp", "Hamlets that it feeds"),
        Column("covers", "text", "Các thôn được phủ sóng", "Hamlets that it covers"),
        Column("site_code", "text", "Mã trạm của doanh nghiệp", "The operator's site code"),
    ),
)  # fmt: skip
#: Columns of each sheet; headings and units are those of the tables. Of pupils operators see sums by commune
#: alone, so none stand here.
HAMLET_COLUMNS = (
    "place", "basis", "wave", "class", "option", "basis_id", "basis_on", "basis_probability",
    "capex_low_vnd", "capex_vnd", "capex_high_vnd", "kind", "name", "commune", "hamlet_id", "commune_code",
    "centre_lon", "centre_lat",
)  # fmt: skip
TRENCH_COLUMNS = (
    "begins", "ends", "wave", "length_m", "medium", "off_road_m", "capex_low_vnd", "capex_vnd",
    "capex_high_vnd", "feeds", "trench_id",
)  # fmt: skip
ANTENNA_COLUMNS = (
    "kind", "site_code", "covers", "wave", "lon", "lat", "height_m", "capex_low_vnd", "capex_vnd",
    "capex_high_vnd", "site_id", "option_id",
)  # fmt: skip
COMMITMENT_COLUMNS = (
    "commitment_id", "place", "technology", "solution", "due_on", "state", "on_air_on", "verdict",
    "days_late", "obstacle", "hamlet_id",
)  # fmt: skip
#: Hamlets by what they rest on: what this plan builds, what was promised, what is being built.
ORDER = {str(basis): at for at, basis in enumerate(ConnectionBasis)}
BILL = Table(
    "bill",
    ("item",),
    "Vật tư",
    "Bill of materials",
    (
        Column("item", "text", "Hạng mục", "Item"),
        Column("quantity", "int", "Khối lượng", "Quantity"),
        Column("unit", "text", "Đơn vị", "Unit"),
        Column("capex_vnd", "int", "Chi phí dự kiến", "Cost, likely", "VND", nullable=True),
    ),
)
_KML = "http://www.opengis.net/kml/2.2"


def write_book(
    path: Path,
    hamlets: pd.DataFrame,
    trenches: gpd.GeoDataFrame,
    antennas: gpd.GeoDataFrame,
    commitments: pd.DataFrame,
    *,
    operator: str,
    told: Mapping[str, Any],
    names: pd.Series,
) -> Path:
    """Write an operator's workbook: its hamlets, trenches, antennas, materials, and what it has promised.

    Text is written as text, so that no name can act as a formula. Hamlets stand in sections: those that this
    plan builds for, those that the operator has promised, those where it is building already.

    Parameters
    ----------
    path : file to write.
    hamlets : rows of `rollout` with kind, name, commune, commune_code, centre_lon, centre_lat.
    trenches, antennas, commitments : rows of these tables, antennas with site_code; the latest promises come
        first.
    operator : for the title.
    told : what `plan.json` says, for scenario, date, edition, age and whether it is all made up.
    names : what people call each hamlet, by hamlet_id.
    """
    spots = antennas.assign(
        lon=antennas.geometry.x, lat=antennas.geometry.y, covers=_call(antennas["hamlets"], names)
    )
    dug = trenches.assign(
        begins=_call_ends(trenches["from_id"], trenches["trench_id"], names),
        ends=_call(trenches["to_id"], names).where(trenches["to_id"].notna(), "chỗ rẽ nhánh"),
        feeds=_call(trenches["hamlets"], names),
    )
    sections = hamlets.assign(section=hamlets["basis"].map(ORDER).fillna(len(ORDER)))
    listed = sections.sort_values(["section", "wave", "commune", "name"], ignore_index=True)
    listed = listed.assign(place=_call(listed["hamlet_id"], names))
    head = name_plan(told, operator, counts=_count_bases(hamlets))
    with xlsxwriter.Workbook(str(path), TEXT_ONLY) as book:
        write_sheet(book, "Thôn", head, listed, HAMLET_COLUMNS, (BOOK, ROLLOUT, HAMLETS))
        write_sheet(book, "Tuyến cáp", head, dug, TRENCH_COLUMNS, (BOOK, TRENCHES))
        write_sheet(book, "Trạm", head, spots, ANTENNA_COLUMNS, (BOOK, ANTENNAS, CELLS))
        bill = list_materials(hamlets, trenches, antennas)
        write_sheet(book, "Vật tư", head, bill, BILL.names, (BILL,))
        late = commitments.sort_values(
            ["days_late", "commitment_id"], ascending=[False, True], ignore_index=True
        )
        late = late.assign(place=_call(late["hamlet_id"], names))
        write_sheet(book, "Cam kết", head, late, COMMITMENT_COLUMNS, (BOOK, COMMITMENTS))
    return path


def _call(ids: pd.Series, names: pd.Series) -> pd.Series:
    """Return hamlets by name instead of by id, several parted by ; instead of |."""
    known = names.to_dict()
    return ids.map(
        lambda told: "; ".join(str(known.get(one, one)) for one in str(told).split("|")),
        na_action="ignore",
    ).astype(object)


def _call_ends(ids: pd.Series, trench_ids: pd.Series, names: pd.Series) -> pd.Series:
    """Return where trenches begin in words: a hamlet by name, a node or another trench by its id."""
    known, trenches = names.to_dict(), set(trench_ids)

    def _name(told: str) -> str:
        if told in known:
            return str(known[told])
        return f"rẽ nhánh từ tuyến {told}" if told in trenches else f"tủ {told}"

    return ids.map(_name, na_action="ignore").astype(object)


def _count_bases(hamlets: pd.DataFrame) -> str:
    """Return how many hamlets this plan builds for, and how many the operator owes or is building at."""
    counts = hamlets.loc[hamlets["wave"].notna(), "basis"].value_counts()
    planned = int(counts.get(ConnectionBasis.PLANNED, 0))
    return tell(PlanLine.BY_PLAN, "vi", hamlets=planned, promised=int(counts.sum()) - planned)


def name_plan(told: Mapping[str, Any], operator: str = "", *, counts: str = "") -> list[str]:
    """Return the title of a plan's file, and the warnings that belong above it, else nothing.

    Parameters
    ----------
    told : what `plan.json` says.
    operator : whose file it is; empty for everybody's.
    counts : what stands in the title besides.
    """
    scenario = tell(ScenarioName.of(told["scenario"]), "vi")
    title = tell(PlanLine.TITLE, "vi", scenario=scenario, waves=told["waves"])
    first, *rest = head_lines(told, "vi")
    name = tell(PlanLine.NAMED, "vi", name=told["name"]) if "name" in told else ""
    made = told.get("made_on")
    day = tell(PlanLine.MADE, "vi", date=format_date(made)) if made else ""
    # The banner of made-up data says all that is to be said; how they were made is no operator's concern.
    warnings = [line.rstrip(". ") for line in (rest[:1] if told.get("demonstration") else rest)]
    if told.get("outdated"):
        warnings.insert(0, tell(PlanLine.OUTDATED, "vi", date=format_date(told["as_of"])))
    return [
        " · ".join(filter(None, [title, operator, name, day, first, counts])),
        ". ".join(warnings),
    ]


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
    cabinets = hamlets["piece"].fillna("").str.contains(CABINET, regex=False)
    if cabinets.any():
        rows.append(("tủ chia quang", int(cabinets.sum()), "tủ", None))
    rows += [
        (tell(kind, "vi"), len(part), "trạm", int(part["capex_vnd"].sum()))
        for kind in OptionKind
        if len(part := antennas[antennas["kind"] == kind])
    ]
    return pd.DataFrame(rows, columns=BILL.names)


def write_layers(
    place: Path,
    hamlets: pd.DataFrame,
    trenches: gpd.GeoDataFrame,
    antennas: gpd.GeoDataFrame,
    *,
    told: Mapping[str, Any],
) -> list[Path]:
    """Write the plan as a GeoPackage of three layers, and as KML.

    Parameters
    ----------
    place : folder.
    hamlets : rows of `rollout` with centre_lon, centre_lat; their counts of pupils are left out, and so are
        hamlets that the results no longer have.
    trenches, antennas : these tables.
    told : what `plan.json` says; its title and warning stand in both files.
    """
    hamlets = hamlets[hamlets["centre_lon"].notna() & hamlets["centre_lat"].notna()]
    points = gpd.GeoDataFrame(
        hamlets.drop(columns="pupils_connected", errors="ignore"),
        geometry=gpd.points_from_xy(hamlets["centre_lon"], hamlets["centre_lat"]),
        crs=WGS84,
    )
    head = name_plan(told)
    package = place / "rollout.gpkg"
    for table, layer in ((points, ROLLOUT), (trenches, TRENCHES), (antennas, ANTENNAS)):
        if len(table):
            note = {"IDENTIFIER": f"{layer.vi} ({told['scenario']})", "DESCRIPTION": " ".join(head)}
            pyogrio.write_dataframe(
                table, package, layer=layer.name, driver="GPKG", layer_options=note
            )
    drawing = place / "rollout.kml"
    drawing.write_bytes(draw_kml(points, trenches, antennas, head=head))
    return [package, drawing]


def _part_hamlets(points: gpd.GeoDataFrame) -> list[tuple[str, gpd.GeoDataFrame, str]]:
    """Return folders of hamlets: one for each thing that a connection rests on, and one for the others."""
    known = {str(basis): basis for basis in ConnectionBasis}
    others = points[~points["basis"].isin(list(known))]
    folders = [
        (f"Thôn: {tell(basis, 'vi')}", points[points["basis"] == name], "name")
        for name, basis in known.items()
    ]
    return [folder for folder in [*folders, ("Thôn", others, "name")] if len(folder[1])]


def draw_kml(
    points: gpd.GeoDataFrame,
    trenches: gpd.GeoDataFrame,
    antennas: gpd.GeoDataFrame,
    *,
    head: list[str],
) -> bytes:
    """Return the plan as KML 2.2: hamlets by name and by what they rest on, trenches and antennas by id.

    Parameters
    ----------
    points, trenches, antennas : layers in degrees.
    head : title and warning.
    """
    ElementTree.register_namespace("", _KML)
    root = ElementTree.Element(f"{{{_KML}}}kml")
    document = ElementTree.SubElement(root, f"{{{_KML}}}Document")
    ElementTree.SubElement(document, f"{{{_KML}}}name").text = head[0]
    ElementTree.SubElement(document, f"{{{_KML}}}description").text = head[1]
    for title, table, name in (
        *_part_hamlets(points), ("Tuyến cáp", trenches, "trench_id"), ("Trạm", antennas, "option_id"),
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
