"""The ground of a province, followed through the editions: which units lie on which piece of it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from phusong.places.registers import Register

#: Province of a unit, by edition and code.
Parents = dict[tuple[str, str], str]


class Atom(NamedTuple):
    """Hold the smallest piece of ground of the register: a unit of the first edition that lists it."""

    edition: str
    code: str
    district: str
    province: str


class ProvinceGround:
    """Hold the ground of one province, cut into the units of the first edition that lists each piece.

    Parameters
    ----------
    register : of all units.
    province, edition : code, and the edition in which it is read, since codes outlive mergers.
    """

    def __init__(self, register: Register, province: str, edition: str) -> None:
        self.register = register
        row = register.describe(province, edition)
        self.code = province
        #: First edition in which the province is what it is.
        self.begin = next(day for day in register.days if day >= str(row["valid_from"]))
        listed = register.units(self.begin)
        self._own = frozenset(listed.loc[listed["province_code"] == row["code"], "code"])
        self.atoms = self._list_atoms()
        self._traces: dict[str, dict[str, frozenset[str]]] = {}

    def _list_atoms(self) -> dict[str, Atom]:
        """Return the pieces by code; what an earlier edition lists already is not cut again."""
        atoms: dict[str, Atom] = {}
        for day in (d for d in self.register.days if d <= self.begin):
            known = {to for codes in self._follow(atoms, day).values() for to in codes}
            above = _list_parents(self.register, day)
            for code in sorted(self._list_own(day) - known):
                district, province = above.get(code, (code, ""))
                atoms.setdefault(code, Atom(day, code, district, province))
        return atoms

    def _list_own(self, day: str) -> set[str]:
        """Return the codes of an edition that lie on the ground: communes, and districts without any."""
        if day == self.begin:
            return set(self._own)
        trace = self.register.lineage(day, self.begin)
        return set(trace.loc[trace["to_code"].isin(self._own), "from_code"])

    def _follow(self, atoms: dict[str, Atom], edition: str) -> dict[str, set[str]]:
        """Return by atom the codes of an edition that lie on it."""
        found: dict[str, set[str]] = {}
        for day in sorted({atom.edition for atom in atoms.values() if atom.edition <= edition}):
            trace = self.register.lineage(day, edition)
            codes = {code for code, atom in atoms.items() if atom.edition == day}
            kept = trace[trace["from_code"].isin(codes)]
            for origin, code in zip(kept["from_code"], kept["to_code"], strict=True):
                found.setdefault(origin, set()).add(code)
        return found

    def trace(self, edition: str) -> dict[str, frozenset[str]]:
        """Return by unit of an edition the pieces of ground that it is made of."""
        if edition not in self._traces:
            groups: dict[str, set[str]] = {}
            for atom, codes in self._follow(self.atoms, edition).items():
                for code in codes:
                    groups.setdefault(code, set()).add(atom)
            self._traces[edition] = {code: frozenset(group) for code, group in groups.items()}
        return self._traces[edition]

    def list_editions(self) -> list[str]:
        """Return the editions in which the ground is listed anew."""
        days = [d for d in self.register.days if any(a.edition <= d for a in self.atoms.values())]
        return [day for day in days if self._begins(day)]

    def _begins(self, day: str) -> bool:
        """Return whether the row of some unit on the ground begins to hold on a day."""
        units = self.register.units(day)
        begun = units.loc[units["valid_from"] == day, "code"]
        return not self.trace(day).keys().isdisjoint(begun)

    def list_holders(self, edition: str) -> set[str]:
        """Return the codes of the provinces that hold the ground in an edition."""
        units = self.register.units(edition)
        return set(units.loc[units["code"].isin(self.trace(edition).keys()), "province_code"])


def _list_parents(register: Register, edition: str) -> dict[str, tuple[str, str]]:
    """Return district (empty where there is none) and province of every unit, districts among them."""
    units = register.units(edition)
    rows = zip(
        units["code"], units["district_code"].fillna(""), units["province_code"], strict=True
    )
    districts = register.districts(edition)
    above = {c: (c, p) for c, p in zip(districts["code"], districts["parent_code"], strict=True)}
    return above | {str(code): (str(district), str(province)) for code, district, province in rows}


def find_province(register: Register, places: pd.DataFrame) -> str:
    """Return the province whose ground the communes of places lie on: the smallest of those that hold all.

    So communes of July 2025 are those of a former province, unless others of the merged one are there too.

    Parameters
    ----------
    register : of all units.
    places : commune_code, edition.

    Returns
    -------
    code; empty where the register knows none of the communes.
    """
    found: list[tuple[float, int, str]] = []
    for edition in sorted(set(places["edition"])):
        codes = set(places.loc[places["edition"] == edition, "commune_code"])
        units = register.units(edition)
        holders = set(units.loc[units["code"].isin(codes), "province_code"])
        for holder in holders:
            for code in set(register.relatives(holder, edition)["code"]):
                ground = ProvinceGround(register, code, edition).trace(edition)
                missing = len(codes - ground.keys())
                found.append((missing, len(ground), code))
    return min(found)[2] if found else ""
