"""Publishing is an act: what was published is kept, and a later run changes nothing of it by itself."""

import json
import shutil
import stat
from datetime import date

import pandas as pd
import pytest

from phusong.gaps.pupils.measures import MEASURES
from phusong.pipeline.releases import (
    Release,
    add_release,
    list_numbers,
    read_last,
    releases_path,
)
from phusong.pipeline.run import run_province, stale_parts
from phusong.store import read_table
from phusong.views.disclosure import round_counts
from phusong.vocabulary.errors import ParameterFault, SourceFault
from phusong.vocabulary.pupils import Audience

LATER, STAGE = date(2021, 12, 20), "pupil_counts_public"
NAMES = list(MEASURES)


def copy_province(raw, finished, place):
    """Return the province file of a run of one's own, in `out` beside its raw folder."""
    shutil.copytree(raw.parent, place / "raw")
    shutil.copytree(finished, place / "out")
    return place / "raw" / raw.name


@pytest.fixture
def province(raw, finished, tmp_path):
    return copy_province(raw, finished, tmp_path)


def read_state(province):
    """Return what is in force after a run."""
    register, out = releases_path(province), province.parent.parent / "out"
    return {
        "numbers": list_numbers(register, Audience.PUBLIC),
        "offices": list_numbers(register, Audience.OFFICES),
        "last": read_last(register, Audience.PUBLIC),
        "stale": [name for name, parts in stale_parts(province, out, as_of=LATER).items() if parts],
        "summary": json.loads((out / "summary.json").read_text(encoding="utf-8"))["pupils"],
        **{name: read_table(out, name) for name in (STAGE, "pupil_counts_offices", "pupil_counts")},
    }


@pytest.fixture(scope="module")
def runs(raw, finished, tmp_path_factory):
    """A first run; one on a later day; one that publishes, after many have come; one that publishes again."""
    province = copy_province(raw, finished, tmp_path_factory.mktemp("runs"))
    out = province.parent.parent / "out"
    states = {"first": read_state(province)}
    run_province(province, out, as_of=LATER)
    states["later"] = read_state(province)
    double_past(province, out)
    states["past"] = read_state(province)
    for name in ("published", "again"):
        run_province(province, out, as_of=LATER, publish=True)
        states[name] = read_state(province)
    return states


def double_past(province, out):
    """Put in the place of the first release one of a time at which there were twice as many of everybody."""
    register = releases_path(province)
    last, counts = read_last(register, Audience.PUBLIC), read_table(out, "pupil_counts")
    large = counts["unit"].isin(["province", "district"]) | (counts["level"] == "all")
    twice = counts[large].assign(**{name: counts[name] * 2 for name in NAMES})
    rounded = round_counts(twice, read_table(out, "hamlets"), k=last.k, secret=b"then")
    shutil.rmtree(register / "public-0001")
    add_release(
        register,
        Audience.PUBLIC,
        Release(1, last.day, last.k, rounded, last.figures, last.figure_reference),
    )


def test_the_first_run_publishes_and_a_later_one_does_not(runs):
    first, later = runs["first"], runs["later"]
    assert first["numbers"] == later["numbers"] == [1]
    pd.testing.assert_frame_equal(later[STAGE], first[STAGE])
    assert set(later["pupil_counts"]["as_of"]) == {pd.Timestamp(LATER)}
    assert set(later[STAGE]["as_of"]) != {pd.Timestamp(LATER)}
    assert later["stale"] == []


def test_publishing_adds_a_release_of_its_day(runs):
    before, after = runs["past"]["last"], runs["published"]["last"]
    assert runs["published"]["numbers"] == [1, 2]
    assert (after.number, after.day) == (2, LATER.isoformat()) and after.published_at
    moved = (after.rounded.table[NAMES] - before.rounded.table[NAMES]).abs()
    assert moved[moved > 0].min(axis=None) >= 10
    summary = runs["published"]["summary"]
    assert (summary["release"], summary["day"]) == (2, LATER.isoformat())
    assert runs["published"]["stale"] == []


def test_publishing_nothing_new_is_no_release(runs):
    assert runs["again"]["numbers"] == [1, 2] and runs["again"]["stale"] == []
    pd.testing.assert_frame_equal(runs["again"][STAGE], runs["published"][STAGE])


def test_what_offices_see_follows_each_run_and_keeps_one_release(runs):
    assert all(len(state["offices"]) == 1 for state in runs.values())
    offices, exact = runs["later"]["pupil_counts_offices"], runs["later"]["pupil_counts"]
    assert set(offices["as_of"]) == {pd.Timestamp(LATER)}
    key = ["unit", "unit_code", "edition", "level"]
    both = offices.merge(exact, on=key, suffixes=("", "_exact"))
    both = both[both["edition"] == both["edition"].min()]
    for name in NAMES:
        off = both[name].fillna(0) - both[f"{name}_exact"]
        assert (off.abs() < 15).all(), name


def test_another_folder_of_the_same_province_shows_what_was_published(province, tmp_path):
    shutil.copytree(tmp_path / "out", tmp_path / "other")
    (tmp_path / "other" / "tables" / f"{STAGE}.parquet").unlink()
    counts = read_table(tmp_path / "other", "pupil_counts")
    assert run_province(province, tmp_path / "other").ran[0] == STAGE
    first = read_table(tmp_path / "out", STAGE)
    pd.testing.assert_frame_equal(read_table(tmp_path / "other", STAGE), first)
    assert len(counts)


def test_a_what_if_is_not_published(province, tmp_path):
    with pytest.raises(ParameterFault, match="what-if"):
        run_province(province, tmp_path / "out", scenario="3g_off", publish=True)
    shutil.rmtree(releases_path(province))
    run_province(province, tmp_path / "fresh", scenario="3g_off")
    assert read_table(tmp_path / "fresh", STAGE).empty
    assert not releases_path(province).exists()


def test_the_register_is_for_its_owner_alone(province):
    register = releases_path(province)
    places = [register, *(p for p in register.rglob("*") if p.is_dir())]
    assert {stat.S_IMODE(p.stat().st_mode) for p in places} == {0o700}


def test_a_damaged_release_stops_whatever_would_publish_beside_it(province):
    register, out = releases_path(province), province.parent.parent / "out"
    reference = register / "public-0001" / "reference.parquet"
    reference.write_bytes(reference.read_bytes()[:-9])
    with pytest.raises(SourceFault, match="damaged"):
        run_province(province, out, publish=True)
    (register / "public-0001" / "release.json").write_text("{", encoding="utf-8")
    with pytest.raises(SourceFault, match="damaged"):
        read_last(register, Audience.PUBLIC)


def test_two_who_publish_the_same_number_do_not_both_succeed(province):
    register = releases_path(province)
    last = read_last(register, Audience.PUBLIC)
    with pytest.raises(SourceFault, match="nothing was published"):
        add_release(register, Audience.PUBLIC, last)
    again = read_last(register, Audience.PUBLIC)
    assert again.number == 1 and again.published_at == last.published_at
