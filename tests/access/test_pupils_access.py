"""About pupils: lists of one's own without names, a record for a purpose in both logs, nothing by mistake."""

import json

import pytest

from phusong.access.faults import NotAllowed
from phusong.access.log import list_log
from phusong.access.purposes import Purpose
from phusong.access.questions.audits import ask_log, ask_looks
from phusong.access.questions.pupils import LISTED, ask_priority, look_at_pupil
from phusong.persons.vault import Vault
from phusong.pipeline.result_files import PERSONAL_FOLDER, PUPILS
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.tables.pupils import STUDENTS


@pytest.fixture(scope="module")
def names(office):
    """Return what names a pupil or a family in the personal store."""
    pupils = Vault(office / PERSONAL_FOLDER).read(PUPILS)
    told = pupils[["full_name", "guardian_1", "guardian_2", "phone"]].stack()
    return {str(text) for text in told if isinstance(text, str) and len(text) > 4}


def read_files(register):
    return b"".join(p.read_bytes() for p in register.path.parent.glob("phusong.access*"))


def test_lists_hold_nobodys_name_and_no_poverty(desk, play, names):
    for role in (Role.EDUCATION, Role.APPROVER, Role.SCHOOL):
        listed = ask_priority(play(role), desk)
        assert tuple(listed.columns) == LISTED and len(listed)
        assert not {"poverty", "hardships", "birth_date", "household_key"} & set(listed.columns)
        assert not names & set(listed.astype(str).stack())


def test_everybody_sees_their_own_pupils_alone(desk, play):
    students = read_table(desk.folder, STUDENTS.name)
    school, official = play(Role.SCHOOL), play(Role.EDUCATION)
    assert set(ask_priority(school, desk)["school_id"]) == set(school.schools)
    assert set(ask_priority(official, desk)["commune_code"]) <= set(official.communes)
    assert len(ask_priority(school, desk)) < len(students)


def test_a_look_at_a_record_stands_in_both_logs(desk, play):
    official, auditor = play(Role.EDUCATION), play(Role.AUDITOR)
    pupil = ask_priority(official, desk)["student_key"].iloc[0]
    record = look_at_pupil(official, desk, pupil, Purpose.HAND_OVER)
    assert record.facts["full_name"] and record.reasons
    line = ask_log(auditor, desk, 1).iloc[0]
    assert (line["subject"], line["why"], line["rows"]) == (pupil, "hand_over", 1)
    look = ask_looks(auditor, desk).iloc[0]
    assert pupil in look["why"] and official.account_id in look["who"] and look["rows"] == 1


def test_a_record_that_is_printed_by_mistake_names_nobody(desk, play, names):
    official = play(Role.EDUCATION)
    pupil = ask_priority(official, desk)["student_key"].iloc[0]
    record = look_at_pupil(official, desk, pupil, Purpose.VERIFY)
    assert f"{record} {record!r}" == f"Record({pupil}) Record({pupil})"


def test_others_pupils_and_nobody_get_the_same_answer(desk, play):
    school = play(Role.SCHOOL)
    students = read_table(desk.folder, STUDENTS.name)
    other = students[~students["school_id"].isin(school.schools)]["student_key"].iloc[0]
    told = set()
    for asked in (other, "hs-aaaaaaaaaaaaaaaaaaaaaaaaaa"):
        with pytest.raises(NotAllowed) as fault:
            look_at_pupil(school, desk, asked, Purpose.VERIFY)
        told.add(str(fault.value))
    assert len(told) == 1


def test_what_is_typed_as_a_pseudonym_never_reaches_the_log(desk, play):
    with pytest.raises(NotAllowed):
        look_at_pupil(play(Role.SCHOOL), desk, "Nguyễn Văn An", Purpose.VERIFY)
    assert list_log(desk.register, last=1)["subject"].iloc[0] == "not a pseudonym"


def test_the_register_names_nobody(desk, play, names):
    official = play(Role.EDUCATION)
    for pupil in ask_priority(official, desk)["student_key"].head(5):
        look_at_pupil(official, desk, pupil, Purpose.VERIFY)
    held = read_files(desk.register).decode("utf-8", "replace")
    assert not [name for name in names if name in held]
    assert "Nguyễn" not in json.dumps(list_log(desk.register, last=50).to_dict("list"), default=str)
