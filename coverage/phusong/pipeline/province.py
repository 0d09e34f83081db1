"""Read a province file: which province, which day, which sources; with what was delivered to it since."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)

from phusong.intake.columns import resolve_answers
from phusong.intake.operators import parse_operators
from phusong.persons.erasure import find_erasures
from phusong.pipeline.deliveries import add_sources, find_deliveries
from phusong.pipeline.office import Office, read_offices, resolve_offices
from phusong.pipeline.releases import releases_path
from phusong.places.editions import edition_on
from phusong.places.own_units import make_given_register, open_register
from phusong.places.registers import Register
from phusong.places.systems import metric_crs
from phusong.vocabulary.editions import NO_PROVINCE
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.offices import OfficeFile, OfficeSet
from phusong.vocabulary.operators import OperatorSet, use_operators
from phusong.vocabulary.own_operators import OwnOperator, OwnOperators
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL
from phusong.vocabulary.terms import Edition, Operator, Technology

#: Every kind of source: what names places, and what names persons.
KINDS = (*ACCEPTED, *PERSONAL)


class Source(BaseModel):
    """Declare one raw file of a province, and what the file does not say itself.

    `read` says which column of the kind a heading is, or with nothing behind it that it is to stay unread.
    `complete` says of a list of cells that absence from it proves absence: true or false for the technologies
    that it lists, or the technologies for which it is complete, among them those of which it holds no row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    file: str
    crs: int | None = None
    sheet: str | None = None
    layer: str | None = None
    encoding: str | None = None
    edition: str | None = None
    operator: str | None = None
    technology: str | None = None
    complete: bool | list[Technology] | None = None
    as_of: date | None = None
    read: dict[str, str] = {}
    school: str | None = None
    date_order: Literal["day", "month"] | None = None
    fill_down: str | list[str] | None = None
    publisher: str = ""
    licence: str = ""

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"“{kind}” is no source kind; there are: {', '.join(KINDS)}")
        return kind

    @model_validator(mode="after")
    def _known_columns(self) -> Source:
        try:
            resolve_answers(self.kind, self.read)
        except ParameterFault as fault:
            raise ValueError(f"{self.file}: {fault}") from fault
        return self

    @model_validator(mode="after")
    def _complete_of_whom(self) -> Source:
        if isinstance(self.complete, list) and (self.kind != "cells" or not self.operator):
            raise ValueError(
                f"{self.file}: `complete` names technologies; that is said of a list of kind cells, and its "
                "`operator` must be stated too"
            )
        return self


class Head(BaseModel):
    """Hold the head of a province file.

    `code` is one of the packaged register, that of the province's own list of units (`register`), or `none`
    for ground of which there is no register.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    code: str
    name: str
    register_file: str = Field("", alias="register")
    edition: Edition
    as_of: date
    demonstration: bool = False
    note: str = ""
    crs: int | None = None
    operators: list[Operator] = []
    offices: str = ""
    _units: str = PrivateAttr("")

    @field_validator("operators", mode="before")
    @classmethod
    def _name_operators(cls, names: Any) -> Any:
        """Take each operator under the name that tables hold, whichever of its names is stated."""
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            return names
        return [str(operator) for name in names for operator in parse_operators(name)]

    @model_validator(mode="before")
    @classmethod
    def _edition_of_day(cls, data: Any) -> Any:
        """Take the province's edition in force on the day where none is stated; else the day itself."""
        if not isinstance(data, dict) or "edition" in data:
            return data
        code, day = data.get("code"), data.get("as_of")
        if not isinstance(day, date):
            return data
        known = bool(Edition.list_of(str(code)))
        return data | {"edition": str(edition_on(day, str(code))) if known else day.isoformat()}

    @property
    def units(self) -> str:
        """Return the province's own list of units as the run records it; empty: there is none."""
        return self._units

    @property
    def unit_register(self) -> Register:
        """Return the register in which the province's units are looked up; without one it holds no units."""
        if self.code == NO_PROVINCE:
            return make_given_register(self.edition)
        return open_register(self._units)

    @property
    def metric_crs(self) -> int:
        """Return the EPSG code of the metric system in which the province is computed."""
        return self.crs or metric_crs(self.code, self.edition, self.unit_register)

    def with_units(self, units: str, *, dated: bool) -> Head:
        """Return the head with the province's own list of units.

        Parameters
        ----------
        units : as `places.own_units.write_units` writes them.
        dated : whether the file states the edition; else it is the one in force on the day.
        """
        register = open_register(units)
        edition = self.edition if dated else edition_on(self.as_of, self.code, register)
        head = self.model_copy(update={"edition": Edition(str(edition))})
        head._units = units
        return head


class Pupils(BaseModel):
    """Say how pupils are judged, and where the secrets and decisions about them lie.

    Parameters
    ----------
    policy : name of a packaged policy.
    key : file of the key that makes the pseudonyms, beside the province file unless absolute.
    decisions : file of what persons have decided about addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str = "vp242-1"
    key: str = ""
    decisions: str = ""


class Province(BaseModel):
    """Hold a province file.

    `offices` is its own file of offices, or the table of that name: what it calls offices and programme.
    `operator` holds its own operators, and its further names of known ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    province: Head
    pupils: Pupils = Pupils()
    office: Office = Office()
    offices: OfficeFile | None = None
    operator: tuple[OwnOperator, ...] = ()
    source: list[Source] = []
    parameters: dict[str, dict[str, Any]] = {}

    def sources(self, kind: str) -> list[Source]:
        """Return the sources of one kind, in the order of the file."""
        return [s for s in self.source if s.kind == kind]

    @property
    def own_operators(self) -> str:
        """Return the province's own operators as a run hands them out; empty: it states none."""
        return OwnOperators(operator=self.operator).write()

    @property
    def operators(self) -> OperatorSet:
        """Return the operators that are known in this province."""
        return OwnOperators(operator=self.operator).join()

    @property
    def complete_lists(self) -> list[tuple[str, str]]:
        """Return technology and operator of the lists stated to be complete, also where they hold no row."""
        with use_operators(self.operators):
            stated = {
                (str(technology), str(operator))
                for source in self.sources("cells")
                if isinstance(source.complete, list)
                for operator in parse_operators(source.operator or "")
                for technology in source.complete
            }
        return sorted(stated)


def key_path(path: Path, province: Province) -> Path:
    """Return where the key of the pseudonyms lies."""
    return path.parent / (province.pupils.key or f"{path.stem}.key")


def decisions_path(path: Path, province: Province) -> Path:
    """Return where the decisions about addresses lie."""
    return path.parent / (province.pupils.decisions or f"{path.stem}_decisions.jsonl")


def challenges_path(path: Path) -> Path:
    """Return where the reports that a statement about coverage is wrong lie."""
    return path.with_name(f"{path.stem}_challenges.jsonl")


def list_living(path: Path, province: Province) -> dict[str, Path]:
    """Return where what lives on beside the results lies, each under its name.

    Parameters
    ----------
    path : province file.
    province : what it says.
    """
    return {
        "key": key_path(path, province),
        "decisions": decisions_path(path, province),
        "challenges": challenges_path(path),
        "deliveries": find_deliveries(path),
        "erasures": find_erasures(path),
        "releases": releases_path(path),
    }


def read_province(path: Path) -> Province:
    """Return a province file, with the deliveries that were accepted among its sources.

    Raises
    ------
    ParameterFault
        If the file is missing or is not TOML, names an unknown entry, or lists a source that is not there.
    """
    province = add_offices(_add_deliveries(parse_province(read_text(path), path), path), path)
    _check_sources(province, path)
    return province.model_copy(update={"province": read_head(path)})


def read_head(path: Path) -> Head:
    """Return the head of a province file, with the province's own list; its sources need not be there.

    Raises
    ------
    ParameterFault
        If the file is refused, names no province that a register holds, or no edition of it.
    SourceFault
        If a row of the own list is wrong.
    """
    text = read_text(path)
    head = parse_province(text, path).province
    if head.register_file:
        from phusong.pipeline.own_list import read_own_list  # noqa: PLC0415  (loads every reader)

        place, day = path.parent / head.register_file, date.fromisoformat(head.edition)
        units = read_own_list(place, code=head.code, name=head.name, since=day)
        head = parse_province(text, path, units=units).province
    _check_head(head, path)
    return head


def add_offices(province: Province, path: Path) -> Province:
    """Return the province with its own file of offices read, if it names one.

    Parameters
    ----------
    province : what the province file says.
    path : of the province file, beside which the file of offices lies.

    Raises
    ------
    ParameterFault
        If that file is not there or is refused, or offices are stated in a table too.
    """
    name = province.province.offices
    if not name:
        return province
    if province.offices is not None:
        raise ParameterFault(
            f"{path}: offices stand in the file {name} and under [offices] → keep one of the two"
        )
    return province.model_copy(update={"offices": read_offices(path.parent / name)})


def find_offices(province: Province, day: date) -> OfficeSet:
    """Return what offices and programme of a province are called on a day.

    Parameters
    ----------
    province : with its own file of offices read.
    day : of the data.
    """
    head = province.province
    return resolve_offices(day, code=head.code, name=head.name, own=province.offices)


def read_text(path: Path) -> str:
    """Return the text of a province file.

    Raises
    ------
    ParameterFault
        If the file is missing or is no text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ParameterFault(
            f"{path}: there is no such file → give the path of a province file"
        ) from error
    except (IsADirectoryError, UnicodeDecodeError) as error:
        raise ParameterFault(f"{path}: this is no TOML file in UTF-8 ({error})") from error


def parse_province(text: str, path: Path, *, units: str = "") -> Province:
    """Return what the text of a province file says; without what was delivered since.

    Parameters
    ----------
    text : from `read_text`.
    path : where it stands, for what is wrong with it.
    units : the province's own list of units, if it has one, as `places.own_units.write_units` writes it.

    Raises
    ------
    ParameterFault
        If it is not TOML, or names an unknown entry.
    """
    try:
        data = tomllib.loads(text)
        own = OwnOperators.model_validate({"operator": data.get("operator", ())})
        with use_operators(own.join()):
            province = Province.model_validate(data)
        dated = "edition" in data["province"]
        head = province.province.with_units(units, dated=dated) if units else province.province
        return province.model_copy(update={"province": head})
    except tomllib.TOMLDecodeError as error:
        raise ParameterFault(f"{path}: this is no TOML file in UTF-8 ({error})") from error
    except ValidationError as error:
        lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise ParameterFault(f"{path}: " + "; ".join(lines)) from error


def _add_deliveries(province: Province, path: Path) -> Province:
    """Return the province with what offices delivered through the front end among its sources."""
    declared = [s.model_dump() for s in province.source]
    try:
        sources = [Source.model_validate(s) for s in add_sources(declared, find_deliveries(path))]
    except ValidationError as error:
        raise ParameterFault(f"{find_deliveries(path)}: {error.errors()[0]['msg']}") from error
    return province.model_copy(update={"source": sources})


def _check_sources(province: Province, path: Path) -> None:
    """Refuse a province file whose required or listed sources are not there; a run checks deliveries."""
    delivered = f"{find_deliveries(path).name}/"
    listed = [s.file for s in province.source if not s.file.startswith(delivered)]
    absent = [file for file in listed if not (path.parent / file).exists()]
    if absent:
        raise ParameterFault(
            f"{path}: these sources are not there: {', '.join(absent)} → put them beside the province "
            "file, or take their [[source]] out: what is absent is shown as unknown"
        )
    head = province.province
    free = head.code == NO_PROVINCE or bool(head.register_file)  # outlines may be lacking there
    kinds = ("hamlets",) if free else ("communes", "hamlets")
    needed = [k for k in kinds if not province.sources(k)]
    if needed:
        raise ParameterFault(
            f"{path}: a run needs at least one source of kind {' and '.join(needed)}"
        )


def _check_head(head: Head, path: Path) -> None:
    """Refuse a head that no register bears out, and ground without one that states no metric system."""
    if head.code == NO_PROVINCE:
        if head.register_file:
            raise ParameterFault(
                f"{path}: province.register: a list of units is of a province → give it a code of its own"
            )
        if head.crs is None:
            raise ParameterFault(
                f'{path}: province.crs: with code = "{NO_PROVINCE}" nothing says in which metric system to '
                "compute → state `crs`, an EPSG code in metres"
            )
        return
    register = head.unit_register
    if not register.holds(head.code):
        register.describe(head.code)  # says what there is, and what would help
    if head.edition not in register.days:
        held = ", ".join(register.editions(head.code))
        raise ParameterFault(
            f"{path}: province.edition: no list holds from {head.edition} → state one of: {held}"
        )
