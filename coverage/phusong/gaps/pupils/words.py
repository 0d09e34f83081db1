"""The words in which a policy names its facts, its tie-breaks and the sentences that explain them."""

from __future__ import annotations

from phusong.vocabulary.pupils import Hardship, Poverty
from phusong.vocabulary.terms import Term


class Fact(Term):
    """Name what a tier may rest on beside the hardships; each is true only where it is proven."""

    POOR = "poor", Poverty.POOR.vi, Poverty.POOR.en
    NEAR_POOR = "near_poor", Poverty.NEAR_POOR.vi, Poverty.NEAR_POOR.en
    SPECIAL_DIFFICULTY = (
        "special_difficulty",
        "thôn đặc biệt khó khăn",
        "special-difficulty hamlet",
    )
    WITHOUT_DEVICE = "without_device", "không có thiết bị", "without a device"
    DEVICE_LACKING = "device_lacking", "thiếu thiết bị phù hợp", "without an adequate device"
    CONNECTION_LACKING = (
        "connection_lacking",
        "thiếu kết nối phù hợp",
        "without an adequate connection",
    )


#: Everything that a condition may be made of.
FACTS = tuple(str(f) for f in (*Fact, *Hardship))


class TieBreak(Term):
    """Name what decides between pupils of one tier."""

    DEVICE_GAP = (
        "device_gap",
        "không có thiết bị xếp trước dùng chung",
        "no device before a shared one",
    )
    EXAM_GRADE = "exam_grade", "lớp cuối cấp", "grade with an examination"
    CLOSURE = "closure", "khu vực giãn cách, trường đóng cửa", "distancing area or closed school"
    LEARNERS_PER_DEVICE = (
        "learners_per_device",
        "số học sinh trong hộ so với số thiết bị",
        "pupils of the household against its devices",
    )
    HAMLET_CLASS = "hamlet_class", "nhóm kết nối của thôn", "connectivity class of the hamlet"
    APPLICATION = "application", "ngày đăng ký", "day of application"
    HASH = (
        "hash",
        "mã băm của mã giả danh với hạt giống công bố",
        "hash of the pseudonym with a published seed",
    )


class Sentence(Term):
    """Name the sentences that explain a pupil's place in the order."""

    POLICY = (
        "policy",
        "Chính sách {name}, phiên bản {version}: {title}",
        "Policy {name}, version {version}: {title}",
    )
    LEGAL = "legal", "Căn cứ: {title}", "Legal basis: {title}"
    ELIGIBLE = "eligible", "Thuộc đối tượng hỗ trợ.", "Eligible."
    NOT_ELIGIBLE = "not_eligible", "Không thuộc đối tượng hỗ trợ.", "Not eligible."
    UNDECIDED = "undecided", "Chưa xét được.", "Cannot be judged yet."
    REASON = "reason", "Lý do: {reason}", "Reason: {reason}"
    TIER = "tier", "Bậc {tier}: {title}", "Tier {tier}: {title}"
    RULE = "rule", "Bậc này đòi hỏi: {conditions}", "The tier asks for: {conditions}"
    RULE_NONE = (
        "rule_none",
        "Bậc này dành cho học sinh không thuộc bậc nào ở trên.",
        "The tier takes every pupil whom no tier above has taken.",
    )
    RANK = "rank", "Thứ tự ưu tiên: {rank}", "Rank: {rank}"
    TIE = "tie", "  {place}. {name}: {value}", "  {place}. {name}: {value}"
    TIES = "ties", "Trong cùng bậc, xét lần lượt:", "Within the tier, in this order:"
    NEED_PUPIL = (
        "need_pupil",
        "Cần thiết bị tính theo học sinh: {yes}",
        "Needs a device, counted per pupil: {yes}",
    )
    NEED_HOUSEHOLD = (
        "need_household",
        "Cần thiết bị tính theo hộ: {yes}",
        "Needs a device, one per household: {yes}",
    )
    YES = "yes", "có", "yes"
    NO = "no", "không", "no"
    NOT_KNOWN = "not_known", "chưa rõ", "not known"
    AND = "and", " và ", " and "
    REACHABLE = (
        "reachable",
        "{hamlet_class} (thôn có kết nối tốt xếp trước)",
        "{hamlet_class} (better connected hamlets first)",
    )
    UNREACHABLE = (
        "unreachable",
        "{hamlet_class} (thôn thiếu kết nối xếp trước)",
        "{hamlet_class} (worse connected hamlets first)",
    )
