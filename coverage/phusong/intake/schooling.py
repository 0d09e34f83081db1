"""Where a pupil stands in school: level, grade, class, state."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.people import tidy_cells
from phusong.intake.pupil_words import ENROLMENT_WORDS, LEVEL_WORDS
from phusong.intake.values import read_terms
from phusong.intake.words import word_key
from phusong.vietnamese.keys import normalise
from phusong.vocabulary.pupils import Level
from phusong.vocabulary.terms import Severity

#: First and last grade of each level (Luật Giáo dục 2019, điều 28).
GRADES = {Level.TH: (1, 5), Level.THCS: (6, 9), Level.THPT: (10, 12)}
_GRADE = re.compile(r"(?:lớp|lop|khối|khoi|l|k)?[\s._-]*(\d{1,2})(?!\d)", re.IGNORECASE)
_ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12,
}  # fmt: skip
#: A school that teaches no level of general education, by its name: a class 10A of it is no class of an
#: upper secondary school (Luật Giáo dục 2019, điều 44: cơ sở giáo dục thường xuyên).
_CONTINUING = re.compile(
    r"gdtx|gdnn|giáo dục thường xuyên|giáo dục nghề nghiệp|bổ túc|giao duc thuong xuyen|bo tuc",
    re.IGNORECASE,
)
#: The level by words in a school's name.
SCHOOL_WORDS = {
    Level.MN: re.compile(r"\b(?:mầm non|mẫu giáo|mn|mam non)\b"),
    Level.TH: re.compile(r"\b(?:tiểu học|th|tieu hoc)\b"),
    Level.THCS: re.compile(r"\b(?:trung học cơ sở|thcs|trung hoc co so)\b"),
    Level.THPT: re.compile(r"\b(?:trung học phổ thông|thpt|trung hoc pho thong)\b"),
}
_AGE_GROUP = re.compile(r"tuổi|tuoi|mầm|chồi|nhà trẻ|mẫu giáo", re.IGNORECASE)


def read_schooling(table: MatchedTable, findings: Findings, *, sheet: str | None) -> pd.DataFrame:
    """Return level, grade, class_name and status of each row.

    The grade is the stated one, else the class's; the level is the grade's, else the stated one, else the
    sheet's, else what the school's name tells. Where stated level and grade disagree the grade stands and
    the row is told. The kind of school outweighs the class: continuing education, which its name, the stated
    level or the sheet says, stays that.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.
    sheet : name of the sheet, which may be a level.
    """
    classes = tidy_cells(table, "class_name", findings)
    grades = _read_grades(table, classes, findings)
    stated = read_terms(table, "level", findings, words=LEVEL_WORDS, severity=Severity.WARNING)
    own = _level_of_grade(grades)
    differs = stated.notna() & own.notna() & (stated != own) & (stated != str(Level.GDTX))
    table.fault(findings, "level_differs", "level", differs, severity=Severity.WARNING)
    named = LEVEL_WORDS.get(word_key(sheet)) if sheet else None
    level = own.fillna(stated)
    level = level.fillna(str(named)) if named else level
    level = _fill_by_school(level, table, findings)
    level = level.mask(_is_continuing(table, stated, named), str(Level.GDTX))
    young = level.isna() & classes.fillna("").str.contains(_AGE_GROUP)
    status = read_terms(table, "status", findings, words=ENROLMENT_WORDS, severity=Severity.WARNING)
    return pd.DataFrame(
        {
            "level": level.mask(young, str(Level.MN)),
            "grade": grades,
            "class_name": classes,
            "status": status,
        }
    )


def _fill_by_school(level: pd.Series, table: MatchedTable, findings: Findings) -> pd.Series:
    """Return levels with those that nothing but the name of the school tells; listed."""
    names = table.cells("school_name")
    named = names.map({text: parse_school_level(text) for text in names.unique()}).astype("object")
    described = level.isna() & named.notna()
    findings.fix(
        "level_from_school", table.heading("school_name"), names[described], named[described]
    )
    return level.mask(described, named)


def parse_school_level(name: str) -> str | None:
    """Return the one level that a school's name tells; None where it tells none, or several."""
    key = normalise(name).casefold()
    found = [level for level, words in SCHOOL_WORDS.items() if words.search(key)]
    return str(found[0]) if len(found) == 1 else None


def are_continuing(texts: pd.Series) -> pd.Series:
    """Return which names or kinds of schools are of continuing education; an empty one is not.

    Parameters
    ----------
    texts : names or kinds, as they are written.
    """
    return texts.astype("str").str.contains(_CONTINUING).fillna(value=False).astype(bool)


def _is_continuing(table: MatchedTable, stated: pd.Series, named: Level | None) -> pd.Series:
    """Return whose school gives continuing education."""
    schools = are_continuing(table.cells("school_name"))
    return schools | (stated == str(Level.GDTX)).fillna(value=False) | (named == Level.GDTX)


def _read_grades(table: MatchedTable, classes: pd.Series, findings: Findings) -> pd.Series:
    """Return the grade that is stated, else the one that the class's name begins with."""
    stated = table.cells("grade")
    found = {text: parse_grade(text) for text in {*stated.unique(), *classes.dropna().unique()}}
    grades = stated.map(found).astype("Int64")
    wrong = grades.isna() & (stated != "") & ~stated.str.contains(_AGE_GROUP)
    table.fault(findings, "not_a_grade", "grade", wrong, severity=Severity.WARNING)
    return grades.fillna(classes.map(found, na_action="ignore").astype("Int64"))


def parse_grade(text: str) -> int | None:
    """Return the grade with which the name of a class or a stated grade begins: 6A1, Lớp 10 Toán, VI."""
    if _AGE_GROUP.search(text):
        return None
    found = _GRADE.match(text.strip())
    grade = int(found.group(1)) if found else _ROMAN.get(text.strip().lower())
    return grade if grade is not None and 1 <= grade <= 12 else None


def _level_of_grade(grades: pd.Series) -> pd.Series:
    """Return the level that each grade belongs to."""
    levels = pd.Series(None, index=grades.index, dtype="object")
    for level, (first, last) in GRADES.items():
        levels = levels.mask(
            grades.between(first, last).fillna(value=False).astype(bool), str(level)
        )
    return levels
