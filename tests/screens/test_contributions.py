"""Contributions on the page: forms apart, promises and receipts apart, doubts decided, deeds done once."""

import shutil

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.book import act, open_book
from phusong.access.questions.book import ask_promises, ask_stock
from phusong.access.questions.subsidies import ask_subsidies
from phusong.ledger.queries import list_contributions, sum_contributions
from phusong.ledger.services import take_commitments
from phusong.ledger.verifying import verify_ledger
from phusong.pipeline.demonstration import keep_book
from phusong.store import read_table
from phusong.vocabulary.book import CommitmentState, Role
from phusong.vocabulary.pupils import DeviceKind


@pytest.fixture
def book_stage(finished, tmp_path, monkeypatch):
    """A stage over a run with the book of a campaign under way."""
    place = tmp_path / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return Stage(place, tmp_path / "phusong.access", monkeypatch)


def field(page, kind, label):
    return next(w for w in getattr(page, kind) if w.label == label)


def press(page, label, name):
    field(page, "text_input", "Lý do (không ghi tên, số điện thoại, số định danh cá nhân)")
    next(t for t in page.text_input if t.key == f"reason {name}").set_value("theo sổ")
    form = f"contributions {name}"
    forms = [b for b in page.button if b.label == label and b.form_id in (form, name)]
    (forms or [b for b in page.button if b.label == label])[-1].click()
    return page.run()


def test_each_form_stands_by_itself_within_and_after_the_window(book_stage):
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    assert not page.exception
    sums = page.dataframe[0].value
    assert len(sums) >= 5
    assert "21/09/2021" in read_text(page) and "26/09/2021" in read_text(page)
    assert len(page.dataframe[1].value) == 42


def test_a_promise_is_written_down_once_and_counts(book_stage):
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    field(page, "text_input", "Số thứ tự trong sổ").set_value("PT-100")
    field(page, "text_input", "Đơn vị ủng hộ").set_value("Công ty <img onerror=x>")
    field(
        page, "number_input", "Số tiền (đồng), hoặc số lượng nếu là thiết bị, gói cước"
    ).set_value(5_000_000)
    page = press(page, "Ghi vào sổ", "pledge")
    assert not page.exception and page.success, [e.value for e in page.error]
    told = list_contributions(open_book(book_stage.desk)).set_index("contribution_id")
    assert told.loc["PT-100", "pledged_vnd"] == 5_000_000
    assert told.loc["PT-100", "donor"] == "Công ty <img onerror=x>"


def test_money_that_came_moves_the_balance(book_stage):
    def _received():
        sums = sum_contributions(open_book(book_stage.desk), None)
        return int(sums[(sums["form"] == "money") & (sums["measure"] == "vnd")]["received"].iloc[0])

    before = _received()
    page = book_stage.open("contributions", Role.FOCAL_POINT)
    number = field(page, "selectbox", "Lượt ủng hộ")
    number.set_value("PT-010")
    field(page, "number_input", "Số tiền đã nhận, đồng").set_value(1_000)
    page = press(page, "Ghi vào sổ", "receipt")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert _received() == before + 1_000


def test_a_doubt_is_decided_by_who_may(book_stage):
    page = book_stage.open("contributions", Role.APPROVER)
    entering = {"contributions pledge", "contributions receipt"}
    assert not entering & {b.form_id for b in page.button}, "an approver enters no gifts"
    page = press(page, "Quyết định", "doubt")
    assert not page.exception and page.success, [e.value for e in page.error]


def fill(page, name, **values):
    """Fill in the fields of a lot."""
    for field_name, value in values.items():
        kinds = ("text_input", "number_input", "selectbox")
        widgets = [w for kind in kinds for w in getattr(page, kind)]
        next(w for w in widgets if w.key == f"{name} {field_name}").set_value(value)


def free(stage, who, lot):
    return int(ask_stock(who, stage.desk).set_index("item").loc[f"lot:{lot}", "free"])


HAS = "3GB/32GB, 10 inch, SIM 4G, pin 5000mAh"


def test_a_lot_is_taken_into_store_from_the_page(book_stage):
    who = book_stage.sign_in(Role.FOCAL_POINT)
    page = book_stage.open("contributions")
    fill(page, "take", lot="LO-900", count=7, has=HAS, kind=DeviceKind.TABLET)
    page = press(page, "Nhập kho", "take")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert "LO-900" in page.success[0].value and "7 máy đủ điều kiện" in page.success[0].value
    assert free(book_stage, who, "LO-900") == 7
    page = press(page, "Nhập kho", "take")
    assert not page.exception and free(book_stage, who, "LO-900") == 7


def test_a_lot_is_bought_only_with_money_that_came(book_stage):
    who = book_stage.sign_in(Role.FOCAL_POINT)
    page = book_stage.open("contributions")
    fill(page, "buy", lot="LO-901", count=2, has=HAS, kind=DeviceKind.TABLET)
    price = field(page, "number_input", "Giá cả lô, đồng")
    price.set_value(10**13)
    page = press(page, "Ghi chi và nhập kho", "buy")
    assert page.error and not page.exception
    field(page, "number_input", "Giá cả lô, đồng").set_value(4_700_000)
    page = press(page, "Ghi chi và nhập kho", "buy")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert free(book_stage, who, "LO-901") == 2
    assert verify_ledger(open_book(book_stage.desk)).sound


def test_a_promise_is_moved_on_and_never_back(book_stage):
    who = book_stage.sign_in(Role.FOCAL_POINT)
    rows = [
        {"commitment_id": "CK-900", "operator": "VIETTEL", "hamlet": "Thôn Đồng"}
        | {"technology": "4G", "state": "building", "as_of": "2021-09-22"}
    ]
    acting = act(who, book_stage.desk, why="theo sổ", key="")
    take_commitments(open_book(book_stage.desk), rows, acting=acting)
    page = book_stage.open("contributions")
    for state, done in ((CommitmentState.ON_AIR, True), (CommitmentState.PLANNED, False)):
        field(page, "selectbox", "Cam kết").set_value("CK-900")
        field(page, "selectbox", "Tiến độ").set_value(state)
        page = press(page, "Cập nhật tiến độ", "promise")
        assert not page.exception and bool(page.success) == done == (not page.error)
    states = ask_promises(who, book_stage.desk).set_index("commitment_id")["state"]
    assert states["CK-900"] == "on_air"


def test_a_household_is_helped_and_its_help_is_ended(book_stage):
    who = book_stage.sign_in(Role.FOCAL_POINT)
    students = read_table(book_stage.desk.folder, "students").dropna(subset="household_key")
    key = str(students["student_key"].iloc[0])
    page = book_stage.open("contributions")
    field(page, "text_input", "Mã giả danh của một học sinh trong hộ").set_value(key[:11])
    field(page, "text_input", "Đơn vị chi trả phí, cước").set_value("VNPT")
    field(page, "number_input", "Phí lắp đặt được miễn, đồng").set_value(300_000)
    page = press(page, "Ghi lượt hỗ trợ", "subsidy")
    assert not page.exception and page.success, [e.value for e in page.error]
    told = ask_subsidies(who, book_stage.desk)
    assert told["waiver_vnd"].tolist() == [300_000]
    assert str(students["household_key"].iloc[0]) not in read_text(page)
    page = press(page, "Ghi lượt hỗ trợ", "subsidy")
    assert page.error, "it stands already"
    field(page, "selectbox", "Lượt hỗ trợ").set_value(int(told["subsidy"].iloc[0]))
    page = press(page, "Chấm dứt", "end")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert ask_subsidies(who, book_stage.desk)["ended_on"].notna().all()


@pytest.mark.parametrize(
    ("role", "has", "lacks"),
    [
        (Role.EDUCATION, {"Nhập kho", "Ghi lượt hỗ trợ"}, {"Cập nhật tiến độ"}),
        (Role.APPROVER, {"Quyết định"}, {"Nhập kho", "Ghi lượt hỗ trợ", "Cập nhật tiến độ"}),
    ],
)
def test_each_role_is_shown_the_deeds_that_it_may_do(book_stage, role, has, lacks):
    shown = {b.label for b in book_stage.open("contributions", role).button}
    assert has <= shown and not lacks & shown


def test_without_a_book_the_page_says_how_to_make_one(stage):
    assert "phusong ledger init" in stage.open("contributions", Role.FOCAL_POINT).info[0].value


def test_english_is_complete(book_stage):
    assert "never added up" in read_text(
        book_stage.open("contributions", Role.EDUCATION, lang="en")
    )
