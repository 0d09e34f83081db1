"""Say of each column of a file whether it is read, and as what; ask where an unread one may decide something.

No column is lost in silence: what is read and what is not make up the file. A person answers with a heading
and the column that it means, or with nothing where it is to stay unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from phusong.intake.aliases import TABLES, accepted_headings, known_headings
from phusong.intake.diagnosis import OTHERS, ColumnReading, ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import match_heading
from phusong.intake.likeness import Near, find_near
from phusong.intake.masking import show_shape
from phusong.intake.reading import RawTable
from phusong.intake.rules import describe_rule
from phusong.intake.words import word_key
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.tables.persons import PERSONAL

#: Columns that decide a tier, a class or a port, by source kind: one that may be there unread is asked about.
DECIDING: dict[str, frozenset[str]] = {
    "students": frozenset(
        (
            "classes", "poor", "near_poor", "orphan", "orphan_both", "covid_orphan", "disability",
            "meritorious", "device", "no_device", "device_shared", "connection", "phone", "phone_1",
            "phone_2",
        )
    ),
    "poverty": frozenset(("poverty", "poor", "near_poor", "lacks_telecom", "lacks_information", "lacks")),
    "cells": frozenset(("technology", "has_2g", "has_3g", "has_4g", "has_5g", "band", "height_m")),
    "coverage": frozenset(("technology",)),
    "claims": frozenset(("technology", "ready")),
    "fibre_nodes": frozenset(("ports_free", "ports_used")),
    "hamlets": frozenset(("special_difficulty",)),
}  # fmt: skip
#: A column is known as well where one of these is read.
INSTEAD: dict[str, tuple[str, ...]] = {
    "technology": ("radio", "has_2g", "has_3g", "has_4g", "has_5g"),
    "poor": ("classes", "poverty"), "near_poor": ("classes", "poverty"), "classes": ("poverty",),
    "no_device": ("device",), "device": ("no_device",), "device_shared": ("device",),
    "phone": ("phone_1", "phone_2"), "phone_1": ("phone",), "phone_2": ("phone",),
    "ports_used": ("ports_free",), "lacks_telecom": ("lacks",), "lacks_information": ("lacks",),
}  # fmt: skip
#: What a list of pupils must say something of, each with the columns that do.
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "students": (
        ("classes", "poor", "near_poor", "poverty"),
        ("device", "no_device", "device_shared", "device_kind"),
        ("connection",),
    )
}
#: Headings that number the rows.
ORDINALS = frozenset(("stt", "tt", "sott", "no", "sothutu", "index", "fid", "objectid"))
#: How much of an example is shown, and how many columns are asked about at once.
EXAMPLE_LETTERS, MOST_ASKED = 40, 8


@dataclass(frozen=True)
class Unread:
    """Hold a column that is not read.

    Parameters
    ----------
    heading : as it stands in the file.
    example : its first filled cell.
    near : the known heading that it resembles, or None.
    """

    heading: str
    example: str
    near: Near | None


def resolve_answers(kind: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return heading → canonical column (empty: stays unread) of what a person answers about columns.

    Parameters
    ----------
    kind : source kind.
    answers : heading → canonical column or one of its headings; heading `OTHERS` stands for all others.

    Raises
    ------
    ParameterFault
        If the kind has no such column, or two headings are to be one column.
    """
    decided: dict[str, str] = {}
    for heading, stated in answers.items():
        match = match_heading(stated, kind) if stated.strip() else ("", 0)
        if match is None or (match[0] and heading == OTHERS):
            names = ", ".join(list_columns_of(kind))
            raise ParameterFault(
                f"“{heading}={stated}”: loại “{kind}” không có cột này; có: {names} · "
                f"kind “{kind}” has no such column; there are: {names}"
            )
        if match[0] and match[0] in decided.values():
            raise ParameterFault(
                f"“{heading}={stated}”: đã có tiêu đề khác cho cột này · "
                "another heading is this column already"
            )
        decided[heading] = match[0]
    return decided


def list_columns_of(kind: str) -> list[str]:
    """Return the canonical columns of a kind that a heading may mean.

    Parameters
    ----------
    kind : source kind.
    """
    names = dict.fromkeys(name for name, _ in known_headings(kind).values())
    return [n for n in names if not n.startswith("elsewhere_") and n != "guardian_other"]


def find_strangers(columns: Iterable[ColumnReading], answers: Mapping[str, str]) -> list[str]:
    """Return the headings of answers that no column of the file has.

    Parameters
    ----------
    columns : of the file.
    answers : heading → canonical column.
    """
    known = {word_key(c.heading) or c.heading for c in columns}
    return [h for h in answers if h != OTHERS and (word_key(h) or h) not in known]


def apply_answers(raw: RawTable, options: ReadOptions) -> dict[str, str]:
    """Return heading of the file → canonical column, or nothing, as a person answers about it.

    Parameters
    ----------
    raw : the rows under the headings of the file.
    options : with what is answered now, and what was answered about an earlier file of this sender.
    """
    stated = {word_key(h) or h: name for h, name in {**options.read_before, **options.read}.items()}
    headings = [str(h) for h in raw.frame.columns]
    return {h: stated[word_key(h) or h] for h in headings if (word_key(h) or h) in stated}


def list_columns(raw: RawTable | None, kind: str, findings: Findings) -> list[ColumnReading]:
    """Return each column of a file in its order: read as what, or not read, and how much of it is filled.

    Parameters
    ----------
    raw : the rows under the headings of the file; None where nothing was read.
    kind : source kind.
    findings : notebook of this reading, which knows what was read of the rows.
    """
    if raw is None:
        return []
    read, named = _name_read(raw, kind, findings), _name_known(raw, kind)
    listed = []
    for heading in [h for h in raw.frame.columns if h not in raw.added]:
        filled = int((raw.frame[heading].str.strip() != "").sum())
        name = read.get(heading) if filled else read.get(heading, named.get(heading))
        listed.append(ColumnReading(heading, name, round(filled / max(len(raw.frame), 1), 4)))
    return listed


def _name_read(raw: RawTable, kind: str, findings: Findings) -> dict[str, str]:
    """Return heading → canonical column of what is read; where reading stopped, of what would be."""
    if findings.is_read:
        return findings.name_columns()
    return _name_known(raw, kind) | findings.nested


def _name_known(raw: RawTable, kind: str) -> dict[str, str]:
    """Return heading → the canonical column that it is known as, the best known of several."""
    named: dict[str, tuple[int, str]] = {}
    for heading in map(str, raw.frame.columns):
        match = match_heading(heading, kind, raw.answers)
        if match and (match[0] not in named or match[1] < named[match[0]][0]):
            named[match[0]] = (match[1], heading)
    return {heading: name for name, (_, heading) in named.items()}


def review_columns(raw: RawTable, kind: str, findings: Findings, options: ReadOptions) -> None:
    """Warn of unread columns that resemble a known one; ask about those that would decide something.

    Parameters
    ----------
    raw : the rows under the headings of the file.
    kind : source kind.
    findings : notebook of this reading, whose rows have been read.
    options : with what is answered about columns.
    """
    read = findings.name_columns()
    for heading, name in raw.answers.items():
        findings.fix_shapes("column_answered", heading, len(raw.frame), heading, name or "–")
    unread = find_unread(raw, kind, read)
    if options.read.get(OTHERS) == "":
        return
    known = set(read.values())
    asked = [u for u in unread if _decides(u, kind, known)]
    for u in unread:
        if u not in asked and u.near and _is_worth_warning(u.near, known):
            findings.warn(
                "column_unread", u.heading, [0], [u.example], heading=u.heading,
                near=u.near.heading, name=u.near.name,
            )  # fmt: skip
    if asked:
        _ask_columns(asked, kind, findings)
    elif not _states_needs(kind, known):
        _ask_needs([u for u in unread if u.near is None or u.near.name], kind, findings)


def find_unread(raw: RawTable, kind: str, read: Mapping[str, str]) -> list[Unread]:
    """Return the filled columns that are not read and of which nobody has said so, without ordinals.

    Parameters
    ----------
    raw : the rows under the headings of the file.
    kind : source kind.
    read : heading → canonical column of what is read.
    """
    found = []
    for heading in map(str, raw.frame.columns):
        passed = (
            heading in read
            or heading in raw.answers
            or heading in raw.added
            or word_key(heading) in ORDINALS
        )
        if passed or match_heading(heading, kind):
            continue
        cells = raw.frame[heading].str.strip()
        filled = cells[cells != ""]
        if len(filled):
            example = str(filled.iloc[0])[:EXAMPLE_LETTERS]
            found.append(Unread(heading, example, find_near(heading, kind)))
    return found


def _decides(unread: Unread, kind: str, known: set[str]) -> bool:
    """Return whether a column may be one that decides something and is not known otherwise."""
    near = unread.near
    if near is None or near.name not in DECIDING.get(kind, ()):
        return False
    return not known & {near.name, *INSTEAD.get(near.name, ())}


def _is_worth_warning(near: Near, known: set[str]) -> bool:
    """Return whether a person should look: the column is not read, or from what is hardly another heading."""
    useless = not near.name or near.name.startswith("elsewhere_") or near.name == "guardian_other"
    return not useless and (near.name not in known or near.is_same)


def _ask_columns(asked: list[Unread], kind: str, findings: Findings) -> None:
    """Ask what the columns are that may decide something."""
    shown = asked[:MOST_ASKED]
    choices = [c for u in shown if u.near for c in (f"{u.heading}={u.near.name}", f"{u.heading}=")]
    described = "; ".join(
        f"“{u.heading}” (“{_mask(u.example, kind)}”) ~ “{u.near.heading}”" for u in shown if u.near
    )
    findings.ask("column", choices, describe_rule("column_asked", told=described))


def _ask_needs(unread: list[Unread], kind: str, findings: Findings) -> None:
    """Ask whether unread columns say what a list of pupils says nothing of."""
    if not unread:
        return
    wanted = [names[0] for names in NEEDS[kind]]
    shown = unread[:MOST_ASKED]
    choices = [f"{u.heading}={name}" for u in shown for name in ("", *wanted)] + [f"{OTHERS}="]
    labels = ", ".join(f"“{accepted_headings(kind, name)[0]}” ({name})" for name in wanted)
    described = "; ".join(f"“{u.heading}” (“{_mask(u.example, kind)}”)" for u in shown)
    findings.ask("column", choices, describe_rule("needs_asked", wanted=labels, told=described))


def _mask(example: str, kind: str) -> str:
    """Return an example as it may be shown."""
    return show_shape(example) if kind in PERSONAL else example


def _states_needs(kind: str, known: set[str]) -> bool:
    """Return whether a list says something of what it must, where it must."""
    needs = NEEDS.get(kind, ())
    return not needs or any(known & set(names) for names in needs)


def describe_read(columns: Iterable[ColumnReading], kind: str, language: str) -> list[str]:
    """Return the columns that were read, each with what it is read as and how much is filled, as one line.

    Parameters
    ----------
    columns : of a diagnosis; equal columns of several sheets stand once.
    kind : source kind.
    language : ``vi`` or ``en``.
    """
    read = {(c.heading, c.read_as): c.filled_share for c in columns if c.read_as}
    described = [
        f"{heading} → {name_column(kind, name, language)} ({100 * share:.0f} %)"
        for (heading, name), share in read.items()
        if name
    ]
    return ["; ".join(described)] if described else []


def name_column(kind: str, name: str, language: str) -> str:
    """Return what a canonical column is called.

    Parameters
    ----------
    kind : source kind.
    name : canonical column.
    language : ``vi`` or ``en``.
    """
    labels = {c.name: c.vi if language == "vi" else c.en for c in TABLES[kind].columns}
    plain = accepted_headings(kind, name)[0] if language == "vi" else name
    return labels.get(name, plain)
