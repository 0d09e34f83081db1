"""The place of the address bar, a school and words narrow every list; the count says so; the path leads back."""

import shutil

import pandas as pd
import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.book import act
from phusong.access.principals import Principal
from phusong.access.questions.awards import ask_allocation, ask_awards
from phusong.access.questions.pupils import ask_priority
from phusong.access.questions.subsidies import ask_subsidies
from phusong.access.selection import EVERYWHERE, Selection, count_pages, cut_page
from phusong.ledger.services import Subsidy, subsidise, take_commitments
from phusong.persons.vault import Vault
from phusong.pipeline.demonstration import keep_book
from phusong.screens.devices import TAB
from phusong.screens.settings import Settings, find_desk
from phusong.store import read_table
from phusong.vocabulary.book import Role

DAY = "2021-09-24"
COLUMNS = {"commune": "commune_code", "hamlet": "hamlet_id", "school": "school_id"}


@pytest.fixture(scope="module")
def full(finished, tmp_path_factory):
    """A finished run in whose every list there is something of one place, and something of another."""
    place = tmp_path_factory.mktemp("full") / "out"
    shutil.copytree(finished, place)
    ledger = keep_book(place)
    students = read_table(place, "students").dropna(subset=["household_key"])
    hamlets = read_table(place, "hamlets").drop_duplicates("commune_code").head(2)
    who = Principal("mt-1", Role.FOCAL_POINT, "Mặt trận")
    desk = find_desk(Settings(results=str(place), register=str(place / "phusong.access")))
    acting = act(who, desk, why="thử", key="")
    homes = students.drop_duplicates("household_key").groupby("school_id").head(1)
    subsidise(
        ledger,
        [Subsidy(str(h), "FIBRE", "VNPT", DAY, 1, 0, 0, None) for h in homes["household_key"]],
        acting=acting,
        beside=False,
    )
    rows = [
        {"commitment_id": f"CK-{n}", "operator": "VIETTEL", "hamlet": row.name}
        | {"hamlet_id": row.hamlet_id, "commune_code": row.commune_code}
        | {"technology": "4G", "state": "building", "as_of": DAY}
        for n, row in enumerate(hamlets.itertuples(index=False))
    ]
    take_commitments(ledger, rows, acting=acting)
    ledger.close()
    schools = students["school_id"].dropna().unique()
    waiting = pd.DataFrame(
        {
            "group": ["g1", "g2", "g3"],
            "status": ["AMBIGUOUS", "COMMUNE_ONLY", "AMBIGUOUS"],
            "commune_code": [*hamlets["commune_code"], ""],
            "edition": [*hamlets["edition"], ""],
            "text": ["thôn Đồng Giếng", "xóm Mới", "đội 4"],
            "records": [5, 2, 1],
            "candidates": [hamlets["hamlet_id"].iloc[0], "", hamlets["hamlet_id"].iloc[0]],
            "example": ["", "", ""],
            "schools": [schools[0], schools[-1], ""],
        }
    )
    Vault(place / "personal").write("review", waiting)
    return place


@pytest.fixture
def full_stage(full, tmp_path, monkeypatch):
    return Stage(full, tmp_path / "phusong.access", monkeypatch)


EVERYBODY = Principal("gd-1", Role.EDUCATION, "Sở Giáo dục và Đào tạo")


def choose(rows, parameter):
    """Return the code of a place that some rows are in and others are not."""
    counts = rows[COLUMNS[parameter]].dropna().value_counts()
    for code, n in counts.items():
        if 0 < n < len(rows):
            return str(code)
    return str(counts.index[0])


def list_counts(page):
    """Return the pairs n / all of everything that is counted above a list."""
    words = read_text(page).replace("\n", " ").split()
    return {(words[i - 1], words[i + 1]) for i, w in enumerate(words) if w == "/" and i}


@pytest.mark.parametrize("parameter", COLUMNS)
def test_the_list_of_pupils_has_those_of_a_place_alone(full_stage, parameter):
    every = ask_priority(full_stage.sign_in(EVERYBODY), full_stage.desk)
    code = choose(every, parameter)
    theirs = every[every[COLUMNS[parameter]] == code]
    page = full_stage.open("pupils", **{parameter: code})
    assert not page.exception
    shown = page.dataframe[0].value
    keys = next(c for c in shown if shown[c].astype(str).str.startswith("hs-").all())
    assert set(shown[keys]) == set(theirs["student_key"].str.slice(0, 11).head(100))
    assert (str(len(theirs)), str(len(every))) in list_counts(page)


@pytest.mark.parametrize("parameter", COLUMNS)
@pytest.mark.parametrize(
    ("part", "state"),
    [("Chờ duyệt", "proposed"), ("Chờ bàn giao", "approved"), ("Chờ xác nhận", "handed_over")],
)
def test_each_list_of_awards_has_those_of_a_place_alone(full_stage, parameter, part, state):
    who = full_stage.sign_in(EVERYBODY)
    every = ask_awards(who, full_stage.desk, states=(state,))
    code = choose(every, parameter)
    theirs = every[every[COLUMNS[parameter]] == code]
    page = full_stage.open("devices", **{parameter: code})
    page.session_state[TAB] = part
    page.run()
    assert not page.exception
    assert (str(len(theirs)), str(len(every))) in list_counts(page)
    narrowed = ask_awards(who, full_stage.desk, Selection(**{parameter: code}), states=(state,))
    assert narrowed["award"].tolist() == theirs["award"].tolist()


@pytest.mark.parametrize("parameter", COLUMNS)
def test_the_plan_and_the_subsidies_are_those_of_a_place_alone(full_stage, parameter):
    who, desk = full_stage.sign_in(EVERYBODY), full_stage.desk
    every = ask_allocation(who, desk)
    code = choose(every, parameter)
    narrowed = ask_allocation(who, desk, Selection(**{parameter: code}))
    theirs = every[every[COLUMNS[parameter]] == code]
    assert narrowed["student_key"].tolist() == theirs["student_key"].tolist()
    page = full_stage.open("devices", **{parameter: code})
    page.session_state[TAB] = "Phương án, đề xuất"
    page.run()
    assert f"{len(theirs)} học sinh" in read_text(page)
    pupils = read_table(desk.folder, "students").set_index("student_key")
    helped = ask_subsidies(who, desk)
    home = str(pupils.loc[helped["student_key"], COLUMNS[parameter]].dropna().iloc[0])
    here = ask_subsidies(who, desk, Selection(**{parameter: home}))
    assert 0 < len(here) <= len(helped)
    assert set(pupils.loc[here["student_key"], COLUMNS[parameter]]) == {home}
    page = full_stage.open("contributions", **{parameter: home})
    assert not page.exception and f"{len(here)} lượt hỗ trợ" in read_text(page)


@pytest.mark.parametrize("parameter", ["commune", "hamlet"])
def test_promises_are_those_of_a_place_alone(full_stage, parameter):
    hamlets = read_table(full_stage.desk.folder, "hamlets").drop_duplicates("commune_code")
    code = str(hamlets[COLUMNS[parameter]].iloc[0])
    page = full_stage.open("contributions", Role.FOCAL_POINT, **{parameter: code})
    assert not page.exception
    assert "1 / 2 cam kết" in read_text(page)


@pytest.mark.parametrize("parameter", COLUMNS)
def test_addresses_are_those_of_a_place_alone(full_stage, parameter):
    queue = Vault(full_stage.desk.folder / "personal").read("review")
    wanted = {"commune": ("commune_code", 2), "hamlet": ("candidates", 2), "school": ("schools", 1)}
    column, groups = wanted[parameter]
    page = full_stage.open("review", EVERYBODY, **{parameter: str(queue[column].iloc[0])})
    assert not page.exception
    assert f"{groups} / 3 nhóm" in read_text(page)
    assert len(page.dataframe[0].value) == groups


@pytest.mark.parametrize("name", ["pupils", "devices", "contributions", "review"])
def test_a_place_that_is_none_leaves_nothing_and_can_be_taken_back(full_stage, name):
    page = full_stage.open(name, EVERYBODY, commune="99999")
    assert not page.exception
    assert page.query_params["commune"] == "99999"
    assert page.button(key="trail commune").label == "99999"
    page.button(key="trail province").click().run()
    assert "commune" not in page.query_params
    assert not [b for b in page.button if b.key == "trail commune"]


def test_the_path_leads_back_step_by_step(full_stage):
    every = ask_priority(full_stage.sign_in(EVERYBODY), full_stage.desk).dropna(
        subset=["hamlet_id", "school_id"]
    )
    row = every.iloc[0]
    codes = {"commune": row["commune_code"], "hamlet": row["hamlet_id"], "school": row["school_id"]}
    page = full_stage.open("pupils", **{k: str(v) for k, v in codes.items()})
    steps = [b.key for b in page.button if str(b.key).startswith("trail ")]
    assert steps == ["trail province", "trail commune", "trail hamlet", "trail school"]
    page.button(key="trail commune").click().run()
    assert not page.exception
    assert page.query_params["commune"] == codes["commune"]
    assert not {"hamlet", "school"} & set(page.query_params)


def test_a_school_is_chosen_beside_the_list_and_stands_in_the_address_bar(full_stage):
    every = ask_priority(full_stage.sign_in(EVERYBODY), full_stage.desk)
    code = choose(every, "school")
    page = full_stage.open("pupils")
    choice = next(s for s in page.selectbox if s.label == "Trường")
    choice.set_value(code).run()
    assert not page.exception
    assert page.query_params["school"] == code
    theirs = int((every["school_id"] == code).sum())
    assert (str(theirs), str(len(every))) in list_counts(page)


def test_words_find_places_and_pseudonyms_without_accents(full_stage):
    who, desk = full_stage.sign_in(EVERYBODY), full_stage.desk
    every = ask_priority(who, desk)
    names = read_table(desk.folder, "hamlets").set_index("hamlet_id")["name"]
    code = str(every["hamlet_id"].dropna().iloc[0])
    found = ask_priority(who, desk, Selection(text=str(names[code]).upper()))
    assert code in set(found["hamlet_id"])
    key = str(every["student_key"].iloc[-1])
    assert ask_priority(who, desk, Selection(text=key[:11]))["student_key"].tolist() == [key]
    assert ask_priority(who, desk, Selection(text="không có nơi này")).empty


def test_what_was_typed_is_in_no_log(full_stage):
    full_stage.sign_in(EVERYBODY)
    page = full_stage.open("pupils")
    page.text_input(key="pupils text").set_value("Nguyễn Văn An").run()
    line = full_stage.log().iloc[0]
    assert "text" in line["subject"] and not {"Nguyễn", "Văn", "An"} & set(line["subject"].split())
    assert Selection(commune="NguyenVanAn").describe() == "commune=…"


@pytest.mark.parametrize("found", [0, 1, 99, 100, 101, 250])
def test_pages_part_a_list_and_lose_nothing(found):
    import numpy as np

    rows = np.arange(found)
    pages = [cut_page(rows, n + 1) for n in range(count_pages(found))]
    assert np.concatenate(pages).tolist() == rows.tolist()
    assert cut_page(rows, 99).tolist() == pages[-1].tolist(), (
        "a page behind the end is the last one"
    )
    assert cut_page(rows, None).tolist() == rows.tolist()
    assert EVERYWHERE.describe() == ""
