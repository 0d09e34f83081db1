"""Money's way, an account's scope and a family's request on their pages: done once, by whom the table names."""

import shutil

import pytest
from tests.screens.stage import Stage, read_text

from phusong.access.accounts import add_account, list_accounts, make_principal
from phusong.access.book import open_book
from phusong.ledger.queries import sum_contributions
from phusong.ledger.verifying import verify_ledger
from phusong.persons.erasure import find_erasures, read_erasures
from phusong.pipeline.demonstration import keep_book
from phusong.pipeline.settings import find_province_file
from phusong.store import read_table
from phusong.store.manifest import MANIFEST_NAME
from phusong.vocabulary.book import Role


@pytest.fixture
def moved(raw, finished, tmp_path, monkeypatch):
    """Return a stage over results, a book and a province file of its own."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    manifest = tmp_path / "out" / MANIFEST_NAME
    manifest.write_text(manifest.read_text().replace(str(raw), str(tmp_path / "raw" / raw.name)))
    keep_book(tmp_path / "out").close()
    return Stage(tmp_path / "out", tmp_path / "phusong.access", monkeypatch)


def field(page, kind, label):
    return next(w for w in getattr(page, kind) if w.label == label)


def press(page, label):
    next(b for b in page.button if b.label == label).click()
    return page.run()


def read_money(stage):
    sums = sum_contributions(open_book(stage.desk), None)
    money = sums[(sums["form"] == "money") & (sums["measure"] == "vnd")].iloc[0]
    return {n: int(money[n]) for n in ("received", "allocated", "handed_over", "confirmed")}


def test_money_is_set_apart_paid_and_confirmed_on_the_page_and_an_entry_taken_back(moved):
    before = read_money(moved)
    for number, step in enumerate(("allocate_money", "pay_money", "confirm_money")):
        page = moved.open("contributions", Role.FOCAL_POINT)
        field(page, "radio", "Việc thực hiện").set_value(step)
        field(page, "text_input", "Mục đích").set_value("mua máy tính bảng")
        field(page, "number_input", "Số tiền, đồng").set_value(1_000)
        next(t for t in page.text_input if t.key == "reason money").set_value("theo kế hoạch")
        page = press(page, "Ghi bút toán")
        assert not page.exception and page.success, [e.value for e in page.error]
        changed = ["allocated", "handed_over", "confirmed"][: number + 1]
        assert read_money(moved) == before | {n: before[n] + 1_000 for n in changed}
    page = moved.open("contributions", Role.FOCAL_POINT)
    numbers = field(page, "number_input", "Số của bút toán")
    numbers.set_value(numbers.max)
    next(t for t in page.text_input if t.key == "reason reversal").set_value("ghi nhầm")
    page = press(page, "Hủy bút toán này")
    assert not page.exception and page.success, [e.value for e in page.error]
    assert read_money(moved)["confirmed"] == before["confirmed"]
    assert verify_ledger(open_book(moved.desk)).sound


def test_an_approver_confirms_money_and_neither_sets_apart_nor_pays(moved):
    page = moved.open("contributions", Role.APPROVER)
    assert not page.exception
    assert field(page, "radio", "Việc thực hiện").options == ["Xác nhận đã nhận được"]
    assert not [b for b in page.button if b.label == "Hủy bút toán này"]


def test_an_account_is_given_another_scope_on_the_page(moved):
    desk = moved.desk
    made = make_principal(role="education", organisation="Phòng", communes=["08707"])
    add_account(desk.register, made, issuer="https://a.vn", subject="1", when=desk.clock())
    page = moved.open("accounts", Role.ADMINISTRATOR)
    keyed = {w.key: w for kind in ("selectbox", "text_input") for w in getattr(page, kind)}
    keyed["role scope"].set_value(Role.APPROVER)
    keyed["organisation scope"].set_value("Ủy ban nhân dân xã")
    keyed["communes scope"].set_value("08710, 08713")
    page = press(page, "Đổi")
    assert not page.exception and page.success, [e.value for e in page.error]
    found = {a.principal.account_id: a.principal for a in list_accounts(desk.register)}
    now = found[made.account_id]
    assert (now.role, set(now.communes)) == (Role.APPROVER, {"08710", "08713"})
    line = moved.log(1).iloc[0]
    assert (line["what"], line["subject"]) == ("change account", made.account_id)


def test_a_family_s_request_erases_one_s_own_pupil_and_the_log_names_nobody(moved):
    official = moved.sign_in(Role.EDUCATION)
    students = read_table(moved.desk.folder, "students")
    own = students[students["commune_code"].isin(official.communes)]["student_key"]
    other = students[~students["commune_code"].isin(official.communes)]["student_key"]
    page = moved.open("erasure")
    assert not page.exception
    page = press(page, "Xóa hẳn")
    assert page.warning, "pseudonym, reason and the tick are needed"
    keys = [own.iloc[0], *other.iloc[:1]]
    for key in keys:
        page = moved.open("erasure")
        field(page, "text_input", "Mã giả danh của học sinh như trong danh sách").set_value(key)
        next(t for t in page.text_input if t.key == "reason erasure").set_value("yêu cầu số 7")
        page.checkbox[0].set_value(True)
        page = press(page, "Xóa hẳn")
        assert not page.exception
        if key == own.iloc[0]:
            assert page.success and "Các tệp sau" in read_text(page), [e.value for e in page.error]
            assert moved.log(1).iloc[0]["what"] == "erase pupil"
        else:
            assert page.error and not page.success
    left = set(read_table(moved.desk.folder, "students")["student_key"])
    assert own.iloc[0] not in left and set(other) <= left
    assert len(read_erasures(find_erasures(find_province_file(moved.desk.folder)))) == 1
    assert own.iloc[0] not in str(moved.log(50).to_dict("list"))
