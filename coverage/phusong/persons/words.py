"""The words for what agrees between two records, and how far."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Trait(Term):
    """Name what two records are compared by."""

    NAME = "name", "họ tên", "name"
    BIRTH = "birth", "ngày sinh", "date of birth"
    SEX = "sex", "giới tính", "sex"
    GUARDIANS = "guardians", "cha mẹ, người giám hộ", "guardians"
    PHONE = "phone", "số điện thoại", "telephone"
    HOUSEHOLD = "household", "mã hộ", "household code"
    PLACE = "place", "nơi ở", "home"
    NUMBER = "number", "số định danh cá nhân", "personal id"
    CODE = "code", "mã học sinh", "student code"
    SCHOOL = "school", "trường", "school"


class Likeness(Term):
    """Say how far two records agree in one trait."""

    UNKNOWN = "unknown", "chưa rõ", "not stated in both"
    EQUAL = "equal", "giống nhau", "equal"
    BARE = "bare", "giống nhau, một bên thiếu dấu", "equal but for missing diacritics"
    TURNED = "turned", "đảo thứ tự", "the same parts in another order"
    SHORT = "short", "thiếu chữ đệm", "a middle name left out"
    LETTER = "letter", "khác một ký tự", "one letter or digit apart"
    MARKS = "marks", "khác dấu", "other diacritics"
    CORE = "core", "cùng họ và tên, khác chữ đệm", "same surname and given name"
    YEAR = "year", "cùng năm", "the same year"
    ONE = "one", "giống một người", "one of them agrees"
    COMMUNE = "commune", "cùng xã", "the same commune"
    OTHER = "other", "khác nhau", "different"


def give_reason(trait: Trait, likeness: Likeness) -> str:
    """Return how far two records agree in a trait, as it stands in column `reasons`."""
    return f"{trait}:{likeness}"


def tell_reasons(reasons: str, *, language: str) -> list[str]:
    """Return what agrees between two records and what does not, in words for a person.

    Parameters
    ----------
    reasons : column `reasons` of a pair.
    language : ``vi`` or ``en``.
    """
    told = []
    for reason in filter(None, reasons.split("|")):
        trait, likeness = reason.split(":")
        named, how = Trait.of(trait), Likeness.of(likeness)
        vi = language == "vi"
        told.append(f"{named.vi if vi else named.en}: {how.vi if vi else how.en}")
    return told
