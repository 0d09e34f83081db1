"""Hamlets whose names are hard to read: streets, teams, dates and numbers stand in them."""

from __future__ import annotations

from random import Random

import pandas as pd

from phusong.places.editions import list_units

COLUMNS = ("hamlet_id", "kind", "name", "commune_code", "edition", "aliases")
_FIRST = (
    "An|Bãi|Cao|Châu|Đại|Đồng|Gò|Hạ|Hưng|Kim|Lạc|Lò|Long|Mai|Mỏ|Nam|Ngọc|Phú|Quan|Tân|Vân|Xuân|Yên"
)
_SECOND = (
    "Bảo|Cầu|Chung|Cốc|Giang|Hội|Khê|Lâm|Mỹ|Phong|Quang|Quế|Sơn|Thành|Thịnh|Thọ|Tiến|Trạch|Vực"
)
#: Words of streets, teams and houses that stand in the names of hamlets.
_INSIDE = ("Đường", "Đội", "Phố", "Cụm", "Trường", "Ngõ", "Khu", "Xóm", "Làng", "Trại", "Số", "Ấp")
#: What tells the parts of a divided hamlet apart.
_SIDES = (("Trên", "Dưới"), ("Trong", "Ngoài"), ("Thượng", "Hạ"), ("1", "2"), ("Xuôi", "Ngược"))
#: Names that are of streets, kinds or signs altogether.
_WHOLE = (
    "Đường Sắt",
    "Đội Cấn",
    "Phố Mới",
    "Cụm Ba",
    "Trường Xuân",
    "Trung Tâm",
    "Khu Phố",
    "Làng Đường",
    "Chợ Đường",
    "Đồng Xã",
    "Trại Đội",
    "Bảy Mẫu",
    "Nhà Máy",
    "Công Ty",
    "Bản Phố",
    "Trường Thi",
    "Tập Thể Đường Sắt",
    "Gò Trường",
    "Phố Ga Cũ",
    "Xóm Đường",
    "Tổ Chim",
)
_DATES = ("20/10", "26/3", "2/9", "19/5", "3/2")
#: Of the hamlets of a commune, those with a number; every second commune has some.
_NUMBERED = 4


def simulate_hard_hamlets(*, count: int, seed: int, edition: str = "2021-01-01") -> pd.DataFrame:
    """Return hamlets with hard names in the communes of an edition.

    Parameters
    ----------
    count : how many, about as many in each commune; at least ten a commune.
    seed : another seed draws others.
    edition : of the communes.

    Returns
    -------
    hamlet_id, kind, name (without kind), commune_code, edition, aliases (empty).
    """
    rng = Random(seed)
    units = list(list_units(edition).itertuples())
    rows = []
    for at, unit in enumerate(units):
        kind = "thôn" if unit.kind == "xã" else "tổ dân phố"
        wanted = count * (at + 1) // len(units) - count * at // len(units)
        for i, name in enumerate(_draw_names(rng, wanted)):
            rows.append((f"{unit.code}-{i:02d}", kind, name, unit.code, edition, ""))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _draw_names(rng: Random, count: int) -> list[str]:
    """Return the names of one commune's hamlets, no two alike."""
    names = dict.fromkeys(_draw_halves(rng))
    if rng.random() < 0.5:
        form = rng.choice(("{}", "số {}"))
        names |= dict.fromkeys(form.format(n) for n in rng.sample(range(1, 13), _NUMBERED))
    names |= dict.fromkeys(rng.sample(_WHOLE, 1))
    names |= dict.fromkeys([rng.choice(_DATES)] if rng.random() < 0.15 else [])
    while len(names) < count:
        names[f"{rng.choice(_FIRST.split('|'))} {rng.choice(_SECOND.split('|'))}"] = None
    return list(names)[:count]


def _draw_halves(rng: Random) -> list[str]:
    """Return the two halves of a hamlet in whose name a word of a street stands."""
    stem = f"{rng.choice(_FIRST.split('|'))} {rng.choice(_INSIDE)}"
    return [f"{stem} {side}" for side in rng.choice(_SIDES)]
