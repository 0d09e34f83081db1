"""Tell what kind of donor a name is: an office, an organisation, an enterprise, a person, nobody named."""

from __future__ import annotations

import re

from phusong.intake.words import list_operator_words, word_key
from phusong.vietnamese.keys import base_key, normalise
from phusong.vocabulary.book import DonorKind

#: How a register calls each kind, as keys.
KIND_WORDS: dict[str, DonorKind] = {
    key: kind
    for kind, words in {
        DonorKind.AGENCY: "coquan coquannhanuoc agency donvisunghiep coquandonvi cqnn",
        DonorKind.ORGANISATION: "tochuc tochucxahoi doanthe organisation organization tcxh hoi quy",
        DonorKind.ENTERPRISE: "doanhnghiep dn congty enterprise company hoptacxa",
        DonorKind.PERSON: "canhan person nguoidan cn giadinh hogiadinh individual",
        DonorKind.ANONYMOUS: "andanh giauten khongneuten anonymous khongten",
    }.items()
    for key in words.split()
}
#: Words without accents that tell a kind wherever they stand in a name.
_ANYWHERE = (
    (DonorKind.ANONYMOUS, r"an danh|giau ten|khong neu ten|khong muon neu ten|nha hao tam"),
    (
        DonorKind.ENTERPRISE,
        r"cong ty|cty|tnhh|ctcp|tap doan|doanh nghiep|ngan hang|xi nghiep|nha may|hop tac xa|htx|"
        r"chi nhanh|vien thong|cua hang|sieu thi|bank|corp|group|ltd|jsc|mobile|telecom",
    ),
    (
        DonorKind.AGENCY,
        r"ubnd|uy ban nhan dan|hdnd|phong gd|phong giao duc|cong an|chi cuc|vien kiem sat|toa an|"
        r"kho bac|bao hiem xa hoi|ban quan ly|huyen uy|tinh uy|thanh uy|dang uy|ngan sach|"
        r"truong (?:th|thcs|thpt|tieu hoc|trung hoc|mam non|mn|dai hoc|cao dang|pho thong|chinh tri)",
    ),
    (
        DonorKind.ORGANISATION,
        r"lien doan|cong doan|doan thanh nien|tinh doan|huyen doan|mat tran|mttq|cau lac bo|clb|"
        r"hiep hoi|giao xu|ban lien lac|to chuc|unicef|trung tam|hoi (?:khuyen hoc|chu thap do|dong huong)",
    ),
)
#: Words that tell a kind at the beginning of a name alone.
_FIRST = (
    (DonorKind.AGENCY, r"so|bo|cuc|phong|vien"),
    (DonorKind.ORGANISATION, r"hoi|quy|nhom|lop|chua|doan"),
)
_ANYWHERE_FOUND = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _ANYWHERE)
_FIRST_FOUND = tuple((kind, re.compile(rf"(?:{words})\b")) for kind, words in _FIRST)
#: How a person is addressed, with the accents that tell it from the first syllable of a name.
_ADDRESSED = re.compile(
    r"^(?:(?:các|hai)\s+)?(?:ông|bà|anh|chị|em|cô|chú|bác|cháu|thầy|cụ|gia đình|hộ|vợ chồng|đ/c|"
    r"đồng chí|mr|mrs|ms|ô|b)\b[.:\s]",
    re.IGNORECASE,
)
#: Surnames of most people here, without accents; a name of two to five words that begins so is a person's.
SURNAMES = frozenset(
    (
        "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho",
        "ngo", "duong", "ly", "dao", "doan", "dinh", "trinh", "mai", "truong", "luong", "cao", "ha", "ta",
        "lam", "chu", "luu", "phung", "quach", "to", "kim", "la", "nghiem", "vuong", "khong", "trieu",
        "thach", "tong", "thai", "lai", "kieu", "dam", "bach", "giap", "luc", "au", "diep", "chau",
    )
)  # fmt: skip
SHORTEST, LONGEST = 2, 5


def parse_kind(text: str) -> DonorKind | None:
    """Return the kind that a register states; None where its word is not known."""
    key = word_key(text)
    labels = {word_key(label): k for k in DonorKind for label in (k.value, k.vi, k.en)}
    return KIND_WORDS.get(key) or labels.get(key)


def tell_kind(name: str) -> DonorKind | None:
    """Return what kind of donor a name is; None where nothing in it tells.

    An address before a name, or a surname with one to four words behind, tells a person.
    """
    tidy = normalise(name)
    if not tidy:
        return None
    if _ADDRESSED.match(tidy + " "):
        return DonorKind.PERSON
    plain = base_key(tidy)
    if word_key(tidy) in list_operator_words():
        return DonorKind.ENTERPRISE
    for kind, pieces in _ANYWHERE_FOUND:
        if pieces.search(plain):
            return kind
    if _is_named(plain):
        return DonorKind.PERSON
    return next((kind for kind, pieces in _FIRST_FOUND if pieces.match(plain)), None)


def _is_named(plain: str) -> bool:
    """Return whether a text is built as the name of a person is."""
    words = plain.split()
    return SHORTEST <= len(words) <= LONGEST and words[0] in SURNAMES
