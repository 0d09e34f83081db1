"""Take out of a register what may not be copied: names and numbers of persons, serial numbers of devices.

It is done before anything else looks at the rows, so that neither the accepted table nor the quarantine nor
the report holds them. A register under the province's key keeps keyed hashes in their place (HMAC-SHA256, 128
bits, base32, as the pseudonyms of pupils); without the key a name becomes a number inside the file, and a
serial is left out.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from phusong.intake.diagnosis import Fault, Fix, ReadOptions
from phusong.intake.donors import parse_kind, tell_kind
from phusong.intake.findings import Findings
from phusong.intake.headings import match_heading
from phusong.intake.masking import show_shape
from phusong.intake.reading import RawTable
from phusong.intake.words import word_key
from phusong.vietnamese.alphabet import LETTERS
from phusong.vietnamese.keys import normalise
from phusong.vocabulary.book import DonorKind

HASH_BYTES = 16
#: What is hashed, and how it begins: nhà tài trợ, máy.
DONOR, SERIAL = "donor", "serial"
PREFIX = {DONOR: "nt-", SERIAL: "ms-"}
SEPARATOR = "|"
HIDDEN, HIDDEN_NUMBER, HIDDEN_NAME = "[đã ẩn]", "[số đã ẩn]", "[tên đã ẩn]"
#: What stands for a donor who is hidden, with a number inside the file; other kinds are named.
LABELS: dict[DonorKind | None, str] = {
    DonorKind.PERSON: "[cá nhân {}]",
    DonorKind.ANONYMOUS: "[ẩn danh {}]",
    None: "[chưa rõ {}]",
}
_LABELLED = re.compile(r"\[(cá nhân|ẩn danh|chưa rõ) \d+\]")
_DEVICE = "[máy {}]"
#: A keyed hash, as whoever has hashed already delivers it.
HASHED = re.compile(r"[a-z]{2}-[a-z2-7]{26}")
#: A telephone number or a personal id; sums of money do not begin with 0.
_NUMBER = re.compile(r"(?<![\d.,])(?:\+?84|0)(?:[ .-]?\d){8,11}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: An address and the name behind it: two capital words at least, so that “Bà Rịa” stays.
_CAPITAL = "A-Z" + "".join(c for c in LETTERS if c.isupper())
_PERSON = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]háu|[Ee]m|[Tt]hầy|[Đđ]/c|[Đđ]ồng chí)"
    rf"[:.]?(?:\s+[{_CAPITAL}][^\s,;:()]*){{2,5}}"
)
#: Headings of columns that hold nothing but how to reach a person, as pieces of a key.
CONTACTS = (
    "dienthoai", "sdt", "phone", "email", "lienhe", "nguoidaidien", "nguoigiao", "nguoinhan", "cccd",
    "cmnd", "sotaikhoan", "mathuebao", "sothuebao", "canbo", "hotennguoi",
)  # fmt: skip
#: Columns of free words, in which numbers and persons may be named in passing.
FREE = frozenset(
    (
        "donor", "in_kind", "condition", "note", "wish", "kept_at", "obstacle", "model", "spec",
        "audience", "name", "accepted_under", "solution",
    )
)  # fmt: skip


@dataclass(frozen=True)
class SealedOptions(ReadOptions):
    """Hold what the user says about a file, with the key under which persons and serials are hashed.

    Parameters
    ----------
    key : the province's key of pseudonyms.
    """

    key: bytes = field(default=b"", repr=False)


def seal_text(key: bytes, kind: str, text: str) -> str:
    """Return the keyed hash that stands for a donor's name or a serial number.

    Parameters
    ----------
    key : the province's key of pseudonyms.
    kind : `DONOR` or `SERIAL`.
    text : as written; case and blanks do not matter, nor do the marks within a serial.
    """
    plain = plain_serial(text) if kind == SERIAL else " ".join(normalise(text).casefold().split())
    digest = hmac.digest(key, f"{kind}\x1f{plain}".encode(), "sha256")[:HASH_BYTES]
    return PREFIX[kind] + base64.b32encode(digest).decode("ascii").rstrip("=").lower()


def plain_serial(text: str) -> str:
    """Return a serial number without case, blanks and the marks within it."""
    return re.sub(r"[\s.\-]", "", normalise(text).casefold())


def read_label(text: object) -> tuple[bool, DonorKind | None]:
    """Return whether a donor's cell holds what stands for one who is hidden, and of which kind that is."""
    if not isinstance(text, str):
        return False, None
    if HASHED.fullmatch(text):
        return True, DonorKind.PERSON
    found = _LABELLED.fullmatch(text)
    kinds = {label.partition(" {")[0].strip("["): kind for kind, label in LABELS.items()}
    return (True, kinds[found[1]]) if found else (False, None)


def split_serials(text: str) -> list[str]:
    """Return the serial numbers of a cell, each as it stands there, repetitions kept."""
    parts = re.split(r"[|,;\n\r\t]+|\s{2,}|\s+(?=\S{6,})", text.strip())
    return [p.strip() for p in parts if p.strip()]


def veil_table(raw: RawTable, kind: str, findings: Findings, options: ReadOptions) -> RawTable:
    """Return a register without what may not be copied.

    Parameters
    ----------
    raw : the rows under their headings, as they came.
    kind : source kind.
    findings : notebook of this reading; what was noted so far is veiled too.
    options : with the province's key where it is a `SealedOptions`.
    """
    key = options.key if isinstance(options, SealedOptions) else b""
    frame = raw.frame.copy()
    names = {h: (match_heading(str(h), kind, raw.answers) or ("", 0))[0] for h in frame.columns}
    findings.faults = [_veil_fault(f) for f in findings.faults]
    findings.fixes = [_veil_fix(f) for f in findings.fixes]
    donors = [h for h, name in names.items() if name == "donor"]
    kinds = [h for h, name in names.items() if name == "donor_kind"]
    for heading in donors:
        stated = frame[kinds[0]] if kinds else pd.Series("", index=frame.index)
        veiled = _veil_donors(frame[heading], stated, key)
        _replace(frame, heading, veiled, "name_hidden", findings)
    for heading, name in names.items():
        if name == "serials":
            _replace(frame, heading, _veil_serials(frame[heading], key), "serials_hidden", findings)
        elif not name and any(piece in word_key(str(heading)) for piece in CONTACTS):
            hidden = frame[heading].where(frame[heading].str.strip() == "", HIDDEN)
            _replace(frame, heading, hidden, "number_hidden", findings)
        elif not name or name in FREE:
            _replace(frame, heading, _each(frame[heading], hide_persons), "name_hidden", findings)
    return replace(raw, frame=frame)


def _replace(
    frame: pd.DataFrame, heading: str, cells: pd.Series, rule: str, findings: Findings
) -> None:
    """Put veiled cells in the place of those that came, and list that without showing them."""
    changed = cells != frame[heading]
    findings.fix(rule, str(heading), frame[heading][changed].map(show_shape), cells[changed])
    frame[heading] = cells


def _each(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Return cells with each different text changed once."""
    return cells.map({text: change(text) for text in cells.unique()}).astype(cells.dtype)


def hide_persons(text: str) -> str:
    """Return a text without telephone numbers, personal ids, mail addresses and names behind a title."""
    described = _EMAIL.sub(HIDDEN, _NUMBER.sub(HIDDEN_NUMBER, text))
    return _PERSON.sub(HIDDEN_NAME, described)


def _veil_donors(names: pd.Series, stated: pd.Series, key: bytes) -> pd.Series:
    """Return donors with persons hidden; of what kind nobody can tell is hidden as a person is."""
    labels: dict[str, str] = {}

    def _veil(name: str, word: str) -> str:
        kind = parse_kind(word) or tell_kind(name)
        label = LABELS.get(kind)
        if not name.strip() or label is None or HASHED.fullmatch(name.strip()):
            return hide_persons(name)
        if key and kind == DonorKind.PERSON:
            return seal_text(key, DONOR, name)
        plain = " ".join(normalise(name).casefold().split())
        return labels.setdefault(plain, label.format(len(labels) + 1))

    veiled = [_veil(name, word) for name, word in zip(names, stated, strict=True)]
    return pd.Series(veiled, index=names.index, dtype=names.dtype)


def _veil_serials(cells: pd.Series, key: bytes) -> pd.Series:
    """Return serial numbers by |, as keyed hashes, or as numbers inside the file where there is no key."""
    labels: dict[str, str] = {}

    def _veil(text: str) -> str:
        serials = split_serials(text)
        return SEPARATOR.join(s if HASHED.fullmatch(s) else _seal(s) for s in serials)

    def _seal(serial: str) -> str:
        if key:
            return seal_text(key, SERIAL, serial)
        return labels.setdefault(plain_serial(serial), _DEVICE.format(len(labels) + 1))

    return _each(cells, _veil)


def _veil_fault(fault: Fault) -> Fault:
    """Return a fault found before the columns were known, without what its row says."""
    return fault if fault.column or not fault.row else replace(fault, value=show_shape(fault.value))


def _veil_fix(fix: Fix) -> Fix:
    """Return a fix whose example is a line beside the table, without the persons who signed there."""
    rules: Iterable[str] = ("note_row", "total_row", "title_row")
    if fix.rule not in rules:
        return fix
    return replace(fix, example_before=_hide_signer(fix.example_before))


def _hide_signer(text: str) -> str:
    """Return a line with all behind its first word hidden where it names who wrote or signed it."""
    key = word_key(text)
    return hide_persons(text) if not key.startswith(("nguoi", "thutruong", "kyten")) else HIDDEN
