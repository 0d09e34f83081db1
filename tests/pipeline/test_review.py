"""One decision places every pupil of a group; it is kept, dated, undone, and never leaves the commune."""

import shutil
from datetime import UTC, datetime

import pandas as pd
import pytest

from phusong.persons.vault import Vault
from phusong.pipeline.review import decide_group, list_decisions, open_queue, undo_decision
from phusong.pipeline.run import run_province
from phusong.store import read_manifest, read_table
from phusong.vocabulary.errors import ParameterFault, SourceFault

NOW = datetime(2021, 9, 22, 8, 30, tzinfo=UTC)
ROLE = {"by": "cán bộ phòng giáo dục", "now": NOW}


#: A hamlet that no list has, in three spellings of two addresses.
UNKNOWN = [
    "Thôn Chợ Nổi, xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc",
    "THÔN CHỢ NỔI - XÃ ĐẠO TRÙ - HUYỆN TAM ĐẢO",
    "thôn Chợ Nổi; Đạo Trù",
    "thôn Bến Vắng, xã Yên Dương, Tam Đảo",
]


def spoil_addresses(path):
    """Let the first pupils of a school live where nobody knows."""
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    column = rows[0].split(";").index("Chỗ ở hiện nay")
    for at, text in enumerate(UNKNOWN, start=1):
        cells = rows[at].split(";")
        rows[at] = ";".join([*cells[:column], text.replace(";", ","), *cells[column + 1 :]])
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")


@pytest.fixture
def copy(finished, raw, tmp_path):
    """A finished run that a test may change, in which four pupils live where nobody knows."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    file = tmp_path / "raw" / raw.name
    spoil_addresses(tmp_path / "raw" / "mo_phong_hoc_sinh_tam_dao_phan_mem_a.csv")
    run_province(file, tmp_path / "out")
    return file, tmp_path / "out"


def test_addresses_that_say_the_same_wait_as_one_group(copy):
    queue = open_queue(copy[1], by=ROLE["by"], now=NOW)
    assert queue["records"].tolist() == [3, 1]
    assert queue["commune_code"].tolist() == ["08914", "08917"]
    assert set(queue["status"]) == {"COMMUNE_ONLY"}


def choose(folder):
    """Return a group whose addresses say their commune, and a hamlet there that it may mean."""
    queue = open_queue(folder, by=ROLE["by"], now=NOW)
    row = queue[queue["commune_code"] != ""].iloc[0]
    hamlets = read_table(folder, "hamlets")
    inside = hamlets[hamlets["commune_code"] == row["commune_code"]]["hamlet_id"]
    outside = hamlets[hamlets["commune_code"] != row["commune_code"]]["hamlet_id"]
    return row, inside.iloc[0], outside.iloc[0]


def placed(folder):
    return Vault(folder / "personal").read("placed_students").set_index("record_id")


def test_a_decision_places_its_group_from_the_next_run_and_can_be_taken_back(copy):
    file, folder = copy
    row, hamlet, _ = choose(folder)
    before = placed(folder)
    theirs = before.index[before["group"] == row["group"]]
    assert len(theirs) == row["records"] and before.loc[theirs, "hamlet_id"].isna().all()
    made = decide_group(folder, row["group"], hamlet, alias=False, why="thôn mới sáp nhập", **ROLE)
    assert placed(folder).loc[theirs, "hamlet_id"].isna().all()
    run_province(file, folder)
    after = placed(folder)
    assert (after.loc[theirs, "hamlet_id"] == hamlet).all()
    assert (after.loc[theirs, "placed_by"] == "decision").all()
    assert (after.loc[theirs, "match_status"] == row["status"]).all()
    rest = before.index.difference(theirs)
    assert after.loc[rest, "hamlet_id"].equals(before.loc[rest, "hamlet_id"])
    assert row["group"] not in set(open_queue(folder, by=ROLE["by"], now=NOW)["group"])
    assert [d.number for d in list_decisions(folder)] == [made.number]
    undo_decision(folder, made.number, why="nhầm thôn", **ROLE)
    run_province(file, folder)
    pd.testing.assert_frame_equal(placed(folder), before)
    assert list_decisions(folder) == []


def test_a_decision_runs_only_what_follows_from_addresses(copy):
    file, folder = copy
    row, hamlet, _ = choose(folder)
    before = read_manifest(folder).stages
    decide_group(folder, row["group"], hamlet, alias=False, why="đã hỏi nhà trường", **ROLE)
    run_province(file, folder)
    after = read_manifest(folder).stages
    changed = {name for name, record in after.items() if record != before[name]}
    assert {"addresses", "pupils", "need"} <= changed
    assert not changed & {"reach", "places", "intake_students", "intake_hamlets"}


def test_an_alias_is_one_more_name_of_its_hamlet(copy):
    file, folder = copy
    queue = open_queue(folder, by=ROLE["by"], now=NOW)
    named = queue[
        (queue["commune_code"] != "") & (queue["text"] != "") & (queue["status"] == "COMMUNE_ONLY")
    ]
    assert len(named)
    row = named.iloc[0]
    hamlets = read_table(folder, "hamlets")
    hamlet = hamlets[hamlets["commune_code"] == row["commune_code"]]["hamlet_id"].iloc[0]
    decide_group(folder, row["group"], hamlet, alias=True, why="tên gọi cũ", **ROLE)
    before = placed(folder)
    run_province(file, folder)
    after = placed(folder)
    theirs = before.index[before["group"] == row["group"]]
    assert (after.loc[theirs, "hamlet_id"] == hamlet).all()
    assert (after.loc[theirs, "match_status"] == "MATCHED").all()
    kept = before.index[before["match_status"] == "MATCHED"]
    assert after.loc[kept, "hamlet_id"].equals(before.loc[kept, "hamlet_id"])


def test_what_a_decision_may_not_do_is_refused_by_name(copy):
    _, folder = copy
    row, hamlet, outside = choose(folder)
    for group, place, word in (
        (row["group"], outside, "commune"),
        (row["group"], "H-khong-co", "H-khong-co"),
        ("g-khong-co", hamlet, "g-khong-co"),
    ):
        with pytest.raises(ParameterFault, match=word):
            decide_group(folder, group, place, alias=False, why="thử", **ROLE)
    with pytest.raises(SourceFault, match="7"):
        undo_decision(folder, 7, why="thử", **ROLE)
    assert list_decisions(folder) == []


def test_every_look_at_the_queue_is_kept_with_role_and_nobody_looks_without(copy):
    _, folder = copy
    vault = Vault(folder / "personal")
    before = len(vault.list_looks())
    open_queue(folder, by=ROLE["by"], now=NOW)
    looks = vault.list_looks()
    assert len(looks) == before + 1 and (looks[-1].who, looks[-1].table) == (ROLE["by"], "review")
    with pytest.raises(SourceFault):
        open_queue(folder, by="", now=NOW)
