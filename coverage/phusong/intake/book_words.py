"""What words in registers of the book stand for: forms, methods, levels, conditions, states, solutions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from phusong.intake.words import word_key
from phusong.vocabulary.book import (
    CommitmentState,
    ContributionForm,
    LotCondition,
    PaymentMethod,
    SourceLevel,
)
from phusong.vocabulary.options import OptionKind
from phusong.vocabulary.pupils import DeviceKind
from phusong.vocabulary.terms import Technology, Term

T = TypeVar("T", bound=Term)

FORM_WORDS: dict[str, ContributionForm] = {
    key: form
    for form, words in {
        ContributionForm.MONEY: "tien bangtien tienmat chuyenkhoan ck ungho tienvnd kinhphi",
        ContributionForm.DEVICES: "thietbi maytinh may maymoc bangthietbi dienthoai thietbihoctap",
        ContributionForm.TARIFF: (
            "cochednvienthong cochedoanhnghiepvienthong cochechinhsachdnvt cochechinhsachcuadnvt "
            "coche cochechinhsach goicuoc sim mienphi giamcuoc uudaicuoc cochecuadnvt hotrocuoc"
        ),
        ContributionForm.STATE_BUDGET: (
            "nsnn ngansach ngansachnhanuoc ngansachtinh ngansachhuyen nguonngansach"
        ),
        ContributionForm.FUND: "quy cacquy tuquy nguonquy quykhuyenhoc quyxahoihoa",
    }.items()
    for key in words.split()
}
METHOD_WORDS: dict[str, PaymentMethod] = {
    key: method
    for method, words in {
        PaymentMethod.TREASURY: (
            "kbnn khobac quakhobac chuyenkhoan ck quakbnn khobacnhanuoc taikhoankhobac chuyenkhoankbnn "
            "chuyenkhoanquakbnn chuyenkhoanquakhobac"
        ),
        PaymentMethod.CASH: "tm tienmat cash noptienmat",
        PaymentMethod.IN_KIND: "hienvat hv banghienvat thietbi inkind",
    }.items()
    for key in words.split()
}
LEVEL_WORDS: dict[str, SourceLevel] = {
    key: level
    for level, words in {
        SourceLevel.CENTRAL: "tw trunguong captw captrunguong bo",
        SourceLevel.PROVINCE: "tinh captinh sogddt so sogiaoducvadaotao tinhvinhphuc",
        SourceLevel.DISTRICT: "huyen caphuyen phonggddt thanhpho tp huyenthanhpho ubndhuyen",
        SourceLevel.SCHOOL: "truong nhatruong captruong truonghoc",
    }.items()
    for key in words.split()
}
#: Pieces of what is given that tell its form, in the order in which they are looked for.
CONTENT_PIECES: tuple[tuple[str, ContributionForm], ...] = (
    ("maytinh", ContributionForm.DEVICES),
    ("tablet", ContributionForm.DEVICES),
    ("ipad", ContributionForm.DEVICES),
    ("laptop", ContributionForm.DEVICES),
    ("dienthoai", ContributionForm.DEVICES),
    ("smartphone", ContributionForm.DEVICES),
    ("maybang", ContributionForm.DEVICES),
    ("thietbi", ContributionForm.DEVICES),
    ("goicuoc", ContributionForm.TARIFF),
    ("sim", ContributionForm.TARIFF),
    ("gbngay", ContributionForm.TARIFF),
    ("mienphilapdat", ContributionForm.TARIFF),
    ("data", ContributionForm.TARIFF),
    ("cuoc", ContributionForm.TARIFF),
)
#: Pieces of a word that tell the kind of a device; a bare “máy tính” tells none.
KIND_PIECES: tuple[tuple[str, DeviceKind], ...] = (
    ("maytinhbang", DeviceKind.TABLET),
    ("maybang", DeviceKind.TABLET),
    ("mtb", DeviceKind.TABLET),
    ("tablet", DeviceKind.TABLET),
    ("ipad", DeviceKind.TABLET),
    ("galaxytab", DeviceKind.TABLET),
    ("xachtay", DeviceKind.LAPTOP),
    ("laptop", DeviceKind.LAPTOP),
    ("latop", DeviceKind.LAPTOP),
    ("mtxt", DeviceKind.LAPTOP),
    ("notebook", DeviceKind.LAPTOP),
    ("deban", DeviceKind.DESKTOP),
    ("desktop", DeviceKind.DESKTOP),
    ("mtdb", DeviceKind.DESKTOP),
    ("cayvitinh", DeviceKind.DESKTOP),
    ("dienthoai", DeviceKind.SMARTPHONE),
    ("smartphone", DeviceKind.SMARTPHONE),
    ("dtdd", DeviceKind.SMARTPHONE),
    ("dttm", DeviceKind.SMARTPHONE),
    ("iphone", DeviceKind.SMARTPHONE),
)
#: Words that say that a device does not work, and those that say how it came, new before used.
BROKEN_WORDS = re.compile(
    r"(?<!khong )(?<!het )(?<!khong bi )\b(?:hong|loi|can sua|can sua chua|khong len nguon|vo man hinh|khong "
    r"hoat dong|chet may|khong su dung duoc)\b"
)
CONDITION_WORDS: tuple[tuple[re.Pattern[str], LotCondition], ...] = (
    (re.compile(r"\b(?:chua qua su dung|chua su dung|nguyen seal|nguyen hop)\b"), LotCondition.NEW),
    (
        re.compile(
            r"\b(?:qua su dung|qua sd|da su dung|da dung|qsd|like new|cu|second hand|used)\b"
        ),
        LotCondition.USED,
    ),
    (re.compile(r"\b(?:moi|new)\b"), LotCondition.NEW),
)
#: Pieces of a state, looked for in this order: what is not yet done before what is.
STATE_PIECES: tuple[tuple[str, CommitmentState], ...] = (
    ("rutcamket", CommitmentState.WITHDRAWN),
    ("darut", CommitmentState.WITHDRAWN),
    ("huybo", CommitmentState.WITHDRAWN),
    ("dahuy", CommitmentState.WITHDRAWN),
    ("khongthuchien", CommitmentState.WITHDRAWN),
    ("khongtrienkhai", CommitmentState.WITHDRAWN),
    ("dungtrienkhai", CommitmentState.WITHDRAWN),
    ("chonghiemthu", CommitmentState.ON_AIR),
    ("chuanghiemthu", CommitmentState.ON_AIR),
    ("nghiemthu", CommitmentState.ACCEPTED),
    ("chuaphatsong", CommitmentState.BUILDING),
    ("chophatsong", CommitmentState.BUILDING),
    ("chuahoanthanh", CommitmentState.BUILDING),
    ("chuathicong", CommitmentState.PLANNED),
    ("chuatrienkhai", CommitmentState.PLANNED),
    ("chuathuchien", CommitmentState.PLANNED),
    ("chuakhoicong", CommitmentState.PLANNED),
    ("dangkhaosat", CommitmentState.PLANNED),
    ("dangthicong", CommitmentState.BUILDING),
    ("dangtrienkhai", CommitmentState.BUILDING),
    ("dangxay", CommitmentState.BUILDING),
    ("danglap", CommitmentState.BUILDING),
    ("dangkeo", CommitmentState.BUILDING),
    ("dangthuchien", CommitmentState.BUILDING),
    ("khoicong", CommitmentState.BUILDING),
    ("phatsong", CommitmentState.ON_AIR),
    ("thongcap", CommitmentState.ON_AIR),
    ("hoanthanh", CommitmentState.ON_AIR),
    ("dalapdat", CommitmentState.ON_AIR),
    ("duavaosudung", CommitmentState.ON_AIR),
    ("duavaokhaithac", CommitmentState.ON_AIR),
    ("onair", CommitmentState.ON_AIR),
    ("thicong", CommitmentState.BUILDING),
    ("camket", CommitmentState.PLANNED),
    ("kehoach", CommitmentState.PLANNED),
    ("dangky", CommitmentState.PLANNED),
    ("chuanbi", CommitmentState.PLANNED),
    ("khaosat", CommitmentState.PLANNED),
)
SOLUTION_PIECES: tuple[tuple[str, OptionKind], ...] = (
    ("keocap", OptionKind.FIBRE),
    ("capquang", OptionKind.FIBRE),
    ("ftth", OptionKind.FIBRE),
    ("nangcap", OptionKind.UPGRADE),
    ("rru", OptionKind.SMALL_CELL),
    ("keoxa", OptionKind.SMALL_CELL),
    ("tramnho", OptionKind.SMALL_CELL),
    ("smallcell", OptionKind.SMALL_CELL),
    ("tramlap", OptionKind.REPEATER),
    ("repeater", OptionKind.REPEATER),
    ("khuechdai", OptionKind.REPEATER),
    ("vetinh", OptionKind.SATELLITE),
    ("starlink", OptionKind.SATELLITE),
    ("trammoi", OptionKind.NEW_SITE),
    ("xaymoi", OptionKind.NEW_SITE),
    ("xaytram", OptionKind.NEW_SITE),
    ("xaydung", OptionKind.NEW_SITE),
    ("laptram", OptionKind.NEW_SITE),
    ("bts", OptionKind.NEW_SITE),
)
TECHNOLOGY_PIECES: tuple[tuple[str, Technology], ...] = (
    ("5g", Technology.G5),
    ("4g", Technology.G4),
    ("lte", Technology.G4),
    ("3g", Technology.G3),
    ("2g", Technology.G2),
    ("capquang", Technology.FIBRE),
    ("ftth", Technology.FIBRE),
    ("quang", Technology.FIBRE),
    ("fibre", Technology.FIBRE),
    ("bangrongcodinh", Technology.FIBRE),
    ("internetcodinh", Technology.FIBRE),
)


def find_terms(text: str, pieces: Sequence[tuple[str, T]]) -> list[T]:
    """Return the terms whose pieces a text holds, each once; a piece found is taken out before the next.

    Parameters
    ----------
    text : as written.
    pieces : piece of a key → term, in the order in which they are looked for.
    """
    key, found = word_key(text), list[T]()
    for piece, term in pieces:
        if piece in key:
            key = key.replace(piece, "|")
            found.append(term)
    return list(dict.fromkeys(found))


def first_term(text: str, pieces: Sequence[tuple[str, T]], words: type[T]) -> str | None:
    """Return the term that a text is by its own label, else the first whose piece it holds; None if none.

    Parameters
    ----------
    text : as written.
    pieces : as for `find_terms`.
    words : the closed list.
    """
    key = word_key(text)
    own = next(
        (t for t in words if key in (word_key(t.value), word_key(t.vi), word_key(t.en))), None
    )
    found = [own] if own is not None and key else find_terms(text, pieces)
    return str(found[0]) if found else None
