"""Gifts from pledge to confirmation: five forms that never share a total, and corrections as new entries."""

import pytest
from tests.ledger.books import DAY, acting, gift, lot, stock

from phusong.ledger.faults import LedgerFault
from phusong.ledger.giving import (
    allocate,
    confirm_payment,
    pay,
    pledge,
    receive,
    reverse,
    settle_doubt,
    take_contributions,
)
from phusong.ledger.lots import buy_lot
from phusong.ledger.money import Amount
from phusong.ledger.queries import list_contributions, list_entries, list_stock, sum_contributions
from phusong.ledger.verifying import verify_ledger
from phusong.vocabulary.book import ContributionForm, Role

SOURCE = {"form": "money", "source_code": "money:unstated"}


def balances(book, measure="vnd"):
    sums = sum_contributions(book, None)
    return sums[sums["measure"] == measure].set_index("form")


def test_money_goes_from_pledge_to_confirmation_and_never_further_than_it_has_come(book):
    pledge(book, gift(), acting=acting())
    receive(book, "G1", Amount(vnd=400), dated=DAY, acting=acting())
    spent = {**SOURCE, "purpose": "devices", "dated": DAY}
    allocate(book, Amount(vnd=300), **spent, acting=acting())
    pay(book, Amount(vnd=200), **spent, acting=acting())
    confirm_payment(book, Amount(vnd=200), **spent, acting=acting())
    row = balances(book).loc["money"]
    stages = ["pledged", "received", "allocated", "handed_over", "confirmed", "balance"]
    assert row[stages].tolist() == [500, 400, 300, 200, 200, 200]
    with pytest.raises(LedgerFault):
        pay(book, Amount(vnd=101), **spent, acting=acting())
    with pytest.raises(LedgerFault):
        allocate(book, Amount(vnd=101), **spent, acting=acting())
    assert balances(book).loc["money", stages].tolist() == row[stages].tolist()
    assert verify_ledger(book).sound


def test_a_wrong_entry_is_reversed_by_another_one_and_both_stay(book):
    pledge(book, gift(), acting=acting())
    number = receive(book, "G1", Amount(vnd=400), dated=DAY, acting=acting())
    reverse(book, number, dated=DAY, acting=acting())
    entries = list_entries(book).set_index("number")
    assert entries.loc[number, "amount_vnd"] == 400
    assert entries["amount_vnd"].tolist() == [500, 400, -400]
    assert balances(book).loc["money", "received"] == 0
    with pytest.raises(LedgerFault, match="reversed by entry"):
        reverse(book, number, dated=DAY, acting=acting())
    with pytest.raises(LedgerFault, match="itself a reversal"):
        reverse(book, int(entries.index[-1]), dated=DAY, acting=acting())


def test_money_that_has_gone_further_cannot_be_reversed(book):
    pledge(book, gift(), acting=acting())
    number = receive(book, "G1", Amount(vnd=400), dated=DAY, acting=acting())
    allocate(book, Amount(vnd=400), **SOURCE, purpose="devices", dated=DAY, acting=acting())
    with pytest.raises(LedgerFault):
        reverse(book, number, dated=DAY, acting=acting())


def test_the_five_forms_never_share_a_total(book):
    kinds = {
        "money": {"pledged_vnd": 500},
        "devices": {"quantity": 3, "value_vnd": 900},
        "tariff": {"quantity": 7, "value_vnd": 70},
        "state_budget": {"pledged_vnd": 100},
        "fund": {"pledged_vnd": 50},
    }
    assert set(kinds) == {str(f) for f in ContributionForm}
    for form, told in kinds.items():
        pledge(book, gift(f"G-{form}", form=form, **{"pledged_vnd": None, **told}), acting=acting())
    sums = sum_contributions(book, None)
    told = {(r.form, r.measure): r.pledged for r in sums.itertuples()}
    assert told == {
        ("money", "vnd"): 500,
        ("devices", "pieces"): 3,
        ("devices", "value_vnd"): 900,
        ("tariff", "pieces"): 7,
        ("tariff", "value_vnd"): 70,
        ("state_budget", "vnd"): 100,
        ("fund", "vnd"): 50,
    }


def test_the_same_register_again_changes_nothing_and_a_later_one_what_it_says_otherwise(book):
    rows = [gift("G1"), gift("G2", donor="Công ty B", pledged_vnd=70)]
    assert [a["status"] for a in take_contributions(book, rows, acting=acting())] == ["new", "new"]
    before = book.head()
    again = take_contributions(book, rows[::-1], acting=acting())
    assert [a["status"] for a in again] == ["same", "same"]
    assert book.head() == before
    rows[1]["pledged_vnd"] = 90
    told = take_contributions(book, rows, acting=acting())
    assert [a["status"] for a in told] == ["same", "changed"]
    assert balances(book).loc["money", "pledged"] == 590


def test_a_gift_entered_twice_and_one_without_quantity_wait_for_a_decision(book):
    rows = [gift("G1"), gift("G2"), gift("G3", form="devices", pledged_vnd=None, donor="B")]
    doubts = {
        a["contribution_id"]: a["doubt"] for a in take_contributions(book, rows, acting=acting())
    }
    assert doubts == {"G1": "", "G2": "duplicate_of:G1", "G3": "no_quantity"}
    assert balances(book).loc["money", "pledged"] == 500
    settle_doubt(book, "G2", counts=True, acting=acting(Role.APPROVER))
    assert balances(book).loc["money", "pledged"] == 1000
    take_contributions(book, rows, acting=acting())
    assert balances(book).loc["money", "pledged"] == 1000, "a decision outlasts a delivery"
    with pytest.raises(LedgerFault, match="how much"):
        settle_doubt(book, "G3", counts=True, acting=acting(Role.APPROVER))


def test_devices_are_received_by_lot_and_valued_apart(book):
    pledge(
        book, gift(form="devices", pledged_vnd=None, quantity=5, unit_value_vnd=2), acting=acting()
    )
    with pytest.raises(LedgerFault, match="by lot"):
        receive(book, "G1", Amount(pieces=5), dated=DAY, acting=acting())
    stock(book, lot(quantity=4, contribution_id="G1", unit_value_vnd=2))
    assert balances(book, "pieces").loc["devices", ["pledged", "received"]].tolist() == [5, 4]
    assert balances(book, "value_vnd").loc["devices", "received"] == 8


def test_a_lot_is_bought_with_money_that_is_there(book):
    pledge(book, gift(received_vnd=500), acting=acting())
    about = {**SOURCE, "acting": acting()}
    with pytest.raises(LedgerFault):
        buy_lot(book, lot(), price_vnd=501, **about)
    assert list_stock(book).empty
    buy_lot(book, lot(), price_vnd=480, **about)
    assert balances(book).loc["money", "balance"] == 20
    assert list_stock(book).set_index("item").loc["lot:L1", "free"] == 10
    with pytest.raises(LedgerFault, match="already"):
        buy_lot(book, lot(), price_vnd=20, **about)


def test_persons_who_give_stand_under_a_pseudonym_or_not_at_all(book):
    row = gift(donor="Nguyễn Thị Hạ", donor_kind="person")
    take_contributions(book, [row], acting=acting())
    assert list_contributions(book)["donor"].isna().all()
    marked = [{**row, "contribution_id": "G2"}]
    secret = "nhatt-" + "a" * 26
    told = take_contributions(book, marked, acting=acting(), pseudonym=lambda name: secret)
    assert told[0]["status"] == "new"
    assert "Hạ" not in list_contributions(book).to_csv()


def test_numbers_of_persons_do_not_come_in(book):
    pledge(book, gift(note="gọi 0900 000 123 trước khi giao"), acting=acting())
    assert "0900" not in list_contributions(book).to_csv()
    with pytest.raises(LedgerFault, match="numbers of persons"):
        acting(why="theo lời 0900 000 123")


@pytest.mark.parametrize("mark", ["c2e0912345678f", "5b1d2a30-0123-4567-8901-2c3d4e5f6a7b"])
def test_a_random_mark_that_looks_like_a_number_is_none(book, mark):
    pledge(book, gift(), acting=acting(key=mark, account=mark))
    assert book.head().number == 2
    with pytest.raises(LedgerFault, match="number of a person"):
        acting(key="0900 000 123")


@pytest.mark.parametrize("text", ["\udcff", "a\x00b"])
def test_what_is_no_text_is_refused_before_anything_is_written(book, text):
    with pytest.raises(LedgerFault, match="as text"):
        acting(why=text)
    with pytest.raises(LedgerFault, match="as text"):
        pledge(book, gift(note=text), acting=acting())
    assert book.head().number == 0


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE journal; --", "=1+1", "<img onerror=x>", "Ngưỡng ỹ Ẫ ợ"]
)
def test_text_comes_back_as_it_was_written(book, text):
    pledge(book, gift(donor=text, note=text), acting=acting())
    row = list_contributions(book).iloc[0]
    assert (row["donor"], row["note"]) == (text, text)
    assert verify_ledger(book).sound


def test_a_role_does_what_it_may_and_what_it_may_not_is_kept_as_tried(book):
    with pytest.raises(LedgerFault, match="may not pledge"):
        pledge(book, gift(), acting=acting(Role.SCHOOL))
    assert list_contributions(book).empty
    assert book.head().number == 1
    assert verify_ledger(book).sound


@pytest.mark.parametrize("amount", [{"vnd": 0}, {"vnd": -5}, {"vnd": 1, "pieces": 1}, {}])
def test_an_amount_is_a_sum_or_a_number_of_things_above_nothing(amount):
    with pytest.raises(LedgerFault):
        Amount(**amount)
