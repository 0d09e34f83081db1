"""The forms in which schools deliver their lists of pupils, and who delivers in which."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from phusong.simulate.addresses.spelling import fold

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
#: Districts that do not deliver from the sector's database.
DISTRICT_FORMS = {
    "Vĩnh Tường": SOFTWARE_A,
    "Yên Lạc": SOFTWARE_A,
    "Bình Xuyên": SOFTWARE_B,
    "Vĩnh Yên": SOFTWARE_C,
}
_SOFTWARE = (SOFTWARE_A, SOFTWARE_B, SOFTWARE_C)


def plan_exports(schools: pd.DataFrame) -> pd.DataFrame:
    """Return in which form and into which file each school delivers.

    Every district has a form. In a world of one district its schools divide: those of several levels
    and the upper secondary ones deliver from the sector's database, the others in each form in turn.

    Parameters
    ----------
    schools : district, pupils_primary, pupils_lower, pupils_upper.

    Returns
    -------
    exports : form, file, on the rows of the schools.
    """
    district = schools["district"].str.replace(r"^(thành phố|thị xã|huyện) ", "", regex=True)
    form = district.map(DISTRICT_FORMS).fillna(SECTOR).astype(object)
    mark = pd.Series("", index=schools.index, dtype=object)
    if district.nunique() == 1:
        counted = schools[["pupils_primary", "pupils_lower", "pupils_upper"]] > 0
        whole = (counted.sum(axis=1) > 1) | counted["pupils_upper"]
        turn = (~whole).cumsum().to_numpy() - 1
        dealt = np.array(_SOFTWARE, dtype=object)[turn % len(_SOFTWARE)]
        form = form.mask(whole, SECTOR).where(whole, dealt)
        mark = form.map({name: kind.mark for name, kind in FORMS.items()})
    suffix = form.map({name: kind.suffix for name, kind in FORMS.items()})
    slug = district.map(_slug)
    return pd.DataFrame({"form": form, "file": "mo_phong_hoc_sinh_" + slug + mark + "." + suffix})


def _slug(name: str) -> str:
    """Return a name as it stands in the name of a file."""
    return re.sub(r"\s+", "_", fold(name))
