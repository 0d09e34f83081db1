"""The one table: every function has its row, every role without an extent is refused, nobody reaches another's."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

import phusong.access.actions
import phusong.access.questions
from phusong.access.accounts import make_principal
from phusong.access.actions.deliveries import Looked
from phusong.access.actions.pupils import Goes
from phusong.access.actions.replacing import Fate
from phusong.access.actions.services import Fees
from phusong.access.authorisation import LISTED
from phusong.access.book import act, open_book
from phusong.access.faults import NotAllowed
from phusong.access.log import list_log
from phusong.access.permissions import PERMISSIONS, Extent, find_extent
from phusong.access.purposes import Purpose
from phusong.ledger.acting import MAY
from phusong.ledger.pupil_changes import Pupil
from phusong.ledger.pupil_steps import decline
from phusong.ledger.queries import list_awards
from phusong.ledger.services import Subsidy, subsidise, take_commitments
from phusong.ledger.tables import SUBSIDIES
from phusong.pipeline.deliveries import Delivery, Effect, Verdict, add_delivery, find_deliveries
from phusong.pipeline.province import decisions_path
from phusong.pipeline.settings import read_settings
from phusong.store import read_table
from phusong.store.decisions import CONFIRM, TWO, Decision, add_decision
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import PhusongError
from phusong.vocabulary.terms import Operator, Status

#: Parameters that name something which must be one's own.
NAMING = {
    *("about", "commitment_id", "group", "hamlet_id", "looked", "name", "number", "numbers"),
    *("operator", "student", "student_key", "students"),
}
DAY, KEY = "2021-09-26", {"why": "thử", "key": "k"}
REPORT = {"suffix": "docx", "as_of": date(2021, 9, 26), "edition": "2021"}


def list_functions():
    """Return the public functions of the two rooms of access, by name."""
    found = {}
    for room in (phusong.access.questions, phusong.access.actions):
        for info in pkgutil.iter_modules(room.__path__):
            module = importlib.import_module(f"{room.__name__}.{info.name}")
            for name, value in vars(module).items():
                is_ours = getattr(value, "__module__", "") == module.__name__
                if inspect.isfunction(value) and is_ours and not name.startswith("_"):
                    assert name not in found, f"two functions are called {name}"
                    found[name] = value
    return found


FUNCTIONS = list_functions()


def list_parameters(name):
    return list(inspect.signature(FUNCTIONS[name]).parameters)


def test_every_function_that_asks_in_a_name_has_its_row_and_every_row_its_function():
    asking = {n for n in FUNCTIONS if list_parameters(n)[:2] == ["principal", "desk"]}
    assert asking == set(PERMISSIONS)
    others = set(FUNCTIONS) - asking
    for name in others:
        assert not {"desk", "register"} & set(list_parameters(name)), f"{name} has no row"
    unguarded = [n for n in asking if not hasattr(FUNCTIONS[n], "__wrapped__")]
    assert not unguarded


def test_the_table_gives_nobody_what_the_book_would_refuse():
    deeds = {
        "pledge_contribution": "pledge", "receive_contribution": "receive",
        "settle_contribution": "settle doubt", "allocate_money": "allocate", "pay_money": "pay",
        "confirm_money": "confirm payment", "reverse_entry": "reverse", "take_lot": "store",
        "buy_lot": "store", "propose_awards": "propose", "propose_award": "propose",
        "approve_awards": "approve", "hand_over_awards": "hand over", "confirm_awards": "confirm",
        "cancel_award": "cancel", "take_back_device": "return", "report_lost": "lose",
        "free_pupil": "free", "replace_device": "replace", "subsidise_household": "subsidise",
        "end_household_subsidy": "subsidise", "move_promise": "commit",
        "send_back_awards": "send back", "record_decline": "decline", "record_move": "move",
        "record_departure": "depart", "withdraw_change": "withdraw",
    }  # fmt: skip
    for name, deed in deeds.items():
        assert set(PERMISSIONS[name].extents) <= MAY[deed], name


@pytest.mark.parametrize("name", PERMISSIONS)
def test_a_role_without_an_extent_is_refused_before_anything_is_read_and_logged(desk, play, name):
    function = FUNCTIONS[name]
    needed = [
        p
        for p in inspect.signature(function).parameters.values()
        if p.name not in ("principal", "desk") and p.default is inspect.Parameter.empty
    ]
    if any(p.kind is p.VAR_KEYWORD for p in needed):
        needed = [p for p in needed if p.kind is not p.VAR_KEYWORD]
    for role in Role:
        if find_extent(role, name) != Extent.NONE:
            continue
        principal = play(role)
        before = len(list_log(desk.register, last=10_000))
        with pytest.raises(NotAllowed):
            function(principal, desk, **{p.name: None for p in needed})
        log = list_log(desk.register, last=10_000)
        line = log.iloc[0]
        assert len(log) == before + 1 and bool(line["refused"])
        assert (line["account_id"], line["subject"]) == (principal.account_id, name)
        assert line["what"] == str(PERMISSIONS[name].data)


@pytest.fixture
def world(office, desk, tmp_path):
    """Return a desk with a fresh book, and what is one's own and another's in it, for every kind of id."""
    import shutil

    for file in office.glob("phusong.ledger*"):
        shutil.copy(file, tmp_path / file.name)
    here = replace(desk, book=str(tmp_path / "phusong.ledger"))
    awards = list_awards(open_book(here)).merge(
        read_table(office, "students")[["student_key", "school_id", "commune_code"]],
        on="student_key",
    )
    return World(here, awards, monkey_raw(office, tmp_path, here))


def monkey_raw(office, tmp_path, desk):
    """Return nothing; the files beside the province file are taken back by the caller."""
    return read_settings(office)[0]


class World:
    """Hold a book with awards in several communes, and one account for each role that has its own."""

    def __init__(self, desk, awards, path):
        self.desk, self.path = desk, path
        students = read_table(desk.folder, "students").dropna(subset=["school_id", "household_key"])
        counts = awards["commune_code"].value_counts()
        self.commune = str(counts.index[0])
        inside = students["commune_code"] == self.commune
        self.school = str(students[inside]["school_id"].value_counts().index[0])
        self.awards, self.students = awards, students

    def principal(self, role):
        """Return a bounded account of a role."""
        more = {
            Role.EDUCATION: {"communes": [self.commune]},
            Role.APPROVER: {"communes": [self.commune]},
            Role.SCHOOL: {"schools": [self.school]},
            Role.COMMUNE: {"communes": [self.commune]},
            Role.OPERATOR: {"operator": "VIETTEL"},
        }.get(role, {})
        return make_principal(role=role, organisation="Thử", account_id=f"thu-{role}", **more)

    def is_own(self, role, frame):
        """Return which rows of pupils are a role's own."""
        if role == Role.SCHOOL:
            return frame["school_id"] == self.school
        return frame["commune_code"] == self.commune

    def student(self, role, *, own):
        """Return a pupil that is, or is not, a role's own."""
        return str(self.students[self.is_own(role, self.students) == own]["student_key"].iloc[0])

    def award(self, role, *, own):
        """Return the number of an award that is, or is not, a role's own."""
        found = self.awards[self.is_own(role, self.awards) == own]["award"]
        if found.empty:
            pytest.skip("the sample school holds no award")
        return int(found.iloc[0])

    def operator(self, *, own):
        return Operator.VIETTEL if own else Operator.VNPT

    def school_of(self, role, *, own):
        schools = read_table(self.desk.folder, "accepted_schools")
        mine = (schools["school_id"] == self.school) | (
            (role == Role.EDUCATION) & (schools["commune_code"] == self.commune)
        )
        return str(schools[mine == own]["school_id"].iloc[0])

    def commitment(self, *, own):
        row = {"commitment_id": f"CK-{own}", "operator": str(self.operator(own=own))}
        row |= {"hamlet": "Thôn Đồng", "technology": "4G", "state": "building", "as_of": DAY}
        focal = self.principal(Role.FOCAL_POINT)
        acting = act(focal, self.desk, why="thử", key="")
        take_commitments(open_book(self.desk), [row], acting=acting)
        return row["commitment_id"]

    def subsidy(self, role, *, own):
        key = self.student(role, own=own)
        house = self.students.set_index("student_key").loc[key, "household_key"]
        acting = act(self.principal(Role.FOCAL_POINT), self.desk, why="thử", key="")
        (number,) = subsidise(
            open_book(self.desk),
            [Subsidy(str(house), "FIBRE", "VNPT", DAY, 1, 0, 0, None)],
            acting=acting,
        )
        return number

    def hamlet(self, *, own):
        hamlets = read_table(self.desk.folder, "hamlets")
        return str(hamlets[(hamlets["commune_code"] == self.commune) == own]["hamlet_id"].iloc[0])

    def decision(self, *, own):
        path, province, _ = read_settings(self.desk.folder)
        hamlets = read_table(self.desk.folder, "hamlets")
        row = hamlets[hamlets["hamlet_id"] == self.hamlet(own=own)].iloc[0]
        made = Decision(
            0, "2026-03-01T00:00:00+00:00", "education (x)", CONFIRM, f"nhóm-{own}",
            row["commune_code"], row["edition"], "", row["hamlet_id"], why="thử",
        )  # fmt: skip
        return add_decision(decisions_path(path, province), made).number

    def pair(self, role, *, own):
        """Return the number of a decision about a pair of pupils that are, or are not, a role's own."""
        path, province, _ = read_settings(self.desk.folder)
        keys = self.students[self.is_own(role, self.students) == own]["student_key"]
        left, right = sorted(str(key) for key in keys.head(2))
        made = Decision(
            0, "2026-03-01T00:00:00+00:00", "education (x)", TWO, why="thử", left=left, right=right,
            left_tokens="a", right_tokens="b",
        )  # fmt: skip
        return add_decision(decisions_path(path, province), made).number

    def change(self, role, *, own):
        """Return the number of a decline by a pupil who is, or is not, a role's own."""
        given = set(self.awards["student_key"])
        mine = self.students[self.is_own(role, self.students) == own]
        key = str(mine[~mine["student_key"].isin(given)]["student_key"].iloc[0])
        acting = act(self.principal(Role.FOCAL_POINT), self.desk, why="thử", key="")
        return decline(open_book(self.desk), Pupil(key), dated=DAY, acting=acting)

    def delivery(self, role, *, own):
        place = find_deliveries(self.path)
        place.mkdir(mode=0o700, exist_ok=True)
        codes = read_table(self.desk.folder, "communes")["commune_code"].astype(str)
        code = self.commune if own else codes[codes != self.commune].iloc[0]
        name = f"{int(own):016x}.csv"
        (place / name).write_bytes(b"x")
        line = Delivery(
            name, "poverty" if role == Role.COMMUNE else "students", "0" * 64, 1, 1, 0, str(Verdict.ACCEPTED),
            "2026-03-01T00:00:00+00:00", "thu", "education", "Thử", "thử", communes=code,
        )  # fmt: skip
        add_delivery(place, line)
        return name

    def looked(self, role, *, own):
        from phusong.intake.diagnosis import Diagnosis

        described = Diagnosis.__new__(Diagnosis)
        kind = {Role.EDUCATION: "schools", Role.COMMUNE: "hamlets"}.get(role, "cells")
        object.__setattr__(described, "kind", kind)
        account = self.principal(role).account_id if own else "somebody"
        return Looked("0" * 16 + ".csv", described, pd.DataFrame(), {}, account)


@pytest.fixture(autouse=True)
def _unmarked(request):
    """Take back what a test of foreign ids wrote beside the province file."""
    if "world" not in request.fixturenames:
        yield
        return
    office = request.getfixturevalue("office")
    path, province, _ = read_settings(office)
    kept = decisions_path(path, province)
    before = kept.read_bytes() if kept.exists() else None
    yield
    place = find_deliveries(path)
    for file in place.iterdir() if place.exists() else ():
        file.unlink()
    if place.exists():
        place.rmdir()
    kept.write_bytes(before) if before is not None else kept.unlink(missing_ok=True)


FEES = Fees("FIBRE", "VNPT", DAY, waiver_vnd=1)
#: Function → how it is called about something that is one's own or is not: (world, role, own) → arguments.
ABOUT = {
    "look_at_pupil": lambda w, r, own: {"student_key": w.student(r, own=own), "purpose": Purpose.VERIFY},
    "ask_reasons": lambda w, r, own: {"student_key": w.student(r, own=own)},
    "ask_story": lambda w, r, own: {"student_key": w.student(r, own=own)},
    "erase_pupil": lambda w, r, own: {"student": w.student(r, own=own), "why": "" if own else "x"},
    "propose_award": lambda w, r, own: {"student": w.student(r, own=own), **KEY},
    "propose_awards": lambda w, r, own: {"students": [w.student(r, own=own)], **KEY},
    "subsidise_household": lambda w, r, own: {"student": w.student(r, own=own), "fees": FEES, **KEY},
    "end_household_subsidy": lambda w, r, own: {"number": w.subsidy(r, own=own), **KEY},
    **{
        name: lambda w, r, own: {"numbers": [w.award(r, own=own)], **KEY}
        for name in ("approve_awards", "send_back_awards", "hand_over_awards", "confirm_awards")
    },
    **{
        name: lambda w, r, own: {"number": w.award(r, own=own), **KEY}
        for name in ("cancel_award", "report_lost", "free_pupil")
    },
    "take_back_device": lambda w, r, own: {"number": w.award(r, own=own), "fit": True, **KEY},
    "replace_device": lambda w, r, own: {
        "number": w.award(r, own=own), "lot_id": "x", "fate": Fate.FIT, **KEY,
    },
    "record_decline": lambda w, r, own: {"student": w.student(r, own=own), **KEY},
    "record_move": lambda w, r, own: {
        "student": w.student(r, own=own), "school": "x", "goes": Goes(), **KEY,
    },
    "record_departure": lambda w, r, own: {
        "student": w.student(r, own=own), "goes": Goes(), **KEY,
    },
    "withdraw_change": lambda w, r, own: {"number": w.change(r, own=own), **KEY},
    "undo_pair": lambda w, r, own: {"number": w.pair(r, own=own), "why": "thử"},
    "move_promise": lambda w, r, own: {
        "commitment_id": w.commitment(own=own), "state": "on_air", "dated": DAY, **KEY,
    },
    "ask_workbook": lambda w, r, own: {"operator": w.operator(own=own)},
    "file_challenge": lambda w, r, own: {
        "hamlet_id": w.hamlet(own=own), "technology": "4G", "operator": str(w.operator(own=own)),
        "says": str(Status.NONE), "ground": "",
    },
    "decide_addresses": lambda w, r, own: {
        "group": "x", "hamlet_id": w.hamlet(own=own), "alias": False, "why": "x",
    },
    "undo_addresses": lambda w, r, own: {"number": w.decision(own=own), "why": "thử"},
    "withdraw_delivery": lambda w, r, own: {"name": w.delivery(r, own=own), "why": "thử"},
    "decide_delivery": lambda w, r, own: {
        "looked": w.looked(r, own=own), "verdict": Verdict.REFUSED, "why": "",
    },
    "drop_file": lambda w, r, own: {"looked": w.looked(r, own=own)},
    "fetch_rejected": lambda w, r, own: {"looked": w.looked(r, own=own), "language": "vi"},
    "write_report": lambda w, r, own: {
        "form": "operator" if r == Role.OPERATOR else "school",
        "about": str(w.operator(own=own)) if r == Role.OPERATOR else w.school_of(r, own=own),
        **REPORT,
    },
}  # fmt: skip
#: Whose reports and pages name hamlets of everybody: to them coverage is no one's own.
BOUND = (Role.OPERATOR, Role.COMMUNE)
OPEN = {("file_challenge", role) for role in Role if role not in BOUND}
#: A group of the queue is one's own only where the made-up province leaves addresses open.
NO_OWN = {"decide_addresses"}
PAIRS = [
    (name, role)
    for name in PERMISSIONS
    for role in Role
    if find_extent(role, name) == Extent.OWN and NAMING & set(list_parameters(name))
    if (name, role) not in OPEN
]


def test_every_function_that_takes_an_id_is_tried_with_anothers():
    assert {name for name, _ in PAIRS} <= set(ABOUT)


@pytest.mark.parametrize(("name", "role"), PAIRS)
def test_an_id_that_is_not_ones_own_is_refused_and_logged(world, name, role):
    principal = world.principal(role)
    asked = ABOUT[name](world, role, False)
    with pytest.raises(NotAllowed):
        FUNCTIONS[name](principal, world.desk, **asked)
    line = list_log(world.desk.register, last=1).iloc[0]
    assert bool(line["refused"]) and line["account_id"] == principal.account_id
    assert line["what"] == str(PERMISSIONS[name].data)


@pytest.mark.parametrize(("name", "role"), [p for p in PAIRS if p[0] not in NO_OWN])
def test_an_id_that_is_ones_own_reaches_what_is_behind(world, name, role):
    asked = ABOUT[name](world, role, True)
    try:
        FUNCTIONS[name](world.principal(role), world.desk, **asked)
    except NotAllowed:
        raise
    except PhusongError:
        pass
    log = list_log(world.desk.register, last=5)
    assert not log["refused"].astype(bool).any()


def test_whoever_speaks_for_some_communes_replaces_nobodys_list(world):
    principal = world.principal(Role.EDUCATION)
    viewed = world.looked(Role.EDUCATION, own=True)
    with pytest.raises(NotAllowed):
        FUNCTIONS["decide_delivery"](
            principal, world.desk, viewed, Verdict.REFUSED, why="x", effect=Effect.REPLACES
        )


def test_decisions_and_deliveries_of_others_are_not_listed(world):
    principal = world.principal(Role.EDUCATION)
    own, other = world.decision(own=True), world.decision(own=False)
    numbers = set(FUNCTIONS["ask_decisions"](principal, world.desk)["number"])
    assert own in numbers and other not in numbers
    mine, theirs = (world.delivery(Role.EDUCATION, own=own) for own in (True, False))
    names = set(FUNCTIONS["ask_deliveries"](principal, world.desk)["name"])
    assert names == {mine} and theirs not in names
    province = make_principal(role=Role.EDUCATION, organisation="Sở")
    assert set(FUNCTIONS["ask_deliveries"](province, world.desk)["name"]) == {mine, theirs}


def test_an_official_is_offered_the_schools_of_their_communes_alone(world):
    offered = FUNCTIONS["ask_schools"](world.principal(Role.EDUCATION), world.desk)
    schools = read_table(world.desk.folder, "accepted_schools")
    own = schools[schools["commune_code"] == world.commune]["school_id"]
    assert set(offered) == set(own) and 0 < len(own) < len(schools)
    assert set(FUNCTIONS["ask_schools"](world.principal(Role.SCHOOL), world.desk)) == {world.school}


#: Questions whose answer tells of pupils → what they are asked besides.
LISTS = {
    "ask_priority": lambda w, r: {},
    "ask_awards": lambda w, r: {},
    "ask_allocation": lambda w, r: {},
    "ask_subsidies": lambda w, r: {},
    "ask_queue": lambda w, r: {},
    "ask_pairs": lambda w, r: {},
    "ask_pair_decisions": lambda w, r: {},
    "ask_pupil_changes": lambda w, r: {},
    "ask_reasons": lambda w, r: {"student_key": w.student(r, own=True)},
    "ask_story": lambda w, r: {"student_key": w.student(r, own=True)},
}


def test_every_question_that_shows_pupils_is_marked_in_the_table(world):
    """Ask everything that needs nothing else, and look for pseudonyms in the answer."""
    for name, row in PERMISSIONS.items():
        plain = all(
            p.default is not inspect.Parameter.empty
            for p in list(inspect.signature(FUNCTIONS[name]).parameters.values())[2:]
        )
        if not plain:
            continue
        role = next(iter(row.extents))
        answer = FUNCTIONS[name](world.principal(role), world.desk)
        if isinstance(answer, pd.DataFrame) and "student_key" in answer:
            assert row.of_pupils, name
        elif not row.of_pupils:
            assert "hs-" not in str(answer)[:1_000_000], name
    assert {n for n, row in PERMISSIONS.items() if row.of_pupils} == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_pupils_leaves_one_line_with_whose_and_how_many(world, name):
    for role in PERMISSIONS[name].extents:
        if role == Role.FOCAL_POINT:
            continue
        principal = world.principal(role)
        before = len(list_log(world.desk.register, last=10_000))
        answer = FUNCTIONS[name](principal, world.desk, **LISTS[name](world, role))
        log = list_log(world.desk.register, last=10_000)
        line = log.iloc[0]
        assert len(log) == before + 1 and not bool(line["refused"])
        assert line["account_id"] == principal.account_id
        assert line["rows"] == (len(answer) if isinstance(answer, pd.DataFrame) else 1)
        scope = world.school if role == Role.SCHOOL else world.commune
        assert str(line["subject"]).startswith(f"{LISTED} {name}; ") and scope in line["subject"]


def test_what_somebody_types_never_reaches_the_log_as_a_filter(world):
    principal = world.principal(Role.EDUCATION)
    for typed in ("Nguyễn Văn An", "An"):
        with pytest.raises(NotAllowed):
            FUNCTIONS["ask_story"](principal, world.desk, typed)
    key = world.student(Role.EDUCATION, own=True)
    FUNCTIONS["ask_reasons"](principal, world.desk, key, "en")
    line = list_log(world.desk.register, last=1).iloc[0]
    assert key in line["subject"] and "Nguyễn" not in str(list_log(world.desk.register, last=9))


def test_households_stay_out_of_every_answer(world):
    with open_book(world.desk).read() as connection:
        assert connection.execute(select(SUBSIDIES)).all() is not None
    for name in ("ask_awards", "ask_subsidies", "ask_priority"):
        answer = FUNCTIONS[name](world.principal(Role.EDUCATION), world.desk)
        assert "household_key" not in answer
