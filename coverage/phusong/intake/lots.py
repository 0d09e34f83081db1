"""Accept lots of devices: how many of what kind, what they have, and for whom the donor gives them."""

from __future__ import annotations

import re

import pandas as pd

from phusong.intake.book_ids import read_ids
from phusong.intake.book_words import (
    BROKEN_WORDS,
    CONDITION_WORDS,
    KIND_PIECES,
    first_term,
)
from phusong.intake.diagnosis import ReadOptions
from phusong.intake.earmarks import read_earmarks
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable, match_headings
from phusong.intake.identities import make_unique
from phusong.intake.judge import Judge
from phusong.intake.money import find_unit_values
from phusong.intake.numbers import read_numbers
from phusong.intake.reading import RawTable
from phusong.intake.specifications import HOTSPOT, parse_specification
from phusong.intake.values import fill_date, parse_flag, read_column, read_dates, read_texts
from phusong.intake.veiling import HASHED, SEPARATOR
from phusong.intake.wishes import UnitList
from phusong.intake.words import word_key
from phusong.vietnamese.keys import base_key
from phusong.vocabulary.book import LotCondition
from phusong.vocabulary.pupils import DeviceKind
from phusong.vocabulary.tables.book import LOTS
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING
NUMBERS = ("ram_gb", "storage_gb", "screen_in", "battery_mah")
FLAGS = ("camera", "microphone", "modem")
SPECIFICATIONS = (*NUMBERS, *FLAGS)
#: How each number is spoken of, to read it with a unit out of its own column.
SPOKEN = {"ram_gb": "RAM", "storage_gb": "ROM", "screen_in": "màn hình", "battery_mah": "pin"}
#: A share of newness: 99 % is used.
_SHARE, WHOLE = re.compile(r"(\d{2,3})\s*%"), 100
#: In what the rows of one lot must agree.
SAME = ("kind", "quantity", "ram_gb", "storage_gb", "modem")


def accept_lots(
    raw: RawTable, findings: Findings, options: ReadOptions, judge: Judge
) -> pd.DataFrame:
    """Return the lots of a register, one a row.

    Parameters
    ----------
    raw : the file as text, its serial numbers veiled.
    findings : notebook of this reading.
    options : edition of the commune codes; date of the register where no column gives it.
    judge : above which value a device is warned of.

    Returns
    -------
    columns of accepted_lots for every row, wrong ones included; index = row number in the file.

    Raises
    ------
    SourceFault
        If the register does not say how many devices of what kind there are.
    """
    table = match_headings(raw, "lots", findings, required=(("kind", "model", "spec"), "quantity"))
    conditions, broken, parts = _read_conditions(table, findings)
    quantity = read_column(table, LOTS.column("quantity"), findings)
    unit_value = find_unit_values(table, quantity, findings, dear_vnd=judge.dear_device_vnd)
    lots = pd.DataFrame(
        {
            "contribution_id": read_texts(table, "contribution_id", findings),
            "kind": _read_kinds(table, findings),
            "model": read_texts(table, "model", findings),
            **_read_specifications(table, findings, broken, parts),
            "condition": conditions,
            "quantity": quantity,
            "warranty_until": read_dates(table, "warranty_until", findings, severity=WARNING),
            "received_on": read_dates(table, "received_on", findings),
            "kept_at": read_texts(table, "kept_at", findings),
            "unit_value_vnd": unit_value,
            "package_id": _read_packages(table, findings),
            **read_earmarks(
                table, findings, UnitList(options.edition, options.province, options.register)
            ),
            "as_of": fill_date(
                read_dates(table, "as_of", findings, severity=WARNING), options.as_of
            ),
        }
    )
    lots["serials"] = _read_serials(table, lots["quantity"], findings)
    made_of = lots[
        ["contribution_id", "kind", "model", "received_on", "quantity", "wish", *SPECIFICATIONS]
    ]
    ids = read_ids(table, "lot_id", findings, prefix="LO-", made_of=made_of)
    return make_unique(
        lots.assign(lot_id=ids), "lot_id", table.heading("lot_id"), findings, same=SAME
    )


def _read_kinds(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the kind of each lot: as stated, else by its maker's name or its specification."""
    kinds = pd.Series(None, index=table.raw.frame.index, dtype="object")
    for name in ("kind", "model", "spec"):
        cells = table.cells(name)
        described = {text: first_term(text, KIND_PIECES, DeviceKind) for text in cells.unique()}
        kinds = kinds.where(kinds.notna(), cells.map(described))
    name = next((n for n in ("kind", "model", "spec") if table.has(n)), "kind")
    table.fault(findings, "kind_unclear", name, kinds.isna())
    return kinds


def _read_conditions(
    table: MatchedTable, findings: Findings
) -> tuple[pd.Series, pd.Series, dict[str, pd.Series]]:
    """Return condition, whether a lot is broken, and which of its parts its condition says is missing."""
    cells = table.cells("condition")
    texts = cells.unique()
    parts = {text: parse_specification(text) for text in texts}
    whole = {t: not (parts[t].camera is False or parts[t].microphone is False) for t in texts}
    broken = cells.map({t: whole[t] and bool(BROKEN_WORDS.search(base_key(t))) for t in texts})
    broken = broken.astype(bool)
    conditions = cells.map({t: _parse_condition(t) for t in texts}).astype("object")
    unread = conditions.isna() & ~broken & (cells != "") & cells.map(whole).astype(bool)
    table.fault(findings, "not_a_condition", "condition", unread, severity=WARNING)
    table.fault(findings, "needs_repair", "condition", broken, severity=WARNING)
    missing = {
        name: cells.map({t: getattr(parts[t], name) is False for t in texts}).astype(bool)
        for name in ("camera", "microphone")
    }
    return conditions.mask(broken), broken, missing


def _parse_condition(text: str) -> str | None:
    """Return the condition that a cell states; new to less than the whole is used."""
    share = _SHARE.search(text)
    if share:
        return str(LotCondition.NEW if int(share[1]) >= WHOLE else LotCondition.USED)
    plain = base_key(text)
    found = [condition for words, condition in CONDITION_WORDS if words.search(plain)]
    return str(found[0]) if found else None


def _read_specifications(
    table: MatchedTable, findings: Findings, broken: pd.Series, parts: dict[str, pd.Series]
) -> dict[str, pd.Series]:
    """Return what the devices have: by their own columns, else by the cell of specifications.

    What is broken has nothing that can be counted on: left empty, it is judged as not stated.
    """
    cells = table.cells("spec")
    described = {text: parse_specification(text) for text in cells.unique()}
    twice = cells.map({t: bool(s.twice) for t, s in described.items()}).astype(bool)
    table.fault(findings, "spec_two_values", "spec", twice, severity=WARNING)
    unread = cells.map({t: s.is_empty for t, s in described.items()}).astype(bool) & (cells != "")
    unread &= cells.map(lambda text: first_term(text, KIND_PIECES, DeviceKind) is None).astype(bool)
    table.fault(findings, "spec_unread", "spec", unread, severity=WARNING)
    read: dict[str, pd.Series] = {}
    for name in SPECIFICATIONS:
        own = _read_own(table, name, findings)
        spec = cells.map({t: getattr(s, name) for t, s in described.items()})
        spec = spec.astype("boolean" if name in FLAGS else "float64")
        differs = (own.notna() & spec.notna() & (own != spec)).fillna(value=False).astype(bool)
        table.fault(findings, "spec_differs", name, differs, severity=WARNING)
        kept = own.fillna(spec)
        if name in parts:
            kept = kept.mask(parts[name], False)
        read[name] = kept.mask(broken)
    return read


def _read_own(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return a specification out of its own column: a number with its unit, or yes and no."""
    if name in FLAGS:
        return _read_part(table, name, findings)
    column, cells = LOTS.column(name), table.cells(name)
    parsed = {t: getattr(parse_specification(f"{SPOKEN[name]} {t}"), name) for t in cells.unique()}
    described = cells.map(parsed).astype("float64")
    bare = read_numbers(table, name, Findings(), low=column.ge)
    wrong = bare.isna() & described.isna() & (cells != "")
    table.fault(findings, "not_a_number", name, wrong, severity=WARNING)
    return described.fillna(bare)


def _read_part(table: MatchedTable, name: str, findings: Findings) -> pd.Series:
    """Return whether there is a part: yes or no, or what the part is; `5MP` is a camera."""
    cells = table.cells(name)
    known = {text: _parse_part(text, name) for text in cells.unique()}
    flags = cells.map(known).astype("boolean")
    wrong = flags.isna() & ~cells.isin(["", "-", "?"])
    table.fault(findings, "not_a_flag", name, wrong, severity=WARNING)
    return flags


def _parse_part(text: str, name: str) -> bool | None:
    """Return whether a cell of one part says that it is there."""
    flag = parse_flag(text)
    if flag is not None:
        return flag
    described = getattr(parse_specification(text), name)
    if described is not None:
        return bool(described)
    return True if name == "camera" and word_key(text).endswith("mp") else None


def _read_packages(table: MatchedTable, findings: Findings) -> pd.Series:
    """Return the package that comes with each lot; yes, no and a hotspot are no package."""
    texts = read_texts(table, "package_id", findings)
    keys = texts.map(lambda t: parse_flag(t) is not None or HOTSPOT.search(base_key(t)) is not None,
                     na_action="ignore")  # fmt: skip
    return texts.mask(keys.eq(other=True))


def _read_serials(table: MatchedTable, quantity: pd.Series, findings: Findings) -> pd.Series:
    """Return keyed hashes of the serial numbers by |; a device that stands twice turns its rows away."""
    listed = table.cells("serials").map(lambda text: [s for s in text.split(SEPARATOR) if s])
    counts = listed.map(len).astype("Int64")
    wrong = (counts > 0) & (counts != quantity)
    for (found, wanted), group in counts[wrong.fillna(value=False)].groupby([counts, quantity]):
        own = pd.Series(counts.index.isin(group.index), index=counts.index)
        described = {"found": int(found), "quantity": int(wanted)}
        table.fault(findings, "serials_count", "serials", own, severity=WARNING, **described)
    owners = listed.explode().dropna()
    shared = owners[owners.duplicated(keep=False)]
    for serial, group in shared.groupby(shared, sort=True):
        rows = list(dict.fromkeys(group.index))
        shown = ", ".join(str(r) for r in rows[:10])
        heading = table.heading("serials")
        findings.fault("serial_repeated", heading, rows, [serial] * len(rows), shown=shown)
    hashed = listed.map(lambda found: SEPARATOR.join(s for s in found if HASHED.fullmatch(s)))
    return hashed.astype("object").where(hashed != "", None)
