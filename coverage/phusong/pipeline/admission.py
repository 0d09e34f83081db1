"""Bring a province's sources through the door, kind by kind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from phusong.intake.diagnosis import NEEDS_ANSWER, REFUSED, Checked, Diagnosis, ReadOptions
from phusong.intake.door import check_source
from phusong.intake.quarantine import write_quarantine
from phusong.intake.rules import refuse
from phusong.intake.terrain import count_ground, read_terrain
from phusong.intake.veiling import SealedOptions
from phusong.persons.erasure import drop_records, mask_members, mask_rows
from phusong.persons.keys import open_key
from phusong.pipeline.hamlet_changes import carry_kind, combine_lists
from phusong.pipeline.province import Source
from phusong.pipeline.result_files import diagnoses_name
from phusong.pipeline.stage_context import StageContext
from phusong.places.commune_codes import convert_by_points
from phusong.places.own_units import open_register
from phusong.vocabulary.errors import NeedsAnswer, SourceFault
from phusong.vocabulary.metres import WGS84, to_metres
from phusong.vocabulary.schema import conform_table, empty_table
from phusong.vocabulary.tables.accepted import ACCEPTED, VEILED
from phusong.vocabulary.tables.persons import PERSONAL


def admit_persons(context: StageContext, kind: str) -> None:
    """Read every source of a kind that names persons into the personal store.

    What the door turned away lies there too; the diagnoses, in which no value is whole, lie with the others.

    Raises
    ------
    SourceFault
        If a source is refused.
    NeedsAnswer
        If a source leaves something open that a person must answer.
    """
    table = PERSONAL[kind]
    sources = context.sources(kind)
    checked = [_admit_source(context, s, i) for i, s in enumerate(sources)]
    _keep_diagnoses(context, kind, sources, checked)
    frames = [
        _date_rows(c.accepted, context).assign(
            **{table.key[0]: source.file + ":" + c.accepted[table.key[0]]}
        )
        for source, c in zip(sources, checked, strict=True)
        if c.accepted is not None
    ]
    rows = pd.concat(frames, ignore_index=True) if frames else empty_table(table)
    accepted = forget_erased(conform_table(rows, table), kind, context)
    context.save_personal(table.name, accepted)


def forget_erased(rows: pd.DataFrame, kind: str, context: StageContext) -> pd.DataFrame:
    """Return accepted rows without the pupils who were erased, whatever the files still say.

    Parameters
    ----------
    rows : table of `PERSONAL`.
    kind : its source kind.
    context : of the stage, which knows the marks of the erased.
    """
    marks, key = context.erased()
    forget = drop_records if kind == "students" else mask_members
    return forget(rows, marks, key=key)


def admit_kind(context: StageContext, kind: str) -> None:
    """Read every source of one kind into its accepted table, quarantine and diagnoses.

    Raises
    ------
    SourceFault
        If a source is refused.
    NeedsAnswer
        If a source leaves something open that a person must answer.
    """
    sources = context.sources(kind)
    checked = [_admit_source(context, s, i) for i, s in enumerate(sources)]
    frames = [_date_rows(c.accepted, context) for c in checked if c.accepted is not None]
    _keep_diagnoses(context, kind, sources, checked)
    table = ACCEPTED[kind]
    if kind == "hamlets":
        listed = [s for s, c in zip(sources, checked, strict=True) if c.accepted is not None]
        context.save_table(table.name, combine_lists(context, listed, frames))
    elif frames:
        rows = carry_kind(context, kind, join_sources(frames, table.key[0]))
        rows = _convert_schools(rows, context) if kind == "schools" else rows
        context.save_table(table.name, conform_table(rows, table))
    else:
        context.save_table(table.name, empty_table(table))


def _convert_schools(schools: pd.DataFrame, context: StageContext) -> pd.DataFrame:
    """Return schools with commune codes of the province's edition; those left without one are counted."""
    converted = convert_by_points(
        schools,
        context.table("accepted_communes"),
        edition=str(context.head("edition")),
        register=open_register(context.units),
    )
    lost = schools["commune_code"].notna() & converted["commune_code"].isna()
    context.count("schools_of_several_communes", int(lost.sum()))
    return converted


def admit_terrain(context: StageContext) -> None:
    """Read the terrain around the communes into one grid in the province's metric system.

    Raises
    ------
    SourceFault
        If a tile is refused, or none covers any commune.
    NeedsAnswer
        If a tile leaves something open that a person must answer.
    """
    sources = context.sources("terrain")
    checked = [_admit_source(context, s, i) for i, s in enumerate(sources)]
    _keep_diagnoses(context, "terrain", sources, checked)
    if not sources:
        context.save_table("accepted_terrain", empty_table(ACCEPTED["terrain"]))
        return
    communes = to_metres(context.table("accepted_communes"), crs=context.crs)
    box = _box_ground(communes, context.table("accepted_hamlets"), context.crs)
    margin = context.parameters.intake.number("province_margin_m")
    bounds = box and (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
    terrain, tiles = read_terrain(
        [context.raw_path(s) for s in sources],
        crs=context.crs,
        bounds=bounds,
        stated_crs=[s.crs for s in sources],
        intake=context.parameters.intake,
    )
    cells, unknown = count_ground(terrain, communes.geometry)
    if unknown == cells and len(communes):
        raise refuse("terrain_elsewhere", file=", ".join(s.file for s in sources))
    context.count("ground_cells", cells)
    context.count("ground_cells_without_terrain", unknown)
    context.save_terrain(terrain)
    context.save_table("accepted_terrain", tiles)


def _box_ground(
    communes: gpd.GeoDataFrame, hamlets: pd.DataFrame, crs: int
) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of the communes, or of the hamlets where there are none [m].

    Returns
    -------
    None where nothing has a place: then the terrain is read as far as it goes.
    """
    if len(communes):
        west, south, east, north = communes.total_bounds
        return west, south, east, north
    placed = hamlets[hamlets["lon"].notna()]
    points = gpd.GeoSeries(gpd.points_from_xy(placed["lon"], placed["lat"]), crs=WGS84)
    outlines = gpd.GeoSeries(hamlets.geometry.to_numpy(), crs=WGS84)
    shapes = pd.concat([points, outlines[outlines.notna()]])
    if shapes.empty:
        return None
    west, south, east, north = gpd.GeoSeries(shapes, crs=WGS84).to_crs(crs).total_bounds
    return west, south, east, north


def join_sources(frames: list[pd.DataFrame], key: str) -> pd.DataFrame:
    """Return the rows of several sources of one kind; an id that two sources use is told apart.

    The later source's rows get ``~2``, ``~3``… behind the id, so that no row is lost and none merged.
    """
    used: set[str] = set()
    parts = []
    for number, frame in enumerate(frames, start=1):
        clash = frame[key].isin(used)
        parts.append(frame.assign(**{key: frame[key].where(~clash, frame[key] + f"~{number}")}))
        used |= set(parts[-1][key])
    joined = pd.concat(parts, ignore_index=True)
    geo = [f for f in frames if isinstance(f, gpd.GeoDataFrame)]
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=geo[0].crs) if geo else joined


def read_options(source: Source, context: StageContext) -> ReadOptions:
    """Return what the province file says about one of its files."""
    options = ReadOptions(
        crs=source.crs,
        sheet=source.sheet,
        layer=source.layer,
        encoding=source.encoding,
        province=context.head("code"),
        edition=source.edition or str(context.head("edition")),
        read_in=str(context.head("edition")),
        operator=source.operator,
        technology=source.technology,
        complete=_state_complete(source),
        as_of=source.as_of.isoformat() if source.as_of else None,
        one_of_several=source.kind == "terrain",
        read=source.read,
        school=source.school,
        date_order=source.date_order,
        fill_down=_list_filled(source),
        units=context.units,
        operators=context.own_operators,
    )
    return seal_options(options, context.key_path) if source.kind in VEILED else options


def _list_filled(source: Source) -> tuple[str, ...] | None:
    """Return the columns of which an empty cell means what stands above it, as the door asks them."""
    stated = source.fill_down
    return (stated,) if isinstance(stated, str) else tuple(stated) if stated else None


def _state_complete(source: Source) -> bool | tuple[str, ...] | None:
    """Return of which technologies a list is complete, as the door asks it."""
    if isinstance(source.complete, list):
        return tuple(str(technology) for technology in source.complete)
    return source.complete


def seal_options(options: ReadOptions, key: Path) -> SealedOptions:
    """Return what is said about a register, with the key under which donors and serials are hashed.

    Parameters
    ----------
    options : about the file.
    key : file of the province's key of pseudonyms.
    """
    return SealedOptions(**vars(options), key=open_key(key))


def _admit_source(context: StageContext, source: Source, number: int) -> Checked:
    """Check one source, keep its quarantine, and stop the run if it was refused or in doubt."""
    checked = check_source(
        source.kind, context.raw_path(source), read_options(source, context), context.parameters
    )
    if checked.diagnosis.status == NEEDS_ANSWER and checked.diagnosis.question:
        question = checked.diagnosis.question
        raise NeedsAnswer(
            question.about, choices=question.choices, why=question.why, file=source.file
        )
    if checked.diagnosis.status == REFUSED:
        raise refusal(checked.diagnosis)
    if len(checked.quarantined):
        checked = _mask_quarantine(checked, context) if source.kind in PERSONAL else checked
        name = f"{source.kind}_{number + 1}_{Path(source.file).stem}.csv"
        write_quarantine(checked, context.open_quarantine(source.kind) / name)
    return checked


def _mask_quarantine(checked: Checked, context: StageContext) -> Checked:
    """Return what was checked, with nothing of erased pupils in the rows that were turned away."""
    marks, key = context.erased()
    return replace(checked, quarantined=mask_rows(checked.quarantined, marks, key=key))


def refusal(diagnosis: Diagnosis) -> SourceFault:
    """Return the fault that tells why a file was refused."""
    whole = [f for f in diagnosis.faults if f.row == 0] or diagnosis.faults
    if not whole:
        return SourceFault("no row could be accepted", file=diagnosis.file)
    first = whole[0]
    return SourceFault(
        first.suggestion, file=diagnosis.file, row=first.row or None, column=first.column
    )


def _date_rows(frame: pd.DataFrame, context: StageContext) -> pd.DataFrame:
    """Return the rows with a date: their own, else the day for which the province speaks."""
    if "as_of" not in frame:
        return frame
    undated = frame["as_of"].isna()
    return (
        frame.assign(as_of=frame["as_of"].mask(undated, context.as_of)) if undated.any() else frame
    )


def _keep_diagnoses(
    context: StageContext, kind: str, sources: list[Source], checked: list[Checked]
) -> None:
    """Keep what the door said of each file, for the summary and for `explain`."""
    described: list[dict[str, Any]] = [
        {**one.diagnosis.as_dict(), "file": source.file}
        for source, one in zip(sources, checked, strict=True)
    ]
    text = json.dumps(described, ensure_ascii=False, indent=1)
    context.save_text(diagnoses_name(kind), text)
