"""What an allocation of devices is made of: pupils and signals of a run, lots and awards of the book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from phusong.intake.earmarks import name_schools
from phusong.ledger.book import Ledger, open_ledger
from phusong.ledger.inventory import list_lots, list_packages
from phusong.persons.vault import Vault
from phusong.pipeline.book_standing import BookStanding, list_served, read_standing
from phusong.pipeline.near_served import add_near_served
from phusong.pipeline.pupil_identity import read_school_days
from phusong.pipeline.result_files import PERSONAL_FOLDER, TOKENS
from phusong.pipeline.settings import merge_overlays, read_settings
from phusong.plans.devices import Known
from phusong.store import read_table
from phusong.vocabulary.book import LEDGER_NAME
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Parameters, load_parameters, load_scenario
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.results import PUPIL_LINKS, REACH, ROLLOUT, STUDENTS

#: Whether lots and awards come from the book, or lots alone from what the run was given.
FROM_BOOK, FROM_RUN = "book", "run"
#: What stands for the awards of a book where there is none.
NO_AWARDS = pd.DataFrame(columns=["student_key", "lot_id", "package_id", "state"], dtype="str")


@dataclass(frozen=True)
class Shelf:
    """Hold what is allocated, and to whom.

    Parameters
    ----------
    students, links, rollout, signals, communes : tables of the run; the plan of waves may be empty.
    lots, packages : tables `accepted_lots` and `accepted_packages`, as the book has them now.
    awards : student_key, lot_id, package_id, state, holds of every award in the book; see `BookStanding`.
    stock : what lies in the book's store; None without a book.
    known : who declines, who has left, which households hold an award.
    source : `FROM_BOOK` or `FROM_RUN`.
    as_of : day of the run.
    head : province, as_of, edition, demonstration and note, for whatever the plan is told on.
    parameters : as the run had them.
    """

    students: pd.DataFrame
    links: pd.DataFrame
    rollout: pd.DataFrame
    signals: pd.DataFrame
    communes: pd.DataFrame
    lots: pd.DataFrame
    packages: pd.DataFrame
    awards: pd.DataFrame
    stock: pd.DataFrame | None
    known: Known
    source: str
    as_of: pd.Timestamp
    head: dict[str, Any]
    parameters: Parameters


def _list_links(
    folder: Path, students: pd.DataFrame, standing: BookStanding | None
) -> pd.DataFrame:
    """Return the pairs of pupils who may be one, with those near to a pupil whom the book has served."""
    links = read_table(folder, PUPIL_LINKS.name)
    if standing is None:
        return links
    return add_near_served(folder, links, list_served(standing.awards, students))


def find_ledger(folder: Path, where: str | None) -> Ledger | None:
    """Return the book that is named, or the one beside the results; None where there is none.

    Parameters
    ----------
    folder : output folder of a run.
    where : URL or file of a book; None: `phusong.ledger` in the folder, if it is there.
    """
    if where is not None:
        return open_ledger(where)
    beside = folder / LEDGER_NAME
    return open_ledger(beside) if beside.exists() else None


def read_shelf(folder: Path, ledger: Ledger | None) -> Shelf:
    """Return what an allocation is made of.

    Parameters
    ----------
    folder : output folder of a run.
    ledger : the book; None: lots and packages as they were delivered to the run, and nothing awarded yet.

    Raises
    ------
    ParameterFault
        If the run has no pupils.
    """
    _, province, manifest = read_settings(folder)
    students = read_table(folder, STUDENTS.name)
    if students.empty:
        cure = "add a source of kind `students` and run the province"
        raise ParameterFault(f"{folder}: the run has no pupils to give anything to → {cure}")
    change = load_scenario(manifest.scenario)["change"] if manifest.scenario else {}
    head = province.province
    communes = read_table(folder, "communes")
    lots, packages, standing = _read_store(folder, ledger)
    if standing is not None and len(standing.moved):
        days = read_school_days(folder, standing.moved["student_key"].tolist())
        students = move_pupils(students, standing.moved, days)
    lots = name_schools(lots, read_table(folder, "accepted_schools"))
    return Shelf(
        students=students,
        links=_list_links(folder, students, standing),
        rollout=read_table(folder, ROLLOUT.name),
        signals=read_table(folder, REACH.name)[["hamlet_id", "operator", "technology", "status"]],
        communes=pd.DataFrame(communes[["commune_code", "edition", "district_code"]]),
        lots=lots,
        packages=packages,
        awards=NO_AWARDS if standing is None else standing.awards,
        stock=None if standing is None else standing.stock,
        known=Known() if standing is None else standing.known,
        source=FROM_RUN if ledger is None else FROM_BOOK,
        as_of=pd.Timestamp(manifest.as_of),
        head={
            "province": head.name,
            "as_of": manifest.as_of,
            "edition": str(head.edition),
            "demonstration": head.demonstration,
            "note": head.note,
        },
        parameters=load_parameters(merge_overlays(province.parameters, change)),
    )


def _read_store(
    folder: Path, ledger: Ledger | None
) -> tuple[pd.DataFrame, pd.DataFrame, BookStanding | None]:
    """Return lots, packages, and where the book leaves pupils and store; None without a book."""
    if ledger is None:
        lots = read_table(folder, BOOK["lots"].name)
        return lots, read_table(folder, BOOK["packages"].name), None
    standing = read_standing(ledger, Vault(folder / PERSONAL_FOLDER).read(TOKENS))
    return list_lots(ledger), list_packages(ledger), standing


def move_pupils(students: pd.DataFrame, moved: pd.DataFrame, told_on: pd.Series) -> pd.DataFrame:
    """Return the pupils at the school to which the book says they went, unless a newer list says otherwise.

    Parameters
    ----------
    students : the table `students`.
    moved : student_key, school_id, dated, see `BookStanding`.
    told_on : pseudonym → day of the list that says where the pupil learns; empty where it bears none.
    """
    listed = pd.to_datetime(moved["student_key"].map(told_on))
    kept = ~(listed > pd.to_datetime(moved["dated"])).to_numpy(dtype=bool)
    newer = moved[kept].set_index("student_key")["school_id"].to_dict()
    school = students["student_key"].map(newer).astype("str")
    return students.assign(school_id=school.where(school.notna(), students["school_id"]))
