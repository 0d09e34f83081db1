"""Read who gives: offices, organisations and enterprises by name, persons by what stands for them."""

from __future__ import annotations

import pandas as pd

from phusong.intake.donors import parse_kind, tell_kind
from phusong.intake.findings import Findings
from phusong.intake.headings import MatchedTable
from phusong.intake.values import read_flags, read_texts
from phusong.intake.veiling import HASHED, read_label
from phusong.vocabulary.book import DonorKind
from phusong.vocabulary.terms import Severity

WARNING = Severity.WARNING


def read_donors(table: MatchedTable, findings: Findings) -> dict[str, pd.Series]:
    """Return donors with their kind and whether they may be named; the names of persons are not copied.

    Parameters
    ----------
    table : the raw table, matched and veiled.
    findings : notebook of this reading.

    Returns
    -------
    donor, donor_kind, publish on the index of the rows.
    """
    names = read_texts(table, "donor", findings)
    cells = table.cells("donor_kind")
    stated = cells.map({text: _spell(parse_kind(text)) for text in cells.unique()}).astype("object")
    choices = ", ".join(k.vi for k in DonorKind)
    unknown = stated.isna() & (cells != "")
    table.fault(findings, "unknown_term", "donor_kind", unknown, severity=WARNING, choices=choices)
    read = {text: read_label(text) for text in names.dropna().unique()}
    hidden = names.map(lambda text: read[text][0], na_action="ignore").eq(other=True)
    told = names.map(lambda text: _spell(_kind_of(text)), na_action="ignore").astype("object")
    kinds = stated.where(stated.notna(), told)
    hint = "donor_kind" if table.has("donor_kind") else "donor"
    table.fault(findings, "donor_kind_unstated", hint, hidden & kinds.isna(), severity=WARNING)
    anonymous = kinds == DonorKind.ANONYMOUS
    nameless = names.isna() & ~anonymous & bool(table.has("donor"))
    table.fault(findings, "donor_unstated", "donor", nameless, severity=WARNING)
    publish = read_flags(table, "publish", findings, severity=WARNING)
    return {
        "donor": names.where(~hidden | names.fillna("").map(_is_sealed).astype(bool)),
        "donor_kind": kinds,
        "publish": publish.mask(anonymous.astype(bool), False),
    }


def _kind_of(donor: str) -> DonorKind | None:
    """Return the kind of a donor by what stands for it, else by its name."""
    hidden, kind = read_label(donor)
    return kind if hidden else tell_kind(donor)


def _is_sealed(donor: str) -> bool:
    """Return whether a keyed hash stands for a donor."""
    return HASHED.fullmatch(donor) is not None


def _spell(kind: DonorKind | None) -> str | None:
    return None if kind is None else str(kind)
