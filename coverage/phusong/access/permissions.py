"""The matrix: which role sees what, and how much of it. What is not listed is refused."""

from __future__ import annotations

from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Term


class Data(Term):
    """Name what can be asked for."""

    SUMMARY = "summary", "tóm tắt", "summary"
    INDICATORS = "indicators", "chỉ tiêu", "indicators"
    COVERAGE = "coverage", "phủ sóng theo thôn", "coverage by hamlet"
    NETWORKS = "networks", "mạng lưới của doanh nghiệp", "operators' networks"
    COUNTS = "counts", "số học sinh", "counts of pupils"
    ROLLOUT = "rollout", "kế hoạch phủ sóng, kéo cáp", "rollout"
    PRIORITY = "priority", "danh sách ưu tiên (giả danh)", "priority list (pseudonymous)"
    RECORD = "record", "hồ sơ một học sinh", "one pupil's record"
    CONTRIBUTIONS = "contributions", "tiền và hiện vật ủng hộ", "contributions"
    STOCK = "stock", "kho thiết bị, gói cước", "stock of devices and packages"
    AWARDS = "awards", "đề xuất, cấp phát thiết bị", "awards"
    CHALLENGES = "challenges", "báo sai về phủ sóng", "reports that coverage is wrong"
    JOURNAL = "journal", "sổ chương trình", "the programme's journal"
    LOG = "log", "nhật ký truy cập", "access log"
    ACCOUNTS = "accounts", "tài khoản", "accounts"


class Extent(Term):
    """Say how much of it a role sees."""

    NONE = "none", "không được xem", "nothing"
    WHOLE = "whole", "toàn bộ", "all of it"
    OWN = "own", "phần của mình", "what is their own"
    INSIDE = "inside", "đã ẩn số nhỏ, trong cơ quan nhà nước", "small counts hidden, for offices"
    OUTSIDE = "outside", "đã ẩn số nhỏ, từ cấp xã", "small counts hidden, communes and up"
    WITHOUT_MONEY = "without_money", "không có chi phí", "without sums of money"


_FINDINGS = {Data.SUMMARY: Extent.WHOLE, Data.INDICATORS: Extent.WHOLE, Data.COVERAGE: Extent.WHOLE}
_OFFICE = {
    **_FINDINGS,
    Data.NETWORKS: Extent.WHOLE,
    Data.COUNTS: Extent.INSIDE,
    Data.ROLLOUT: Extent.WITHOUT_MONEY,
    Data.CHALLENGES: Extent.OWN,
}
_BOOK = {Data.CONTRIBUTIONS: Extent.WHOLE, Data.STOCK: Extent.WHOLE}

#: Role → data → extent.
MATRIX: dict[Role, dict[Data, Extent]] = {
    Role.PLANNER: {**_OFFICE, Data.ROLLOUT: Extent.WHOLE, Data.CHALLENGES: Extent.WHOLE},
    Role.EDUCATION: {
        **_OFFICE,
        **_BOOK,
        Data.AWARDS: Extent.OWN,
        Data.COUNTS: Extent.OWN,
        Data.PRIORITY: Extent.OWN,
        Data.RECORD: Extent.OWN,
    },
    Role.OPERATOR: {
        **_FINDINGS,
        Data.NETWORKS: Extent.OWN,
        Data.COUNTS: Extent.OUTSIDE,
        Data.ROLLOUT: Extent.OWN,
        Data.CHALLENGES: Extent.OWN,
    },
    Role.FOCAL_POINT: {**_OFFICE, **_BOOK, Data.AWARDS: Extent.WHOLE},
    Role.APPROVER: {
        **_OFFICE,
        **_BOOK,
        Data.AWARDS: Extent.OWN,
        Data.PRIORITY: Extent.OWN,
    },
    Role.SCHOOL: {
        **_OFFICE,
        Data.AWARDS: Extent.OWN,
        Data.COUNTS: Extent.OWN,
        Data.PRIORITY: Extent.OWN,
        Data.RECORD: Extent.OWN,
    },
    Role.AUDITOR: {
        Data.SUMMARY: Extent.WHOLE,
        Data.JOURNAL: Extent.WHOLE,
        Data.LOG: Extent.WHOLE,
    },
    Role.ADMINISTRATOR: {Data.SUMMARY: Extent.WHOLE, Data.ACCOUNTS: Extent.WHOLE},
}


def find_extent(role: Role, data: Data) -> Extent:
    """Return how much of something a role sees.

    Parameters
    ----------
    role : who asks.
    data : what is asked for.
    """
    return MATRIX.get(role, {}).get(data, Extent.NONE)
