"""What was written down before hamlets changed is found by the former id and by the present one."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from tests.access.conftest import Clock
from tests.pipeline.changed_hamlets import write_changed
from tests.screens.stage import Stage

from phusong.access.accounts import make_principal
from phusong.access.actions.challenges import file_challenge, settle_challenge
from phusong.access.desk import Desk, open_desk
from phusong.access.faults import NotAllowed
from phusong.access.own_places import check_place
from phusong.access.questions.book import ask_promises
from phusong.access.questions.challenges import ask_challenges
from phusong.access.questions.findings import ask_places
from phusong.access.selection import Selection
from phusong.ledger.acting import Acting
from phusong.ledger.book import create_ledger
from phusong.ledger.imports import import_commitments
from phusong.ledger.inventory import list_commitments
from phusong.pipeline.challenges import Standing, find_challenges, read_challenges
from phusong.pipeline.explanation import explain_row
from phusong.pipeline.hamlet_ids import bring_to_present, find_present_ids
from phusong.pipeline.reports.figures import gather_figures, name_villages
from phusong.pipeline.reports.lists import gather_operator
from phusong.pipeline.run import run_province
from phusong.store import read_table
from phusong.vocabulary.book import LEDGER_NAME, Role
from phusong.vocabulary.errors import SourceFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.terms import Operator

pytestmark = pytest.mark.long
BEFORE, AFTER = datetime(2026, 5, 2, 1, tzinfo=UTC), datetime(2026, 7, 2, 1, tzinfo=UTC)
NO_SIGNAL = {"technology": "4G", "operator": "VIETTEL", "says": "NONE", "ground": "tried"}


def open_at(folder, register, when):
    clock = Clock()
    clock.now = when
    first = open_desk(folder, register)
    return Desk(folder, first.register, first.limits, False, clock)


def planner(name="tk-ke-hoach"):
    return make_principal(role=Role.PLANNER, organisation="Sở", account_id=name)


def write_down(folder, office):
    """Write promises into the ledger and reports beside the province file, all by the ids of the day."""
    ledger = create_ledger(str(folder / LEDGER_NAME))
    acting = Acting(role=Role.ADMINISTRATOR, organisation="Sở", at=BEFORE, why="nhập sổ")
    import_commitments(ledger, read_table(folder, "accepted_commitments"), acting=acting)
    ledger.close()
    for hamlet in ("H2", "H3", "H4"):
        file_challenge(planner(), office, hamlet_id=hamlet, **NO_SIGNAL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Results of after the change, in a folder in which things were written down before it."""
    raw = tmp_path_factory.mktemp("thon")
    out = tmp_path_factory.mktemp("ket_qua") / "out"
    run_province(write_changed(raw, as_of="2026-05-01"), out)
    office = open_at(out, raw / "phusong.access", BEFORE)
    write_down(out, office)
    assert ask_promises(planner(), office)["hamlet_id"].tolist() == ["H1", "H2", "H3", "H4"]
    run_province(write_changed(raw, as_of="2026-07-01"), out)
    return out


@pytest.fixture
def office(folder, tmp_path):
    return open_at(folder, tmp_path / "phusong.access", AFTER)


def test_promises_of_the_ledger_are_found_by_both_ids_and_none_is_lost(office, folder):
    promised = ask_promises(planner(), office)
    assert len(promised) == 4 and promised["commitment_id"].is_unique
    rows = promised.set_index("commitment_id")
    assert rows["hamlet_id"].fillna("").to_dict() == {
        "CH1": "H9", "CH2": "H9", "CH3": "", "CH4": "H4",
    }  # fmt: skip
    assert rows.loc["CH3", ["former_hamlet_id", "hamlet_parts"]].tolist() == ["H3", "H7|H8"]
    found = {}
    for hamlet in ("H1", "H2", "H9", "H3", "H7", "H8", "H4"):
        wanted = Selection(hamlet=hamlet).match(promised, folder)
        found[hamlet] = promised.loc[wanted, "commitment_id"].tolist()
    assert found["H1"] == found["H2"] == found["H9"] == ["CH1", "CH2"]
    assert found["H3"] == found["H7"] == found["H8"] == ["CH3"] and found["H4"] == ["CH4"]


def test_the_ledger_itself_keeps_the_ids_of_its_day(folder):
    from phusong.ledger.book import open_ledger

    ledger = open_ledger(str(folder / LEDGER_NAME))
    assert list_commitments(ledger)["hamlet_id"].tolist() == ["H1", "H2", "H3", "H4"]
    ledger.close()


def test_reports_of_before_are_listed_once_each_with_the_present_hamlet(office):
    reported = ask_challenges(planner(), office).sort_values("number")
    assert reported["hamlet_id"].tolist() == ["H9", "H3", "H4"]
    assert reported["former_hamlet_id"].fillna("").tolist() == ["H2", "H3", ""]
    assert reported["hamlet_parts"].fillna("").tolist() == ["", "H7|H8", ""]


@pytest.mark.parametrize("key", ["H2", "H9", "Tây"])
def test_explain_lists_what_was_written_for_the_former_hamlet(folder, key):
    text = "\n".join(explain_row(folder, "gaps", key))
    booked = [line for line in text.splitlines() if "theo sổ chương trình" in line]
    assert len(booked) == 2 and "cho H2" in booked[1] and text.count("báo sai:") == 1
    assert [line for line in text.splitlines() if line.startswith("  1, 02/05/2026")]


def test_explain_of_a_part_names_what_was_written_for_the_whole(folder):
    text = "\n".join(explain_row(folder, "gaps", "H7"))
    assert "CH3" in text and "cho H3, now · nay H7, H8" in text


@pytest.fixture
def reports(folder):
    """The file of reports, as it was before the test."""
    path = find_challenges(folder)
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


def test_a_report_with_the_old_id_is_about_the_ground_of_the_former_hamlet(office, reports):
    kept = file_challenge(planner(), office, hamlet_id="H2", **NO_SIGNAL)
    assert (kept.hamlet_id, kept.former_hamlet_id) == ("H9", "H2")
    again = file_challenge(planner(), office, hamlet_id="H2", **NO_SIGNAL)
    assert again.number == kept.number
    whole = file_challenge(planner(), office, hamlet_id="H9", **NO_SIGNAL)
    assert whole.number != kept.number and not whole.former_hamlet_id
    last = ask_challenges(planner(), office).iloc[1]
    assert (last["hamlet_id"], last["former_hamlet_id"]) == ("H9", "H2")
    assert read_challenges(reports)[-2].former_hamlet_id == "H2"


def test_a_report_about_a_split_hamlet_asks_which_part_is_meant(office, reports):
    with pytest.raises(SourceFault, match=r"H7 \(thôn Nam 1\), H8 \(thôn Nam 2\)"):
        file_challenge(planner(), office, hamlet_id="H3", **NO_SIGNAL)
    with pytest.raises(SourceFault, match="no such hamlet"):
        file_challenge(planner(), office, hamlet_id="H99", **NO_SIGNAL)
    assert len(read_challenges(reports)) == 3


def test_an_accepted_report_with_the_old_id_takes_signal_from_the_former_hamlet(
    office, reports, tmp_path
):
    kept = file_challenge(planner(), office, hamlet_id="H1", **NO_SIGNAL)
    settle_challenge(planner("tk-2"), office, kept.number, standing=Standing.ACCEPTED, note="đã đo")
    run_province(reports.parent / "tinh.toml", tmp_path / "out", as_of=datetime(2026, 7, 3).date())
    gaps = read_table(tmp_path / "out", "gaps").set_index("hamlet_id")
    assert gaps.loc["H9", "dark_clusters"] == 2


def test_a_commune_has_its_former_hamlets_and_nobody_elses(office):
    own, other = (
        make_principal(role=Role.COMMUNE, organisation="UBND xã", communes=[code])
        for code in ("08914", "08917")
    )
    assert set(ask_places(own, office, "hamlet_lineage")["from_hamlet_id"]) == {"H1", "H2", "H3"}
    assert ask_places(other, office, "hamlet_lineage").empty
    assert len(ask_challenges(own, office)) == 3 and ask_challenges(other, office).empty
    check_place(own, office, commune="", hamlet="H2", name="ask_places")
    with pytest.raises(NotAllowed):
        check_place(other, office, commune="", hamlet="H2", name="ask_places")
    with pytest.raises(NotAllowed):
        file_challenge(other, office, hamlet_id="H2", **NO_SIGNAL)


def test_an_id_that_still_holds_means_the_present_hamlet(folder):
    assert find_present_ids(folder, "H4") == ["H4"]
    assert find_present_ids(folder, "H1") == ["H9"]
    assert find_present_ids(folder, "H3") == ["H7", "H8"] and not find_present_ids(folder, "X")
    empty = pd.DataFrame({"commitment_id": [], "hamlet_id": []}, dtype="str")
    assert bring_to_present(empty, folder).empty


def test_the_pages_of_a_hamlet_show_what_was_written_under_the_former_id(
    folder, tmp_path, monkeypatch
):
    stage = Stage(folder, tmp_path / "phusong.access", monkeypatch)
    page = stage.open("hamlet", planner(), hamlet="H2")
    assert not page.exception
    shown = [f.value for f in page.dataframe if "Ghi cho thôn cũ" in f.value]
    assert len(shown) == 2 and shown[0]["Ghi cho thôn cũ"].tolist() == ["H1", "H2"]
    about = next(s for s in page.selectbox if s.label == "Báo về")
    assert about.options == ["cả thôn", "thôn Đông trước đây", "thôn Tây trước đây"]
    page = stage.open("hamlet", planner(), hamlet="H3")
    assert not page.exception and "Thôn Nam 1 (H7), Thôn Nam 2 (H8)" in page.warning[0].value


def test_the_operators_documents_call_a_promise_by_what_was_written_too(folder):
    figures = gather_figures(
        folder,
        None,
        window=None,
        as_of=AFTER.date(),
        edition="2025-07-01",
        parameters=load_parameters({}),
    )
    own = gather_operator(figures, Operator.VIETTEL).commitments.set_index("commitment_id")
    assert own["hamlet"].to_dict() == {
        "CH1": "Thôn Đông Tây (Đông H1)",
        "CH2": "Thôn Đông Tây (Tây H2)",
        "CH3": "Nam H3",
        "CH4": "Thôn Bắc",
    }


def test_an_older_plan_names_the_former_hamlets(folder):
    names = name_villages(folder)["hamlet"]
    assert names[["H2", "H9", "H3"]].tolist() == ["Thôn Tây", "Thôn Đông Tây", "Thôn Nam"]
    assert names.index.is_unique
