"""The frame: who sees which pages, what stands above them, and how one comes in and goes out."""

import pytest
from tests.screens.stage import ISSUER, read_text

from phusong.access.accounts import add_account, make_principal
from phusong.access.sessions import find_session, hash_key
from phusong.screens import identity
from phusong.screens.contents import PAGES, find_page, list_pages
from phusong.screens.speech import LANGUAGES
from phusong.screens.state import proofs
from phusong.vocabulary.book import Role

R = Role
SEEING = {R.PLANNER, R.EDUCATION, R.OPERATOR, R.FOCAL_POINT, R.APPROVER, R.SCHOOL}
MEANT = {
    "overview": set(R),
    "hamlet": SEEING | {R.COMMUNE},
    "scenarios": SEEING - {R.OPERATOR},
    "network": {R.OPERATOR, R.PLANNER},
    "pupils": {R.EDUCATION, R.APPROVER, R.SCHOOL},
    "review": {R.EDUCATION},
    "devices": {R.EDUCATION, R.APPROVER, R.SCHOOL, R.FOCAL_POINT},
    "contributions": {R.EDUCATION, R.APPROVER, R.FOCAL_POINT},
    "deliveries": {R.PLANNER, R.EDUCATION, R.FOCAL_POINT, R.COMMUNE},
    "erasure": {R.EDUCATION},
    "reports": SEEING,
    "challenges": SEEING | {R.COMMUNE},
    "log": {R.AUDITOR},
    "accounts": {R.ADMINISTRATOR},
}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_a_page_is_for_those_roles(page):
    assert {role for role in Role if page.is_for(role)} == MEANT[page.name]


@pytest.mark.parametrize("role", Role)
def test_a_page_stops_the_wrong_role_whatever_way_it_came(stage, role):
    stage.sign_in(role)
    for page in PAGES:
        if not page.is_for(role) and find_page(page.name) in list_existing():
            shown = stage.open(page.name)
            assert not shown.exception and not shown.dataframe
            assert "không dành cho" in shown.error[0].value
            assert bool(stage.log(1).iloc[0]["refused"])


def list_existing():
    return {page for role in Role for page in list_pages(role)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_tells_day_edition_and_that_it_is_made_up(stage, language):
    page = stage.enter(Role.AUDITOR, lang=language)
    assert not page.exception
    told = read_text(page)
    assert "21/09/2021" in told
    assert ("MÔ PHỎNG" if language == "vi" else "MADE-UP") in told


def test_the_language_follows_the_switch(stage):
    page = stage.enter(Role.PLANNER)
    page.segmented_control(key="language choice").set_value("en").run()
    assert page.title[0].value == "Connectivity of every hamlet"
    assert page.query_params["lang"] == "en"


def test_signing_out_ends_the_session_and_the_page(stage):
    page = stage.enter(Role.PLANNER)
    handle, desk = hash_key(stage.key), stage.desk
    page.button(key="sign out").click().run()
    assert (
        find_session(desk.register, handle, limits=desk.limits, when=desk.clock(), used=False)
        is None
    )
    assert not page.exception and not page.dataframe and "phiên" in page.warning[0].value


def test_a_code_from_the_address_bar_is_a_code_or_nothing(stage):
    def _show():
        import streamlit as st

        from phusong.screens.frame import open_screen

        st.write(open_screen("overview").place.hamlet or "none")

    stage.sign_in(Role.PLANNER)
    from streamlit.testing.v1 import AppTest

    for asked, kept in (
        ("T08914-01", "T08914-01"),
        ("<b>An</b>", "none"),
        ("../x", "none"),
        ("A" * 60, "none"),
    ):
        page = AppTest.from_function(_show, default_timeout=60)
        page.query_params["hamlet"] = asked
        assert page.run().markdown[0].value == kept


@pytest.fixture
def office(stage, monkeypatch):
    """Return a stage on which an identity provider is set and nobody has a session."""
    monkeypatch.setattr(identity, "has_provider", lambda: True)
    return stage


def test_whoever_is_not_signed_in_is_shown_the_provider(office):
    page = office.enter()
    assert [b.label for b in page.button] == ["Đăng nhập bằng tài khoản cơ quan"]
    assert not page.dataframe


def named_page(office, subject):
    from streamlit.testing.v1 import AppTest
    from tests.screens.stage import _navigate

    page = AppTest.from_function(_navigate, default_timeout=60)
    page.user["is_logged_in"] = True
    page.user["iss"], page.user["sub"] = ISSUER, subject
    page.user["roles"] = ["administrator"]
    return page.run()


def test_whom_the_provider_names_needs_an_account_of_ours(office):
    page = named_page(office, "somebody")
    assert "chưa có tài khoản" in page.error[0].value and not page.markdown


def test_the_role_is_the_registers_and_not_the_providers(office):
    made = make_principal(role="planner", organisation="Sở Xây dựng")
    desk = office.desk
    add_account(desk.register, made, issuer=ISSUER, subject="s1", when=desk.clock())
    page = named_page(office, "s1")
    told = page.markdown[0].value
    assert "cán bộ quy hoạch" in told and "quản trị" not in told
    proof = told.split("proof=")[1].split("&")[0]
    assert proofs().take(proof) == identity.Proof(ISSUER, "s1") and proofs().take(proof) is None
