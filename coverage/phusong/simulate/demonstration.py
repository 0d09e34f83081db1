"""Of what a demonstration is: a province in an edition on a day, its offices, and how its codes are made.

Everything about a place or a time that the made-up world needs comes from here, and this from data: the
register of units, the files of offices and the files of demonstrations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pandas as pd

from phusong.places.editions import province_box
from phusong.places.registers import Register, read_register
from phusong.places.systems import metric_crs
from phusong.simulate.demonstration_file import (
    DemonstrationFile,
    FarPlace,
    Land,
    list_demonstration_files,
)
from phusong.vietnamese.keys import search_key
from phusong.vocabulary.editions import default_province
from phusong.vocabulary.offices import OfficeSet, OfficeWord, list_packaged_offices
from phusong.vocabulary.terms import Operator

#: Behind the name of every made-up office.
MADE_UP = "(MÔ PHỎNG)"
#: The land where no file says anything of it: as the recipe has it.
OWN_LAND = Land(provinces=(), form="mixed", towards="north_east")


@dataclass(frozen=True, eq=False)
class Demonstration:
    """Hold of what a demonstration is.

    Parameters
    ----------
    code, name, kind : of the province.
    edition : of its map.
    day : of the data: the first day of the call for gifts.
    offices : of the day.
    stated : what the province's own file says; the country's where it has none.
    country : the country's file.
    """

    code: str
    name: str
    kind: str
    edition: str
    day: date
    offices: OfficeSet
    stated: DemonstrationFile
    country: DemonstrationFile

    @property
    def register(self) -> Register:
        """Return the register in which its units stand."""
        return read_register()

    @property
    def has_own_file(self) -> bool:
        """Return whether a file of demonstrations is for this province."""
        return self.code in self.stated.provinces

    @property
    def crs(self) -> int:
        """Return the EPSG code of the province's metric system."""
        return metric_crs(self.code, self.edition)

    @property
    def has_districts(self) -> bool:
        """Return whether the map has districts between province and commune."""
        return len(self.register.districts(self.edition, self.code)) > 0

    @property
    def file_name(self) -> str:
        """Return the name as it stands in the names of files."""
        return "_".join(search_key(self.name).replace("-", " ").split())

    @property
    def province_file(self) -> str:
        """Return the name of the province file."""
        return f"mo_phong_{self.file_name}.toml"

    @property
    def initials(self) -> str:
        """Return the first letters of the name, without marks."""
        return "".join(word[0] for word in self.file_name.split("_")).upper()

    @property
    def site_prefix(self) -> str:
        """Return what stands for the province in the codes of masts."""
        return self.stated.codes.site or f"{self.initials}C"

    @property
    def letter_mark(self) -> str:
        """Return what stands for the province behind the numbers of letters."""
        return self.stated.codes.letter or self.initials

    @property
    def campaign_number(self) -> str:
        """Return the number of the made-up campaign."""
        return self.stated.campaign.number or f"{self.initials}-MP"

    @property
    def campaign_basis(self) -> str:
        """Return the plan under which the made-up campaign is opened."""
        return self.stated.campaign.basis or self.country.campaign.basis

    @property
    def closes_on(self) -> date:
        """Return the last day of the campaign."""
        return self.day + timedelta(days=5)

    @property
    def pupils_day(self) -> date:
        """Return the day on which schools closed their lists."""
        return self.day - timedelta(days=1)

    def on(self, month: int, day: int, years: int = 0) -> date:
        """Return a day of the year of the demonstration, or of another so many years later."""
        return date(self.day.year + years, month, day)

    def stamp(self, month: int, day: int, years: int = 0) -> pd.Timestamp:
        """Return such a day as tables hold it."""
        return pd.Timestamp(self.on(month, day, years))

    def name_school_year(self, later: int = 0) -> str:
        """Return the school year that begins in the year of the demonstration, or so many years later."""
        year = self.day.year + later
        return f"{year}–{year + 1}"

    def head(self, office: str) -> str:
        """Return the name of an office as it stands over a made-up list: with its province, in capitals."""
        return f"{office} {self.offices.name_area()} {MADE_UP}".upper()

    def head_office(self, word: OfficeWord) -> str:
        """Return the head of a list of an office that the files of offices word."""
        return self.head(self.offices.format(word))

    def head_other(self, word: str) -> str:
        """Return the head of a list of an office that the files of demonstrations word."""
        entries = self.country.wording[word]
        return self.head(next(entry.vi for entry in entries if entry.holds_on(self.day)))

    def name_programme(self) -> str:
        """Return the name of the programme within a sentence."""
        name = self.offices.format(OfficeWord.PROGRAMME)
        return (name[:1].lower() + name[1:]).replace("“", "").replace("”", "")

    def name_operator(self, operator: str, otherwise: str = "") -> str:
        """Return the name under which an office lists an operator.

        Parameters
        ----------
        operator : its key.
        otherwise : where no file says; empty: its own name.
        """
        listed = self.stated.operators.get(operator)
        return listed.name if listed else otherwise or Operator.of(operator).vi

    def list_units(self) -> pd.DataFrame:
        """Return the units of the province, see `Register.units`."""
        return self.register.units(self.edition, self.code)

    def list_far(self) -> list[FarPlace]:
        """Return two places far outside the province."""
        box = province_box(self.code, self.edition)
        if box is None:
            return list(self.country.far[:2])
        west, south, east, north = box
        outside = [
            place
            for place in self.country.far
            if not (west - 0.5 < place.lon < east + 0.5 and south - 0.5 < place.lat < north + 0.5)
        ]
        return outside[:2]

    def find_land(self) -> Land:
        """Return which form the made-up land has; a province with its own file has the recipe's own."""
        if self.has_own_file:
            return OWN_LAND
        return next((land for land in self.country.land if self.code in land.provinces), OWN_LAND)

    def persons_of(self) -> dict[str, int]:
        """Return assumed persons of a commune by kind."""
        level = self.has_districts
        rows = [row for row in self.country.persons_of if row["districts"] == level]
        share = self.country.persons_share.get(self.find_land().form, 1.0)
        return {k: round(n * share) for row in rows for k, n in row.items() if k != "districts"}


@cache
def open_demonstration(code: str = "") -> Demonstration:
    """Return the demonstration of a province.

    Its own file says the edition and the day. Else the day is that of the country's file, in the edition in
    force on it; a province that is not on that map any more has the day before and its last own edition.

    Parameters
    ----------
    code : of the register; empty: the default province.

    Raises
    ------
    ParameterFault
        If the register holds no such province.
    """
    code, files, register = code or default_province(), list_demonstration_files(), read_register()
    register.describe(code)  # refuses what it does not hold
    country = next(file for file in files if not file.provinces)
    stated = next((file for file in files if code in file.provinces), country)
    day = stated.day
    edition = stated.edition or _last_edition(register, code, day)
    row = register.describe(code, edition)
    if not stated.edition and not _is_in_force(row, day):
        day = country.day_before or day
    offices = OfficeSet(
        day,
        list_packaged_offices(code),
        str(row["name"]),
        code,
        kind=str(row["kind"]),
        edition=edition,
    )
    return Demonstration(
        code, str(row["name"]), str(row["kind"]), edition, day, offices, stated, country
    )


def _is_in_force(row: pd.Series, day: date) -> bool:
    """Return whether a province's row holds on a day."""
    return pd.isna(row["valid_to"]) or str(row["valid_to"]) > day.isoformat()


def _last_edition(register: Register, code: str, day: date) -> str:
    """Return the edition of a province on a day, or its last one before its code was given up."""
    row = register.describe(code)
    if _is_in_force(row, day):
        return register.edition_on(day.isoformat(), code)
    eve = date.fromisoformat(str(row["valid_to"])) - timedelta(days=1)
    return register.edition_on(eve.isoformat(), code)
