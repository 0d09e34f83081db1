"""A session ends when it should: signed out, idle, after a working day, with its account."""

import sqlite3

import pytest

from phusong.access.accounts import (
    add_account,
    change_account,
    close_account,
    find_account,
    list_accounts,
    make_principal,
)
from phusong.access.faults import AccountFault
from phusong.access.links import Verdict, offer_link, take_link
from phusong.access.register import open_register
from phusong.access.samples import find_sample
from phusong.access.sessions import begin_session, end_session, find_session, hash_key
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault


@pytest.fixture
def session(desk):
    """Return the handle of a planner's session and a way to look at it."""
    account = find_sample(desk, Role.PLANNER)
    handle = hash_key(begin_session(desk.register, account, when=desk.clock()))

    def _look(used=False):
        return find_session(desk.register, handle, limits=desk.limits, when=desk.clock(), used=used)

    _look.handle = handle
    return _look


def test_a_session_idles_half_an_hour_and_no_longer(session, clock):
    clock.pass_by(minutes=29)
    assert session(used=True).principal.role == Role.PLANNER
    clock.pass_by(minutes=29)
    assert session(used=True)
    clock.pass_by(minutes=30)
    assert session() is None


def test_a_look_of_the_tab_itself_is_no_use(session, clock):
    for _ in range(2):
        clock.pass_by(minutes=15)
        session(used=False)
    assert session() is None


def test_a_session_in_use_ends_after_twelve_hours(session, clock):
    for _ in range(47):
        clock.pass_by(minutes=15)
        assert session(used=True)
    clock.pass_by(minutes=15)
    assert session(used=True) is None


def test_a_copied_key_is_worth_nothing_after_the_sign_out(session, desk):
    end_session(desk.register, session.handle, when=desk.clock())
    assert session() is None


def test_the_register_holds_no_key(desk):
    key = begin_session(desk.register, find_sample(desk, Role.PLANNER), when=desk.clock())
    file = desk.register.path
    held = b"".join(p.read_bytes() for p in file.parent.glob(f"{file.name}*"))
    assert key.encode() not in held and hash_key(key).encode() in held


def test_another_role_counts_from_the_next_look(session, desk):
    account = session().principal.account_id
    change_account(desk.register, account, make_principal(role="auditor", organisation="Thanh tra"))
    assert session().principal.role == Role.AUDITOR


def test_a_closed_account_ends_its_sessions(session, desk):
    close_account(desk.register, session().principal.account_id, when=desk.clock())
    assert session() is None


def test_an_account_is_found_by_issuer_and_subject_while_it_is_open(desk):
    made = make_principal(role="operator", organisation="Viettel", operator="VIETTEL")
    when = desk.clock()
    add_account(desk.register, made, issuer="https://a.vn", subject="1", when=when)
    assert find_account(desk.register, issuer="https://a.vn", subject="1").principal == made
    assert find_account(desk.register, issuer="https://b.vn", subject="1") is None
    with pytest.raises(AccountFault, match="already"):
        add_account(desk.register, made, issuer="https://a.vn", subject="1", when=when)
    close_account(desk.register, made.account_id, when=when)
    assert find_account(desk.register, issuer="https://a.vn", subject="1") is None
    again = make_principal(role="planner", organisation="Sở Xây dựng")
    add_account(desk.register, again, issuer="https://a.vn", subject="1", when=when)
    assert len(list_accounts(desk.register)) == 2


@pytest.mark.parametrize(
    "words",
    [
        {"role": "king", "organisation": "x"},
        {"role": "operator", "organisation": "Viettel"},
        {"role": "planner", "organisation": "Sở", "operator": "VIETTEL"},
        {"role": "school", "organisation": "Trường"},
        {"role": "planner", "organisation": "Sở", "schools": ["S1"]},
        {"role": "planner", "organisation": "Sở", "communes": ["08914"]},
        {"role": "planner", "organisation": " "},
        {"role": "planner", "organisation": "Sở, gọi 0900 000 123"},
    ],
)
def test_an_account_that_cannot_be_is_refused(words):
    with pytest.raises((AccountFault, SourceFault)):
        make_principal(**words)


def test_a_register_that_others_may_read_is_not_opened(tmp_path):
    path = tmp_path / "phusong.access"
    open_register(path)
    assert path.stat().st_mode & 0o077 == 0
    path.chmod(0o644)
    with pytest.raises(SourceFault, match="others may read"):
        open_register(path)


def test_a_link_is_followed_once_by_its_owner_within_ten_minutes(session, desk, clock):
    mine, limits = session.handle, desk.limits

    def _take(key, handle=mine):
        return take_link(desk.register, key, handle, limits=limits, when=desk.clock()).verdict

    def _offer():
        return offer_link(desk.register, mine, "file", {"name": "a.csv"}, when=desk.clock())

    key = _offer()
    assert [_take(key, "0" * 64), _take(key), _take(key)] == [
        Verdict.FOREIGN,
        Verdict.GOOD,
        Verdict.GONE,
    ]
    late = _offer()
    clock.pass_by(minutes=10)
    assert _take(late) == Verdict.GONE and _take("made up") == Verdict.GONE


def test_lines_of_the_log_are_only_added(desk, play):
    from phusong.access.questions.audits import ask_log

    ask_log(play(Role.AUDITOR), desk, 5)
    with pytest.raises(Exception, match="not allowed|no right|không được"):
        ask_log(play(Role.PLANNER), desk, 5)
    with sqlite3.connect(desk.register.path) as raw:
        for deed in ("UPDATE log SET refused = 0", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                raw.execute(deed)
    raw.close()
