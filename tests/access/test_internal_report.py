"""The internal edition: whole figures, for the committee's roles of the whole province, each look logged."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from phusong.access.actions.reports import (
    has_whole_figures,
    write_internal_report,
    write_report,
)
from phusong.access.faults import NotAllowed
from phusong.access.log import list_log
from phusong.vocabulary.book import Role

ASKED = {"suffix": "docx", "as_of": date(2021, 9, 26), "edition": "2021"}
MARK = "BẢN NỘI BỘ, KHÔNG CÔNG BỐ"
COMMITTEE = (Role.EDUCATION, Role.FOCAL_POINT, Role.APPROVER)


def read(body):
    document = Document(BytesIO(body))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("role", COMMITTEE)
def test_the_committee_has_whole_figures_of_the_province_and_its_access_is_logged(desk, play, role):
    who = replace(play(role), communes=frozenset())
    assert has_whole_figures(who)
    inside = read(write_internal_report(who, desk, "final", **ASKED))
    assert MARK in inside
    line = list_log(desk.register, last=1).iloc[0]
    assert (line["what"], line["subject"]) == ("report", "final internal")
    assert line["rows"] > 0 and line["role"] == role
    assert MARK not in read(write_report(who, desk, "final", **ASKED))


@pytest.mark.parametrize("role", [r for r in Role if r not in COMMITTEE])
def test_nobody_else_has_them(desk, play, role):
    who = play(role)
    assert not has_whole_figures(who)
    with pytest.raises(NotAllowed):
        write_internal_report(who, desk, "weekly", **ASKED)


@pytest.mark.parametrize("role", [Role.EDUCATION, Role.APPROVER])
def test_whoever_sees_some_communes_alone_has_no_whole_figures_of_the_province(desk, play, role):
    who = replace(play(role), communes=frozenset({"08914"}))
    assert not has_whole_figures(who)
    with pytest.raises(NotAllowed):
        write_internal_report(who, desk, "weekly", **ASKED)


def test_there_is_an_internal_edition_of_the_committees_reports_alone(desk, play):
    for form in ("school", "operator"):
        with pytest.raises(NotAllowed):
            write_internal_report(play(Role.FOCAL_POINT), desk, form, **ASKED)
