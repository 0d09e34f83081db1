"""Which edition of the administrative map a report speaks in, and for whom it is."""

from __future__ import annotations

import re
from datetime import date

from phusong.pipeline.province import Province
from phusong.places.editions import list_reported
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.reporting import Audience
from phusong.vocabulary.terms import Edition

#: How an edition of the map is asked for: its year, or its day where one year had two.
ASKED_MAP = re.compile(r"\d{4}(-\d{2}-\d{2})?")


def choose_editions(words: str) -> tuple[str, Audience]:
    """Return the edition of the map and for whom a document is, each as it is named or as it is without.

    Parameters
    ----------
    words : a year or day, one word of `Audience`, or one of each, by commas.

    Returns
    -------
    map : year or day as `find_map` takes it, empty where none is named; audience.

    Raises
    ------
    ParameterFault
        If a word is neither, or one kind is named twice.
    """
    whom = [str(a) for a in Audience]
    listed = [word.strip() for word in words.split(",") if word.strip()]
    for word in listed:
        if word not in whom and not ASKED_MAP.fullmatch(word):
            raise ParameterFault(
                f"--edition {word}: choose the year of a map, or one of {', '.join(whom)}"
            )
    maps = [word for word in listed if word not in whom]
    audiences = [word for word in listed if word in whom]
    if max(len(maps), len(audiences)) > 1:
        raise ParameterFault(f"--edition {words}: choose one map and one of {', '.join(whom)}")
    audience = audiences[0] if audiences else Audience.PUBLIC
    return maps[0] if maps else "", Audience.of(audience)


def list_maps(province: Province) -> dict[str, Edition]:
    """Return the editions in which a province is told, by the names of `name_map`.

    Parameters
    ----------
    province : the province file.
    """
    head, register = province.province, province.province.unit_register
    described = list_reported(head.edition, head.code, register)
    held = register.editions(head.code) if register.holds(head.code) else []
    return {name_map(edition, held): edition for edition in described}


def name_map(edition: Edition, held: list[str]) -> str:
    """Return the year of an edition; its day where a later one came for the province in that year.

    Parameters
    ----------
    edition : in which the province is told.
    held : every edition in which the province is listed anew.
    """
    year = str(date.fromisoformat(edition).year)
    later = [e for e in held if e > edition and e.startswith(year)]
    return str(edition) if later else year


def find_map(province: Province, asked: str) -> Edition:
    """Return the edition that is asked for; where none is, the one in force on the run's day.

    Parameters
    ----------
    province : the province file, with the day of the run.
    asked : year or day; of two editions of one year the later one.

    Raises
    ------
    ParameterFault
        If the province is not told in that edition.
    """
    maps = list_maps(province)
    if not asked:
        day = province.province.as_of.isoformat()
        return max((e for e in maps.values() if e <= day), default=next(iter(maps.values())))
    found = [edition for edition in maps.values() if edition.startswith(asked)]
    if not found:
        raise ParameterFault(f"--edition {asked}: choose one of {', '.join(maps)}")
    return found[-1]
