"""Read the lines between rows that say where the rows below belong: “I | Xã Đạo Trù”, “Lớp 4A”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from phusong.intake.aliases import accepted_headings, known_headings
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.findings import Findings
from phusong.intake.headings import match_heading
from phusong.intake.localities import find_codes
from phusong.intake.reading import RawTable
from phusong.places.editions import list_editions
from phusong.vietnamese.keys import normalise


@dataclass(frozen=True)
class Rank:
    """Say how lines of one rank begin, and which column they stand for.

    Parameters
    ----------
    begins : pattern of the whole text, without its number and count.
    columns : canonical columns of which a source kind may have one.
    """

    begins: re.Pattern[str]
    columns: tuple[str, ...]


def _rank(pattern: str, *columns: str) -> Rank:
    return Rank(re.compile(pattern, re.IGNORECASE), columns)


#: What a school's name goes on with behind “trường”; Trường or Trương alone may be somebody's name.
SCHOOL_KINDS = (
    r"tiểu học|trung học|mầm non|mẫu giáo|phổ thông|dân tộc|liên cấp|năng khiếu|chuyên|cao đẳng|trung cấp|"
    r"th|thcs|thpt|mn|pt|ptdt|ptdtnt|th\s?&\s?thcs|thcs\s?&\s?thpt|gdtx|gdnn|giáo dục"
)
#: From the wide to the narrow: a line ends all that is narrower before it.
RANKS = (
    _rank(r"(?:huyện|thành phố|thị xã|tp\.|tx\.)\s*[:.]?\s*\S.*", "district"),
    _rank(r"(?:xã|phường|thị trấn|tt\.|p\.|x\.)\s*[:.]?\s*\S.*", "commune_name", "commune"),
    _rank(r"(?:thôn|xóm|bản|ấp|tổ dân phố|tdp|khu dân cư)\s*[:.]?\s*\S.*", "hamlet"),
    _rank(rf"(?:trường|trung tâm)\s+(?:(?:{SCHOOL_KINDS})\b.*|.*\d.*)", "school_name"),
    _rank(r"khối\s*(?:lớp)?\s*[:.]?\s*\d{1,2}", "grade"),
    _rank(r"lớp\s*[:.]?\s*\d{1,2}\s?\S{0,6}", "class_name"),
)
COMMUNE_COLUMNS = frozenset(("commune_name", "commune"))
#: In a list of these kinds a school stands for itself, and so does a hamlet.
_OWN = {"schools": frozenset(("school_name",)), "hamlets": frozenset(("hamlet",))}
POSITIONS = frozenset(("lon", "lat", "position", "x", "y"))
_ORDINAL = re.compile(r"[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}")
_LEAD = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3})\s*[.)/:–-]\s*(?=\D)")
_COUNT = re.compile(
    r"\s*\([^)]*\d[^)]*\)\s*$|\s*[:;,–-]\s*(?:sĩ số|tổng số|có)?\s*:?\s*\d+\s*"
    r"(?:hs|học sinh|em|hộ|thôn|khẩu|lớp|tdp|tổ)\b.*$",
    re.IGNORECASE,
)
_CLASS_WORD = re.compile(r"^lớp\s*[:.]?\s*", re.IGNORECASE)
#: How groups are numbered where rows have figures: beside sums of the group, too.
_CAPITAL = r"\s*(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.)]?\s*"
_NUMBER = re.compile(r"[\d.,\s%-]+")
_HINT = r"^\W*(?:[IVXLCA-ZĐ\d]{1,6}\s*[.)/:–-]\s*)?(?:[HhTtXxPpBbẤấLlKk])"


def read_group_lines(
    raw: RawTable, kind: str, findings: Findings, options: ReadOptions
) -> RawTable:
    """Return a table without its group lines, each given to the rows below it as the column that it names.

    A commune must be one of the register; a line that names none is faulted, and nothing is given to the rows
    below it.

    Parameters
    ----------
    raw : rows under the headings.
    kind : source kind.
    findings : notebook of this reading.
    options : whose communes are known; with province ``none`` every one is.
    """
    ranks = _list_ranks(kind)
    lines = _find_lines(raw.frame, kind, ranks)
    if not lines:
        return raw
    known = {row: _is_known(text, ranks[place], options) for row, (place, text) in lines.items()}
    unknown = [row for row, right in known.items() if not right]
    findings.fault("group_unknown", "", unknown, [lines[row][1] for row in unknown])
    read = [row for row, right in known.items() if right]
    findings.skip("group_line", len(read), lines[read[0]][1] if read else "")
    given = _give_down(raw.frame.index, lines, known)
    body = raw.frame.drop(index=read)
    for place, texts in given.items():
        name = _name_column(kind, ranks[place])
        raw, body = _fill_column(raw, body, kind, name, texts.loc[body.index], findings)
    return replace(raw, frame=body)


def _list_ranks(kind: str) -> tuple[Rank, ...]:
    """Return the ranks for which a source kind has a column."""
    names = {name for name, _ in known_headings(kind).values()} - _OWN.get(kind, frozenset())
    return tuple(rank for rank in RANKS if names & set(rank.columns))


def _name_column(kind: str, rank: Rank) -> str:
    """Return the canonical column of a kind for which lines of a rank stand."""
    names = {name for name, _ in known_headings(kind).values()}
    return next(name for name in rank.columns if name in names)


def _find_lines(
    frame: pd.DataFrame, kind: str, ranks: Sequence[Rank]
) -> dict[int, tuple[int, str]]:
    """Return row number → rank and text of each group line, in their order."""
    filled = np.zeros(len(frame), dtype=int)
    hinted = np.zeros(len(frame), dtype=bool)
    roman = np.zeros(len(frame), dtype=bool)
    for position, column in enumerate(frame.columns):
        filled += (frame[column] != "").to_numpy()
        if position == 0:
            roman |= frame[column].str.fullmatch(_CAPITAL).to_numpy(dtype=bool)
        if position < 4:
            hinted |= frame[column].str.match(_HINT).to_numpy(dtype=bool)
    placed = {c for c in frame.columns if (m := match_heading(str(c), kind)) and m[0] in POSITIONS}
    few = (filled <= max(3, int(filled.max() * 0.6))) & (filled < filled.max())
    sparse = frame[hinted & (few | roman)]
    lines = {}
    for row, cells in zip(sparse.index, sparse.to_numpy(), strict=True):
        stand = {c: text for c, text in zip(sparse.columns, cells, strict=True) if text}
        found = None if placed & set(stand) else _parse_line(list(stand.values()), ranks)
        if found:
            lines[int(row)] = found
    return lines


def _parse_line(cells: list[str], ranks: Sequence[Rank]) -> tuple[int, str] | None:
    """Return rank and text of a line that holds a number of its own, one text, and at most counts."""
    texts = [
        c for c in cells if not _ORDINAL.fullmatch(c.strip(" .)")) and not _NUMBER.fullmatch(c)
    ]
    if len(set(texts)) != 1:
        return None
    bare = _COUNT.sub("", _LEAD.sub("", normalise(texts[0]))).strip(" :.")
    place = next((i for i, rank in enumerate(ranks) if rank.begins.fullmatch(bare)), None)
    if place is None:
        return None
    return place, _CLASS_WORD.sub("", bare) if "class_name" in ranks[place].columns else bare


def _is_known(text: str, rank: Rank, options: ReadOptions) -> bool:
    """Return whether a line names what the register knows; only communes stand in it."""
    if not options.is_checked or not COMMUNE_COLUMNS & set(rank.columns):
        return True
    asked: dict[str, Any] = {"province": options.province, "register": options.register}
    editions = dict.fromkeys((options.edition, *map(str, list_editions(**asked))))
    return any(find_codes((text, ""), edition=e, **asked) for e in editions)


def _give_down(
    index: pd.Index, lines: dict[int, tuple[int, str]], known: dict[int, bool]
) -> dict[int, pd.Series]:
    """Return by rank what the lines above say of each row; a line ends what narrower ones said."""
    ranks = sorted({place for place, _ in lines.values()})
    given = {place: np.full(len(index), "", dtype=object) for place in ranks}
    for row, (place, text) in lines.items():
        start = int(index.get_loc(row))
        for narrower in ranks:
            if narrower >= place:
                given[narrower][start:] = text if narrower == place and known[row] else ""
    return {p: pd.Series(texts, index=index, dtype="str") for p, texts in given.items()}


def _fill_column(
    raw: RawTable,
    body: pd.DataFrame,
    kind: str,
    name: str,
    texts: pd.Series,
    findings: Findings,
) -> tuple[RawTable, pd.DataFrame]:
    """Return the table with a column filled where it is empty; a column that it lacks is added."""
    heading = find_heading(body, kind, name)
    if heading is None:
        raw, heading = add_heading(raw, kind, name)
        body = body.assign(**{heading: ""})
    empty = (body[heading].str.strip() == "") & (texts != "")
    findings.fix("group_read", heading, body.loc[empty, heading], texts[empty])
    return raw, body.assign(**{heading: body[heading].mask(empty, texts)})


def find_heading(frame: pd.DataFrame, kind: str, name: str) -> str | None:
    """Return the heading that is best known for a canonical column; None where the table has none."""
    matches = [(match, str(c)) for c in frame.columns if (match := match_heading(str(c), kind))]
    return min(((m[1], h) for m, h in matches if m[0] == name), default=(0, None))[1]


def add_heading(raw: RawTable, kind: str, name: str) -> tuple[RawTable, str]:
    """Return a table that notes a heading which the file does not have, and that heading."""
    heading = accepted_headings(kind, name)[0]
    return replace(raw, added=(*raw.added, heading)), heading
