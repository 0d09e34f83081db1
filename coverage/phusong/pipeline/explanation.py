"""Say where a table or a row comes from: sources, evidence, rules, parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from phusong.pipeline.former_explanation import explain_former, find_successor
from phusong.pipeline.gap_explanation import explain_gap
from phusong.pipeline.hamlet_records import explain_records
from phusong.pipeline.pupil_explanation import explain_student
from phusong.pipeline.settings import in_province, read_settings
from phusong.pipeline.stages import STAGES, Stage
from phusong.store import Manifest, read_table
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables import TABLES
from phusong.vocabulary.tables.pupils import STUDENTS
from phusong.vocabulary.terms import (
    MOBILE_BROADBAND,
    Cause,
    Evidence,
    GapClass,
    LocationQuality,
    Status,
    Technology,
)

#: Tables of which one row is one hamlet, or part of one.
HAMLET_TABLES = (
    "hamlets",
    "accepted_hamlets",
    "points",
    "placement",
    "reach",
    "signal",
    "residential_signal",
    "gaps",
)


def explain_table(folder: Path, name: str) -> list[str]:
    """Return where a table comes from, a line each.

    Raises
    ------
    ParameterFault
        If the folder holds no results, or the table does not exist.
    """
    _, _, manifest = read_settings(folder)
    if name not in TABLES:
        raise ParameterFault(f"no table is called “{name}”; there are: {', '.join(sorted(TABLES))}")
    stage = next((s for s in STAGES if name in s.writes), None)
    if stage is None or stage.name not in manifest.stages:
        raise ParameterFault(f"table {name} was not made by the run in {folder}")
    table = TABLES[name]
    lines = [f"{name}: {table.vi} · {table.en}", f"key: {', '.join(table.key)}"]
    return lines + _trace_stage(stage, manifest)


@in_province
def explain_row(folder: Path, name: str, key: str) -> list[str]:
    """Return where one row comes from; for a hamlet, which sites, margin, evidence and rule.

    Parameters
    ----------
    folder : output folder.
    name : table.
    key : the row's first key, or a hamlet's name with or without diacritics.
    """
    lines = explain_table(folder, name)
    if name in HAMLET_TABLES:
        return explain_hamlet(folder, find_hamlet(folder, key)) + ["", *lines]
    if name == STUDENTS.name:
        return explain_student(folder, key) + ["", *lines]
    rows = read_table(folder, name)
    found = rows[rows[TABLES[name].key[0]].astype(str) == key]
    if found.empty:
        raise ParameterFault(f"table {name} has no row with {TABLES[name].key[0]} = “{key}”")
    return [line for _, row in found.iterrows() for line in _tell_row(row, name)] + ["", *lines]


def find_hamlet(folder: Path, key: str) -> str:
    """Return the id of the one hamlet that a key or a name means.

    Raises
    ------
    ParameterFault
        If none or several do; then with the candidates.
    """
    hamlets = read_table(folder, "hamlets")
    if (hamlets["hamlet_id"] == key).any():
        return key
    full = hamlets["kind"] + " " + hamlets["name"]
    same = hamlets[
        (hamlets["name"].map(base_key) == base_key(key)) | (full.map(base_key) == base_key(key))
    ]
    if len(same) == 1:
        return str(same["hamlet_id"].iloc[0])
    if same.empty and (successor := find_successor(folder, key)) is not None:
        return successor
    if same.empty:
        raise ParameterFault(f"no hamlet has the id or name “{key}”")
    names = ", ".join(
        f"{r.hamlet_id} ({r.kind} {r.name}, {r.commune_code})" for r in same.itertuples(index=False)
    )
    raise ParameterFault(f"several hamlets are called “{key}”: {names} → give the id")


def explain_hamlet(folder: Path, hamlet_id: str) -> list[str]:
    """Return everything that decided a hamlet's class, a line each."""
    hamlet = _only(read_table(folder, "hamlets"), hamlet_id)
    gap = _only(read_table(folder, "gaps"), hamlet_id)
    reach = read_table(folder, "reach")
    signal = read_table(folder, "signal")
    residential = read_table(folder, "residential_signal")
    return [
        *_tell_place(hamlet),
        *explain_former(folder, hamlet_id),
        *_tell_class(gap),
        *explain_gap(gap, residential[residential["hamlet_id"] == hamlet_id]),
        "",
        *_explain_ports(gap),
        *_tell_signal(signal[signal["hamlet_id"] == hamlet_id]),
        *explain_records(folder, hamlet_id),
        "",
        "reach by operator (vùng phủ theo doanh nghiệp):",
        *(
            _tell_reach(row)
            for row in reach[reach["hamlet_id"] == hamlet_id].itertuples(index=False)
        ),
    ]


def _only(table: pd.DataFrame, hamlet_id: str) -> pd.Series:
    return table[table["hamlet_id"] == hamlet_id].iloc[0]


def _tell_place(hamlet: pd.Series) -> list[str]:
    """Return who and where the hamlet is."""
    quality = LocationQuality.of(hamlet["location_quality"])
    people = (
        f"{hamlet['population']} persons"
        if pd.notna(hamlet["population"])
        else "population unknown"
    )
    return [
        f"{hamlet['hamlet_id']}: {hamlet['kind']} {hamlet['name']}, "
        f"commune {hamlet['commune_code']}@{hamlet['edition']}, {people}",
        f"place: {hamlet['centre_lat']:.5f}° N {hamlet['centre_lon']:.5f}° E, "
        f"{quality.en} · {quality.vi}; ground: {hamlet['ground_basis']}",
    ]


def _tell_class(gap: pd.Series) -> list[str]:
    """Return the class, the rule behind it, and the cause."""
    grade, cause = GapClass.of(gap["class"]), Cause.of(gap["cause"])
    mobile = [_describe_status(gap, t) for t in reversed(MOBILE_BROADBAND)]
    told = f"fibre {gap['fibre']}, {', '.join(mobile)}"
    lines = [
        f"class: {grade.en} · {grade.vi} (rule: {told}), on {gap['as_of']:%d/%m/%Y}",
        f"cause: {cause.en} · {cause.vi}; without 3G: {gap['class_without_3g']}",
    ]
    return (
        [*lines, "operator and model disagree here: worth a visit"] if gap["disagrees"] else lines
    )


def _explain_ports(gap: pd.Series) -> list[str]:
    """Return whether the free ports of a K1 hamlet are too few; nothing of any other hamlet."""
    if gap["class"] != GapClass.K1:
        return []
    short = gap.get("fibre_ports_short")
    if pd.isna(short):
        return ["free fibre ports: unknown, ports or households are not counted"]
    amount = "fewer than" if short else "at least"
    return [
        f"free fibre ports: {amount} the share of households stated in fibre.toml (ports_share)"
    ]


def _describe_status(gap: pd.Series, technology: Technology) -> str:
    """Return a technology's status by any operator, and the share indoors beside it."""
    name = technology.lower()
    return f"{technology} {gap[f'mobile_{name}']} (indoors {_percent(gap[f'indoor_{name}'])})"


def _tell_signal(signal: pd.DataFrame) -> list[str]:
    """Return the reach by any operator, and what terrain does to it."""
    lines = []
    for row in signal.itertuples(index=False):
        served = _percent(row.served_share)
        lines.append(
            f"{row.technology} by any operator: {row.status}, served {served}, "
            f"indoors {_percent(row.indoor_share)}, of the ground {_percent(row.ground_share)}, "
            f"probability {_percent(row.probability)}; on flat ground {_percent(row.flat_share)}, "
            f"inside the plain radius {_percent(row.disc_share)}; "
            f"nearest mast {_metres(row.site_distance_m)}"
        )
    return lines


def _tell_reach(row: Any) -> str:
    """Return one operator's reach: site, signal, margin, evidence, date."""
    evidence = Evidence.of(row.evidence)
    status = Status.of(row.status).en
    head = f"  {row.technology} {row.operator}: {status}, served {_percent(row.served_share)}"
    if row.technology != Technology.FIBRE:
        head += f", indoors {_percent(row.indoor_share)}"
    date = f"{row.as_of:%d/%m/%Y}" if pd.notna(row.as_of) else "undated"
    if row.technology == Technology.FIBRE:
        node = (
            f"node {row.node_id} at {_metres(row.distance_m)}"
            if pd.notna(row.node_id)
            else "no node known"
        )
        return f"{head}; {node}{_describe_free_ports(row)}; basis {row.fibre_basis}; {evidence.en}, {date}"
    if pd.isna(row.cell_id):
        return f"{head}; no cell in range{_describe_paths(row)}; {evidence.en}, {date}"
    return (
        f"{head}; best cell {row.cell_id} at {_metres(row.distance_m)}: {row.signal_dbm:.1f} dBm, "
        f"margin {row.margin_db:+.1f} dB, terrain takes {row.terrain_loss_db:.1f} dB; "
        f"model alone {_percent(row.modelled_share)}, operator says {_percent(row.operator_share)}; "
        f"{evidence.en}, {date}{_describe_paths(row)}"
    )


def _describe_free_ports(row: Any) -> str:
    """Return the free ports that fall to a hamlet, and whether all are counted."""
    if pd.isna(row.ports_free):
        return ""
    return f", {row.ports_free} free ports{'' if row.ports_counted else ' and some not counted'}"


def _describe_paths(row: Any) -> str:
    """Return at how many test points the answer hangs on ground without terrain."""
    if pd.isna(row.unknown_paths) or not row.unknown_paths:
        return ""
    return (
        f"; unknown at {row.unknown_paths} of {row.paths} points: paths over ground without terrain"
    )


def _tell_row(row: pd.Series, name: str) -> list[str]:
    """Return a plain row, a column a line, with units."""
    lines = []
    for column in TABLES[name].columns:
        unit = f" {column.unit}" if column.unit and column.unit != "1" else ""
        lines.append(f"{column.name}: {row[column.name]}{unit} ({column.vi} · {column.en})")
    return lines


def _trace_stage(stage: Stage, manifest: Manifest) -> list[str]:
    """Return what a stage was made from, back to the sources."""
    record = manifest.stages[stage.name]
    above = [s for s in STAGES if stage.follows(s)]
    sources = sorted({k for s in _ancestors(stage) for k in s.sources})
    return [
        f"made by stage “{stage.name}” ({stage.en}) at {record.ran_at} in {record.seconds:.1f} s",
        f"from stages: {', '.join(s.name for s in above) or 'none'}",
        f"from sources of kind: {', '.join(sources) or 'none'}",
        f"parameters: {', '.join(f'{g}.toml' for g in stage.parameters) or 'none'}",
    ]


def _ancestors(stage: Stage) -> list[Stage]:
    """Return a stage and every stage above it."""
    found = [stage]
    for current in found:
        found += [s for s in STAGES if current.follows(s) and s not in found]
    return found


def _percent(share: float) -> str:
    return "unknown" if pd.isna(share) else f"{100 * share:.0f} %"


def _metres(distance: float) -> str:
    return "unknown" if pd.isna(distance) else f"{distance:,.0f} m"
