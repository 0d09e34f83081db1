"""Forms as a province asks for them on a day: without what is no longer asked, with a place of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from phusong.views.figures import format_date
from phusong.views.kit.fields import Field, Template, Value, list_words
from phusong.views.kit.network_forms import OPERATORS
from phusong.views.kit.sheets import MADE_ON, YEARS
from phusong.views.kit.words import Guide
from phusong.views.labels import tell
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import OfficeSet
from phusong.vocabulary.terms import Operator

#: What stands in a text for the kinds of commune, small and with a capital.
KINDS, KINDS_LARGE = "xã, phường, thị trấn", "Xã, phường, thị trấn"
#: A rough position [°] is given the five decimals that a clerk is to write.
EXAMPLE_OFFSET_DEG = 0.00214
YEAR_DAYS = 365.25
#: Codes whose first two figures are the province's.
OF_PROVINCE = ("school_id", "student_code")


@dataclass(frozen=True)
class ExamplePlace:
    """Hold the commune that made-up rows name.

    Parameters
    ----------
    province_code, province, district, commune_code, commune : as on the map of the day; no district: empty.
    lon, lat : rough position [°].
    """

    province_code: str
    province: str
    district: str
    commune_code: str
    commune: str
    lon: float
    lat: float

    def fill(self, name: str, example: Value) -> Value:
        """Return the example of a field, with this place in it.

        Parameters
        ----------
        name : of the field.
        example : as the form declares it.
        """
        if name in OF_PROVINCE and isinstance(example, str):
            return self.province_code + example[len(self.province_code) :]
        own: dict[str, Value] = {
            "province": self.province,
            "district": self.district,
            "commune": self.commune,
            "commune_name": self.commune,
            "commune_code": self.commune_code,
            "lon": round(self.lon + EXAMPLE_OFFSET_DEG, 5),
            "lat": round(self.lat + EXAMPLE_OFFSET_DEG, 5),
        }
        return own.get(name.removeprefix("from_").removeprefix("to_"), example)


def adapt_template(template: Template, offices: OfficeSet, place: ExamplePlace | None) -> Template:
    """Return a form as it is asked for on a day.

    Parameters
    ----------
    template : as it is declared.
    offices : of the day: what is left out, which kinds of commune there are.
    place : that the made-up row names; None: as declared.

    Raises
    ------
    ParameterFault
        If the files of offices leave out what the form does not ask for, or cannot do without.
    """
    omissions = offices.list_omissions(template.kind)
    left_out = {name for e in omissions for name in e.fields}
    words = {word for e in omissions for word in e.words}
    _check_omissions(template, left_out, words)
    kinds = offices.list_commune_kinds()

    def _name_kinds(text: str) -> str:
        return text.replace(KINDS, kinds).replace(KINDS_LARGE, kinds[:1].upper() + kinds[1:])

    fields = tuple(
        _adapt_field(field, template, words, place, offices.day, _name_kinds)
        for field in template.fields
        if field.name not in left_out
    )
    advice = tuple(_name_kinds(line) for line in template.advice)
    issued = tell(Guide.OFFICES, "vi", files=offices.cite(), day=format_date(offices.day))
    return replace(template, fields=fields, advice=(*advice, issued))


def _check_omissions(template: Template, left_out: set[str], words: set[str]) -> None:
    """Refuse to leave out what the form does not have, or cannot do without."""
    asked = {field.name: field for field in template.fields}
    offered = {word for h in template.headings for word in h.words}
    strange = [*sorted(left_out - set(asked)), *sorted(words - offered)]
    needed = sorted(name for name in left_out & set(asked) if asked[name].required)
    if strange or needed:
        fault = "asks for no" if strange else "cannot do without"
        raise ParameterFault(
            f"offices, omitted: the form for {template.kind} {fault} {', '.join(strange or needed)}"
        )


def _adapt_field(
    field: Field,
    template: Template,
    words: set[str],
    place: ExamplePlace | None,
    day: date,
    name_kinds: Callable[[str], str],
) -> Field:
    """Return a field with its words and its example as on the day."""
    changes: dict[str, Any] = {"meaning": name_kinds(field.meaning)}
    offered = list_words(field, template.table)
    if field.words == OPERATORS:  # with those that the province states itself
        offered = tuple(tell(o, "vi") for o in Operator if o != Operator.OTHER)
        changes["words"] = offered
    if words & set(offered):
        changes["words"] = tuple(word for word in offered if word not in words)
    example = _shift_days(field, day)
    changes["example"] = place.fill(field.name, example) if place else example
    return replace(field, **changes)


def _shift_days(field: Field, day: date) -> Value:
    """Return the example with its days moved by whole years, so that none is older than it need be."""
    years = max(0, int((day - MADE_ON.date()).days // YEAR_DAYS))
    example = field.example
    if isinstance(example, date):
        return example.replace(year=example.year + years)
    if field.name in YEARS and isinstance(example, int):
        return example + years
    return example
