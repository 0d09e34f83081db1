"""What an allocation of devices is made of: pupils and signals of a run, lots and awards of the book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from phusong.intake.earmarks import name_schools
from phusong.ledger.book import Ledger, open_ledger
from phusong.ledger.inventory import list_lots, list_packages
from phusong.ledger.queries import list_awards, list_stock
from phusong.ledger.stock import LOT
from phusong.pipeline.settings import merge_overlays, read_settings
from phusong.plans.devices import GONE
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import Parameters, load_parameters, load_scenario
from phusong.vocabulary.tables.book import BOOK
from phusong.vocabulary.tables.results import PUPIL_LINKS, REACH, ROLLOUT, STUDENTS

LEDGER_NAME = "phusong.ledger"
#: Whether lots and awards come from the book, or lots alone from what the run was given.
FROM_BOOK, FROM_RUN = "book", "run"
#: States of awards that the allocation takes a device off the lot for.
_HELD = [str(s) for s in GONE]
_AWARDS = ["student_key", "lot_id", "package_id", "state"]


@dataclass(frozen=True)
class Shelf:
    """Hold what is allocated, and to whom.

    Parameters
    ----------
    students, links, rollout, signals, communes : tables of the run; the plan of waves may be empty.
    lots, packages : tables `accepted_lots` and `accepted_packages`, as the book has them now.
    awards : student_key, lot_id, package_id, state of every award in the book.
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
    source: str
    as_of: pd.Timestamp
    head: dict[str, Any]
    parameters: Parameters


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
    lots, packages, awards = _read_store(folder, ledger)
    lots = name_schools(lots, read_table(folder, "accepted_schools"))
    return Shelf(
        students=students,
        links=read_table(folder, PUPIL_LINKS.name),
        rollout=read_table(folder, ROLLOUT.name),
        signals=read_table(folder, REACH.name)[["hamlet_id", "operator", "technology", "status"]],
        communes=pd.DataFrame(communes[["commune_code", "edition", "district_code"]]),
        lots=lots,
        packages=packages,
        awards=awards,
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
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return lots, packages and awards."""
    if ledger is None:
        lots = read_table(folder, BOOK["lots"].name)
        packages = read_table(folder, BOOK["packages"].name)
        return lots, packages, pd.DataFrame(columns=_AWARDS, dtype="str")
    awards = list_awards(ledger)[_AWARDS]
    lots = restock_lots(list_lots(ledger), list_stock(ledger), awards)
    return lots, list_packages(ledger), awards


def restock_lots(lots: pd.DataFrame, stock: pd.DataFrame, awards: pd.DataFrame) -> pd.DataFrame:
    """Return lots with what came back fit added, and what was set aside of a fit lot taken off.

    The allocation counts a device as gone with every award that ever held one. The book knows better: it
    was looked at when it came back. A lot that is set aside whole keeps its number, to be told as unfit.

    Parameters
    ----------
    lots : table `accepted_lots`.
    stock : item, received, set_aside, taken, gone of the book.
    awards : lot_id, state.
    """
    mine = stock.set_index("item").reindex(LOT + lots["lot_id"]).fillna(0)
    held = awards.loc[awards["state"].isin(_HELD), "lot_id"].value_counts()
    awarded = lots["lot_id"].map(held).fillna(0).to_numpy()
    back = awarded - mine["taken"].to_numpy() - mine["gone"].to_numpy()
    aside = mine["set_aside"].to_numpy()
    change = np.where(aside < lots["quantity"].to_numpy(), back - aside, 0)
    return lots.assign(quantity=(lots["quantity"] + change).astype(lots["quantity"].dtype))
