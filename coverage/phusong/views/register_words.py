"""The sentences of a summary about what no register of units could check."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class RegisterLine(Term):
    """Name the sentences about units and addresses of a run without the packaged register."""

    NO_REGISTER = (
        "no_register",
        "Không có danh mục đơn vị hành chính để đối chiếu: mã xã lấy như đã ghi",
        "There is no register of units to check against: codes of communes are taken as written",
    )
    NOT_SEARCHED = (
        "not_searched",
        "Không tìm thôn theo địa chỉ: học sinh, cam kết chỉ nhận thôn khi cột xã và cột thôn ghi đúng mã "
        "hoặc tên",
        "Addresses are not searched: pupils and commitments have a hamlet only where the columns of commune "
        "and hamlet give its code or its name as listed",
    )
