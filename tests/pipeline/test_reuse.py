"""A stage runs again when what it reads has changed, and only then: every change against every stage."""

import shutil
from datetime import date, timedelta

import pytest
from tests.pipeline.masts import add_masts
from tests.pipeline.promises import add_changes, add_measurements, add_promises

from phusong.pipeline.province import KINDS, decisions_path, read_province
from phusong.pipeline.run import run_province, stale_parts
from phusong.pipeline.stages import STAGES
from phusong.store import read_table
from phusong.store.decisions import ALIAS, Decision, add_decision
from phusong.vocabulary.parameters import load_parameters

DAY = date(2021, 9, 21)
#: Whatever reads a pupil's record, or looks for where one lives.
READ_PUPILS = {"intake_students", "intake_poverty", "addresses", "pupils"}
INTAKE = {f"intake_{kind}" for kind in KINDS}
LISTING = {"summary", "history"}
#: Stages that round counts by the key, and publish no what-if.
COUNTS = {"pupil_counts_public", "pupil_counts_offices"}
#: Change of the head → the stages that see it themselves.
HEADS = {
    'note = "': ('note = "Đã soát. ', {"summary"}),
    'name = "': ('name = "Tỉnh ', {"pupil_counts", "indicators", "summary"}),
    "demonstration = true": ("demonstration = false", {"summary"}),
    'operators = ["VIETTEL", ': ("operators = [", {"reach", "history"}),
    'publisher = "': ('publisher = "Sở ', LISTING),
    'licence = "': ('licence = "Mở: ', LISTING),
}
#: Parameter → the stages that see it themselves.
PARAMETERS = {
    "intake.province_margin_m": INTAKE | {"history"},
    "places.centre_weight": {"places", "history"},
    "radio.disc_radius_m": {"places", "sites", "reach", "classes", "history", "summary"},
    "fibre.ready_distance_m": {"reach", "classes", "history", "summary"},
    "policy.full_share": {"reach", "classes", "history", "summary"},
    "learning.assured_4g_mbps": {"need", "history"},
    "persons.name_core_bits": {"pupils", "history"},
    "disclosure.k_outside": {*COUNTS, "history"},
    "rollout.new_site_vnd": set(),
}


@pytest.fixture(scope="module")
def whole(raw, tmp_path_factory):
    """A finished run with a source of every kind."""
    folder = tmp_path_factory.mktemp("whole")
    province = add_changes(add_measurements(add_promises(raw, folder / "raw")))
    run_province(province, folder / "out")
    return province, folder / "out"


@pytest.fixture
def copy(whole, tmp_path):
    """A finished run that a test may change, with raw files of its own."""
    province, out = whole
    shutil.copytree(province.parent, tmp_path / "raw")
    shutil.copytree(out, tmp_path / "out")
    return tmp_path / "raw" / province.name, tmp_path / "out"


@pytest.fixture
def files(whole, tmp_path):
    """The same results with raw files of the test's own: for what looks and runs nothing."""
    province, out = whole
    shutil.copytree(province.parent, tmp_path / "raw")
    return tmp_path / "raw" / province.name, out


def replace_text(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def find_stale(province, out, **options):
    """The stages that see a change themselves, and all that are stale because of it."""
    changed = stale_parts(province, out, **options)
    own = {n for n, parts in changed.items() if any(not p.startswith("stage ") for p in parts)}
    return own, {n for n, parts in changed.items() if parts}


def test_nothing_changed_and_nothing_is_stale(whole):
    assert find_stale(*whole) == (set(), set())


@pytest.mark.parametrize("old", HEADS)
def test_an_entry_of_the_head_is_seen_by_who_declares_it(files, old):
    new, seen = HEADS[old]
    replace_text(files[0], old, new)
    assert find_stale(*files)[0] == seen


def test_a_new_note_redraws_summary_and_map_only(copy):
    province, out = copy
    replace_text(province, 'note = "', 'note = "Đã soát. ')
    assert find_stale(province, out)[1] == {"summary", "map"}
    assert run_province(province, out).ran == ["summary", "map"]
    assert "Đã soát." in (out / "map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_file_is_seen_by_the_stage_that_reads_its_kind(files, kind):
    province, out = files
    source = read_province(province).sources(kind)[0]
    with (province.parent / source.file).open("ab") as stream:
        stream.write(b"\n")
    shares = {s.kind for s in read_province(province).source if s.file == source.file}
    own, stale = find_stale(province, out)
    assert own == {f"intake_{k}" for k in shares} | {"history"}
    assert (stale & READ_PUPILS == set()) is (
        kind not in {"hamlets", "hamlet_lineage", "communes", "students", "poverty"}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_source_taken_out_is_seen_by_the_stage_of_its_kind_and_those_that_list_them(files, kind):
    province, out = files
    head, *sources = province.read_text(encoding="utf-8").split("[[source]]")
    if kind in ("communes", "hamlets"):
        sources += [s for s in sources if f'kind = "{kind}"' in s][:1]
    else:
        sources = [s for s in sources if f'kind = "{kind}"' not in s]
    province.write_text("[[source]]".join([head, *sources]), encoding="utf-8")
    judges = (
        {"reach"} if kind == "cells" else set()
    )  # which lists are complete is said with the source
    assert find_stale(province, out)[0] == {f"intake_{kind}"} | judges | LISTING


def test_two_sources_in_another_order_are_another_source(files):
    province, out = files
    head, *sources = province.read_text(encoding="utf-8").split("[[source]]")
    places = [n for n, s in enumerate(sources) if 'kind = "cells"' in s]
    first, second = places[:2]
    sources[first], sources[second] = sources[second], sources[first]
    province.write_text("[[source]]".join([head, *sources]), encoding="utf-8")
    assert find_stale(province, out)[0] == {"intake_cells"} | LISTING


def test_a_decision_about_addresses_is_seen_by_who_places_pupils(files):
    province, out = files
    path = decisions_path(province, read_province(province))
    add_decision(path, Decision(0, "2021-09-22T08:00:00+07:00", "education", ALIAS, text="Xóm Mới"))
    own, stale = find_stale(province, out)
    assert own == {"addresses", "pupils", "history"}  # pairs are decided in the same file
    assert stale & (INTAKE | {"places", "sites", "reach", "classes"}) == set()


def test_another_key_makes_other_pseudonyms(files):
    province, out = files
    key = province.with_suffix(".key")
    key.write_text("0" * 64 + "\n", encoding="ascii")
    assert find_stale(province, out)[0] == {
        "intake_contributions",
        "intake_lots",
        "pupils",
        *COUNTS,
    }


def test_a_scenario_is_seen_by_what_it_changes_and_by_who_names_it(whole):
    own, _ = find_stale(*whole, scenario="3g_off")
    assert own == {"reach", "classes", "history", "summary", *COUNTS}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_seen_by_who_declares_its_group(files, name):
    province, out = files
    group, entry = name.split(".")
    parameter = getattr(getattr(load_parameters(), group), entry)
    text = f"\n[parameters.{group}]\n{entry} = {parameter.high}\n"
    province.write_text(province.read_text(encoding="utf-8") + text, encoding="utf-8")
    assert find_stale(province, out)[0] == PARAMETERS[name]


def test_another_day_is_seen_by_who_asks_for_the_day(whole):
    own, _ = find_stale(*whole, as_of=DAY + timedelta(days=1))
    # Where hamlets change, which there are depends on the day.
    days = {"intake_hamlets", "sites", "reach", "classes", "need", "history", "summary"}
    assert own == days


def test_one_day_later_reads_no_file_again_and_places_nobody_again(copy):
    province, out = copy
    ran = run_province(province, out, as_of=DAY + timedelta(days=1)).ran
    assert set(ran) & (INTAKE | READ_PUPILS | {"places"}) == {"intake_hamlets"}
    for table in ("gaps", "students", "indicators"):
        assert set(read_table(out, table)["as_of"].dt.date) == {DAY + timedelta(days=1)}


def test_a_day_that_the_files_leave_open_is_the_day_asked(copy):
    province, out = copy
    replace_text(province, 'file = "cam_ket.csv"\nas_of = 2021-09-20\n', 'file = "cam_ket.csv"\n')
    assert "intake_commitments" in run_province(province, out).ran
    later = DAY + timedelta(days=1)
    assert "intake_commitments" in find_stale(province, out, as_of=later)[0]
    assert "intake_commitments" in run_province(province, out, as_of=later).ran
    assert set(read_table(out, "accepted_commitments")["as_of"].dt.date) == {later}


def test_a_new_list_of_masts_reads_no_pupil_again(copy):
    province, out = copy
    raised = add_masts(province, out)
    started = []
    done = run_province(
        province, out, listener=lambda stage, fresh: fresh or started.append(stage.name)
    )
    assert started == done.ran == [
        "intake_cells", "sites", "reach", "classes", "need", "pupil_counts", "pupil_counts_public",
        "pupil_counts_offices", "gaps", "indicators", "history", "summary", "map",
    ]  # fmt: skip
    assert len(done.fresh) == len(STAGES) - 13
    gaps = read_table(out, "gaps").set_index("hamlet_id")
    assert raised and set(gaps.loc[raised, "mobile_4g"]) <= {"FULL", "PARTIAL"}


def test_what_is_reused_is_what_a_fresh_run_makes(copy, tmp_path):
    province, out = copy
    add_masts(province, out)
    run_province(province, out)
    run_province(province, tmp_path / "fresh")
    for table in ("students", "gaps", "indicators", "pupil_counts_public", "reach"):
        name = f"tables/{table}.parquet"
        assert (out / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
    assert (out / "summary.json").read_bytes() == (tmp_path / "fresh/summary.json").read_bytes()
