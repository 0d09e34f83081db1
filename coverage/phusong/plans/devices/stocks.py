"""What can be given: lots with devices left, lots that are alike taken together, and whom each is for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.plans.devices.coding import code_values, code_words, read_flags, renumber
from phusong.plans.devices.fitting import LEVELS
from phusong.vocabulary.parameters import Devices
from phusong.vocabulary.pupils import DeviceKind, Level

#: How the book's store calls a lot and a package.
LOT, PACKAGE = "lot:", "package:"
#: Lot of the devices that money buys.
BOUGHT = "bought"
RESTRICTIONS = ("only_district", "only_communes", "only_schools", "only_levels")
#: What two lots must share to be alike.
ALIKE = ("kind", "modem", "levels", "package_id", *RESTRICTIONS)


@dataclass(frozen=True, eq=False)
class Stock:
    """Hold the lots.

    Parameters
    ----------
    lots : lot_id, received, adequacy, allocable (free or held), kept (held by awards), free, and the columns
        of `ALIKE`; in the order of their ids.
    types : one row for each type of lots that are alike.
    type_of : type of each lot [lots].
    """

    lots: pd.DataFrame
    types: pd.DataFrame
    type_of: np.ndarray

    @property
    def free(self) -> np.ndarray:
        """Return the devices of each lot that can be given [lots]."""
        return self.lots["free"].to_numpy(dtype=np.int64)

    @property
    def room(self) -> np.ndarray:
        """Return the devices of each type that can be given [types]."""
        return np.bincount(self.type_of, self.free, minlength=len(self.types)).astype(np.int64)


def take_stock(
    lots: pd.DataFrame,
    fitness: pd.DataFrame,
    kept: pd.Series,
    *,
    bought: pd.DataFrame,
    book: pd.DataFrame | None = None,
) -> Stock:
    """Return what can be given.

    Parameters
    ----------
    lots : the table `accepted_lots`.
    fitness : the table `lot_fitness` of these lots.
    kept : devices that awards hold, by lot_id.
    bought : rows of `list_bought`.
    book : item, taken, free of the book's store, which alone knows what came back, was set aside or is lost;
        None: what awards hold is off its lot, and all else of a fit lot is free.
    """
    judged = lots.merge(fitness, on="lot_id", validate="one_to_one")
    # a smartphone has a modem unless somebody says it has not
    empty = judged["kind"] == DeviceKind.SMARTPHONE
    modem = judged["modem"].astype("boolean").fillna(empty)
    judged = judged.assign(modem=modem.astype(bool), received=judged["quantity"])
    every = pd.concat([judged, bought], ignore_index=True) if len(bought) else judged
    every = every.sort_values("lot_id", ignore_index=True)
    every = _count_from_awards(every, kept) if book is None else _count_from_book(every, book)
    columns = ["lot_id", "received", "adequacy", "allocable", "kept", "free", *ALIKE]
    every = every[columns].reset_index(drop=True)
    # text compares empty as empty
    key = every[list(ALIKE)].astype("object").where(every[list(ALIKE)].notna(), "")
    number = key.groupby(list(ALIKE), sort=False).ngroup().to_numpy(dtype=np.int64)
    first = np.unique(number, return_index=True)[1]
    return Stock(every, every.iloc[first].reset_index(drop=True), number)


def _count_from_awards(lots: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Return lots with what awards hold of them, and what is free."""
    held = lots["lot_id"].map(kept).fillna(0).astype("int64")
    free = np.maximum(lots["allocable"].to_numpy(dtype=np.int64) - held.to_numpy(), 0)
    return lots.assign(kept=held, free=free)


def _count_from_book(lots: pd.DataFrame, book: pd.DataFrame) -> pd.DataFrame:
    """Return lots with what the book holds for pupils, and what it has free; of an unfit lot nothing."""
    own = book.set_index("item").reindex(LOT + lots["lot_id"].astype("str"))
    known = own["free"].notna().to_numpy()
    fit = lots["allocable"].to_numpy(dtype=np.int64) > 0
    kept = own["taken"].fillna(0).to_numpy(dtype=np.int64)
    free = own["free"].fillna(0).to_numpy(dtype=np.int64)
    free = np.where(known, np.maximum(free, 0) * fit, lots["allocable"].to_numpy(dtype=np.int64))
    return lots.assign(kept=kept, free=free, allocable=free + kept * fit)


def list_bought(cash_vnd: int, *, kind: DeviceKind, devices: Devices) -> pd.DataFrame:
    """Return the devices that a sum of money buys, as a lot without restriction; no row where it buys none.

    Parameters
    ----------
    cash_vnd : the sum [VND].
    kind : what is bought.
    devices : unit prices.
    """
    count = int(cash_vnd) // int(devices.number(f"{kind}_vnd"))
    row = {
        "lot_id": BOUGHT,
        "received": count,
        "adequacy": "adequate",
        "allocable": count,
        "kind": str(kind),
        "modem": kind in {DeviceKind.TABLET, DeviceKind.SMARTPHONE},
        "levels": "|".join(("TH", "THCS", "THPT")),
    }
    return pd.DataFrame([row] if count > 0 else [], columns=list(row))


def admit_levels(types: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return which levels each type is fit for, and which its earmark admits [level, type] each.

    The last row is of pupils whose level is not stated: only what is for everybody is for them. Continuing
    education can use what upper secondary can.

    Parameters
    ----------
    types : levels, only_levels.
    """
    fit = np.zeros((len(LEVELS) + 1, len(types)), dtype=bool)
    only = np.ones(fit.shape, dtype=bool)
    for n, (able, told) in enumerate(zip(types["levels"], types["only_levels"], strict=True)):
        words = _split(able) or set()
        words |= {str(Level.GDTX)} if str(Level.THPT) in words else set()
        fit[:-1, n] = [str(v) in words for v in LEVELS]
        named = _split(told)
        if named is not None:
            only[:, n] = [*(str(v) in named for v in LEVELS), False]
    fit[-1] = fit[:3].all(axis=0)
    return fit, only


@dataclass(frozen=True, eq=False)
class Belonging:
    """Hold whom earmarks by place admit.

    Parameters
    ----------
    home, school : number of each pupil's commune and school, the same where the same types admit them [n].
    by_home, by_school : types that each number is admitted to [number, type].
    """

    home: np.ndarray
    school: np.ndarray
    by_home: np.ndarray
    by_school: np.ndarray


def admit_places(students: pd.DataFrame, types: pd.DataFrame, communes: pd.DataFrame) -> Belonging:
    """Return which of the types' districts, communes and schools each pupil belongs to.

    Parameters
    ----------
    students : commune_code, edition, school_id.
    types : only_district, only_communes, only_schools.
    communes : commune_code, edition, district_code.
    """
    home, homes = _admit_homes(students, types, communes)
    school, schools = code_values(students["school_id"])
    admitted = _admit_words(pd.Series([*schools, ""]), types["only_schools"])
    by_home, home_rows = _merge_rows(homes)
    by_school, school_rows = _merge_rows(admitted)
    return Belonging(by_home[home], by_school[school], home_rows, school_rows)


def _admit_homes(
    students: pd.DataFrame, types: pd.DataFrame, communes: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Return each pupil's commune as a number, and the types that admit each; the first is no commune."""
    code, codes = code_values(students["commune_code"])
    edition, editions = code_values(students["edition"])
    dates = len(editions) + 1
    pair = np.append(np.where(code < 0, 0, code * dates + edition % dates + 1), 0)
    number, first = renumber(pair)
    pairs = pair[first][1:] - 1
    named = pd.Series(["", *(codes[n] for n in pairs // dates)])
    dated = ["", *([*editions, ""][n] for n in pairs % dates)]
    known = communes.dropna(subset=["district_code"])
    where = zip(known["commune_code"], known["edition"], strict=True)
    district = dict(zip(where, known["district_code"], strict=True))
    lies = pd.Series([district.get(each, "") for each in zip(named, dated, strict=True)])
    near = _admit_words(named, types["only_communes"])
    return number[:-1], near & _admit_words(lies, types["only_district"])


def _admit_words(words: pd.Series, told: pd.Series) -> np.ndarray:
    """Return which words each type's earmark admits; one without earmark admits all [words, types]."""
    admitted = np.ones((len(words), len(told)), dtype=bool)
    for n, cell in enumerate(told):
        named = _split(cell)
        if named is not None:
            admitted[:, n] = words.isin(named)
    return admitted


def _split(told: object) -> set[str] | None:
    """Return the words of a cell, None where it is empty."""
    return None if pd.isna(told) or not str(told) else set(str(told).split("|"))


def _merge_rows(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each row among the distinct ones, and these."""
    keys = [row.tobytes() for row in np.packbits(rows, axis=1)]
    number, found = pd.factorize(np.array(keys, dtype=object))
    first = np.full(len(found), -1)
    first[number[::-1]] = np.arange(len(rows))[::-1]
    return number.astype(np.int64), rows[first]


def count_kept(awards: pd.DataFrame, states: list[str]) -> pd.Series:
    """Return how many devices of each lot awards in some states hold, by lot_id.

    Parameters
    ----------
    awards : lot_id, state.
    states : that hold a device.
    """
    held = awards.loc[code_words(awards["state"], states) >= 0, "lot_id"]
    return held.value_counts()


def read_hotspots(packages: pd.DataFrame) -> np.ndarray:
    """Return which packages come with a mobile hotspot [packages].

    Parameters
    ----------
    packages : the table `accepted_packages`.
    """
    if "hotspot" not in packages:
        return np.zeros(len(packages), dtype=bool)
    return read_flags(packages["hotspot"], empty=False)
