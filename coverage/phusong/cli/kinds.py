"""The kinds of source by the names that people type: code word, label, or a short Vietnamese name."""

from __future__ import annotations

from difflib import get_close_matches

from phusong.intake.words import word_key
from phusong.views.labels import SourceKind
from phusong.vocabulary.errors import ParameterFault

#: Kind → short names beside its label, the one that is shown first.
SHORT_NAMES: dict[SourceKind, tuple[str, ...]] = {
    SourceKind.COMMUNES: ("xa", "ranh-gioi-xa", "ranh-gioi"),
    SourceKind.HAMLETS: ("thon", "thon-tdp", "to-dan-pho"),
    SourceKind.HAMLET_LINEAGE: ("thon-sap-nhap", "sap-nhap", "chia-tach", "doi-ten-thon"),
    SourceKind.CELLS: ("tram", "tram-bts", "bts", "cot"),
    SourceKind.COVERAGE: ("vung-phu", "vung-phu-song"),
    SourceKind.FIBRE_NODES: ("tu-cap", "diem-quang", "hop-cap", "odf"),
    SourceKind.FIBRE_ROUTES: ("tuyen-cap", "tuyen-quang"),
    SourceKind.CLAIMS: ("xac-nhan", "hien-trang-thon"),
    SourceKind.MEASUREMENTS: ("do-kiem", "phieu-do", "phan-anh", "do-song"),
    SourceKind.ROADS: ("duong", "giao-thong"),
    SourceKind.TERRAIN: ("dia-hinh", "do-cao"),
    SourceKind.SCHOOLS: ("truong", "truong-hoc"),
    SourceKind.STUDENTS: ("hoc-sinh", "hs"),
    SourceKind.POVERTY: ("ho-ngheo", "ho-ngheo-can-ngheo"),
    SourceKind.CONTRIBUTIONS: ("ung-ho", "so-ung-ho"),
    SourceKind.LOTS: ("lo-may", "lo-thiet-bi", "thiet-bi"),
    SourceKind.PACKAGES: ("goi-cuoc", "goi-data"),
    SourceKind.COMMITMENTS: ("cam-ket",),
    SourceKind.UNITS: ("don-vi", "danh-muc"),
}
#: How alike a mistyped name must be to be suggested, 0..1.
LIKENESS = 0.6


def find_kind(text: str) -> str:
    """Return the kind of source that a name means.

    Parameters
    ----------
    text : code word, Vietnamese or English label, or short name; without accents or case, if need be.

    Raises
    ------
    ParameterFault
        With the names that there are, and the nearest, if it means none.
    """
    known = _list_names()
    kind = known.get(word_key(text))
    if kind is not None:
        return str(kind)
    near = get_close_matches(word_key(text), list(known), n=1, cutoff=LIKENESS)
    meant = known[near[0]] if near else None
    hint = f": có phải · did you mean “{SHORT_NAMES[meant][0]}” ({meant})?" if meant else ""
    names = ", ".join(f"{SHORT_NAMES[k][0]} ({k})" for k in SourceKind)
    raise ParameterFault(
        f"không có loại số liệu · “{text}” is no source kind{hint} → chọn · choose one of: {names}"
    )


def _list_names() -> dict[str, SourceKind]:
    """Return every name of a kind, as a key."""
    return {
        word_key(name): kind
        for kind in SourceKind
        for name in (str(kind), kind.vi, kind.en, *SHORT_NAMES[kind])
    }
