"""What each page may cost, by role: a page that passes its budget is mended, or its budget is argued for.

Seconds are in `benchmarks/frontend_sessions.py`. The results have 20,000 pupils and the book 50,000 awards, so
that a page that reads them anew, or sends them, passes every line of this table at once.
"""

import shutil

import pytest
from tests.access.large_book import fill_book, multiply_pupils
from tests.screens.stage import Stage
from tests.screens.weighing import weigh

from phusong.access.questions.pupils import ask_reasons
from phusong.screens.devices import TAB
from phusong.vocabulary.book import Role

PUPILS, AWARDS = 20_000, 50_000
E, A, F, S = Role.EDUCATION, Role.APPROVER, Role.FOCAL_POINT, Role.SCHOOL
#: Page, role → kilobytes sent, rows read from files, rows read from databases, questions to databases.
#: Rows of files are names of places, and groups of addresses; those of databases the session and the book.
BUDGETS = {
    ("overview", Role.PLANNER): (20, 400, 60, 40),
    ("pupils", E): (150, 1_200, 60, 40),
    ("pupils", A): (150, 1_200, 60, 40),
    ("pupils", S): (150, 1_200, 60, 40),
    ("devices", E): (150, 1_200, 60, 60),
    ("devices", A): (150, 1_200, 60, 60),
    ("devices", F): (150, 1_200, 60, 60),
    ("devices", S): (150, 1_200, 60, 60),
    ("contributions", E): (150, 1_200, 200, 80),
    ("contributions", A): (150, 1_200, 200, 80),
    ("contributions", F): (150, 1_200, 200, 80),
    ("review", E): (150, 4_000, 60, 40),
}
#: Parts of the page of devices, each drawn alone.
PARTS = {
    E: ["Phương án, đề xuất", "Chờ duyệt", "Chờ bàn giao", "Chờ xác nhận", "Thu hồi, mất", "Cấp lẻ, đổi thiết bị"],
    F: ["Phương án, đề xuất", "Chờ bàn giao", "Thu hồi, mất", "Cấp lẻ, đổi thiết bị"],
    A: ["Phương án, đề xuất", "Chờ duyệt"],
    S: ["Chờ bàn giao", "Chờ xác nhận"],
}  # fmt: skip


@pytest.fixture(scope="module")
def crowded(office, tmp_path_factory):
    """A finished run with a plan, many pupils and many awards."""
    place = tmp_path_factory.mktemp("crowded") / "out"
    shutil.copytree(office, place)
    for file in place.glob("phusong.ledger*"):
        file.unlink()
    multiply_pupils(place, PUPILS)
    fill_book(place, AWARDS)
    return place


@pytest.fixture
def crowded_stage(crowded, tmp_path, monkeypatch):
    return Stage(crowded, tmp_path / "phusong.access", monkeypatch)


def check(page, weight, budget):
    assert not page.exception, page.exception
    kilobytes, files, databases, queries = budget
    assert weight.sent <= kilobytes * 1_000, f"{weight.sent} bytes sent"
    assert weight.rows_of_files <= files, f"{weight.rows_of_files} rows of files"
    assert weight.rows_of_databases <= databases, f"{weight.rows_of_databases} rows of databases"
    assert weight.queries <= queries, f"{weight.queries} questions"


@pytest.mark.parametrize(("name", "role"), BUDGETS, ids=str)
def test_a_page_keeps_its_budget(crowded_stage, monkeypatch, name, role):
    crowded_stage.open(name, role)
    with weigh(monkeypatch) as weight:
        page = crowded_stage.open(name)
    check(page, weight, BUDGETS[name, role])


@pytest.mark.parametrize(("role", "part"), [(r, p) for r, parts in PARTS.items() for p in parts])
def test_each_part_of_the_page_of_devices_keeps_its_budget(crowded_stage, monkeypatch, role, part):
    page = crowded_stage.open("devices", role)
    page.session_state[TAB] = part
    page.run()
    with weigh(monkeypatch) as weight:
        page.run()
    check(page, weight, BUDGETS["devices", role])
    assert page.dataframe or page.selectbox or page.info


def test_the_second_page_and_a_search_cost_no_more_than_the_first(crowded_stage, monkeypatch):
    page = crowded_stage.open("pupils", E)
    with weigh(monkeypatch) as weight:
        page.text_input(key="pupils text").set_value("hs-0000000000000000000000001").run()
    check(page, weight, BUDGETS["pupils", E])
    assert 0 < len(page.dataframe[0].value) <= 100


def test_reasons_read_the_rows_around_one_pupil(crowded_stage, monkeypatch):
    who = crowded_stage.sign_in(E)
    from phusong.access.questions.pupils import ask_priority

    key = str(ask_priority(who, crowded_stage.desk, page=1)["student_key"].iloc[0])
    with weigh(monkeypatch) as weight:
        assert ask_reasons(who, crowded_stage.desk, key)
    assert weight.rows_of_files < PUPILS, "the file has more than one group of rows"


def test_a_deed_reads_the_awards_it_is_about(crowded_stage, monkeypatch):
    from phusong.access.actions.awards import approve_awards
    from phusong.access.questions.awards import ask_awards

    who, desk = crowded_stage.sign_in(A), crowded_stage.desk
    waiting = ask_awards(who, desk, states=("proposed",), page=1)["award"].tolist()[:3]
    with weigh(monkeypatch) as weight:
        assert approve_awards(who, desk, waiting, why="đúng đối tượng", key="k") == len(waiting)
    assert weight.rows_of_files == 0
    assert weight.rows_of_databases < 100
    with weigh(monkeypatch) as weight:
        left = ask_awards(who, desk, states=("approved",), page=1)
    assert weight.rows_of_databases < 20, "what was added is read, and nothing else"
    assert set(waiting) <= set(left["award"]) or len(left) == 100
