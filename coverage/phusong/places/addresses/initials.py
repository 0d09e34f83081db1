"""What a kind of one letter can only mean: x. Mới is a hamlet, T.Đảo a name, T. P.Thọ a province."""

from __future__ import annotations

from collections.abc import Container, Sequence
from operator import attrgetter
from typing import Final

from phusong.places.addresses.fields import Field
from phusong.places.addresses.register import AddressRegister

_weak: Final = attrgetter("weak")


def resolve_weak(
    fields: Sequence[Field], register: AddressRegister, beside: Container[str] = ()
) -> Sequence[Field]:
    """Return fields whose single letters say what they can only say: x. Mới, x. Ngọc Thanh.

    Parameters
    ----------
    fields : of one cell.
    register : of the province.
    beside : communes that other cells name, by key.
    """
    if not any(map(_weak, fields)):
        return fields
    resolved, larger, last = list(fields), False, len(fields) - 1
    small = [
        at
        for at, field in enumerate(fields)
        if field.level == "hamlet" and (not field.weak or field.number)  # Th. 7 is no name
    ]
    for at in range(last, -1, -1):
        field = fields[at]
        if field.weak and field.full in register.own and field.base not in register.commune_names:
            resolved[at] = _as_plain(field)._replace(level="province")
        elif field.weak:
            smaller = bool(small) and small[0] < at
            above = larger or bool(beside and field.base not in beside)
            resolved[at] = _resolve_one(
                field,
                register,
                smaller=smaller,
                larger=above,
                last=at == last,
                after_unit=at > 0 and fields[at - 1].level in ("commune", "district"),
            )
        larger = larger or resolved[at].level == "commune"
    return resolved


def _resolve_one(
    field: Field,
    register: AddressRegister,
    *,
    smaller: bool,
    larger: bool,
    last: bool,
    after_unit: bool,
) -> Field:
    """Return one field with the level that its kind can only mean.

    Parameters
    ----------
    smaller : whether a hamlet stands before it.
    larger : whether a commune stands behind it.
    last : whether nothing stands behind it.
    after_unit : whether a commune or district stands right before it.
    """
    if field.level == "district" and larger and not _may_be_district(field, register):
        return _as_plain(field)
    if field.level == "commune" and field.weak:
        initial = field.full in register.districts and field.base not in register.commune_names
        if initial and smaller:
            return _as_plain(field)
        if not larger and (smaller or field.base in register.commune_names):
            return field
        return (
            field._replace(level="hamlet", kind="xóm") if field.kind == "xã" else _as_plain(field)
        )
    if (
        field.weak
        and field.kind == "tỉnh"
        and not ((last or after_unit) and is_province(field, register))
    ):
        known = register.districts.get(field.full)
        return _as_plain(field) if known else field._replace(level="hamlet", kind="thôn")
    return field


def _may_be_district(field: Field, register: AddressRegister) -> bool:
    """Return whether a field has the name of a district, ours or a neighbour's."""
    known = field.base in register.districts
    return known or field.base in register.near_districts or field.base in register.former_districts


def resolve_city(field: Field, register: AddressRegister) -> Field:
    """Return a city that is a province as the province: thành phố Hà Nội, T. P.Thọ, TT Huế."""
    if field.kind == "thị trấn" and field.base not in register.commune_names:
        known = field.full in register.own or field.full in register.provinces.foreign
        return field._replace(level="province", kind="tỉnh", base=field.full) if known else field
    if field.kind != "thành phố":
        return field
    if field.full[1:] in register.own:
        return field._replace(level="province", kind="tỉnh", base=field.full[1:])
    own = field.base in register.provinces.cities and field.base not in register.districts
    if own or register.is_foreign(field.base, field.tone):
        return field._replace(level="province", kind="tỉnh")
    return field


def is_province(field: Field, register: AddressRegister) -> bool:
    """Return whether a field has the name of a province."""
    return field.base in register.own or register.is_foreign(field.base, field.tone)


def read_initial(field: Field, column: str, register: AddressRegister) -> Field:
    """Return the field of a column whose kind word is the initial of its name: V.Phúc, T.Đảo, H.Sơn."""
    known: dict[str, Container[str]] = {
        "province": register.own, "district": register.districts, "commune": register.short,
    }  # fmt: skip
    plain = field.weak and field.full in known[column]
    return _as_plain(field) if plain and field.base not in register.commune_names else field


def _as_plain(field: Field) -> Field:
    """Return a field whose kind word is the initial of its name: T.Đảo, P.Lân."""
    return field._replace(
        level="", kind="", weak=False, base=field.full, tone=field.full_tone, number=""
    )
