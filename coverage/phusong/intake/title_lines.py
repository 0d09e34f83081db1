"""Read what holds for all rows of a table: its titles, its sheet's name, what the user says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.group_lines import SCHOOL_KINDS, add_heading, find_heading
from phusong.intake.localities import find_codes
from phusong.intake.reading import RawTable
from phusong.places.editions import list_editions
from phusong.vietnamese.keys import normalise

#: What a person answers where there is nothing to say.
NONE_WORDS = frozenset(("none", "không", "khong"))
_SCHOOL = re.compile(
    rf"\b((?:trường|trung tâm|tt)\s+(?:{SCHOOL_KINDS})\b.*?)"
    r"(?=\s*(?:$|[,;–]|\s-\s|\bnăm học\b|\blớp\b|\bkhối\b|\bdanh sách\b))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?:tên\s+)?(?:trường|đơn vị)\s*:\s*(\S.*)$", re.IGNORECASE)
_CLASS = re.compile(
    r"\blớp\s*:?\s*((?:1[0-2]|[1-9])\s?[A-ZĐ]?\d{0,2})\b(?!\s*(?:học|tuổi))", re.IGNORECASE
)
_SHEET_CLASS = re.compile(
    r"(?:lớp|lop|l)?[\s._-]*((?:1[0-2]|[1-9])\s?[A-ZĐa-zđ][\w.]{0,3})", re.IGNORECASE
)
_COMMUNE = re.compile(
    r"\b((?:xã|phường|thị trấn)\s*:?\s*[^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)"
    r"(?=\s*(?:$|[,;.()–]|\s-\s|\bhuyện\b|\btp\b|\bthành phố\b|\bthị xã\b|\btỉnh\b|"
    r"\bnăm\b|\btháng\b|\bđến\b|\bngày\b))",
    re.IGNORECASE,
)
#: Kinds whose rows lie each in a commune.
IN_COMMUNES = {
    "hamlets": "commune_name", "schools": "commune_name", "claims": "commune_name",
    "commitments": "commune_name", "poverty": "commune",
}  # fmt: skip


def read_titles(raw: RawTable, kind: str, findings: Findings, options: ReadOptions) -> RawTable:
    """Return a table with what its titles and its sheet say of every row, each listed with its source.

    Of pupils that is the school and the class, of other lists the commune.

    Parameters
    ----------
    raw : rows under the headings.
    kind : source kind.
    findings : notebook of this reading.
    options : the school, where the user names it; edition of the communes.
    """
    if kind == "students":
        return _read_class(_read_school(raw, findings, options), findings)
    column = IN_COMMUNES.get(kind)
    return _read_commune(raw, kind, column, findings, options) if column else raw


def _is_stated(raw: RawTable, kind: str, *names: str) -> bool:
    """Return whether any row has a value in one of some canonical columns."""
    headings = [find_heading(raw.frame, kind, name) for name in names]
    return any(h is not None and (raw.frame[h].str.strip() != "").any() for h in headings)


def _state(
    raw: RawTable, kind: str, name: str, text: str, findings: Findings, rule: str, source: str
) -> RawTable:
    """Return a table in which a column says the same in every row that says nothing of it; listed."""
    heading = find_heading(raw.frame, kind, name)
    frame = raw.frame
    if heading is None:
        raw, heading = add_heading(raw, kind, name)
        frame = frame.assign(**{heading: ""})
    cells = frame[heading]
    empty = cells.str.strip() == ""
    after = pd.Series(text, index=cells.index, dtype="str")
    findings.fix(rule, heading, after[empty].mask(after[empty] != source, source), after[empty])
    return replace(raw, frame=frame.assign(**{heading: cells.mask(empty, text)}))


def _read_school(raw: RawTable, findings: Findings, options: ReadOptions) -> RawTable:
    """Return pupils with their school: as the user says, else as the one title that names a school."""
    stated = (options.school or "").strip()
    if stated and stated.casefold() not in NONE_WORDS:
        return _state(raw, "students", "school_name", stated, findings, "school_said", stated)
    if stated or _is_stated(raw, "students", "school_name", "school_id"):
        return raw
    named = {school: title for title in raw.titles if (school := find_school(title))}
    if len(named) == 1:
        ((school, title),) = named.items()
        return _state(raw, "students", "school_name", school, findings, "school_from_title", title)
    return raw


def find_school(title: str) -> str | None:
    """Return the school that a title names; None where it names none.

    Parameters
    ----------
    title : one cell above the headings.
    """
    text = normalise(title)
    labelled = _NAMED.match(text)
    found = _SCHOOL.search(text)
    name = found[1] if found else labelled[1] if labelled else None
    return name.strip(" .:") if name else None


def _read_class(raw: RawTable, findings: Findings) -> RawTable:
    """Return pupils with their class: as the sheet is called, else as the one title that names a class."""
    if _is_stated(raw, "students", "class_name", "grade"):
        return raw
    sheet = _SHEET_CLASS.fullmatch(normalise(raw.sheet))
    if sheet:
        return _state(
            raw, "students", "class_name", sheet[1], findings, "class_from_sheet", raw.sheet
        )
    named = {m[1]: title for title in raw.titles if (m := _CLASS.search(normalise(title)))}
    if len(named) != 1:
        return raw
    ((name, title),) = named.items()
    return _state(raw, "students", "class_name", name, findings, "class_from_title", title)


def _read_commune(
    raw: RawTable, kind: str, column: str, findings: Findings, options: ReadOptions
) -> RawTable:
    """Return rows with their commune: the only one of the register that titles or the sheet's name name."""
    own = ("commune_code", "commune_name", "commune", "registered_commune")
    if not options.is_checked or _is_stated(raw, kind, *own):
        return raw
    for rule, sources in (
        ("commune_from_title", raw.titles),
        ("commune_from_sheet", (raw.sheet,) if raw.sheet else ()),
    ):
        named = {c: s for s in sources if (c := _find_commune(s, options, bare=s == raw.sheet))}
        if len({c.casefold() for c in named}) == 1:
            name, source = next(iter(named.items()))
            return _state(raw, kind, column, name, findings, rule, source)
    return raw


def _find_commune(text: str, options: ReadOptions, *, bare: bool) -> str | None:
    """Return the commune of the register that a text names; a sheet may name it without its kind."""
    plain = normalise(text)
    found = [m[1].replace(":", " ") for m in _COMMUNE.finditer(plain)] + ([plain] if bare else [])
    asked: dict[str, Any] = {"province": options.province, "register": options.register}
    editions = dict.fromkeys((options.edition, *map(str, list_editions(**asked))))
    known = [
        name for name in found if any(find_codes((name, ""), edition=e, **asked) for e in editions)
    ]
    return known[0] if known else None
