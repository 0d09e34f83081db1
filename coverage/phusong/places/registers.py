"""The register of administrative units: provinces, districts, communes, and what became of them.

Codes are used again, so the identity of a place is (code, edition); an edition is named by the day from
which its list holds. The ground of a province that was abolished lives on as the successors of its units.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, TypeVar

import pandas as pd

from phusong.vocabulary.editions import read_register_settings
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import read_packaged_text

UNIT_COLUMNS = [
    "code",
    "name",
    "kind",
    "parent_code",
    "valid_from",
    "valid_to",
    "legal_basis",
    "area_km2",
    "area_source",
    "population",
    "population_year",
    "lon",
    "lat",
]
NUMBERS = dict.fromkeys(("area_km2", "lon", "lat", "west", "south", "east", "north"), float)
COUNTS = dict.fromkeys(("population", "population_year", "crs"), "Int64")
UNCHANGED = "không đổi"
#: Stands for a commune where an older one went to several and nothing says to which a row belongs.
UNASSIGNED = "unassigned"
UNASSIGNED_NAME = "chưa phân được về xã, phường mới"
_OPEN_END = "9999"

Kept = TypeVar("Kept")


@dataclass(frozen=True, eq=False)
class Register:
    """Hold the administrative units of every edition, as rows with the days between which they hold.

    Parameters
    ----------
    unit_rows : communes, wards, townships and special zones: `UNIT_COLUMNS`.
    district_rows : code, name, kind, parent_code, valid_from, valid_to, …
    province_rows : code, name, kind, valid_from, valid_to, west, south, east, north [°], crs (EPSG code of
        the metric system that the law gives it, or empty).
    lineage_rows : from_code, to_edition, to_code, basis.
    first_day : an edition also where no unit begins on it; empty: there is none such.
    read_in : edition in which codes of provinces are read, see `read_as_of`; empty: in each list's own.
    """

    unit_rows: pd.DataFrame
    district_rows: pd.DataFrame
    province_rows: pd.DataFrame
    lineage_rows: pd.DataFrame
    first_day: str = ""
    read_in: str = ""
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def days(self) -> list[str]:
        """Return every edition, in order."""
        return self._keep(
            ("days",), lambda: sorted({*self.unit_rows["valid_from"], self.first_day} - {""})
        )

    def holds(self, province: str) -> bool:
        """Return whether the register holds a province of this code, at any time."""
        return bool((self.province_rows["code"] == province).any())

    def list_codes_before(self, day: str) -> set[str]:
        """Return the codes of the units that are in force on the eve of a day."""
        rows = self.unit_rows
        there = (rows["valid_from"] < day) & (rows["valid_to"].fillna(_OPEN_END) >= day)
        return set(rows.loc[there, "code"])

    def check_edition(self, edition: str) -> str:
        """Return the edition as plain text.

        Raises
        ------
        ParameterFault
            If the register holds no such edition.
        """
        if str(edition) not in self.days:
            raise ParameterFault(f"no edition “{edition}”; there are: {', '.join(self.days)}")
        return str(edition)

    def provinces(self, edition: str) -> pd.DataFrame:
        """Return the provinces of an edition, sorted by code; columns as in `province_rows`."""
        return select_in_force(self.province_rows, self.check_edition(edition))

    def districts(self, edition: str, province: str | None = None) -> pd.DataFrame:
        """Return the districts of an edition, of one province or of all; none from July 2025 on."""
        rows = select_in_force(self.district_rows, self.check_edition(edition))
        if province is not None and self._read_since(edition, province):
            rows = rows[rows["code"].isin(self.units(edition, province)["district_code"])]
        elif province is not None:
            rows = rows[rows["parent_code"] == self.describe(province)["code"]]
        return rows.reset_index(drop=True)

    def units(
        self, edition: str, province: str | None = None, *, since: str | None = None
    ) -> pd.DataFrame:
        """Return the communes, wards, townships and special zones of an edition, sorted by code.

        Parameters
        ----------
        edition : of the list.
        province : code; None: the whole country.
        since : edition in which the province's code is read; None: as `read_as_of` says, else this edition
            where it knows the code, else the last one before that does. Of Phú Thọ (25) in July 2025 that is
            all 148; of its ground of June 2025 (`since`) the successors of that alone.

        Returns
        -------
        `UNIT_COLUMNS`, district_code, district, province_code; lon, lat [°] are rough (0.01°).

        Raises
        ------
        ParameterFault
            If the register holds no such edition or province, or nothing of the province in that edition.
        """
        edition = self.check_edition(edition)
        if province is None:
            return self._keep(("units", edition), lambda: self._list_units(edition)).copy(
                deep=False
            )
        since = since or self._read_since(edition, province)
        key = ("units", edition, province, since)
        return self._keep(key, lambda: self._list_ground(edition, province, since)).copy(deep=False)

    def read_as_of(self, edition: str) -> Register:
        """Return this register with the codes of provinces read in an edition, whatever list is asked for.

        So the Phú Thọ (25) of July 2025 knows in the list of June 2025 the communes of all that became it.
        For the same edition it is the same object.

        Parameters
        ----------
        edition : in which the province is; empty: each list's own.
        """
        if edition == self.read_in:
            return self
        return self._keep(("read in", edition), lambda: replace(self, read_in=edition))

    def _read_since(self, edition: str, province: str) -> str | None:
        """Return the later edition in which a province's code is read; None: the list's own, or before it."""
        later = edition < self.read_in and (self.provinces(self.read_in)["code"] == province).any()
        return self.read_in if later else None

    def _list_units(self, edition: str) -> pd.DataFrame:
        """Return the units of the whole country in an edition."""
        units = select_in_force(self.unit_rows, edition)
        districts = self.districts(edition).set_index("code")
        inside = units["parent_code"].isin(districts.index)
        above = districts.reindex(units["parent_code"])
        full = pd.Series(name_fully(above).to_numpy(), index=units.index)
        holder = pd.Series(above["parent_code"].to_numpy(), index=units.index)
        listed = units.assign(
            district_code=units["parent_code"].where(inside),
            district=full.where(inside),
            province_code=holder.where(inside, units["parent_code"]),
        )
        return listed.sort_values("code").reset_index(drop=True)

    def _list_ground(self, edition: str, province: str, since: str | None) -> pd.DataFrame:
        """Return the units of a province's ground in an edition."""
        base = self.check_edition(since) if since else self._last_known(province, edition)
        units = self.units(base)
        units = units[units["province_code"] == province]
        if not len(units):
            raise ParameterFault(f"the register lists no unit of province {province} on {base}")
        if base == edition:
            return units.reset_index(drop=True)
        trace = self.lineage(base, edition)
        own = {*units["code"], *self.districts(base, province)["code"]}
        codes = trace.loc[trace["from_code"].isin(own), "to_code"]
        described = self.units(edition)
        return described[described["code"].isin(set(codes))].reset_index(drop=True)

    def _last_known(self, province: str, edition: str) -> str:
        """Return the edition in which a province's code is read."""
        for day in reversed([d for d in self.days if d <= edition]):
            if (self.provinces(day)["code"] == province).any():
                return day
        raise self._name_absence(province, edition)

    def _name_absence(self, province: str, edition: str) -> ParameterFault:
        """Return what is to be said of a province that an edition does not hold."""
        known = sorted(set(self.province_rows["code"]))
        if province not in known:
            cure = "give a code of the register, or a list of your own: [province] register = FILE"
            return ParameterFault(
                f"the register holds no province {province}; there are: {', '.join(known)} → {cure}"
            )
        held = ", ".join(self.editions(province))
        return ParameterFault(
            f"the register holds nothing of province {province} in the edition {edition}; "
            f"state one of its editions: {held}"
        )

    def editions(self, province: str) -> list[str]:
        """Return the editions in which a province's ground is listed anew, in order.

        Raises
        ------
        ParameterFault
            If the register holds no such province.
        """
        key = ("editions", province, self.read_in)
        return list(self._keep(key, lambda: self._list_editions(province)))

    def _list_editions(self, province: str) -> list[str]:
        """Return the days on which something of a province's list begins to hold."""
        rows = self.province_rows[self.province_rows["code"] == province]
        if not len(rows):
            raise self._name_absence(province, "")
        first = "" if self.read_in else rows["valid_from"].min()
        return [d for d in self.days if d >= first and self._begins(d, province)]

    def _begins(self, day: str, province: str) -> bool:
        """Return whether something of a province's list begins to hold on a day."""
        try:
            return bool((self.units(day, province)["valid_from"] == day).any())
        except ParameterFault:  # it has no units, or none yet
            return False

    def edition_on(self, day: str, province: str) -> str:
        """Return the edition of a province in force on a day; its first one for any day before it."""
        held = self.editions(province)
        begun = [edition for edition in held if edition <= day]
        return begun[-1] if begun else held[0]

    def holder(self, province: str, edition: str) -> pd.Series:
        """Return the province that holds the ground of a code in an edition; itself where it lives on."""
        codes = set(self.units(edition, province)["province_code"])
        provinces = self.provinces(edition)
        return provinces[provinces["code"].isin(codes)].iloc[0]

    def describe(self, province: str, edition: str | None = None) -> pd.Series:
        """Return a province's row: name, kind, box, metric system.

        Parameters
        ----------
        province : code.
        edition : in which the code is read, before its time as at its first; None, or after its time: as at
            its last.

        Raises
        ------
        ParameterFault
            If the register holds no such province.
        """
        rows = self.province_rows[self.province_rows["code"] == province]
        if not len(rows):
            raise self._name_absence(province, edition or "")
        if edition is None:
            return rows.iloc[-1]
        lasting = rows["valid_to"].fillna(_OPEN_END) > self.check_edition(edition)
        return rows[lasting].iloc[0] if lasting.any() else rows.iloc[-1]

    def relatives(self, province: str, edition: str | None = None) -> pd.DataFrame:
        """Return the provinces of every time whose ground lies in one province today with a province's.

        Parameters
        ----------
        province, edition : see `describe`.
        """
        own = self._home_today(self.describe(province, edition))
        rows = self.province_rows
        return rows[[self._home_today(row) == own for _, row in rows.iterrows()]]

    def _home_today(self, row: pd.Series) -> str:
        """Return the code of the province that holds a province's ground today."""
        since = str(row["valid_from"])
        return self._keep(("homes", since), lambda: self._find_parents(since))[str(row["code"])]

    def _find_parents(self, since: str) -> dict[str, str]:
        """Return by the code of a province of an edition the code of the one that holds its ground today."""
        today = self.days[-1]
        trace, now = self.lineage(since, today), self.units(today)
        home = dict(zip(now["code"], now["province_code"], strict=True))
        moved = dict(zip(trace["from_code"], trace["to_code"], strict=True))
        then = self.units(since)
        return {
            str(province): home[moved[code]]
            for code, province in zip(then["code"], then["province_code"], strict=True)
        }

    def lineage(self, source: str, target: str, province: str | None = None) -> pd.DataFrame:
        """Return what became of every unit between two editions.

        Parameters
        ----------
        source, target : editions, in either order.
        province : whose ground in the older edition; None: of the whole country.

        Returns
        -------
        from_code, to_code, share (of the older unit in the newer one: 1 where it went there whole, empty
        where it went to several, since no list says how much to which), basis.
        """
        first, last = sorted((self.check_edition(source), self.check_edition(target)))
        trace = self._keep(("lineage", first, last), lambda: self._trace(first, last))
        if province is not None:
            districts = self.districts(first, province)["code"]
            own = {*self.units(first, province)["code"].tolist(), *districts.tolist()}
            trace = trace[trace["from_code"].isin(own)].reset_index(drop=True)
        if first != str(source):
            swapped = trace.rename(columns={"from_code": "to_code", "to_code": "from_code"})
            return swapped[list(trace.columns)]
        return trace.copy(deep=False)

    def _trace(self, first: str, last: str) -> pd.DataFrame:
        """Return what became of every unit in a later edition; districts without communes are units here."""
        units = select_in_force(self.unit_rows, first)
        districts = set(self.districts(first)["code"].tolist()) - set(units["parent_code"].tolist())
        found = [(code, code, UNCHANGED) for code in sorted({*units["code"].tolist(), *districts})]
        for day in [d for d in self.days if first < d <= last]:
            step = self._keep(("step", day), partial(self._list_step, day))
            if step:
                found = [
                    (origin, to, old if why == UNCHANGED else why)
                    for origin, code, old in found
                    for to, why in step.get(code, [(code, UNCHANGED)])
                ]
        trace = pd.DataFrame(found, columns=["from_code", "to_code", "basis"])
        trace = trace.drop_duplicates(["from_code", "to_code"], ignore_index=True).astype("str")
        share = pd.Series(1.0, index=trace.index).mask(trace["from_code"].duplicated(keep=False))
        return trace.assign(share=share)[["from_code", "to_code", "share", "basis"]]

    def _list_step(self, day: str) -> dict[str, list[tuple[str, str]]]:
        """Return by code what each unit became on a day, with the basis."""
        rows = self.lineage_rows[self.lineage_rows["to_edition"] == day]
        step: dict[str, list[tuple[str, str]]] = {}
        columns = (rows[c].tolist() for c in ("from_code", "to_code", "basis"))
        for code, to, why in zip(*columns, strict=True):
            step.setdefault(code, []).append((to, why))
        return step

    def convert(
        self, codes: pd.Series, *, source: str, target: str, unassigned: str | None = None
    ) -> pd.Series:
        """Return commune codes of one edition as codes of another, on the same index.

        Parameters
        ----------
        codes : of the source edition; empty stays empty.
        source, target : editions, in either order.
        unassigned : stands for a unit that went to several; None: such a unit is refused.

        Raises
        ------
        ParameterFault
            If a code is not in the source edition, or has several counterparts and `unassigned` is None.
        """
        trace = self.lineage(source, target)
        given = set(codes.dropna()) - {UNASSIGNED}
        unknown = sorted(given - set(trace["from_code"]))
        if unknown:
            raise ParameterFault(
                f"not in the list of {source}: commune codes {', '.join(unknown[:5])}"
            )
        several = trace["from_code"].duplicated(keep=False)
        split = sorted(given & set(trace.loc[several, "from_code"]))
        if split and unassigned is None:
            way = "was made of" if source > target else "went to"
            raise ParameterFault(
                f"{split[0]} of {source} {way} several communes of {target}: convert hamlet by hamlet"
            )
        sure = trace[~several].set_index("from_code")["to_code"].to_dict()
        return codes.map(sure | dict.fromkeys(split, unassigned) | {UNASSIGNED: UNASSIGNED})

    def _keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return a value that is worked out once for this register."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: Kept = self._kept[key]
        return kept


def select_in_force(table: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Return the rows that hold in an edition; dates are ISO, so they compare as text.

    Parameters
    ----------
    table : with valid_from and valid_to, the first day on which a row holds no more.
    edition : day.
    """
    ended = table["valid_to"].fillna(_OPEN_END) <= edition
    return table[(table["valid_from"] <= edition) & ~ended].reset_index(drop=True)


def name_fully(units: pd.DataFrame) -> pd.Series:
    """Return kind and name of units; the name alone where the kind is none.

    Parameters
    ----------
    units : with `kind` and `name`.
    """
    return (units["kind"] + " " + units["name"]).str.strip()


@cache
def read_register() -> Register:
    """Return the packaged register of the country."""
    settings = read_register_settings()
    units = pd.concat([_read_part(part, UNIT_COLUMNS) for part in settings["units"]])
    steps = ["from_code", "to_edition", "to_code", "basis"]
    lineage = pd.concat([_read_part(part, steps) for part in settings["lineage"]])
    return Register(
        units.reset_index(drop=True),
        _read_rows("districts"),
        _read_rows("provinces"),
        lineage.reset_index(drop=True),
    )


def _read_part(part: dict[str, str], columns: list[str]) -> pd.DataFrame:
    """Return one file of the register with what holds for all its rows filled in."""
    rows = _read_rows(part["file"])
    stated = {c: part[c] for c in columns if c in part}
    for column, value in stated.items():
        rows[column] = rows[column].fillna(value) if column in rows else value
    typed = {c: NUMBERS.get(c) or COUNTS.get(c) or "str" for c in columns if c not in rows}
    return rows.reindex(columns=columns).astype(typed)


def _read_rows(name: str) -> pd.DataFrame:
    """Return one file of the register, codes as text."""
    text = read_packaged_text("places", "register", f"{name}.csv")
    columns = text[: text.index("\n")].split(",")
    types: dict[str, Any] = {c: (NUMBERS | COUNTS).get(c, "str") for c in columns}
    return pd.read_csv(
        io.StringIO(text), dtype=types, keep_default_na=False, na_values={c: [""] for c in types}
    )
