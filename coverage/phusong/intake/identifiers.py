"""Numbers that stand for a person, and what a spreadsheet does to them.

Personal identification number, 12 digits ``PPP C YY NNNNNN``: province of birth registration, century and
sex, year of birth, six digits; no check digit (Nghị định 137/2015/NĐ-CP, điều 13; Thông tư 59/2021/TT-BCA).
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.vocabulary.pupils import Sex
from phusong.vocabulary.terms import Severity

PERSONAL_DIGITS, OLD_CARD_DIGITS = 12, 9
#: Largest code of a province of birth registration that was given out.
LAST_PROVINCE = 96
_WHOLE_FLOAT = re.compile(r"^(\d+)\.0+$")
#: What stands between two telephones in one cell.
_NEXT_PHONE = re.compile(r"(?s)(?<=\d)\s*(?:[/,;|\n]|\s[-–]\s|\bhoặc\b|\bvà\b|\s{3,}).*")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_BETWEEN = r"[\s.\-'’]"
#: So many zeros end a number that a spreadsheet has rounded; one that stands in several rows, so many fewer.
_ROUNDED, _ROUNDED_TWICE = r"[1-9]\d{3,}0{6}", r"[1-9]\d{5,}0{4}"
#: Letters of Greek and Cyrillic that look like ours.
_CONFUSABLES = str.maketrans(
    "АВЕКМНОРСТУХаеорсухІіЈјЅѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxIiJjSsABEZHIKMNOPTYXo"
)
#: From this share of codes on that are digits alone, a column is one of digits, 0..1.
_DIGITS_SHARE = 0.5


def read_codes(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a column of codes as text: `26001.0` is 26001; a code that a spreadsheet rounded is lost.

    Parameters
    ----------
    table : the raw table, matched.
    name : canonical column.
    findings : notebook of this reading.

    Returns
    -------
    text on the index of the rows, missing where empty or lost.
    """
    cells = table.cells(name)
    codes = drop_decimals(cells).str.removeprefix("'")
    changed = codes != cells
    findings.fix("float_code", table.heading(name), cells[changed], codes[changed])
    codes = _fold_codes(codes, table, name, findings)
    rounded = codes.str.fullmatch(_SCIENTIFIC) | _are_rounded(codes)
    table.fault(findings, "code_rounded", name, rounded, severity=Severity.WARNING)
    return codes.mask(rounded | (codes == ""), None)


def _are_rounded(codes: pd.Series) -> pd.Series:
    """Return which codes end in so many zeros that a spreadsheet must have rounded them."""
    zeros = codes.str.endswith("0000")
    if not zeros.any():
        return zeros
    several = codes.duplicated(keep=False) & codes.str.fullmatch(_ROUNDED_TWICE)
    return codes.str.fullmatch(_ROUNDED) | several


def _fold_codes(codes: pd.Series, table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return codes in plain letters and digits; a letter among codes of digits alone is told."""
    foreign = ~codes.str.match(r"[ -~]*\Z")
    plain = {
        t: unicodedata.normalize("NFKC", t).translate(_CONFUSABLES) for t in codes[foreign].unique()
    }
    folded = codes.mask(foreign, codes[foreign].map(plain)) if plain else codes
    digits = folded.str.fullmatch(r"\d+")
    stated = folded != ""
    if digits.sum() < max(_DIGITS_SHARE * stated.sum(), 1):
        return _list_folded(codes, folded, table, name, findings)
    mixed = stated & ~digits & folded.str.contains(r"\d{3}") & folded.str.contains(r"[A-Za-z]")
    mixed &= ~folded.str.fullmatch(_SCIENTIFIC)
    folded = folded.mask(mixed, folded[mixed].str.replace(r"[Oo]", "0", regex=True))
    letters = mixed & ~folded.str.fullmatch(r"\d+")
    table.fault(findings, "code_letter", name, letters, severity=Severity.WARNING)
    return _list_folded(
        codes, folded.mask(letters, codes.where(~foreign, folded)), table, name, findings
    )


def _list_folded(
    codes: pd.Series, folded: pd.Series, table: MatchedTable, name: str, findings: Findings
) -> pd.Series:
    """Return folded codes, those that differ listed."""
    changed = codes != folded
    findings.fix("code_folded", table.heading(name), codes[changed], folded[changed])
    return folded


def drop_decimals(cells: pd.Series) -> pd.Series:
    """Return whole numbers that a spreadsheet has given decimals without them: `26001.0` is 26001.

    Parameters
    ----------
    cells : text, none missing.
    """
    decimal = cells.str.contains(".0", regex=False).to_numpy()
    if not decimal.any():
        return cells
    whole = cells.copy()
    whole[decimal] = cells[decimal].str.replace(_WHOLE_FLOAT, r"\1", regex=True)
    return whole


def restore_zeros(
    codes: pd.Series, table: MatchedTable, name: str, findings: Findings
) -> pd.Series:
    """Return codes with the leading zeros that a spreadsheet has taken.

    A code that is one or two digits short of all others is filled up only where others of its length begin
    with a zero; else it is left as it is, and told.

    Parameters
    ----------
    codes : from `read_codes`.
    table, name, findings : as there.
    """
    digits = codes.fillna("").astype("str")
    lengths = digits[digits.str.fullmatch(r"\d{5,}")].str.len()
    if lengths.empty:
        return codes
    usual = int(lengths.mode().iloc[0])
    short = digits.str.fullmatch(r"\d+") & digits.str.len().between(usual - 2, usual - 1)
    if not short.any():
        return codes
    zeros = digits[(digits.str.len() == usual)].str.startswith("0").any()
    if not zeros:
        table.fault(findings, "code_short", name, short, severity=Severity.WARNING, digits=usual)
        return codes
    filled = digits.str.zfill(usual)
    findings.fix("zeros_restored", table.heading(name), digits[short], filled[short])
    return codes.mask(short, filled)


def read_personal_ids(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return valid personal ids; what is none is left out and told, and the row kept.

    Parameters
    ----------
    table : the raw table, matched.
    findings : notebook of this reading.

    Returns
    -------
    12 digits on the index of the rows, missing where there is no valid one.
    """
    raw = read_codes(table, "personal_id", findings).fillna("").astype("str")
    digits = raw.str.replace(_BETWEEN, "", regex=True)
    lost_zero = digits.str.fullmatch(rf"[1-9]\d{{{PERSONAL_DIGITS - 2}}}")
    filled = digits.mask(lost_zero, "0" + digits)
    heading = table.heading("personal_id")
    findings.fix("zeros_restored", heading, digits[lost_zero], filled[lost_zero])
    old = filled.str.fullmatch(rf"\d{{{OLD_CARD_DIGITS}}}")
    valid = is_personal_id(filled)
    table.fault(findings, "old_card", "personal_id", old, severity=Severity.WARNING)
    wrong = (filled != "") & ~valid & ~old
    table.fault(findings, "not_a_personal_id", "personal_id", wrong, severity=Severity.WARNING)
    return filled.where(valid, None)


def is_personal_id(digits: pd.Series) -> pd.Series:
    """Return which texts can be a personal id of somebody born in the 20th or 21st century."""
    formed = digits.str.fullmatch(rf"0\d\d[0-3]\d{{{PERSONAL_DIGITS - 4}}}")
    province = pd.to_numeric(digits.str[:3].where(formed), errors="coerce")
    return formed & province.between(1, LAST_PROVINCE)


def compare_ids(
    ids: pd.Series, births: pd.Series, sexes: pd.Series, table: MatchedTable, findings: Findings
) -> None:
    """Warn where a personal id says another sex or year of birth than its row.

    Parameters
    ----------
    ids, births, sexes : as read.
    table, findings : as for `read_personal_ids`.
    """
    known = ids.notna()
    text = ids.where(known, "0" * PERSONAL_DIGITS).astype("str")
    century = text.str[3].astype(int)
    year = 1900 + 100 * (century // 2) + text.str[4:6].astype(int)
    male = (century % 2 == 0).map({True: str(Sex.MALE), False: str(Sex.FEMALE)})
    other_year = births.notna() & (births.dt.year != year)
    other_sex = sexes.notna() & (sexes != male)
    wrong = known & (other_year | other_sex)
    table.fault(findings, "personal_id_differs", "personal_id", wrong, severity=Severity.WARNING)


def read_phones(table: MatchedTable, names: tuple[str, ...]) -> pd.Series:
    """Return the first telephone of several columns, digits only, `84…` as `0…`.

    Parameters
    ----------
    table : the raw table, matched.
    names : canonical columns, the best first.
    """
    found = pd.Series("", index=table.raw.frame.index, dtype="str")
    for name in names:
        first = drop_decimals(table.cells(name)).str.replace(_NEXT_PHONE, "", regex=True)
        digits = first.str.replace(r"\D", "", regex=True).str.replace(r"^84", "0", regex=True)
        digits = digits.mask(digits.str.fullmatch(r"[1-9]\d{8}"), "0" + digits)
        digits = digits.mask(digits.str.fullmatch(r"(?:0\d{9}){2,3}"), digits.str[:10])
        found = found.where(found != "", digits.where(digits.str.len().between(9, 11), ""))
    return found.mask(found == "", None)


def warn_repeated(
    values: pd.Series, name: str, rule: str, table: MatchedTable, findings: Findings
) -> None:
    """Warn of values that stand in several rows, once a value, at its second row.

    Parameters
    ----------
    values : as read, missing where empty.
    name, table, findings : as for `read_codes`.
    rule : rule of the catalogue.
    """
    repeated = values.notna() & values.duplicated(keep="first")
    once = repeated & ~values.where(repeated).duplicated(keep="first")
    table.fault(findings, rule, name, once, severity=Severity.WARNING)
