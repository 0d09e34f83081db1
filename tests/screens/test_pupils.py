"""The list of pupils: own ones, without names, a record for a purpose, and each look logged."""

import shutil

import pytest
from tests.screens.stage import read_text

from phusong.access.principals import Principal
from phusong.access.purposes import Purpose
from phusong.access.questions.pupils import count_priority
from phusong.persons.vault import Vault
from phusong.vocabulary.book import Role
from phusong.vocabulary.pupils import Tier


@pytest.fixture(scope="module")
def finished(finished, tmp_path_factory):
    """A finished run of its own, whose log of looks grows here alone."""
    return shutil.copytree(finished, tmp_path_factory.mktemp("pupils") / "out")


def names(folder):
    pupils = Vault(folder / "personal").read("pupils")
    return [n for n in pupils["full_name"].dropna() if len(n.split()) > 2]


@pytest.mark.parametrize("role", [Role.EDUCATION, Role.SCHOOL, Role.APPROVER])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_list_shows_pseudonyms_and_no_name(stage, finished, role, lang):
    page = stage.open("pupils", role, lang=lang)
    assert not page.exception
    text = read_text(page)
    assert not [n for n in names(finished) if n in text]
    assert ("giả danh" in text) == (lang == "vi")


@pytest.mark.parametrize(
    "role", [Role.PLANNER, Role.OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.FOCAL_POINT]
)
def test_others_are_refused_and_that_is_logged(stage, role):
    page = stage.open("pupils", role)
    assert page.error and not page.dataframe
    assert stage.log()["refused"].iloc[0]


def test_an_official_of_one_commune_sees_its_pupils_alone(stage, finished):
    from phusong.store import read_table

    students = read_table(finished, "students").dropna(subset=["rank"])
    code = students["commune_code"].mode().iloc[0]
    who = Principal("gd-1", Role.EDUCATION, "Phòng Giáo dục", communes=frozenset({code}))
    page = stage.open("pupils", who)
    assert len(page.dataframe[0].value) == (students["commune_code"] == code).sum()
    nobody = Principal("gd-2", Role.EDUCATION, "Phòng Giáo dục", communes=frozenset({"99999"}))
    assert "Không có học sinh" in stage.open("pupils", nobody).info[0].value


def test_filters_say_how_many_are_left(stage):
    page = stage.open("pupils", Role.EDUCATION)
    everybody = count_priority(stage.sign_in(Role.EDUCATION), stage.desk).total
    page.multiselect[0].set_value([Tier.T5]).run()
    fewer = len(page.dataframe[0].value)
    assert 0 < fewer < everybody
    assert f"{fewer} / {everybody}" in read_text(page)


def _show_first():
    from phusong.access.questions.pupils import ask_priority
    from phusong.screens.frame import open_screen
    from phusong.screens.pupils import show_one

    screen = open_screen("pupils")
    show_one(screen, str(ask_priority(screen.principal, screen.desk)["student_key"].iloc[0]))


def test_a_record_opens_for_a_purpose_and_both_logs_have_the_look(stage, finished):
    stage.sign_in(Role.EDUCATION)
    page = stage.run(_show_first)
    vault = Vault(finished / "personal")
    before = len(vault.list_looks())
    page.button[0].click().run()
    assert page.warning and len(vault.list_looks()) == before, "without a purpose nothing opens"
    page.selectbox[0].set_value(Purpose.VERIFY)
    page.button[0].click().run()
    assert not page.exception
    shown = "\n".join(t.value for t in page.text)
    assert [n for n in names(finished) if n in shown]
    assert len(vault.list_looks()) == before + 1
    line = stage.log().iloc[0]
    assert (line["what"], line["why"], line["rows"]) == ("record", "verify", 1)
    page.run()
    gone = "\n".join(t.value for t in page.text)
    assert not [n for n in names(finished) if n in gone], "the next click takes it away"


def test_an_approver_reads_reasons_and_opens_no_record(stage):
    stage.sign_in(Role.APPROVER)
    page = stage.run(_show_first)
    assert len(page.text) > 2 and not page.button


def test_the_list_leaves_as_a_file_that_is_logged(stage):
    page = stage.open("pupils", Role.EDUCATION)
    page.button[0].click().run()
    assert not page.exception
    line = stage.log().iloc[0]
    assert (line["what"], line["refused"]) == ("export", False)
    assert line["rows"] > 0 and "hoc_sinh" in line["subject"]
