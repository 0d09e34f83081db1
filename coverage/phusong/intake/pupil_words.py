"""What words about pupils stand for: levels, states, poverty, hardships, devices, connections."""

from __future__ import annotations

from typing import TypeVar

from phusong.vocabulary.pupils import (
    DeviceKind,
    Enrolment,
    Hardship,
    HomeConnection,
    HomeDevice,
    Level,
    Poverty,
    Sex,
)

T = TypeVar("T")


def _index(words: dict[T, str]) -> dict[str, T]:
    """Return the terms by each of their words."""
    return {key: term for term, keys in words.items() for key in keys.split()}


LEVEL_WORDS = _index(
    {
        Level.TH: "th tieuhoc cap1 capi tieuhoccoso primary",
        Level.THCS: "thcs trunghoccoso cap2 capii cs",
        Level.THPT: "thpt trunghocphothong cap3 capiii pt phothongtrunghoc",
        Level.MN: "mn mamnon mg maugiao nhatre",
        Level.GDTX: "gdtx giaoducthuongxuyen botuc gdnngdtx",
    }
)
SEX_WORDS = _index(
    {Sex.MALE: "nam m male trai 1 boy namgioi", Sex.FEMALE: "nu f female gai 0 2 girl nugioi"}
)
ENROLMENT_WORDS = _index(
    {
        Enrolment.STUDYING: "danghoc hoc dihoc binhthuong 1 dangtheohoc hiendanghoc",
        Enrolment.MOVED_IN: (
            "chuyenden chuyendenhe chuyendenky1 chuyendenky2 chuyendenhk1 chuyendenhk2 "
            "chuyendentrongky moichuyenden"
        ),
        Enrolment.MOVED_OUT: (
            "chuyendi chuyendihe chuyendiky1 chuyendiky2 chuyendihk1 chuyendihk2 "
            "chuyentruong dachuyendi dachuyentruong"
        ),
        Enrolment.LEFT: "thoihoc dathoihoc totnghiep datotnghiep",
        Enrolment.DROPPED_OUT: "bohoc dabohoc bohochk1 bohochk2 bohoche",
        Enrolment.ON_LEAVE: "tamnghi nghihoctamthoi baoluu dangbaoluu tamnghihoc nghiom",
    }
)
#: Pieces of a word that tell the poverty of a household, looked for in this order.
POVERTY_PIECES: tuple[tuple[str, Poverty], ...] = (
    ("canngheo", Poverty.NEAR_POOR),
    ("khongngheo", Poverty.NEITHER),
    ("thoatngheo", Poverty.NEITHER),
    ("mucsongtrungbinh", Poverty.NEITHER),
    ("ngheo", Poverty.POOR),
)
POVERTY_WORDS = _index(
    {
        Poverty.POOR: "n hn ngheo hongheo",
        Poverty.NEAR_POOR: "cn hcn canngheo hocanngheo",
        Poverty.NEITHER: (
            "khong k binhthuong khongthuoc khongthuocdien khongthuochongheo hokhongngheo thoatngheo 0"
        ),
    }
)
#: Pieces of a word that tell a hardship; a longer one is taken out before a shorter is looked for.
HARDSHIP_PIECES: tuple[tuple[str, Hardship], ...] = (
    ("mocoidocovid19", Hardship.COVID_ORPHAN),
    ("mocoidocovid", Hardship.COVID_ORPHAN),
    ("chamematdocovid19", Hardship.COVID_ORPHAN),
    ("chamematdocovid", Hardship.COVID_ORPHAN),
    ("mocoicachalanme", Hardship.ORPHAN_BOTH),
    ("mocoicachavame", Hardship.ORPHAN_BOTH),
    ("mocoicachame", Hardship.ORPHAN_BOTH),
    ("mocoichame", Hardship.ORPHAN_BOTH),
    ("mocoi", Hardship.ORPHAN_ONE),
    ("khuyettatdacbietnang", Hardship.SEVERE_DISABILITY),
    ("khuyettatnang", Hardship.SEVERE_DISABILITY),
    ("khuyettat", Hardship.DISABILITY),
    ("thuongbinh", Hardship.MERITORIOUS),
    ("lietsi", Hardship.MERITORIOUS),
    ("lietsy", Hardship.MERITORIOUS),
    ("benhbinh", Hardship.MERITORIOUS),
    ("nguoicocong", Hardship.MERITORIOUS),
    ("contbls", Hardship.MERITORIOUS),
    ("matthunhap", Hardship.INCOME_LOSS),
    ("matviec", Hardship.INCOME_LOSS),
    ("chinhsach", Hardship.POLICY_FAMILY),
    ("dantocthieuso", Hardship.MINORITY),
    ("khokhan", Hardship.OTHER_HARDSHIP),
)
#: Ethnicity of the majority, by name and by its code in the list of 54.
MAJORITY = frozenset(("kinh", "viet", "kinhviet", "vietkinh", "1", "01"))
DEVICE_WORDS = _index(
    {
        HomeDevice.OWN: "corieng rieng thietbirieng cothietbirieng own cothietbi",
        HomeDevice.SHARED: "dungchung chung shared cochung codungchung dungchungthietbi cothietbidungchung",
        HomeDevice.NONE: "khongco chuaco none khongcothietbi chuacothietbi thieu khongthietbi",
    }
)
#: Pieces of a word that tell the kind of a device, in the order in which they are looked for.
KIND_PIECES: tuple[tuple[str, DeviceKind], ...] = (
    ("maytinhbang", DeviceKind.TABLET),
    ("tablet", DeviceKind.TABLET),
    ("ipad", DeviceKind.TABLET),
    ("xachtay", DeviceKind.LAPTOP),
    ("laptop", DeviceKind.LAPTOP),
    ("deban", DeviceKind.DESKTOP),
    ("desktop", DeviceKind.DESKTOP),
    ("maytinh", DeviceKind.DESKTOP),
    ("dienthoai", DeviceKind.SMARTPHONE),
    ("smartphone", DeviceKind.SMARTPHONE),
    ("dtdd", DeviceKind.SMARTPHONE),
    ("dttm", DeviceKind.SMARTPHONE),
)
#: Pieces of a word that tell how a home is connected, best first: whoever has several has the best.
CONNECTION_PIECES: tuple[tuple[str, HomeConnection], ...] = (
    ("capquang", HomeConnection.FIXED),
    ("codinh", HomeConnection.FIXED),
    ("ftth", HomeConnection.FIXED),
    ("wifi", HomeConnection.FIXED),
    ("adsl", HomeConnection.FIXED),
    ("5g", HomeConnection.MOBILE_4G),
    ("4g", HomeConnection.MOBILE_4G),
    ("3g", HomeConnection.MOBILE_3G),
    ("didong", HomeConnection.UNSPECIFIED),
    ("mangcuagiadinh", HomeConnection.UNSPECIFIED),
)
BOARDER_YES = frozenset(("noitru", "troho", "trohoc", "otro", "noitrutruong", "ktx"))
BOARDER_NO = frozenset(("bantru", "ngoaitru", "ogiadinh", "onha"))
