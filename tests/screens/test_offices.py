"""Reports, logs and accounts: each for whoever is meant, built on a click, refused by name to others."""

import shutil
import zipfile
from datetime import date
from io import BytesIO

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.actions.reports import write_report
from phusong.access.book import open_book
from phusong.access.faults import NotAllowed
from phusong.access.questions.audits import ask_accounts
from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.reports.lists import list_schools
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import ParameterFault

ASKED = {"suffix": "docx", "as_of": date(2021, 9, 26), "edition": "2021"}


@pytest.fixture(scope="module")
def campaign(finished, tmp_path_factory):
    """A finished run of its own, with the book of a campaign under way."""
    place = tmp_path_factory.mktemp("offices") / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return place


@pytest.fixture
def office(campaign, tmp_path, monkeypatch):
    return Stage(campaign, tmp_path / "phusong.access", monkeypatch)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER])
def test_offices_find_their_forms(office, role, lang):
    page = office.open("reports", role, lang=lang)
    assert not page.exception and len(page.button) == 3


def test_a_report_is_written_on_a_click_and_fetched_by_a_link_of_its_own(office):
    page = office.open("reports", Role.PLANNER)
    page.button[0].click().run()
    assert not page.exception
    assert "/export/" in " ".join(m.value for m in page.markdown)
    told = office.log(5)["what"].tolist()
    assert {"report", "export"} <= set(told)


@pytest.mark.parametrize("form", ["weekly", "final"])
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SCHOOL, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_committees_reports_are_for_offices(office, role, form):
    who = office.sign_in(role)
    with pytest.raises(NotAllowed):
        write_report(who, office.desk, form, **ASKED)


def test_an_operator_has_its_own_annex_and_no_other(office):
    who = office.sign_in(Role.OPERATOR)
    body = write_report(who, office.desk, "operator", about=str(who.operator), **ASKED)
    assert zipfile.is_zipfile(BytesIO(body))
    other = "VNPT" if who.operator != "VNPT" else "VIETTEL"
    with pytest.raises(NotAllowed):
        write_report(who, office.desk, "operator", about=other, **ASKED)


def test_a_school_has_its_own_list_and_no_other(office):
    who = office.sign_in(Role.SCHOOL)
    (own,) = who.schools
    assert write_report(who, office.desk, "school", about=own, **ASKED)
    other = next(s for s in list_schools(office.desk.folder, open_book(office.desk)) if s != own)
    with pytest.raises(NotAllowed):
        write_report(who, office.desk, "school", about=other, **ASKED)


def test_a_word_that_nobody_knows_and_a_list_without_a_book_are_refused(office, stage):
    who = office.sign_in(Role.PLANNER)
    with pytest.raises(ParameterFault):
        write_report(who, office.desk, "weekly", **{**ASKED, "suffix": "exe"})
    with pytest.raises(NotAllowed):
        write_report(who, office.desk, "daily", **ASKED)
    who = stage.sign_in(Role.SCHOOL)
    with pytest.raises(ParameterFault, match="book"):
        write_report(who, stage.desk, "school", about=min(who.schools), **ASKED)
    with pytest.raises(NotAllowed):
        write_report(who, stage.desk, "school", about="x", **ASKED)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_auditor_reads_who_asked_for_what_and_verifies_the_book(office, lang):
    office.open("pupils", Role.PLANNER)
    page = office.open("log", Role.AUDITOR, lang=lang)
    assert not page.exception
    assert len(page.dataframe[0].value) > 0
    page.toggle[0].set_value(True).run()
    assert len(page.dataframe[0].value) > 0, "the planner was refused the list of pupils"
    page.button[0].click().run()
    assert page.success and ":" in page.code[0].value


def test_an_auditor_without_a_book_reads_the_access_log(stage):
    page = stage.open("log", Role.AUDITOR)
    assert not page.exception and "phusong ledger init" in read_text(page)


@pytest.mark.parametrize(("name", "role"), [("log", Role.PLANNER), ("log", Role.ADMINISTRATOR),
                                            ("accounts", Role.AUDITOR), ("accounts", Role.EDUCATION)])  # fmt: skip
def test_logs_and_accounts_are_closed_to_others(office, name, role):
    page = office.open(name, role)
    assert page.error and not page.dataframe


def label(page, kind, text):
    return next(w for w in getattr(page, kind) if w.label == text)


def press(page, text):
    next(b for b in page.button if b.label == text).click()
    return page.run()


def test_the_administrator_opens_and_closes_an_account(office):
    page = office.open("accounts", Role.ADMINISTRATOR)
    assert not page.exception and "Tài khoản mẫu" in read_text(page)
    label(page, "text_input", "Địa chỉ hệ thống định danh").set_value("https://login.example.vn")
    label(page, "text_input", "Mã người dùng (subject)").set_value("u-1")
    label(page, "text_input", "Cơ quan, đơn vị").set_value("Sở <script>")
    page = press(page, "Mở tài khoản")
    assert not page.exception and page.success, [e.value for e in page.error]
    who = office.sign_in(Role.ADMINISTRATOR)
    made = next(a for a in ask_accounts(who, office.desk) if a.subject == "u-1")
    page = office.open("accounts")
    page = press(page, "Đóng và kết thúc mọi phiên")
    assert page.success
    known = {a.principal.account_id: a for a in ask_accounts(who, office.desk)}
    closed = known[made.principal.account_id]
    assert not made.closed_at and closed.closed_at


def test_an_account_whose_scope_does_not_fit_its_role_is_refused_in_words(office):
    page = office.open("accounts", Role.ADMINISTRATOR)
    label(page, "text_input", "Địa chỉ hệ thống định danh").set_value("https://login.example.vn")
    label(page, "text_input", "Mã người dùng (subject)").set_value("u-2")
    page = press(page, "Mở tài khoản")
    assert page.error and not page.success


@pytest.mark.parametrize(
    ("role", "asked"), [(Role.FOCAL_POINT, True), (Role.APPROVER, True), (Role.PLANNER, False)]
)
def test_the_page_offers_the_internal_edition_to_whom_it_is_for(office, role, asked):
    page = office.open("reports", role, lang="vi")
    groups = [g for g in page.button_group if "Bản dùng cho" in str(g.label)]
    assert bool(groups) == asked
