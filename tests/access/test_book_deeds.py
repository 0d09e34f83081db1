"""Lots, promises, households' fees and single devices: by whom, once, and never what is another's."""

from dataclasses import replace

import pytest

from phusong.access.actions.lots import NewLot, Price, buy_lot, take_lot
from phusong.access.actions.replacing import Fate, propose_award, replace_device
from phusong.access.actions.services import (
    Fees,
    end_household_subsidy,
    move_promise,
    subsidise_household,
)
from phusong.access.book import open_book
from phusong.access.faults import NotAllowed
from phusong.access.questions.awards import ask_awards
from phusong.access.questions.book import (
    ask_contributions,
    ask_promises,
    ask_stock,
    ask_sums,
    check_book,
)
from phusong.access.questions.subsidies import ask_subsidies
from phusong.ledger.faults import AlreadyAwarded, LedgerFault
from phusong.ledger.faults import NotAllowed as BookRefuses
from phusong.ledger.lots import take_lots
from phusong.ledger.services import SubsidyStands, take_commitments
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import Operator

TABLET = NewLot("LO-900", "tablet", 5, "3GB/32GB, 10 inch, SIM 4G, pin 5000mAh", condition="new")
FEES = Fees("FIBRE", "VNPT", "2026-03-02", waiver_vnd=300_000)
WHY = "theo kế hoạch"


@pytest.fixture
def booked(office, desk, tmp_path):
    """Return a desk with a fresh copy of the book."""
    import shutil

    for file in office.glob("phusong.ledger*"):
        shutil.copy(file, tmp_path / file.name)
    return replace(desk, book=str(tmp_path / "phusong.ledger"))


@pytest.fixture
def sound(booked, play):
    """Prove the book when the test is done."""
    yield
    assert check_book(play(Role.AUDITOR), booked).sound


def free(play, desk, lot):
    stock = ask_stock(play(Role.FOCAL_POINT), desk).set_index("item")
    return int(stock.loc[f"lot:{lot}", "free"]), int(stock.loc[f"lot:{lot}", "set_aside"])


@pytest.mark.usefixtures("sound")
def test_a_lot_is_taken_in_once_whatever_is_clicked(booked, play):
    focal = play(Role.FOCAL_POINT)
    told = [take_lot(focal, booked, TABLET, why=WHY, key="l") for _ in range(2)]
    assert told[0] == told[1] and (told[0].received, told[0].fit) == (5, 5)
    assert free(play, booked, "LO-900") == (5, 0)
    with pytest.raises(LedgerFault, match="in the book already"):
        take_lot(focal, booked, replace(TABLET, quantity=6), why=WHY, key="m")


@pytest.mark.usefixtures("sound")
def test_devices_of_unknown_make_are_set_aside_as_they_come(booked, play):
    told = take_lot(play(Role.EDUCATION), booked, NewLot("LO-901", "tablet", 3), why=WHY, key="l")
    assert told.fit == 0 and free(play, booked, "LO-901") == (0, 3)


def test_a_lot_counts_for_the_gift_that_it_is(booked, play):
    focal = play(Role.FOCAL_POINT)
    gifts = ask_contributions(focal, booked)
    money = gifts[gifts["form"] == "money"]["contribution_id"].iloc[0]
    with pytest.raises(LedgerFault, match="no gift of devices"):
        take_lot(focal, booked, replace(TABLET, contribution_id=money), why=WHY, key="l")


@pytest.mark.usefixtures("sound")
def test_a_lot_is_bought_with_money_that_came_and_only_once(booked, play):
    focal = play(Role.FOCAL_POINT)

    def _left():
        sums = ask_sums(focal, booked)
        money = sums[(sums["form"] == "money") & (sums["measure"] == "vnd")].iloc[0]
        return str(money["source_code"]), int(money["received"] - money["allocated"])

    source, before = _left()
    cost = Price("money", source, 11_750_000)
    told = [buy_lot(focal, booked, TABLET, cost, why=WHY, key="b") for _ in range(2)]
    assert told[0] == told[1] and told[0].fit == 5
    assert _left()[1] == before - 11_750_000
    dear = replace(cost, vnd=before)
    with pytest.raises(LedgerFault, match="received"):
        buy_lot(focal, booked, replace(TABLET, lot_id="LO-902"), dear, why=WHY, key="c")


@pytest.mark.parametrize("role", [Role.APPROVER, Role.SCHOOL, Role.PLANNER, Role.OPERATOR])
def test_whoever_keeps_no_store_takes_nothing_in_and_buys_nothing(booked, play, role):
    with pytest.raises((NotAllowed, BookRefuses)):
        take_lot(play(role), booked, TABLET, why=WHY, key="l")
    with pytest.raises((NotAllowed, BookRefuses)):
        buy_lot(play(role), booked, TABLET, Price("money", "x", 1), why=WHY, key="b")


@pytest.fixture
def promised(booked, play):
    """Return the promises of two operators, taken into the book."""
    from phusong.access.book import act

    mine = str(play(Role.OPERATOR).operator)
    others = next(str(o) for o in Operator if o != mine)
    rows = [
        {"commitment_id": n, "operator": o, "hamlet": "Thôn Đồng", "technology": "4G"}
        | {"state": "building", "as_of": "2021-09-22"}
        for n, o in (("CK-1", mine), ("CK-2", others))
    ]
    acting = act(play(Role.FOCAL_POINT), booked, why=WHY, key="")
    take_commitments(open_book(booked), rows, acting=acting)
    return rows


@pytest.mark.usefixtures("sound", "promised")
def test_a_promise_goes_on_once_and_an_operator_moves_its_own_alone(booked, play):
    operator, planner = play(Role.OPERATOR), play(Role.PLANNER)
    told = {"dated": "2021-12-01", "why": WHY}
    for _ in range(2):
        move_promise(operator, booked, "CK-1", "on_air", **told, key="p")
    states = ask_promises(planner, booked).set_index("commitment_id")["state"]
    assert states["CK-1"] == "on_air" and states["CK-2"] == "building"
    with pytest.raises(NotAllowed):
        move_promise(operator, booked, "CK-2", "on_air", **told, key="q")
    with pytest.raises(NotAllowed):
        move_promise(operator, booked, "CK-1", "accepted", **told, key="u")
    with pytest.raises(LedgerFault, match="already"):
        move_promise(planner, booked, "CK-1", "building", **told, key="r")
    with pytest.raises(LedgerFault, match="yet to come"):
        move_promise(planner, booked, "CK-2", "on_air", dated="2036-01-01", why=WHY, key="s")
    move_promise(planner, booked, "CK-2", "withdrawn", **told, key="t")
    move_promise(planner, booked, "CK-1", "accepted", **told, key="v", record="BB-1")


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize("role", [Role.EDUCATION, Role.APPROVER, Role.SCHOOL])
def test_whoever_builds_nothing_moves_no_promise(booked, play, role):
    with pytest.raises(NotAllowed):
        move_promise(play(role), booked, "CK-1", "on_air", dated="2021-12-01", why=WHY, key="p")


def pupil_of(desk, principal, *, own=True):
    """Return a pupil with a household, in one's own communes or not."""
    students = read_table(desk.folder, "students").dropna(subset="household_key")
    mine = students["commune_code"].isin(principal.communes)
    return str(students[mine == own]["student_key"].iloc[0])


@pytest.mark.usefixtures("sound")
def test_a_household_is_helped_once_and_its_help_can_be_ended(booked, play):
    official = play(Role.EDUCATION)
    key = pupil_of(booked, official)
    numbers = {
        subsidise_household(official, booked, key[:11], FEES, why=WHY, key="s") for _ in range(2)
    }
    assert len(numbers) == 1
    seen = ask_subsidies(official, booked)
    assert "household_key" not in seen and seen["waiver_vnd"].tolist() == [300_000]
    with pytest.raises(SubsidyStands):
        subsidise_household(official, booked, key, FEES, why=WHY, key="t")
    (number,) = numbers
    for _ in range(2):
        end_household_subsidy(official, booked, number, why=WHY, key="u")
    assert ask_subsidies(official, booked)["ended_on"].tolist() == ["2026-03-02"]
    subsidise_household(official, booked, key, FEES, why=WHY, key="v")


def test_fees_of_others_and_fees_of_nothing_are_refused(booked, play):
    official, focal = play(Role.EDUCATION), play(Role.FOCAL_POINT)
    own = pupil_of(booked, official)
    if official.communes:
        with pytest.raises(NotAllowed):
            other = pupil_of(booked, official, own=False)
            subsidise_household(official, booked, other, FEES, why=WHY, key="s")
    for asked in ("", "hs-", "hs-nobody"):
        with pytest.raises(NotAllowed):
            subsidise_household(focal, booked, asked, FEES, why=WHY, key="s")
    for wrong in ({"waiver_vnd": 0}, {"payer": " "}, {"service": "6G"}):
        with pytest.raises(LedgerFault):
            subsidise_household(official, booked, own, replace(FEES, **wrong), why=WHY, key="s")
    for role in (Role.APPROVER, Role.SCHOOL, Role.PLANNER):
        with pytest.raises((NotAllowed, BookRefuses)):
            subsidise_household(play(role), booked, own, FEES, why=WHY, key="s")


@pytest.fixture
def given(booked, play):
    """Return awards of the official's communes whose device is with the pupil, and a lot that has some."""
    official = play(Role.EDUCATION)
    take_lot(official, booked, TABLET, why=WHY, key="given")
    seen = ask_awards(official, booked)
    return seen[seen["state"].isin(["handed_over", "confirmed"]) & seen["lot_id"].notna()]


@pytest.mark.usefixtures("sound")
@pytest.mark.parametrize("fate", Fate)
def test_a_device_is_replaced_once_and_the_first_goes_where_it_belongs(booked, play, given, fate):
    official, award = play(Role.EDUCATION), given.iloc[0]
    old = str(award["lot_id"])
    before = free(play, booked, old)
    number = int(award["award"])
    told = [
        replace_device(official, booked, number, "LO-900", fate, why=WHY, key="r") for _ in range(2)
    ]
    assert told[0] == told[1]
    moved = {Fate.FIT: (1, 0), Fate.UNFIT: (0, 1), Fate.LOST: (0, 0)}[fate]
    after = free(play, booked, old)
    assert (after[0] - before[0], after[1] - before[1]) == moved
    assert free(play, booked, "LO-900")[0] == 4
    states = ask_awards(official, booked).set_index("award")["state"]
    assert states[number] == "replaced" and states[told[0]] == "proposed"


def test_a_replacement_keeps_to_ones_own_pupils_and_to_the_donors_wish(booked, play, given):
    number = int(given["award"].iloc[0])
    school, official = play(Role.SCHOOL), play(Role.EDUCATION)
    others = given[~given["school_id"].isin(school.schools)]["award"]
    if len(others):
        with pytest.raises(NotAllowed):
            told = {"why": WHY, "key": "r"}
            replace_device(school, booked, int(others.iloc[0]), "LO-900", Fate.UNFIT, **told)
    with pytest.raises(LedgerFault, match="no lot"):
        replace_device(official, booked, number, "LO-none", Fate.UNFIT, why=WHY, key="s")
    from phusong.access.book import act

    wished = {**TABLET.write_row("2021-09-22"), "lot_id": "LO-903", "only_schools": "none"}
    take_lots(open_book(booked), [wished], acting=act(official, booked, why=WHY, key=""))
    with pytest.raises(LedgerFault, match="as its donor wishes"):
        replace_device(official, booked, number, "LO-903", Fate.UNFIT, why=WHY, key="t")


def test_a_lost_device_is_written_off_by_who_keeps_the_store(booked, play, given):
    school = play(Role.SCHOOL)
    own = given[given["school_id"].isin(school.schools)]["award"]
    number = int(own.iloc[0]) if len(own) else None
    if number is None:
        pytest.skip("the sample school holds no device")
    with pytest.raises(BookRefuses, match="may not store"):
        replace_device(school, booked, number, "LO-900", Fate.LOST, why=WHY, key="r")


@pytest.mark.usefixtures("sound", "given")
def test_one_pupil_is_proposed_without_a_plan_and_once(booked, play):
    official = play(Role.EDUCATION)
    seen = ask_awards(official, booked)["student_key"]
    students = read_table(booked.folder, "students")
    mine = students[students["commune_code"].isin(official.communes) | (not official.communes)]
    mine = mine[~mine["student_key"].isin(seen)]
    line = mine[mine["eligible"] & mine["device_needed"]].sort_values("rank")
    key = str(line["student_key"].iloc[0])
    told = {"lot_id": "LO-900", "why": WHY}
    others = mine[~mine["eligible"].fillna(True).astype(bool)]["student_key"]
    with pytest.raises(LedgerFault, match="not eligible"):
        propose_award(official, booked, str(others.iloc[0]), **told, key="n")
    numbers = {propose_award(official, booked, key, **told, key="o") for _ in range(2)}
    assert len(numbers) == 1
    with pytest.raises(AlreadyAwarded):
        propose_award(official, booked, key, **told, key="p")
    with pytest.raises(LedgerFault, match="neither device nor package"):
        propose_award(official, booked, key, why=WHY, key="q")
