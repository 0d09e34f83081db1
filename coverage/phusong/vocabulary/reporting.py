"""The words of the reports: for whom one is written, and how each eligible pupil stands on its day."""

from __future__ import annotations

from phusong.vocabulary.terms import Term


class Audience(Term):
    """Say for whom a document is written: whole figures for the committee, rounded ones for everybody."""

    INTERNAL = "internal", "bản nội bộ", "internal edition"
    PUBLIC = "public", "bản công bố", "public edition"


class SupportStatus(Term):
    """Say how an eligible pupil stands on a day: by the book first, then by need; each in one status."""

    CONFIRMED = "confirmed", "đã xác nhận có thiết bị", "device confirmed"
    HANDED_OVER = (
        "handed_over",
        "đã bàn giao thiết bị, chờ xác nhận",
        "device handed over, to be confirmed",
    )
    APPROVED = "approved", "đã duyệt cấp thiết bị, chờ bàn giao", "device approved"
    PROPOSED = "proposed", "đã đề nghị cấp thiết bị, chờ duyệt", "device proposed"
    PACKAGE_ONLY = "package_only", "chỉ gói cước, theo sổ", "data package only, by the book"
    ENDED = (
        "ended",
        "đã thu hồi, mất hoặc hủy, chờ quyết định cấp lại",
        "returned, lost or cancelled, to be decided on",
    )
    WAITING_DEVICE = "waiting_device", "chờ thiết bị", "waiting for a device"
    WAITING_CONNECTION = (
        "waiting_connection",
        "chờ kết nối, không cần thiết bị",
        "waiting for a connection, needs no device",
    )
    HELD = (
        "held",
        "tạm giữ để đối chiếu trùng",
        "held apart, may be the same as another pupil",
    )
    HOUSEHOLD_SERVED = (
        "household_served",
        "hộ đã được cấp thiết bị",
        "the household has been served",
    )
    DECLINED = "declined", "gia đình không nhận", "declined by the family"
    DEPARTED = "departed", "đã chuyển khỏi tỉnh", "left the province"
    NOT_NEEDED = "not_needed", "không cần thiết bị", "needs no device"
    UNJUDGED = "unjudged", "chưa đủ căn cứ để xét nhu cầu", "need cannot be judged yet"


class PledgeUnit(Term):
    """Say in what a pledge is counted."""

    VND = "vnd", "đồng", "VND"
    DEVICES = "devices", "máy", "devices"


class BookMeasure(Term):
    """Name what a report holds against the one before, as the book says it."""

    PROPOSED = "proposed", "Thiết bị đề nghị, chờ duyệt", "Devices proposed"
    APPROVED = "approved", "Thiết bị đã duyệt, chờ bàn giao", "Devices approved"
    HANDED_OVER = (
        "handed_over",
        "Thiết bị đã bàn giao, chờ xác nhận",
        "Devices handed over, to be confirmed",
    )
    CONFIRMED = "confirmed", "Thiết bị đã xác nhận", "Devices confirmed"
    WAITING_DEVICE = "waiting_device", "Học sinh chờ thiết bị", "Pupils waiting for a device"
    EQUIPPED = (
        "equipped",
        "Học sinh không có thiết bị theo khảo sát, nay đã xác nhận có",
        "Pupils without a device by the survey who have confirmed one",
    )
    RECEIVED = "received", "Thiết bị đã nhận", "Devices received"
