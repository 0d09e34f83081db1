"""Addresses that wait for a person: only for education officials, decided once, taken back by another line."""

import shutil

import pandas as pd
import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.actions.review import (
    ask_decisions,
    ask_queue,
    decide_addresses,
    undo_addresses,
)
from phusong.access.faults import NotAllowed
from phusong.access.principals import Principal
from phusong.persons.vault import Vault
from phusong.store import read_table
from phusong.vocabulary.book import Role


@pytest.fixture
def office(raw, finished, tmp_path, monkeypatch):
    """A stage whose province file is a copy, so that decisions lie beside that."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(str(raw), str(tmp_path / "raw" / raw.name)))
    hamlets = read_table(tmp_path / "out", "hamlets").head(2)
    waiting = pd.DataFrame(
        {
            "group": ["g1", "g2"],
            "status": ["AMBIGUOUS", "COMMUNE_ONLY"],
            "commune_code": hamlets["commune_code"].tolist(),
            "edition": hamlets["edition"].tolist(),
            "text": ["thôn <b>Đồng</b>", "xóm Mới"],
            "records": [5, 2],
            "candidates": [hamlets["hamlet_id"].iloc[0], ""],
            "example": ["", ""],
        }
    )
    Vault(tmp_path / "out" / "personal").write("review", waiting)
    return Stage(tmp_path / "out", tmp_path / "phusong.access", monkeypatch)


WHO = Principal("gd-1", Role.EDUCATION, "Sở Giáo dục và Đào tạo")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_queue_is_shown_with_how_much_waits_and_the_look_is_logged(office, lang):
    vault = Vault(office.desk.folder / "personal")
    before = len(vault.list_looks())
    page = office.open("review", WHO, lang=lang)
    assert not page.exception
    assert len(page.metric) == 3 and len(vault.list_looks()) > before


@pytest.mark.parametrize("role", [r for r in Role if r != Role.EDUCATION])
def test_others_are_refused(office, role):
    page = office.open("review", role)
    assert page.error and not page.metric
    who = office.sign_in(role)
    with pytest.raises(NotAllowed):
        ask_queue(who, office.desk)


def test_a_group_is_decided_once_and_taken_back(office):
    who = office.sign_in(WHO)
    queue = ask_queue(who, office.desk)
    assert queue["records"].tolist() == [5, 2]
    hamlets = read_table(office.desk.folder, "hamlets")
    row = next(r for r in queue.itertuples() if r.candidates or r.commune_code)
    inside = hamlets[hamlets["commune_code"].isin(str(row.commune_code).split("|"))][
        "hamlet_id"
    ].tolist()
    hamlet = (str(row.candidates).split("|") if row.candidates else inside)[0]
    made = [
        decide_addresses(who, office.desk, row.group, hamlet, alias=False, why="hỏi nhà trường")
        for _ in range(2)
    ]
    assert made[0].number == made[1].number
    assert ask_decisions(who, office.desk)["number"].tolist() == [made[0].number]
    undo_addresses(who, office.desk, made[0].number, why="nhầm")
    assert ask_decisions(who, office.desk).empty
    assert {"decide address", "undo address"} <= set(office.log()["what"])


def test_a_commune_that_is_not_ones_own_has_an_empty_queue(office):
    nobody = Principal("gd-2", Role.EDUCATION, "Phòng Giáo dục", communes=frozenset({"99999"}))
    page = office.open("review", nobody)
    assert "Không có địa chỉ nào chờ" in read_text(page)
    group = str(ask_queue(office.sign_in(WHO), office.desk)["group"].iloc[0])
    with pytest.raises(NotAllowed):
        decide_addresses(office.sign_in(nobody), office.desk, group, "H1", alias=False, why="x")


def test_without_a_choice_or_a_reason_nothing_is_decided(office):
    page = office.open("review", WHO)
    page.button[0].click().run()
    assert page.warning and not page.exception
