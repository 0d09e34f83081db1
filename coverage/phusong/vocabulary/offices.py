"""Offices, programme and legal bases as dated data: what they are called in a province on a day.

The country's file holds for every province, a packaged file that names a province before it, and the
province's own before both; so a province states only what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from phusong.vocabulary.editions import COMMUNE_KINDS, read_edition_rows
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.packaged import list_packaged, read_packaged_toml
from phusong.vocabulary.terms import Term, UnitKind

#: What a text may leave open, to be filled in with the province's own.
GAPS = ("area", "kind", "province", "communes", "blank")
#: Room to write in what nobody states.
BLANK = "…………"


class OfficeWord(Term):
    """Name what a file of offices may word; an office stands under the role that acts for it."""

    PLANNER = "planner", "sở phụ trách viễn thông", "department in charge of telecommunications"
    EDUCATION = "education", "sở phụ trách giáo dục", "department in charge of education"
    COMMUNE = "commune", "cơ quan cấp xã", "the commune's office"
    APPROVER = "approver", "cơ quan phê duyệt", "approving office"
    FOCAL_POINT = "focal_point", "đầu mối tiếp nhận", "receiving office"
    SCHOOL = "school", "nhà trường", "school"
    AUDITOR = "auditor", "cơ quan kiểm tra", "auditing office"
    ADMINISTRATOR = "administrator", "cơ quan quản trị hệ thống", "administrating office"
    PROVINCE_COMMITTEE = "province_committee", "cơ quan cấp trên", "office above"
    SCHOOL_OFFICES = "school_offices", "cơ quan quản lý trường", "offices above schools"
    COMMUNE_COMMITTEES = "commune_committees", "các cơ quan cấp xã", "communes' offices"
    COMMUNE_KINDS = "commune_kinds", "các loại đơn vị cấp xã", "kinds of commune"
    PROVINCE_KIND = "province_kind", "loại đơn vị cấp tỉnh", "kind of province"
    PROGRAMME = "programme", "tên chương trình", "name of the programme"
    BASIS = "basis", "căn cứ pháp lý", "legal basis"
    OPEN_BASIS = "open_basis", "căn cứ để trống", "legal basis to be written in"
    RECIPIENTS = "recipients", "nơi nhận", "copies"


class _Dated(BaseModel):
    """Be an entry that holds from a day on and until the day before another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_from: date | None = None
    valid_to: date | None = None
    source: str

    def holds_on(self, day: date) -> bool:
        """Return whether the entry holds on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class Wording(_Dated):
    """Hold how something is called, between two days.

    Parameters
    ----------
    vi, en : the words; an empty English takes the Vietnamese. They may leave `GAPS` open.
    symbol, signatures : of an office: letters behind a number, and who signs, lines of each parted by |.
    valid_from, valid_to : first day, and first day no more; None: open.
    source : document or reasoning.
    """

    vi: str
    en: str = ""
    symbol: str = ""
    signatures: tuple[str, ...] = ()

    @field_validator("vi", "en")
    @classmethod
    def _known_gaps(cls, text: str) -> str:
        try:
            gaps = [
                (name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None
            ]
        except ValueError as error:
            raise ValueError(f"“{text}”: {error}") from error
        if any(name not in GAPS or spec for name, spec in gaps):
            known = ", ".join(f"{{{name}}}" for name in GAPS)
            raise ValueError(f"“{text}” leaves something open that is none of {known}")
        return text


class CampaignDays(_Dated):
    """Hold the first and the last day of a call for gifts, where the programme's book states none."""

    opens_on: date
    closes_on: date


class Omission(_Dated):
    """Hold what the form for a source kind no longer asks for, and which of its words it no longer offers."""

    kind: str
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class OfficeFile(BaseModel):
    """Hold one file of offices.

    Parameters
    ----------
    name : under which documents cite it; a table of a province file has none.
    provinces : codes of the provinces that it is for; empty: all.
    request_writers : whose office asks operators, schools and communes for data.
    report_writer : whose office reports to the committee.
    wording : by `OfficeWord`, entries that hold at different times.
    campaign : calls for gifts.
    omitted : what forms leave out; None: as the file below says.

    Raises
    ------
    ValueError
        If two entries of one name hold on one day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    provinces: tuple[str, ...] = ()
    request_writers: dict[Literal["operators", "schools", "communes"], OfficeWord] = {}
    report_writer: OfficeWord | None = None
    wording: dict[OfficeWord, tuple[Wording, ...]] = {}
    campaign: tuple[CampaignDays, ...] = ()
    omitted: tuple[Omission, ...] | None = None

    @model_validator(mode="after")
    def _apart(self) -> OfficeFile:
        for name, entries in (*self.wording.items(), ("campaign", self.campaign)):
            _check_apart(str(name), entries)
        return self


def _check_apart(name: str, entries: Sequence[_Dated]) -> None:
    """Refuse entries of one name of which two hold on one day."""
    ordered = sorted(entries, key=lambda e: e.valid_from or date.min)
    for before, after in zip(ordered, ordered[1:], strict=False):
        if before.valid_to is None or (after.valid_from or date.min) < before.valid_to:
            raise ValueError(
                f"two entries of {name} hold on {after.valid_from}: give the earlier one a `valid_to`"
            )


Entry = TypeVar("Entry", bound="_Dated")


@dataclass(frozen=True)
class OfficeSet:
    """Hold what holds of one province on one day.

    Parameters
    ----------
    day : on which it holds.
    files : the province's own first, the country's last.
    name : of the province.
    code : of the register; empty, or one that it does not hold: kinds are worded by the files.
    kind : of the province by the register; empty: as the files word it.
    edition : of the administrative map on the day.
    """

    day: date
    files: tuple[OfficeFile, ...]
    name: str
    code: str = ""
    kind: str = ""
    edition: str = ""

    def find(self, word: OfficeWord) -> Wording | None:
        """Return the entry that holds, of the first file that has one; None where none has."""
        for file in self.files:
            for entry in file.wording.get(word, ()):
                if entry.holds_on(self.day):
                    return entry
        return None

    def format(self, word: OfficeWord, language: str = "vi") -> str:
        """Return the words in a language, with the province's own filled in; empty where no file has any.

        Parameters
        ----------
        word : which.
        language : ``vi`` or ``en``.
        """
        entry = self.find(word)
        if entry is None:
            return ""
        text = entry.vi if language == "vi" or not entry.en else entry.en
        gaps = {name for _, name, _, _ in Formatter().parse(text) if name}
        return text.format(**{name: self._fill(name, language) for name in gaps})

    def _fill(self, gap: str, language: str) -> str:
        """Return what stands for one of `GAPS`."""
        if gap == "area":
            kind = self._fill("kind", language)
            return f"{kind} {self.name}" if language == "vi" else f"{self.name} {kind}"
        if gap == "kind":
            known = UnitKind.of(self.kind) if self.kind else None
            if known is not None:
                return known.vi if language == "vi" else known.en
            return self.format(OfficeWord.PROVINCE_KIND, language)
        if gap == "communes":
            return self.list_commune_kinds(language)
        return {"province": self.name, "blank": BLANK}[gap]

    def name_area(self, language: str = "vi") -> str:
        """Return the province with its kind, ``tỉnh Phú Thọ``.

        Parameters
        ----------
        language : ``vi`` or ``en``.
        """
        return self._fill("area", language)

    def list_commune_kinds(self, language: str = "vi") -> str:
        """Return the kinds of commune that the province has on the day, by commas.

        Parameters
        ----------
        language : ``vi`` or ``en``.
        """
        row = read_edition_rows().get((str(self.edition), self.code), {})
        kinds = [kind for kind in COMMUNE_KINDS if row.get(kind) not in (None, "", "0")]
        if kinds:
            return ", ".join(kind if language == "vi" else COMMUNE_KINDS[kind] for kind in kinds)
        return self.format(OfficeWord.COMMUNE_KINDS, language)

    def find_report_writer(self) -> OfficeWord:
        """Return whose office reports to the committee, of the first file that says it."""
        return next(f.report_writer for f in self.files if f.report_writer is not None)

    def find_request_writer(self, addressed: str) -> OfficeWord:
        """Return whose office asks for data, of the first file that says it.

        Parameters
        ----------
        addressed : who is asked: ``operators``, ``schools`` or ``communes``.
        """
        named = [dict(f.request_writers) for f in self.files]
        return next(writers[addressed] for writers in named if addressed in writers)

    def find_campaign(self) -> tuple[date, date] | None:
        """Return the first and the last day of the call for gifts; None where no file knows one."""
        every = _list_holding((e for file in self.files for e in file.campaign), self.day)
        return (every[0].opens_on, every[0].closes_on) if every else None

    def list_omissions(self, kind: str) -> list[Omission]:
        """Return what the form for a source kind leaves out on the day.

        Parameters
        ----------
        kind : of source.
        """
        stated = next((f.omitted for f in self.files if f.omitted is not None), ())
        return [e for e in _list_holding(stated, self.day) if e.kind == kind]

    def cite(self) -> str:
        """Return the names of the files that word anything on the day, the province's own first."""
        used = [f.name for f in self.files if f.name and _words_anything(f, self.day)]
        return ", ".join(used)


def _list_holding(entries: Iterable[Entry], day: date) -> list[Entry]:
    """Return the entries that hold on a day."""
    return [entry for entry in entries if entry.holds_on(day)]


def _words_anything(file: OfficeFile, day: date) -> bool:
    """Return whether a file has an entry that holds on a day."""
    dated: list[_Dated] = [e for entries in file.wording.values() for e in entries]
    return bool(_list_holding([*dated, *file.campaign, *(file.omitted or ())], day))


def parse_offices(data: dict[str, Any], *, file: str) -> OfficeFile:
    """Return a file of offices from its plain data.

    Parameters
    ----------
    data : as TOML holds it; a file without `name` is cited under its own.
    file : as the user named it.

    Raises
    ------
    ParameterFault
        With an unknown entry, a gap that nobody fills, or two entries that hold on one day.
    """
    try:
        return OfficeFile.model_validate({"name": file, **data})
    except ValidationError as error:
        lines = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise ParameterFault(f"{file}: " + "; ".join(lines)) from error


@cache
def list_packaged_offices(code: str) -> tuple[OfficeFile, ...]:
    """Return the packaged files that hold for a province, those that name it first.

    Parameters
    ----------
    code : of the province.
    """
    names = list_packaged("parameters", "offices", suffix=".toml")
    data = {n: read_packaged_toml("parameters", "offices", f"{n}.toml") for n in names}
    files = [parse_offices(data[n], file=f"{n}.toml") for n in names]
    own = [f for f in files if code in f.provinces]
    return (*own, *(f for f in files if not f.provinces))
