"""The districts of other provinces: those around, whose names stand for their province, and all others."""

from __future__ import annotations

from typing import Final

import pandas as pd

from phusong.places.addresses.provinces import squeeze_key
from phusong.places.addresses.territory import ProvinceGround
from phusong.places.registers import Register

#: Boxes that are as near as this may be those of neighbours [°].
_NEAR_DEG: Final = 0.05


def _list_last_districts(register: Register, ground: ProvinceGround) -> pd.DataFrame:
    """Return every district of another ground, as it was when it was listed last."""
    own = {atom.district for atom in ground.atoms.values()}
    rows = register.district_rows
    return rows[~rows["code"].isin(own)].drop_duplicates("code", keep="last")


def list_other_districts(register: Register, ground: ProvinceGround) -> frozenset[str]:
    """Return the keys of the districts of all other ground; a number is none's alone."""
    keys = map(squeeze_key, _list_last_districts(register, ground)["name"])
    return frozenset(key for key in keys if not key.isdigit())


def list_near_districts(register: Register, ground: ProvinceGround) -> frozenset[str]:
    """Return the keys of the districts of provinces whose boxes touch the ground's, or that share its holder.

    Parameters
    ----------
    register : of all units; boxes [°].
    ground : of the province.
    """
    rows = _list_last_districts(register, ground)
    around = _list_provinces_around(register, ground)
    keys = map(squeeze_key, rows.loc[rows["parent_code"].isin(around), "name"])
    return frozenset(key for key in keys if not key.isdigit())


def _list_provinces_around(register: Register, ground: ProvinceGround) -> set[str]:
    """Return the codes of the provinces with districts around the ground."""
    days = [day for day in register.days if len(register.districts(day))]
    if not days:
        return set()
    provinces = register.provinces(days[-1])
    atoms = ground.atoms.values()
    own = provinces[provinces["code"].isin({atom.province for atom in atoms})]
    if not len(own):
        return set()
    west, south = own["west"].min() - _NEAR_DEG, own["south"].min() - _NEAR_DEG
    east, north = own["east"].max() + _NEAR_DEG, own["north"].max() + _NEAR_DEG
    touches = (provinces["west"] <= east) & (provinces["east"] >= west)
    touches &= (provinces["south"] <= north) & (provinces["north"] >= south)
    partners = set(register.relatives(ground.code, ground.begin)["code"])
    return set(provinces.loc[touches, "code"]) | (partners & set(provinces["code"]))
