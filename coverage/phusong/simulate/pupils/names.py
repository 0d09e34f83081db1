"""Names put together from lists by how common they are; nobody is meant."""

from __future__ import annotations

import numpy as np

#: Surnames, and how many of a thousand bear them.
SURNAMES = {
    "Nguyễn": 384, "Trần": 121, "Lê": 95, "Phạm": 71, "Hoàng": 51, "Phan": 25, "Vũ": 39, "Đặng": 21,
    "Bùi": 20, "Đỗ": 24, "Ngô": 13, "Dương": 12, "Lý": 5, "Hà": 12, "Trương": 10, "Đinh": 9, "Lưu": 9,
    "Khổng": 9, "Phùng": 12, "Tạ": 8, "Cao": 7, "Đào": 10, "Kiều": 4, "Triệu": 5, "Chu": 6, "Tô": 4,
    "Lương": 5, "Mai": 4, "Quách": 1, "Bạch": 2,
}  # fmt: skip
#: Peoples of the hills, how many of a thousand among the minorities, and their surnames.
PEOPLES = {
    "Sán Dìu": (620, ("Lưu", "Trương", "Diệp", "Tạ", "Từ", "Lâm", "Trần", "Lê")),
    "Cao Lan": (170, ("Trần", "Lý", "Ninh", "Lâm", "Sầm", "Hoàng")),
    "Dao": (90, ("Triệu", "Bàn", "Đặng", "Dương", "Phùng")),
    "Tày": (70, ("Nông", "Hoàng", "Ma", "Hà")),
    "Mường": (50, ("Bùi", "Đinh", "Quách", "Hà")),
}
KINH = "Kinh"
_BOY_MIDDLE = (
    "Văn Văn Văn Đức Minh Quang Hữu Gia Tuấn Đình Thành Quốc Bảo Hoàng Ngọc Công Anh Hải Trung "
    "Nhật Tiến"
)
_GIRL_MIDDLE = (
    "Thị Thị Thị Thị Ngọc Thu Phương Minh Khánh Bảo Thanh Hà Thùy Diệu Hồng Quỳnh Mai Ánh Hải "
    "Yến Lan"
)
_BOY_SECOND = "Đức Minh Anh Bảo Gia Hoàng Nhật"
_GIRL_SECOND = "Ngọc Thu Phương Minh Thanh Hồng Quỳnh"
_BOYS = (
    "Minh Huy Nam Long Hùng Dũng Khánh Đức Tuấn Hiếu Phong Bình Hải Quân Thắng Trung Việt Khôi Đạt Kiên "
    "Lâm Tùng Cường Bảo An Toàn Hoàng Quang Tiến Nguyên Vinh Khang Nghĩa Thịnh Hưng Lộc Tân Vũ Quý Mỹ"
)
_GIRLS = (
    "Anh Linh Trang Hương Hoa Mai Ngọc Hà Phương Thảo Hiền Nhung Yến Vy Chi Châu Giang My Ngân Quỳnh Trâm "
    "Huyền Hằng Thủy Thùy Nga Oanh Dung Uyên Tâm Như Diệp Nhi Loan Hạnh Ly Thư Hòa Thúy Lý Mỹ"
)
_FATHERS = "Hùng Dũng Tuấn Thắng Hải Bình Cường Tùng Hưng Long Nam Quang Thành Toàn Trung Việt Tiến Lâm Khánh"
_MOTHERS = (
    "Hoa Hương Lan Hằng Thủy Nga Hạnh Loan Hiền Nhung Yến Huệ Liên Tâm Thảo Dung Oanh Hà Mai Huyền"
)


def _pick(words: str, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return words drawn from a list, the earlier ones a little more often [count]."""
    listed = np.array(words.split(), dtype=object)
    weight = np.linspace(1.6, 0.4, len(listed))
    return listed[rng.choice(len(listed), count, p=weight / weight.sum())]


def draw_surnames(peoples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return a surname for each household by its people [n]."""
    shares = np.array(list(SURNAMES.values()), dtype=float)
    drawn = np.array(list(SURNAMES), dtype=object)[
        rng.choice(len(shares), len(peoples), p=shares / shares.sum())
    ]
    for people, (_, surnames) in PEOPLES.items():
        mine = peoples == people
        drawn[mine] = np.array(surnames, dtype=object)[
            rng.integers(0, len(surnames), int(mine.sum()))
        ]
    return drawn


def draw_peoples(minority: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the people of each household: Kinh, or one of the hills where it is a minority's [n]."""
    shares = np.array([share for share, _ in PEOPLES.values()], dtype=float)
    drawn = np.array(list(PEOPLES), dtype=object)[
        rng.choice(len(shares), len(minority), p=shares / shares.sum())
    ]
    return np.where(minority, drawn, KINH)


def draw_names(surnames: np.ndarray, girls: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return full names of children; a third have two middle names [n]."""
    count = len(surnames)
    middle = np.where(girls, _pick(_GIRL_MIDDLE, count, rng), _pick(_BOY_MIDDLE, count, rng))
    second = np.where(girls, _pick(_GIRL_SECOND, count, rng), _pick(_BOY_SECOND, count, rng))
    given = np.where(girls, _pick(_GIRLS, count, rng), _pick(_BOYS, count, rng))
    twice = (rng.random(count) < 0.3) & (second != middle) & (second != given)
    middle = np.where(middle == given, np.where(girls, "Thị", "Văn"), middle)
    return surnames + " " + middle + np.where(twice, " " + second, "") + " " + given


def draw_parents(
    surnames: np.ndarray, peoples: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return names of fathers, who gave the surname, and of mothers, who kept their own [n], [n]."""
    count = len(surnames)
    father = surnames + " " + _pick("Văn Văn Đức Quang Hữu Đình", count, rng)
    mother = draw_surnames(peoples, rng) + " " + _pick("Thị Thị Thị Thị Thu Thanh Hồng", count, rng)
    return father + " " + _pick(_FATHERS, count, rng), mother + " " + _pick(_MOTHERS, count, rng)
