"""Changes of hamlets told with commune codes of another edition of the map than the province's."""

import pandas as pd
import pytest
from tests.pipeline.changed_hamlets import write_changed

from phusong.pipeline.run import run_province
from phusong.places.commune_codes import convert_changes
from phusong.places.registers import read_register
from phusong.store import read_table

#: Yên Dương went whole to Đạo Trù, so that of the newer Đạo Trù either may be meant.
OLD, NEW = "2021-01-01", "2025-07-01"
DAO_TRU, YEN_DUONG = "08914", "08917"


def changes(*rows, edition):
    columns = ["lineage_id", "from_hamlet", "from_commune_code", "to_hamlet", "to_commune_code"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(from_edition=edition, to_edition=edition)


def hamlets(*rows, edition):
    frame = pd.DataFrame(rows, columns=["hamlet_id", "name", "commune_code"])
    return frame.assign(kind="thôn", edition=edition)


def convert(rows, listed):
    converted, lost = convert_changes(rows, listed, register=read_register())
    ends = converted[["from_commune_code", "to_commune_code"]].astype("object")
    return ends.where(ends.notna(), None).to_numpy().tolist(), lost.tolist(), converted


def test_an_older_code_becomes_that_of_the_commune_it_went_to():
    rows = changes(("a", "Đông", YEN_DUONG, "Đông Tây", YEN_DUONG), edition=OLD)
    ends, lost, converted = convert(rows, hamlets(("H1", "Đông", DAO_TRU), edition=NEW))
    assert ends == [[DAO_TRU, DAO_TRU]] and lost == [False]
    assert set(converted["from_edition"]) == set(converted["to_edition"]) == {NEW}


def test_of_several_older_communes_the_hamlet_named_decides_and_a_new_one_is_where_it_was():
    listed = hamlets(
        ("H1", "Đông", DAO_TRU), ("H2", "Tây", YEN_DUONG),
        ("H3", "Nam", DAO_TRU), ("H4", "Nam", YEN_DUONG), edition=OLD,
    )  # fmt: skip
    rows = changes(
        ("a", "Đông", DAO_TRU, "Đông Mới", DAO_TRU),
        ("b", "thôn Tây", DAO_TRU, "Tây Mới", DAO_TRU),
        ("c", "Nam", DAO_TRU, "Nam Mới", DAO_TRU),
        ("d", "Tây", DAO_TRU, "Đông", DAO_TRU),
        edition=NEW,
    )  # fmt: skip
    ends, lost, _ = convert(rows, listed)
    assert ends == [
        [DAO_TRU, DAO_TRU], [YEN_DUONG, YEN_DUONG], [None, None], [YEN_DUONG, DAO_TRU],
    ]  # fmt: skip
    assert lost == [False, False, True, False]


def test_codes_of_the_lists_own_edition_stay_and_nothing_stated_is_nothing_lost():
    rows = changes(("a", "Đông", DAO_TRU, "Tây", None), edition=NEW)
    ends, lost, _ = convert(rows, hamlets(("H1", "Đông", DAO_TRU), edition=NEW))
    assert ends == [[DAO_TRU, None]] and lost == [False]
    empty, none = convert_changes(rows.iloc[:0], hamlets(edition=NEW), register=read_register())
    assert empty.empty and none.empty


def write_list(path, *rows):
    head = ["Thôn cũ", "Thôn mới", "Mã xã cũ", "Xã cũ"]
    changes = pd.DataFrame(rows, columns=head)
    changes.assign(**{"Nghị quyết": "12/NQ", "Ngày có hiệu lực": "01/06/2026"}).to_csv(
        path.parent / "sap_nhap.csv", index=False
    )


@pytest.mark.long
def test_a_run_follows_changes_that_name_communes_of_an_older_map(tmp_path):
    path = write_changed(tmp_path, as_of="2026-07-01")
    text = path.read_text(encoding="utf-8").replace('"25"', '"26"')
    path.write_text(text, encoding="utf-8")
    write_list(
        path, ("Đông", "Đông Tây", YEN_DUONG, "Yên Dương"), ("Tây", "Đông Tây", YEN_DUONG, "Yên Dương")
    )  # fmt: skip
    run_province(path, tmp_path / "out")
    traced = read_table(tmp_path / "out", "hamlet_lineage")
    assert set(traced["from_hamlet_id"]) == {"H1", "H2"} and traced["to_hamlet_id"].nunique() == 1
    assert set(traced["from_commune_code"]) == set(traced["to_commune_code"]) == {DAO_TRU}
    assert len(read_table(tmp_path / "out", "hamlets")) == 3
    assert not (tmp_path / "out/quarantine/hamlet_lineage_unknown.csv").exists()


@pytest.mark.long
def test_a_row_whose_commune_is_open_is_set_aside_with_its_cure(tmp_path):
    path = write_changed(tmp_path, as_of="2026-07-01")
    text = path.read_text(encoding="utf-8").replace(f'"{NEW}"', f'"{OLD}"').replace('"25"', '"26"')
    path.write_text(text, encoding="utf-8")
    write_list(
        path, ("Đông", "Đông Tây", "08914", "Đạo Trù"), ("Giữa", "Giữa Mới", "08914", "Đạo Trù")
    )
    source = '[[source]]\nkind = "hamlet_lineage"\nfile = "sap_nhap.csv"\n'
    path.write_text(text.replace(source, source + f'edition = "{NEW}"\n'), encoding="utf-8")
    run_province(path, tmp_path / "out")
    asides = pd.read_csv(tmp_path / "out/quarantine/hamlet_lineage_unknown.csv")
    assert asides["rule"].tolist() == ["lineage_commune_divided"]
    assert "mã thôn" in asides["reason"].iloc[0] and "hamlet's id" in asides["reason"].iloc[0]
