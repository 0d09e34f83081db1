"""Names for hamlets that never were, made of the words of which real names are made."""

from __future__ import annotations

import numpy as np

_FIRST = (
    "Đồng Tân Vĩnh Yên Bình Phú Hòa An Xuân Lũng Núi Đầm Cầu Gò Bãi Làng Đông Tây Nam Bắc Thượng Hạ Trung "
    "Ngọc Kim Thạch Sơn Hồng Minh Quang Văn Đức Hữu Nghĩa Lương Trại Đại Liên Thanh Hương Cẩm Mỹ Thọ Lộc"
)
_SECOND = (
    "Giếng Lập Thịnh Phúc Thành Sơn Tiến Hưng Mai Lâm Trúc Quế Đào Lý Dâu Tre Sậy Bông Dừa Vải Nhãn Sen Vàng "
    "Thủy Khê Điền Trạch Hải Long Phượng Quy Mã Ngưu Lộc Thái Bảo "
    "Châu Tú Sĩ Nghiệp Cương Lạc Đạo Hậu Tiền Chùa"
)
FIRST, SECOND = _FIRST.split(), _SECOND.split()
#: Names that come back in commune after commune.
COMMON = (
    "Tân Lập",
    "Đồng Tâm",
    "Đoàn Kết",
    "Quyết Tiến",
    "Thống Nhất",
    "Mới",
    "Đình",
    "Chùa",
    "Giữa",
    "Thượng",
    "Hạ",
    "Đông",
    "Đoài",
)
#: Names of ravines and springs, as the hill communes have them.
UPLAND = (
    "Đồng Dọc",
    "Suối Bùn",
    "Khe Trúc",
    "Vực Lở",
    "Đèo Gió",
    "Lũng Sâu",
    "Thác Dài",
    "Khe Mít",
    "Suối Đùm",
    "Gốc Sui",
    "Hang Dơi",
    "Đá Chồng",
)


def name_hamlets(
    count: int, *, upland: bool, numbered: bool, taken: set[str], rng: np.random.Generator
) -> list[str]:
    """Return names for the hamlets of one commune, none of them twice.

    Parameters
    ----------
    count : how many.
    upland : whether ravines and springs give some of the names.
    numbered : whether the commune counts its hamlets instead.
    taken : names that may not be used; the new ones are not added.
    rng : stream of random numbers.
    """
    if numbered:
        return [str(i + 1) for i in range(count)]
    names: list[str] = []
    while len(names) < count:
        name = _draw_name(upland, rng)
        if name not in names and name not in taken:
            names.append(name)
    return names


def _draw_name(upland: bool, rng: np.random.Generator) -> str:
    """Return one name: a common one, one of the hills, two words, or two words and a number."""
    dice = rng.random()
    if dice < 0.12:
        return str(rng.choice(COMMON))
    if upland and dice < 0.45:
        return str(rng.choice(UPLAND))
    first, second = str(rng.choice(FIRST)), str(rng.choice(SECOND))
    if first == second:
        return f"{first} Nội"
    name = f"{first} {second}"
    return f"{name} {rng.integers(1, 4)}" if dice > 0.94 else name
