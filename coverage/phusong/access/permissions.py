"""The one table of permissions: each question and action, what it is about, and how much of it each role has.

A function of `access.questions` or `access.actions` that asks in somebody's name has its row here, under its
own name; without a row it cannot be imported (see `access.authorisation`). What is not listed is refused.
Whose rows are one's own is said in `access.scope`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from phusong.ledger.acting import MAY
from phusong.vocabulary.book import Role
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL
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
    DELIVERIES = "deliveries", "số liệu giao nộp", "data delivered"
    REPORTS = "reports", "báo cáo", "reports"
    JOURNAL = "journal", "sổ chương trình", "the programme's journal"
    LOG = "log", "nhật ký truy cập", "access log"
    ACCOUNTS = "accounts", "tài khoản", "accounts"


class Extent(Term):
    """Say how much of it a role sees."""

    NONE = "none", "không được xem", "nothing"
    WHOLE = "whole", "toàn bộ", "all of it"
    OWN = "own", "phần của mình", "what is their own"
    INSIDE = "inside", "đã làm tròn, trong cơ quan nhà nước", "rounded, for offices"
    OUTSIDE = "outside", "đã làm tròn, từ cấp xã", "rounded, communes and up"
    WITHOUT_MONEY = "without_money", "không có chi phí", "without sums of money"


Extents = Mapping[Role, Extent]


@dataclass(frozen=True)
class Permission:
    """Hold one row of the table.

    Parameters
    ----------
    data : what it is about, as the access log and a refusal call it.
    extents : role → how much of it; a role that is not there has nothing.
    of_pupils : whether the answer tells of single pupils, so that each answer is one line of the access log.
    parts : kinds within it that have extents of their own, such as forms of report; empty where it has none.
    """

    data: Data
    extents: Extents
    of_pupils: bool = False
    parts: Mapping[str, Extents] = field(default_factory=dict)


def _give(extent: Extent, *roles: Role) -> Extents:
    """Return the same extent for some roles."""
    return dict.fromkeys(roles, extent)


def _keep(extents: Extents, roles: Iterable[Role]) -> Extents:
    """Return extents for some of their roles alone."""
    kept = frozenset(roles)
    return {role: extent for role, extent in extents.items() if role in kept}


def _write(data: Data, extents: Extents, *actions: str) -> Permission:
    """Return the row of an action that writes in the book: whoever sees the data and may do it there."""
    roles = frozenset.intersection(*(MAY[action] for action in actions))
    return Permission(data, _keep(extents, roles))


def _join(data: Data, parts: Mapping[str, Extents]) -> Permission:
    """Return a row whose extents are those of its parts: whoever has any of them has the whole question."""
    joined = {role: extent for extents in parts.values() for role, extent in extents.items()}
    return Permission(data, joined, parts=parts)


_PLANNER, _EDUCATION, _OPERATOR, _FOCAL = (
    Role.PLANNER,
    Role.EDUCATION,
    Role.OPERATOR,
    Role.FOCAL_POINT,
)
_APPROVER, _SCHOOL, _COMMUNE = Role.APPROVER, Role.SCHOOL, Role.COMMUNE
_OFFICES = (_PLANNER, _EDUCATION, _FOCAL, _APPROVER)
_COMMITTEE = (_EDUCATION, _FOCAL, _APPROVER)

_ALL = _give(Extent.WHOLE, *Role)
_EVERYWHERE = _give(Extent.WHOLE, *_OFFICES, _OPERATOR, _SCHOOL)
#: A commune's account sees its own hamlets, and of other communes nothing.
_FINDINGS = {**_EVERYWHERE, _COMMUNE: Extent.OWN}
_PROMISES = {**_give(Extent.WHOLE, *_OFFICES, _SCHOOL), _OPERATOR: Extent.OWN}
_NETWORKS = {**_PROMISES, _COMMUNE: Extent.OWN}
_COUNTS = {
    **_give(Extent.INSIDE, _PLANNER, _FOCAL, _APPROVER),
    **_give(Extent.OWN, _EDUCATION, _SCHOOL),
    _OPERATOR: Extent.OUTSIDE,
}
_PLANNED = {_PLANNER: Extent.WHOLE, **_give(Extent.WITHOUT_MONEY, *_COMMITTEE, _SCHOOL)}
_ROLLOUT = {**_PLANNED, _OPERATOR: Extent.OWN}
_BUILT = {_PLANNER: Extent.WHOLE, _OPERATOR: Extent.OWN}
_CHALLENGES = {
    _PLANNER: Extent.WHOLE,
    **_give(Extent.OWN, *_COMMITTEE, _OPERATOR, _SCHOOL, _COMMUNE),
}
_BOOK = _give(Extent.WHOLE, *_COMMITTEE)
_AWARDS = {_FOCAL: Extent.WHOLE, **_give(Extent.OWN, _EDUCATION, _APPROVER, _SCHOOL)}
_PRIORITY = _give(Extent.OWN, _EDUCATION, _APPROVER, _SCHOOL)
_RECORD = _give(Extent.OWN, _EDUCATION, _SCHOOL)
_REVIEW = _give(Extent.OWN, _EDUCATION)
_PLANNERS = _give(Extent.WHOLE, _PLANNER)
_AUDIT = _give(Extent.WHOLE, Role.AUDITOR)
_ADMINISTRATION = _give(Extent.WHOLE, Role.ADMINISTRATOR)


def _name_deliverers(kind: str) -> Extents:
    """Return who delivers a kind of source: pupils the education offices alone, the poor communes too."""
    extents: dict[Role, Extent] = {}
    if kind in ACCEPTED:
        extents[_PLANNER] = Extent.WHOLE
    if kind in ("contributions", "lots", "packages", "commitments"):
        extents[_FOCAL] = Extent.WHOLE
    if kind == "schools" or kind in PERSONAL:
        extents[_EDUCATION] = Extent.OWN
    if kind in ("hamlets", "poverty"):
        extents[_COMMUNE] = Extent.OWN
    return extents


_DELIVERIES = _join(
    Data.DELIVERIES, {kind: _name_deliverers(kind) for kind in (*ACCEPTED, *PERSONAL)}
)
_COMMITTEE_REPORT = _give(Extent.WHOLE, *_OFFICES)
_WHOLE_REPORT = {_FOCAL: Extent.WHOLE, **_give(Extent.OWN, _EDUCATION, _APPROVER)}
_SCHOOL_LISTS = {_FOCAL: Extent.WHOLE, **_give(Extent.OWN, _EDUCATION, _SCHOOL)}
_REPORTS = _join(
    Data.REPORTS,
    {
        "weekly": _COMMITTEE_REPORT,
        "final": _COMMITTEE_REPORT,
        "operator": _BUILT,
        "school": _SCHOOL_LISTS,
    },
)

#: Question or action → its row. The order is that of the pages on which they stand.
PERMISSIONS: dict[str, Permission] = {
    # Findings.
    "ask_summary": Permission(Data.SUMMARY, _ALL),
    "ask_indicators": Permission(Data.INDICATORS, _FINDINGS),
    "ask_history": Permission(Data.INDICATORS, _FINDINGS),
    "ask_runs": Permission(Data.INDICATORS, _EVERYWHERE),
    "ask_comparison": Permission(Data.COVERAGE, _EVERYWHERE),
    "ask_gaps": Permission(Data.COVERAGE, _FINDINGS),
    "ask_places": Permission(Data.COVERAGE, _FINDINGS),
    "ask_names": Permission(Data.COVERAGE, _FINDINGS),
    "ask_map": Permission(Data.COVERAGE, _FINDINGS),
    "ask_map_page": Permission(Data.COVERAGE, _FINDINGS),
    "ask_network": Permission(Data.NETWORKS, _NETWORKS),
    "ask_counts": Permission(Data.COUNTS, _COUNTS),
    "ask_challenges": Permission(Data.CHALLENGES, _CHALLENGES),
    "file_challenge": Permission(Data.CHALLENGES, _CHALLENGES),
    "settle_challenge": Permission(Data.CHALLENGES, _PLANNERS),
    # Plans.
    "ask_plan": Permission(Data.ROLLOUT, _ROLLOUT, parts={"commitments": _BUILT}),
    "ask_scenarios": Permission(Data.ROLLOUT, _PLANNED),
    "ask_plan_state": Permission(Data.ROLLOUT, _ROLLOUT),
    "ask_difference": Permission(Data.ROLLOUT, _PLANNED),
    "choose_plan": Permission(Data.ROLLOUT, _PLANNERS),
    "withdraw_kept_plan": Permission(Data.ROLLOUT, _PLANNERS),
    "ask_picture": Permission(Data.ROLLOUT, _PLANNERS),
    "ask_workbook": Permission(Data.ROLLOUT, _BUILT),
    # Pupils.
    "ask_priority": Permission(Data.PRIORITY, _PRIORITY, of_pupils=True),
    "count_priority": Permission(Data.PRIORITY, _PRIORITY),
    "ask_pupil_schools": Permission(Data.AWARDS, _AWARDS),
    "ask_reasons": Permission(Data.PRIORITY, _PRIORITY, of_pupils=True),
    "look_at_pupil": Permission(Data.RECORD, _RECORD),
    "erase_pupil": Permission(Data.RECORD, _REVIEW),
    "ask_queue": Permission(Data.RECORD, _REVIEW, of_pupils=True),
    "count_queue": Permission(Data.RECORD, _REVIEW),
    "ask_decisions": Permission(Data.RECORD, _REVIEW),
    "decide_addresses": Permission(Data.RECORD, _REVIEW),
    "undo_addresses": Permission(Data.RECORD, _REVIEW),
    "ask_pairs": Permission(Data.RECORD, _REVIEW, of_pupils=True),
    "decide_pair": Permission(Data.RECORD, _REVIEW),
    "undo_pair": Permission(Data.RECORD, _REVIEW),
    "ask_pair_decisions": Permission(Data.RECORD, _REVIEW, of_pupils=True),
    # The book: what was given, what lies in store, what was awarded.
    "ask_sums": Permission(Data.CONTRIBUTIONS, _BOOK),
    "ask_contributions": Permission(Data.CONTRIBUTIONS, _BOOK),
    "ask_entries": Permission(Data.CONTRIBUTIONS, _BOOK),
    "ask_windows": Permission(Data.CONTRIBUTIONS, _BOOK),
    "pledge_contribution": _write(Data.CONTRIBUTIONS, _BOOK, "pledge"),
    "receive_contribution": _write(Data.CONTRIBUTIONS, _BOOK, "receive"),
    "settle_contribution": _write(Data.CONTRIBUTIONS, _BOOK, "settle doubt"),
    "allocate_money": _write(Data.CONTRIBUTIONS, _BOOK, "allocate"),
    "pay_money": _write(Data.CONTRIBUTIONS, _BOOK, "pay"),
    "confirm_money": _write(Data.CONTRIBUTIONS, _BOOK, "confirm payment"),
    "reverse_entry": _write(Data.CONTRIBUTIONS, _BOOK, "reverse"),
    "ask_lots": Permission(Data.STOCK, _BOOK),
    "ask_packages": Permission(Data.STOCK, _BOOK),
    "ask_stock": Permission(Data.STOCK, _BOOK),
    "take_lot": _write(Data.STOCK, _BOOK, "store"),
    "buy_lot": _write(Data.STOCK, _BOOK, "store", "pay"),
    "ask_awards": Permission(Data.AWARDS, _AWARDS, of_pupils=True),
    "count_awards": Permission(Data.AWARDS, _AWARDS),
    "ask_allocation": Permission(Data.AWARDS, _AWARDS, of_pupils=True),
    "count_allocation": Permission(Data.AWARDS, _AWARDS),
    "ask_story": Permission(Data.AWARDS, _AWARDS, of_pupils=True),
    "ask_subsidies": Permission(Data.AWARDS, _AWARDS, of_pupils=True),
    "propose_awards": _write(Data.AWARDS, _AWARDS, "propose"),
    "propose_award": _write(Data.AWARDS, _AWARDS, "propose"),
    "approve_awards": _write(Data.AWARDS, _AWARDS, "approve"),
    "send_back_awards": _write(Data.AWARDS, _AWARDS, "send back"),
    "hand_over_awards": _write(Data.AWARDS, _AWARDS, "hand over"),
    "confirm_awards": _write(Data.AWARDS, _AWARDS, "confirm"),
    "cancel_award": _write(Data.AWARDS, _AWARDS, "cancel"),
    "take_back_device": _write(Data.AWARDS, _AWARDS, "return"),
    "report_lost": _write(Data.AWARDS, _AWARDS, "lose"),
    "free_pupil": _write(Data.AWARDS, _AWARDS, "free"),
    "replace_device": _write(Data.AWARDS, _AWARDS, "replace"),
    "record_decline": _write(Data.AWARDS, _AWARDS, "decline"),
    "record_move": _write(Data.AWARDS, _AWARDS, "move"),
    "record_departure": _write(Data.AWARDS, _AWARDS, "depart"),
    "withdraw_change": _write(Data.AWARDS, _AWARDS, "withdraw"),
    "ask_pupil_changes": Permission(Data.AWARDS, _AWARDS, of_pupils=True),
    "subsidise_household": _write(Data.AWARDS, _AWARDS, "subsidise"),
    "end_household_subsidy": _write(Data.AWARDS, _AWARDS, "subsidise"),
    "ask_promises": Permission(Data.NETWORKS, _PROMISES),
    "move_promise": _write(Data.NETWORKS, _PROMISES, "commit"),
    # What is delivered, and what is made of it.
    "look_at_file": _DELIVERIES,
    "fetch_rejected": _DELIVERIES,
    "decide_delivery": _DELIVERIES,
    "withdraw_delivery": _DELIVERIES,
    "drop_file": _DELIVERIES,
    "ask_deliveries": _DELIVERIES,
    "ask_poverty_lists": Permission(Data.DELIVERIES, _give(Extent.OWN, _COMMUNE)),
    "ask_pending": Permission(Data.DELIVERIES, _PLANNERS),
    "write_report": _REPORTS,
    "write_internal_report": Permission(Data.REPORTS, _WHOLE_REPORT),
    "ask_schools": Permission(Data.REPORTS, _SCHOOL_LISTS),
    # Who did what, and who may.
    "ask_refusals": Permission(Data.JOURNAL, _AUDIT),
    "check_book": Permission(Data.JOURNAL, _AUDIT),
    "ask_log": Permission(Data.LOG, _AUDIT),
    "ask_looks": Permission(Data.LOG, _AUDIT),
    "ask_accounts": Permission(Data.ACCOUNTS, _ADMINISTRATION),
    "open_account": Permission(Data.ACCOUNTS, _ADMINISTRATION),
    "rescope_account": Permission(Data.ACCOUNTS, _ADMINISTRATION),
    "revoke_account": Permission(Data.ACCOUNTS, _ADMINISTRATION),
}


def find_extent(role: Role, name: str, part: str = "") -> Extent:
    """Return how much of the answer to a question, or of an action, a role has.

    Parameters
    ----------
    role : who asks.
    name : of the question or action, a key of `PERMISSIONS`.
    part : a kind within it; one that the row does not name has no extent of its own.

    Raises
    ------
    KeyError
        If there is no such question or action.
    """
    row = PERMISSIONS[name]
    extents = row.parts.get(part, {}) if part and row.parts else row.extents
    return extents.get(role, Extent.NONE)


def list_parts(role: Role, name: str) -> list[str]:
    """Return the kinds within a question or action of which a role has anything, in their order.

    Parameters
    ----------
    role, name : see `find_extent`.
    """
    return [part for part, extents in PERMISSIONS[name].parts.items() if role in extents]
