"""The sentences of reports about a rollout plan: which it is, of when, and what it leaves to operators."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class PlanWord(Term):
    """Name the sentences that stand above the figures of a plan."""

    NAMED = (
        "named",
        "Kế hoạch “{name}”, kịch bản {scenario}, {waves} năm, lập trên số liệu ngày {date}.",
        "Plan “{name}”, scenario {scenario}, {waves} years, made on data of {date}.",
    )
    MADE = (
        "made",
        "Kế hoạch “{name}”, kịch bản {scenario}, {waves} năm, lập ngày {made} trên số liệu ngày {date}.",
        "Plan “{name}”, scenario {scenario}, {waves} years, made on {made} on data of {date}.",
    )
    OUTDATED = (
        "outdated",
        "Kế hoạch này đã cũ: số liệu đã thay đổi sau ngày {date}. Các con số dưới đây không khớp với hiện "
        "trạng; cần lập lại kế hoạch.",
        "This plan is out of date: the data have changed since {date}. The figures below do not fit what is "
        "found today; plan again.",
    )
    BY_BASIS = (
        "by_basis",
        "{planned} thôn do kế hoạch; {promised} thôn doanh nghiệp đã nhận hoặc đang xây, chưa hoàn thành.",
        "{planned} hamlets by the plan; {promised} that operators have taken on or are building, not done "
        "yet.",
    )
    PROMISED = (
        "promised",
        "Thôn doanh nghiệp đã nhận hoặc đang xây",
        "Hamlets that operators have taken on or are building",
    )
    OF_WHICH = (
        "of_which",
        "Trong đó doanh nghiệp đã nhận hoặc đang xây",
        "Of which promised or being built by operators",
    )
    BASIS = "basis", "Căn cứ", "Source"
    FIRST = "first", "Từ ngày", "From"
    LAST = "last", "Đến ngày", "To"
    LIKELY = "likely", "Khả năng thực hiện", "Probability"
