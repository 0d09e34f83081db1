"""For what purpose a pupil's record is opened: a closed list, for a reason in free words may name a child."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Purpose(Term):
    """Name the purposes for which one pupil's record may be opened."""

    VERIFY = "verify", "xác minh đối tượng được hỗ trợ", "to verify that the pupil is eligible"
    HAND_OVER = "hand_over", "bàn giao thiết bị, gói cước", "to hand over a device or a package"
    CORRECT = "correct", "sửa thông tin sai, trùng", "to correct what is wrong or twofold"
    ANSWER = "answer", "trả lời gia đình, khiếu nại", "to answer the family or a complaint"
    REQUEST = "request", "yêu cầu của chủ thể dữ liệu", "at the data subject's request"
