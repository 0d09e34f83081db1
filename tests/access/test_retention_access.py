"""Deliveries that do not count: gone when left, after an hour, after a month; what was decided stays, what counts too."""

from datetime import UTC, datetime, timedelta

import pytest

from phusong.access.actions.deliveries import (
    ask_deliveries,
    decide_delivery,
    drop_file,
    look_at_file,
    withdraw_delivery,
)
from phusong.access.retention import erase_old_files
from phusong.pipeline.deliveries import Verdict, find_deliveries, read_deliveries
from phusong.pipeline.retention import erase_files
from phusong.pipeline.settings import read_settings
from phusong.views.kit import TEMPLATES, render_template
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault

WHY = "danh sách trùng"


@pytest.fixture
def place(office):
    """Return the folder of deliveries, emptied when the test is done."""
    folder = find_deliveries(read_settings(office)[0])
    yield folder
    for file in folder.iterdir() if folder.exists() else ():
        file.unlink()
    if folder.exists():
        folder.rmdir()


def list_files(place):
    return {p.name for p in place.iterdir() if p.suffix == ".xlsx"} if place.exists() else set()


def look(play, desk, kind="students"):
    return look_at_file(play(Role.EDUCATION), desk, kind, "xlsx", render_template(TEMPLATES[kind]))


def test_a_list_that_was_looked_at_is_gone_when_its_page_is_left(desk, play, place):
    looked = look(play, desk)
    assert list_files(place) == {looked.name}
    assert drop_file(play(Role.EDUCATION), desk, looked)
    assert not list_files(place) and not drop_file(play(Role.EDUCATION), desk, looked)


def test_a_list_that_nobody_decided_about_is_gone_after_an_hour(desk, play, place, clock):
    looked = look(play, desk)
    clock.pass_by(minutes=59)
    assert not erase_old_files(desk) and list_files(place) == {looked.name}
    clock.pass_by(minutes=1)
    assert erase_old_files(desk) == [looked.name] and not list_files(place)
    with pytest.raises(SourceFault, match="gone"):
        decide_delivery(play(Role.EDUCATION), desk, looked, Verdict.REFUSED, why=WHY)


@pytest.mark.parametrize("kind", ["students", "poverty"])
def test_a_refused_list_is_gone_after_a_month_and_its_line_stays(desk, play, place, clock, kind):
    official = play(Role.EDUCATION)
    looked = look(play, desk, kind)
    decide_delivery(official, desk, looked, Verdict.REFUSED, why=WHY)
    assert not drop_file(official, desk, looked), "what was decided about is not dropped"
    clock.pass_by(days=29, hours=23)
    ask_deliveries(official, desk)
    assert list_files(place) == {looked.name}
    clock.pass_by(hours=2)
    ask_deliveries(official, desk)
    assert not list_files(place)
    (line,) = read_deliveries(place)
    assert (line.name, line.why, len(line.sha256)) == (looked.name, WHY, 64)


def test_what_counts_is_never_erased_and_what_was_taken_out_is(desk, play, place, clock):
    official = play(Role.EDUCATION)
    looked = look(play, desk, "schools")
    if looked.diagnosis.exit_code:
        pytest.skip("the form alone is not accepted")
    decide_delivery(official, desk, looked, Verdict.ACCEPTED, why=WHY)
    clock.pass_by(days=400)
    assert not erase_old_files(desk) and list_files(place) == {looked.name}
    withdraw_delivery(official, desk, looked.name, why=WHY)
    clock.pass_by(days=400)
    erase_old_files(desk)
    assert list_files(place) == {looked.name}, "a list of schools names nobody"


def test_only_files_that_were_delivered_are_touched(tmp_path):
    place = tmp_path / "p_deliveries"
    place.mkdir()
    for name in ("deliveries.jsonl", "notes.txt", "lock", f"{0:016x}.csv"):
        (place / name).write_text("" if name == "deliveries.jsonl" else "x")
    late = datetime.now(UTC) + timedelta(days=1)
    gone = erase_files(place, now=late, undecided=timedelta(hours=1), refused=timedelta(days=1))
    assert gone == [f"{0:016x}.csv"]
    assert {p.name for p in place.iterdir()} == {"deliveries.jsonl", "notes.txt", "lock"}


def test_a_file_whose_line_is_torn_stays(tmp_path):
    place = tmp_path / "p_deliveries"
    place.mkdir()
    name, other = f"{1:016x}.csv", f"{2:016x}.csv"
    for file in (name, other):
        (place / file).write_text("x")
    (place / "deliveries.jsonl").write_text(f'{{"name": "{name}", "verd')
    late = datetime.now(UTC) + timedelta(days=1)
    much = {"undecided": timedelta(hours=1), "refused": timedelta(days=1)}
    assert erase_files(place, now=late, **much) == [other]


def test_the_server_erases_whoever_is_signed_in(desk, play, place, clock, monkeypatch):
    from threading import Event

    from phusong.screens import sweeping

    look(play, desk)
    clock.pass_by(hours=2)
    monkeypatch.setattr(sweeping, "find_desk", lambda _: desk)
    monkeypatch.setattr(sweeping, "has_results", lambda _: True)
    ended = Event()
    ended.set()
    sweeping.erase_regularly(None, ended).join(timeout=60)
    assert not list_files(place)
