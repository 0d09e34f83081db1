"""A register with the units that a province lists itself, or that a delivery names where there is none.

The packaged register stays as it is: what comes of it and an own list is another `Register`.
"""

from __future__ import annotations

import io
from functools import lru_cache

import pandas as pd

from phusong.places.registers import (
    UNASSIGNED,
    Register,
    read_register,
)
from phusong.vocabulary.editions import COMMUNE_KINDS, DISTRICT_KINDS, NO_PROVINCE
from phusong.vocabulary.terms import UnitKind

#: Columns of an own list as it is recorded: days are ISO, `valid_to` is the first day on which a unit is no
#: more, `made_of` are codes of the day before, separated by |.
OWN_COLUMNS = ("code", "name", "kind", "parent_code", "valid_from", "valid_to", "made_of")
PROVINCE_KIND = "tỉnh"
BASIS = "danh mục riêng của tỉnh"
OPEN_END = "9999-12-31"
#: How many own lists are held open at once.
MOST_OPEN = 8


def write_units(rows: pd.DataFrame) -> str:
    """Return an own list as text: the form in which a run records it and hands it on.

    Parameters
    ----------
    rows : `OWN_COLUMNS` as text, the province's own row first.
    """
    text: str = rows[list(OWN_COLUMNS)].to_csv(index=False, lineterminator="\n")
    return text


def read_units(units: str) -> pd.DataFrame:
    """Return the rows of an own list.

    Parameters
    ----------
    units : from `write_units`.

    Returns
    -------
    `OWN_COLUMNS` as text, empty where there is nothing.
    """
    return pd.read_csv(io.StringIO(units), dtype="str", keep_default_na=False)


@lru_cache(maxsize=MOST_OPEN)
def open_register(units: str = "") -> Register:
    """Return the packaged register, or another made of it and of a province's own list.

    Parameters
    ----------
    units : from `write_units`; empty: there is none.
    """
    return combine_register(read_register(), read_units(units)) if units else read_register()


def combine_register(base: Register, own: pd.DataFrame) -> Register:
    """Return a register in which the units of an own list stand before those that another has of them.

    From its first day on, a code of the own list is as that list says; what it does not name stays. A unit of
    the own list that was made of others is their successor; where one went to several, no share is known.

    Parameters
    ----------
    base : left as it is.
    own : checked rows of `OWN_COLUMNS`, the province's own row first.
    """
    province = str(own["code"].iloc[0])
    own = own.assign(valid_to=own["valid_to"].where(own["valid_to"] != "", None))
    above, units = own["kind"].isin(DISTRICT_KINDS), own["kind"].isin(COMMUNE_KINDS)
    first = own["code"] == province
    return Register(
        _supersede(base.unit_rows, own[units]),
        _supersede(base.district_rows, own[above & ~first]),
        base.province_rows if base.holds(province) else _add_province(base, own[first]),
        _join_lineage(base, own[units]),
    )


def _add_province(base: Register, row: pd.DataFrame) -> pd.DataFrame:
    """Return the provinces with one that the register lacks: neither its box nor its system is known."""
    new = row[["code", "name", "kind", "valid_from", "valid_to"]].head(1)
    return pd.concat([base.province_rows, new], ignore_index=True).astype(
        base.province_rows.dtypes.to_dict()
    )


def _supersede(table: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which those of an own list stand, from their first day on, before those of one code."""
    starts = own[own["valid_from"] != ""].groupby("code")["valid_from"].min()
    ends = own[own["valid_from"] == ""].groupby("code")["valid_to"].min()
    start, end = (
        pd.Series([days.get(code, OPEN_END) for code in table["code"]], table.index, dtype="str")
        for days in (starts.to_dict(), ends.to_dict())
    )
    replaced = table["valid_from"] >= start
    limit = start.where(start != OPEN_END, end)
    cut = (table["valid_from"] < limit) & (table["valid_to"].fillna(OPEN_END) > limit)
    old = table.assign(valid_to=table["valid_to"].mask(cut, limit))[~replaced]
    new = own[own["valid_from"] != ""].drop(columns="made_of")
    if "legal_basis" in table:
        new = new.assign(legal_basis=BASIS)
    new = new.reindex(columns=table.columns).astype(table.dtypes.to_dict())
    return pd.concat([old, new], ignore_index=True)


def _join_lineage(base: Register, units: pd.DataFrame) -> pd.DataFrame:
    """Return the steps of the register with those that an own list tells."""
    steps = [_list_steps(base, units, day) for day in sorted(set(units["valid_from"]) - {""})]
    changes = pd.concat(steps, ignore_index=True) if steps else base.lineage_rows.iloc[:0]
    pairs = [changes["to_edition"], changes["from_code"]]
    known = pd.MultiIndex.from_arrays(pairs)
    old = pd.MultiIndex.from_frame(base.lineage_rows[["to_edition", "from_code"]])
    return pd.concat([base.lineage_rows[~old.isin(known)], changes], ignore_index=True)


def _list_steps(base: Register, units: pd.DataFrame, day: str) -> pd.DataFrame:
    """Return what units of the day before became on a day, as far as an own list tells it."""
    begun = units[units["valid_from"] == day]
    ended = set(units.loc[units["valid_to"] == day, "code"]) - set(begun["code"])
    made = {
        code: [part for part in parts.split("|") if part]
        for code, parts in zip(begun["code"], begun["made_of"], strict=True)
    }
    parts = {part for of in made.values() for part in of}
    steps = [(part, code) for code, of in made.items() for part in of]
    # A part that goes on, under its own code, keeps some of its ground.
    known = {*base.list_codes_before(day), *units.loc[units["valid_from"] < day, "code"]}
    steps += [(part, part) for part in sorted((parts & known) - ended) if not made.get(part)]
    frame = pd.DataFrame(sorted(set(steps)), columns=["from_code", "to_code"])
    return frame.assign(to_edition=day, basis=BASIS)[
        ["from_code", "to_edition", "to_code", "basis"]
    ].astype("str")


def empty_register(day: str) -> Register:
    """Return a register without units, of which a day is the only edition."""
    full = read_register()
    return Register(
        full.unit_rows.iloc[:0],
        full.district_rows.iloc[:0],
        full.province_rows.iloc[:0],
        full.lineage_rows.iloc[:0],
        first_day=day,
    )


def make_given_register(
    edition: str, communes: pd.DataFrame | None = None, hamlets: pd.DataFrame | None = None
) -> Register:
    """Return the register of ground without one: the units that deliveries name, on the day of their edition.

    Parameters
    ----------
    edition : day for which the deliveries speak.
    communes : table `communes`; None: nothing is known of any unit but its code.
    hamlets : table `hamlets`, for codes of which there is no outline.
    """
    units, districts = _name_given(communes)
    codes = set() if hamlets is None else set(hamlets["commune_code"].dropna())
    bare = sorted(codes - set(units["code"]) - {UNASSIGNED})
    more = pd.DataFrame({"code": bare, "name": bare, "kind": "", "parent_code": NO_PROVINCE})
    rows = pd.concat([units, more], ignore_index=True)
    province = pd.DataFrame({"code": [NO_PROVINCE], "name": [""], "kind": [""]})
    blank = empty_register(edition)
    return Register(
        _fill(rows, blank.unit_rows, edition),
        _fill(districts, blank.district_rows, edition),
        _fill(province, blank.province_rows, edition),
        blank.lineage_rows,
        first_day=edition,
    )


def _name_given(communes: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the units and what is above them, as a delivery names both."""
    if communes is None or communes.empty:
        nothing = pd.DataFrame(columns=["code", "name", "kind", "parent_code"], dtype="str")
        return nothing, nothing
    above = communes["district_code"].fillna(NO_PROVINCE)
    units = communes[["name"]].assign(
        code=communes["commune_code"],
        kind=communes["kind"].mask(communes["kind"] == UnitKind.AREA, ""),
        parent_code=above,
    )
    held = communes[communes["district_code"].notna()].drop_duplicates("district_code")
    districts = pd.DataFrame(
        {
            "code": held["district_code"],
            "name": held["district"].fillna(held["district_code"]),
            "kind": "",
            "parent_code": NO_PROVINCE,
        }
    )
    return pd.DataFrame(units), districts


def _fill(rows: pd.DataFrame, like: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Return rows in the columns of a register, valid from an edition on."""
    whole = rows.assign(valid_from=edition).reindex(columns=like.columns)
    return whole.astype(like.dtypes.to_dict()).reset_index(drop=True)
