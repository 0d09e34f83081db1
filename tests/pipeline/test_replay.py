"""The campaign of 2021, played day by day with its faults: everything that must hold, held; and can fail."""

import json
import socket
import zipfile

import pytest

from phusong.cli.replaying import replay_lines
from phusong.ledger.book import open_ledger
from phusong.ledger.queries import list_awards
from phusong.pipeline.replay.invariants import hear_sockets, list_phrases, read_text
from phusong.pipeline.replay.running import DAYS, REPORT_NAME, replay_campaign, tell_replay
from phusong.pipeline.replay.stage import Stage, iso, tell_counts
from phusong.pipeline.replay.words import Day, Must, Published
from phusong.store import read_table
from phusong.vocabulary.book import LEDGER_NAME

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The folder of a replay, and what was found."""
    folder = tmp_path_factory.mktemp("replay")
    days = []
    told = replay_campaign(folder, listener=days.append)
    assert days == [day for day, _ in DAYS]
    return folder, told


def test_everything_held_that_must_hold(played):
    _, told = played
    failed = [(c["day"], c["must"], c["found"]) for c in told["checks"] if not c["held"]]
    assert not failed
    assert told["held"]


def test_each_thing_that_must_hold_was_looked_at(played):
    _, told = played
    assert {c["must"] for c in told["checks"]} == {str(m) for m in Must}
    assert {c["day"] for c in told["checks"]} == {str(d) for d in Day}


def test_the_published_figures_stand_in_what_was_found(played):
    _, told = played
    found = {(c["day"], c["must"]): c["found"] for c in told["checks"]}
    bought = str(Day.BOUGHT)
    assert found[bought, "poor"] == "545/545 = 100,0 %"
    assert found[bought, "possible"] == "1250", "nothing is bought to fit"


def test_what_was_published_and_cannot_be_had_from_the_rules_is_stated_with_why(played):
    _, told = played
    rows = {row["figure"]: row for row in told["published"]}
    assert set(rows) == {str(figure) for figure in Published}
    assert rows["near"]["published"] == "703/734 = 95,8 %"
    assert rows["near"]["found"] == "734/734 = 100,0 %"
    assert rows["waiting"]["published"] == "31/2.099"
    assert rows["packages"]["published"] == "1.248/1.248" and not rows["packages"]["same"]
    for language in ("vi", "en"):
        lines = [line for line in replay_lines(told, language) if line.startswith("  ≠")]
        assert len(lines) == sum(not row["same"] for row in told["published"])


def test_the_figures_are_in_the_book_and_not_only_in_the_telling(played):
    folder, _ = played
    ledger = open_ledger(folder / "out" / LEDGER_NAME)
    awards = list_awards(ledger)
    ledger.close()
    living = awards[awards["state"] == "confirmed"]
    tiers = read_table(folder / "out", "devices").set_index("student_key")["tier"]
    given = tiers[living["student_key"]]
    tiered = given.isin(["T1", "T2"]).sum(), given.isin(["T3", "T4"]).sum()
    assert (len(given), *tiered) == (370 + 1_250, 545, 734)


def test_what_was_found_lies_beside_it_for_machines(played):
    folder, told = played
    assert json.loads((folder / REPORT_NAME).read_text(encoding="utf-8")) == told


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_lines_tell_each_day_and_each_check_once(played, language):
    _, told = played
    lines = replay_lines(told, language)
    assert sum(line.startswith("  ✓") for line in lines) == len(told["checks"])
    assert [line for line in lines if line == getattr(Day.D3, language)]


def test_one_thing_that_did_not_hold_makes_the_whole_fail(tmp_path):
    stage = Stage(tmp_path, tmp_path, survey=None, ledger=None)
    stage.check(Day.D0, Must.UNITS, True, "9/136")
    assert tell_replay(stage)["held"]
    stage.check(Day.D0, Must.UNITS, False, "9/135")
    told = tell_replay(stage)
    assert not told["held"]
    assert any(line.startswith("  ✗") for line in replay_lines(told, "en"))


def test_a_connection_that_is_tried_is_heard():
    with hear_sockets() as heard:
        assert heard == []
        with socket.socket() as tried:
            tried.settimeout(0.01)
            tried.connect_ex(("127.0.0.1", 9))
    assert "socket.connect" in heard


def test_a_name_in_a_file_is_found_whatever_stands_around_it(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>em NGUYỄN</w:t><w:t>Thị Hà, lớp 3</w:t>")
    assert "nguyễn thị hà" in list_phrases(read_text(path))
    assert "nguyễn thị hà" not in list_phrases("Nguyễn; Thị, Hà")


def test_days_and_counts_are_written_as_the_book_and_the_office_write_them():
    assert iso(Day.LATE) == "2021-10-15"
    assert tell_counts([9, 125_578]) == "9/125.578"
