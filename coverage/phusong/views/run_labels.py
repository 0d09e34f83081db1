"""Every sentence about runs and what changed between them, in Vietnamese and in English."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class RunLine(Term):
    """Name the sentences."""

    RUN = (
        "run",
        "lần tính {run} (lúc {moment}, số liệu ngày {day})",
        "run {run} ({moment}, data of {day})",
    )
    RUN_OF_DAY = "run_of_day", "lần tính {run} (số liệu ngày {day})", "run {run} (data of {day})"
    TITLE = "title", "Thay đổi ở {last}, so với {first}:", "Changed in {last}, against {first}:"
    THIS_FILE = "this_file", "Tệp này đã làm thay đổi:", "This file changed:"
    THIS_CHANGE = "this_change", "Việc này đã làm thay đổi:", "This changed:"
    TOGETHER = (
        "together",
        "Tất cả những điều trên cùng làm thay đổi:",
        "All of these together changed:",
    )
    HAMLETS = (
        "hamlets",
        "{n} thôn đổi nhóm kết nối: {moves}",
        "hamlets that changed class: {n}: {moves}",
    )
    NO_EFFECT = (
        "no_effect",
        "Không thôn nào đổi nhóm, không chỉ tiêu nào đổi.",
        "No hamlet changed class and no figure moved.",
    )
    FIGURES_ONLY = (
        "figures_only",
        "Lần tính trước chỉ còn lưu chỉ tiêu, không lưu nguồn và nhóm của từng thôn.",
        "Of the earlier run the figures alone were kept, not its sources nor the classes of hamlets.",
    )
    MORE = "more", "… và {n} thay đổi khác", "… and {n} more"
    NOTHING = "nothing", "không có", "none"
    UNLISTED = "unlisted", "không có trong danh sách thôn", "not in the list of hamlets"
    FIRST_RUN = "first_run", "Đây là lần tính đầu tiên.", "This is the first run."
    SAME = (
        "same",
        "Số liệu không đổi so với {last}.",
        "The figures are those of {last}.",
    )
    STAGES = (
        "stages",
        "Đã tính lại {ran} bước, {fresh} bước không đổi",
        "Steps computed again: {ran}; unchanged: {fresh}",
    )
