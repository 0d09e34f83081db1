"""The forms in which schools deliver their lists of pupils, and who delivers in which."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.simulate.addresses.spelling import fold
from phusong.simulate.demonstration import Demonstration

SECTOR, SOFTWARE_A, SOFTWARE_B, SOFTWARE_C = "sector", "software_a", "software_b", "software_c"
#: Noises that a list in a font of its own cannot hold, for it has no signs for them.
_BEYOND_A_FONT = frozenset(
    (
        "nfd", "hidden_signs", "cyrillic", "full_width", "tcvn3", "vni_font", "mojibake",
        "mojibake_lossy", "eth", "upper",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """Say how a form holds an address.

    Parameters
    ----------
    columns : whether there is a column for each level.
    registered : whether it asks for the registered address too.
    unwritable : noises that cannot stand in it.
    suffix : of its files.
    mark : what tells its files apart where one district delivers in several forms.
    """

    columns: bool
    registered: bool
    unwritable: frozenset[str]
    suffix: str
    mark: str


FORMS = {
    SECTOR: Form(True, False, frozenset(), "xlsx", ""),
    SOFTWARE_A: Form(False, True, frozenset(), "csv", "_phan_mem_a"),
    SOFTWARE_B: Form(False, False, _BEYOND_A_FONT, "xlsx", "_phan_mem_b"),
    SOFTWARE_C: Form(False, False, frozenset(("nfd", "upper")), "csv", "_phan_mem_c"),
}
_SOFTWARE = (SOFTWARE_A, SOFTWARE_B, SOFTWARE_C)


def plan_exports(schools: pd.DataFrame, demonstration: Demonstration) -> pd.DataFrame:
    """Return in which form and into which file each school delivers.

    Every area has a form: every district, or where the map has none, every commune. In a world of one
    district, or of fewer communes than there are forms, its schools divide: those of several levels and the
    upper secondary ones deliver from the sector's database, the others in each form in turn.

    Parameters
    ----------
    schools : district, commune, commune_code, pupils_primary, pupils_lower, pupils_upper.
    demonstration : whether there are districts, and in which form each delivers.

    Returns
    -------
    exports : form, file, on the rows of the schools.
    """
    area = _name_areas(schools, demonstration)
    form = _choose_forms(area, demonstration)
    mark = pd.Series("", index=schools.index, dtype=object)
    if area.nunique() == 1:
        counted = schools[["pupils_primary", "pupils_lower", "pupils_upper"]] > 0
        whole = (counted.sum(axis=1) > 1) | counted["pupils_upper"]
        turn = (~whole).cumsum().to_numpy() - 1
        dealt = np.array(_SOFTWARE, dtype=object)[turn % len(_SOFTWARE)]
        form = form.mask(whole, SECTOR).where(whole, dealt)
        mark = form.map({name: kind.mark for name, kind in FORMS.items()})
    suffix = form.map({name: kind.suffix for name, kind in FORMS.items()})
    slug = area.map(_slug)
    return pd.DataFrame({"form": form, "file": "mo_phong_hoc_sinh_" + slug + mark + "." + suffix})


def _name_areas(schools: pd.DataFrame, demonstration: Demonstration) -> pd.Series:
    """Return the area whose list each school is on, no two of one name."""
    if demonstration.has_districts:
        return schools["district"].str.replace(r"^(thành phố|thị xã|huyện|quận) ", "", regex=True)
    if schools["commune_code"].nunique() < len(FORMS):
        return pd.Series(demonstration.name, index=schools.index)
    codes = schools.groupby("commune")["commune_code"].transform("nunique")
    return schools["commune"].where(codes == 1, schools["commune"] + " " + schools["commune_code"])


def _choose_forms(area: pd.Series, demonstration: Demonstration) -> pd.Series:
    """Return the form of each school's area: as the province's file says, else in turn."""
    stated, turns = demonstration.stated.pupils.forms, demonstration.country.pupils.turns
    if stated:
        return area.map(stated).fillna(SECTOR).astype(object)
    names = sorted(set(area))
    return area.map({name: turns[i % len(turns)] for i, name in enumerate(names)}).astype(object)


def _slug(name: str) -> str:
    """Return a name as it stands in the name of a file."""
    return re.sub(r"\s+", "_", fold(name))
