"""What schools write for the terms of the closed lists, list by list the words of one form."""

from __future__ import annotations

import pandas as pd

from phusong.vocabulary.pupils import (
    DeviceKind,
    Enrolment,
    Hardship,
    HomeConnection,
    HomeDevice,
    Poverty,
)

STATUS = {
    str(Enrolment.STUDYING): "Đang học",
    str(Enrolment.MOVED_IN): "Chuyển đến kỳ 1",
    str(Enrolment.MOVED_OUT): "Chuyển đi",
    str(Enrolment.LEFT): "Thôi học",
    str(Enrolment.DROPPED_OUT): "Bỏ học",
}
POVERTY = {
    str(Poverty.POOR): "Hộ nghèo",
    str(Poverty.NEAR_POOR): "Hộ cận nghèo",
    str(Poverty.NEITHER): "",
}
HARDSHIPS = {
    str(Hardship.ORPHAN_BOTH): "Mồ côi cả cha lẫn mẹ",
    str(Hardship.ORPHAN_ONE): "Mồ côi",
    str(Hardship.COVID_ORPHAN): "Mồ côi do COVID-19",
    str(Hardship.MERITORIOUS): "Con thương binh, liệt sĩ",
    str(Hardship.SEVERE_DISABILITY): "Khuyết tật nặng",
    str(Hardship.DISABILITY): "Khuyết tật",
    str(Hardship.POLICY_FAMILY): "Gia đình chính sách",
    str(Hardship.INCOME_LOSS): "Mất thu nhập do dịch bệnh",
    str(Hardship.MINORITY): "Dân tộc thiểu số",
    str(Hardship.OTHER_HARDSHIP): "Hoàn cảnh khó khăn",
}
DEVICE = {
    str(HomeDevice.OWN): "Có riêng",
    str(HomeDevice.SHARED): "Dùng chung",
    str(HomeDevice.NONE): "Không có",
    "": "",
}
KIND = {
    str(DeviceKind.DESKTOP): "Máy tính để bàn",
    str(DeviceKind.LAPTOP): "Máy tính xách tay",
    str(DeviceKind.TABLET): "Máy tính bảng",
    str(DeviceKind.SMARTPHONE): "Điện thoại thông minh",
    "": "",
}
CONNECTION = {
    str(HomeConnection.FIXED): "Wifi",
    str(HomeConnection.MOBILE_4G): "4G",
    str(HomeConnection.MOBILE_3G): "3G",
    str(HomeConnection.NONE): "Không có",
    "": "",
}
CROSS = "x"


def cross_out(marked: pd.Series) -> pd.Series:
    """Return a cross where a mark is set, and nothing elsewhere."""
    return marked.map({True: CROSS, False: ""}).astype(object)


def holds(hardships: pd.Series, *terms: Hardship) -> pd.Series:
    """Return whether one of some hardships is among those of each record."""
    words = "|" + hardships + "|"
    found = pd.Series(False, index=hardships.index)
    for term in terms:
        found |= words.str.contains(f"|{term}|", regex=False)
    return found


def word_classes(records: pd.DataFrame, *terms: Hardship, poverty: bool) -> pd.Series:
    """Return what stands in a column of policy classes, such as `Hộ nghèo; Mồ côi`.

    Parameters
    ----------
    records : stated_poverty, hardships.
    terms : hardships that are named there.
    poverty : whether poverty is named there too.
    """
    told = {str(term) for term in terms}
    states = records["stated_poverty"] if poverty else pd.Series("", index=records.index)
    pairs = pd.Series(states.astype(object) + ":" + records["hardships"], index=records.index)
    words = {}
    for pair in pairs.unique():
        state, _, listed = pair.partition(":")
        classes = [POVERTY.get(state, "")]
        classes += [HARDSHIPS[h] for h in listed.split("|") if h in told]
        words[pair] = "; ".join(c for c in classes if c)
    return pairs.map(words)
