"""The editions of the administrative map: days on which a list of units came into force, read from data.

An edition is its ISO day, so editions compare as days do. With a province it knows how many units it lists
there, which its label says. The units themselves are the register's (`places.registers`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from phusong.vocabulary.packaged import read_packaged_text, read_packaged_toml

#: Kinds of commune and of district in the order of a label: value, then English.
COMMUNE_KINDS = {
    "xã": "communes",
    "phường": "wards",
    "thị trấn": "townships",
    "đặc khu": "special zones",
}
DISTRICT_KINDS = {
    "thành phố": "cities",
    "quận": "urban districts",
    "thị xã": "towns",
    "huyện": "districts",
}


#: Code of ground that belongs to no province of a register.
NO_PROVINCE = "none"
#: How the day of an edition is written.
EDITION_DAY = r"\d{4}-\d{2}-\d{2}"


@cache
def read_register_settings() -> dict[str, Any]:
    """Return which files make the packaged register, and which province it is opened for."""
    return read_packaged_toml("places", "register", "register.toml")


def default_province() -> str:
    """Return the code of the province whose register serves where nobody names one."""
    return str(read_register_settings()["default_province"])


def default_edition(province: str = "") -> str:
    """Return the edition of the codes in a file where nobody states one: the newest of its province.

    Parameters
    ----------
    province : code; empty, or the default one: the edition set for it; of one that is not on record, or
        `NO_PROVINCE`, the newest of the country.
    """
    if province in ("", default_province()):
        return str(read_register_settings()["default_edition"])
    return max(
        (day for day, code in read_edition_rows() if code == province),
        default=Edition.list_values()[-1],
    )


@cache
def read_edition_rows() -> dict[tuple[str, str], dict[str, str]]:
    """Return, by edition and province, what is listed there: counts by kind, the holder, an own label."""
    text = read_packaged_text("places", "register", "editions.csv")
    return {(row["edition"], row["province"]): row for row in csv.DictReader(io.StringIO(text))}


class _Listed(type):
    """Make the class of editions iterable: those of the province that serves by default."""

    def __iter__(cls) -> Iterator[Any]:
        return iter(Edition.list_of(default_province()))


class Edition(str, metaclass=_Listed):
    """Be an edition of the administrative map: its ISO day, and the province that it is told of.

    Parameters
    ----------
    value : ISO day.
    province : code; empty where the edition is told of no province, so that its label counts nothing.
    listed : what that province lists then, as a row of `read_edition_rows`; None: what the packaged register
        has of it.
    """

    province: str
    listed: Mapping[str, str] | None

    def __new__(
        cls, value: str, province: str = "", listed: Mapping[str, str] | None = None
    ) -> Self:
        """Make an edition that equals its day."""
        edition = str.__new__(cls, value)
        edition.province, edition.listed = province, listed
        return edition

    @property
    def value(self) -> str:
        """Return the day as plain text."""
        return str(self)

    @classmethod
    def of(cls, value: str, province: str = "") -> Self:
        """Return the edition that a day is; whether a register has it, only that register knows.

        Raises
        ------
        ValueError
            If it is no day.
        """
        try:
            if not re.fullmatch(EDITION_DAY, str(value)):
                raise ValueError
            date.fromisoformat(str(value))
        except ValueError:
            raise ValueError(f"“{value}” is no day of an edition: write it as 2025-07-01") from None
        known = getattr(value, "province", "")
        listed = getattr(value, "listed", None) if province in ("", known) else None
        return cls(str(value), province or known, listed)

    @classmethod
    def list_values(cls) -> list[str]:
        """Return the days of all editions, of any province, in order."""
        return sorted({day for day, _ in read_edition_rows()})

    @classmethod
    def list_terms(cls) -> list[Self]:
        """Return all editions, told of no province, in order."""
        return [cls(day) for day in cls.list_values()]

    @classmethod
    def list_of(cls, province: str) -> list[Self]:
        """Return the editions in which a province is listed anew, in order; none of an unknown province."""
        return [cls(day, code) for day, code in read_edition_rows() if code == province]

    @property
    def has_districts(self) -> bool:
        """Return whether the map has a level of districts between province and commune."""
        rows = [row for (day, _), row in read_edition_rows().items() if day == self]
        described = [self.listed] if self.listed is not None else rows
        return any(
            row.get(kind, "") not in ("", "0") for row in described for kind in DISTRICT_KINDS
        )

    @property
    def vi(self) -> str:
        """Return the label in Vietnamese."""
        return self._write_label("vi")

    @property
    def en(self) -> str:
        """Return the label in English."""
        return self._write_label("en")

    def _write_label(self, language: str) -> str:
        """Return the label: the day, and the units of its province, or of the only one that it lists."""
        rows = [row for (day, _), row in read_edition_rows().items() if day == self]
        own = [row for row in rows if row["province"] == self.province]
        packaged = own or (rows if not self.province and len(rows) == 1 else []) or [{}]
        row = packaged[0] if self.listed is None else self.listed
        if row.get(language):
            return row[language]
        day = date.fromisoformat(self)
        parts = [
            _count_kinds(row, DISTRICT_KINDS, language),
            _count_kinds(row, COMMUNE_KINDS, language),
        ]
        counted = "; ".join(part for part in parts if part)
        holder = row.get(f"holder_{language}", "")
        if holder:
            counted += f" thuộc {holder}" if language == "vi" else f" of {holder}"
        head = f"Danh mục {day.day}/{day.month}/{day.year}"
        if language != "vi":
            head = f"{day.day} {day:%B %Y} list"
        return f"{head} ({counted})" if counted else head

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a model take an edition from its day, and write it as that."""
        return core_schema.no_info_after_validator_function(
            cls.of, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
        )


def label_editions(editions: Iterable[Edition]) -> dict[str, dict[str, str]]:
    """Return the labels of editions by their days, in Vietnamese and English, as a summary holds them.

    Parameters
    ----------
    editions : in which a province is told, each with its province.
    """
    return {str(edition): {"vi": edition.vi, "en": edition.en} for edition in editions}


def _count_kinds(row: Mapping[str, str], kinds: dict[str, str], language: str) -> str:
    """Return a number and the kinds of unit that it counts."""
    found = {kind: int(row[kind]) for kind in kinds if row.get(kind)}
    names = [kind if language == "vi" else kinds[kind] for kind, n in found.items() if n]
    total = f"{sum(found.values()):,}".replace(",", "." if language == "vi" else ",")
    if language == "en" and len(names) > 1:
        return f"{total} {', '.join(names[:-1])} and {names[-1]}"
    return f"{total} {', '.join(names)}" if names else ""
