"""Lists for one school and one operator: who is given what, and what was promised where."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from phusong.ledger.book import Ledger
from phusong.ledger.inventory import list_lots, list_packages
from phusong.ledger.queries import list_awards
from phusong.ledger.services import add_months
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS
from phusong.store import read_table
from phusong.views.documents.inputs import OperatorFigures, ReportFigures, SchoolFigures
from phusong.vocabulary.book import AwardState
from phusong.vocabulary.terms import Operator

#: States of an award that a school still has to do with.
LIVING = [str(s) for s in (
    AwardState.PROPOSED, AwardState.APPROVED, AwardState.HANDED_OVER, AwardState.CONFIRMED,
)]  # fmt: skip
#: Signs of a pseudonym or a hashed serial that are printed: enough to tell two apart in a class.
SHORT = 8


def list_schools(folder: Path, ledger: Ledger, *, handed: bool = False) -> list[str]:
    """Return the ids of the schools at which somebody holds an award, in order.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, or the book as of a day.
    handed : also those at which what was handed over has come back, or is gone.
    """
    awards = _select_awards(list_awards(ledger), ended=handed)
    students = read_table(folder, "students")[["student_key", "school_id"]]
    mine = students[students["student_key"].isin(awards["student_key"])]
    return sorted(set(mine["school_id"].dropna()))


def gather_school(
    folder: Path,
    ledger: Ledger,
    school_id: str,
    *,
    who: str,
    when: datetime,
    ended: bool = False,
) -> SchoolFigures:
    """Return who gets what at one school, by class; the look at the personal store is logged.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book, or the book as of a day.
    school_id : of the school.
    who, when : role of whoever asks, and time, for the log.
    ended : also what was handed over and has come back, or is gone: the record of the hand-over names it.
    """
    vault = Vault(folder / PERSONAL_FOLDER)
    classes = vault.read(PUPILS)
    mine = classes[classes["school_id"] == school_id].set_index("student_key")
    why = f"school list of {school_id}"
    vault.log_look(who=who, why=why, table=PUPILS, rows=len(mine), when=when)
    awards = _select_awards(list_awards(ledger), ended=ended)
    awards = awards[awards["student_key"].isin(mine.index)]
    schools = read_table(folder, "accepted_schools").set_index("school_id")
    known = schools.loc[school_id] if school_id in schools.index else None
    return SchoolFigures(
        school=school_id if known is None else str(known["name"]),
        commune="" if known is None else _text(known.get("commune")),
        awards=_list_handed(folder, ledger, awards, mine["class_name"]),
    )


def _select_awards(awards: pd.DataFrame, *, ended: bool) -> pd.DataFrame:
    """Return the awards that a school has to do with, or ever had in its hands."""
    living = awards["state"].isin(LIVING)
    return awards[living | awards["handed_over_on"].notna()] if ended else awards[living]


def _text(value: object) -> str:
    """Return a cell as text, empty where there is none."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124


def _list_handed(
    folder: Path, ledger: Ledger, awards: pd.DataFrame, classes: pd.Series
) -> pd.DataFrame:
    """Return table `school_awards`, in order of class and pupil."""
    lots, packages = list_lots(ledger), list_packages(ledger)
    kit = read_table(folder, "devices").set_index("student_key")["kit"]
    key = awards["student_key"]
    told = pd.DataFrame(
        {
            "group": key.map(classes).fillna("–"),
            "student": key.str.slice(0, SHORT + 3),
            "device_kind": awards["lot_id"].map(lots.set_index("lot_id")["kind"]),
            "lot_id": awards["lot_id"],
            "serial": awards["serial"].astype("object").where(awards["serial"].notna(), None),
            "package": awards["package_id"].map(packages.set_index("package_id")["name"]),
            "package_until": _end_packages(awards, packages),
            "kit": key.map(kit),
            "state": awards["state"],
            "record": awards["record"],
            "handed_on": pd.to_datetime(awards["handed_over_on"]),
        }
    )
    told["serial"] = told["serial"].map(lambda s: s[-SHORT:] if isinstance(s, str) else None)
    with_device = told[told["device_kind"].notna()]
    return with_device.sort_values(["group", "student"], ignore_index=True)


def _end_packages(awards: pd.DataFrame, packages: pd.DataFrame) -> pd.Series:
    """Return the day on which each award's package runs out, where it has begun."""
    months = awards["package_id"].map(packages.set_index("package_id")["months"])
    ends = [
        add_months(day, int(count)) if isinstance(day, str) and pd.notna(count) else None
        for day, count in zip(awards["handed_over_on"], months, strict=True)
    ]
    return pd.to_datetime(pd.Series(ends, index=awards.index, dtype="object"))


def gather_operator(figures: ReportFigures, operator: Operator) -> OperatorFigures:
    """Return the hamlets and promises of one operator, without counts of pupils by hamlet.

    Parameters
    ----------
    figures : of the report.
    operator : whose.
    """
    frames = {}
    for name in ("villages", "commitments"):
        frame = getattr(figures, name)
        if frame is not None:
            frames[name] = frame[frame["operator"] == operator].reset_index(drop=True)
    if "villages" in frames:
        frames["villages"] = frames["villages"].assign(pupils_connected=pd.NA)
    return OperatorFigures(operator=operator, plan=figures.plan, **frames)
