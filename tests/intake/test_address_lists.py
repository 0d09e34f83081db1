"""The two tables of `locate`: read as text, refused with file, row and column where they are wrong."""

import pandas as pd
import pytest

from phusong.intake.address_lists import read_address_list, read_hamlet_list
from phusong.intake.diagnosis import ReadOptions
from phusong.vocabulary.errors import NeedsAnswer, SourceFault
from phusong.vocabulary.parameters import load_parameters

INTAKE = load_parameters().intake
HAMLETS = "hamlet_id,kind,name,commune_code,edition,aliases\nH1,thôn,Đồng Giếng,08914,2021-01-01,\n"
ADDRESSES = 'row_id,address,as_of\n1,"Thôn 3, xã Đạo Trù",\n2,x,05/09/2021\n'


def write(folder, text, *, encoding="utf-8", name="list.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def hamlets(path, **options):
    return read_hamlet_list(path, ReadOptions(**options), INTAKE)


def addresses(path, **options):
    return read_address_list(path, ReadOptions(**options), INTAKE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_reads_the_same_with_and_without_a_mark(tmp_path, encoding):
    table = hamlets(write(tmp_path, HAMLETS, encoding=encoding))
    assert table.loc[2].tolist() == ["H1", "thôn", "Đồng Giếng", "08914", "2021-01-01", ""]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators(tmp_path, separator):
    text = f"row_id{separator}address\n1{separator}Thôn 3, xã Đạo Trù\n"
    assert addresses(write(tmp_path, text)).loc[2, "address"] == "Thôn 3, xã Đạo Trù"


def test_every_column_is_kept_and_days_are_iso(tmp_path):
    table = addresses(write(tmp_path, ADDRESSES))
    assert table["as_of"].tolist() == ["", "2021-09-05"]
    assert table.loc[2, "address"] == "Thôn 3, xã Đạo Trù"


def test_an_address_may_have_lines(tmp_path):
    table = addresses(write(tmp_path, 'row_id,address,note\n1,"Thôn 3\nxã Đạo Trù",a\n2,y,b\n'))
    assert table["address"].tolist() == ["Thôn 3\nxã Đạo Trù", "y"]


def test_a_list_without_aliases_has_none(tmp_path):
    text = "Hamlet_ID,kind,name,commune_code,edition\nH1,thôn,3,08914,2021-01-01\n"
    assert hamlets(write(tmp_path, text))["aliases"].tolist() == [""]


def test_a_workbook(tmp_path):
    path = tmp_path / "list.xlsx"
    pd.DataFrame({"row_id": [1], "address": ["Thôn 3, xã Đạo Trù"]}).to_excel(path, index=False)
    assert addresses(path).to_dict("records") == [{"row_id": "1", "address": "Thôn 3, xã Đạo Trù"}]


@pytest.mark.parametrize(
    ("text", "rule", "row", "column"),
    [
        ("", "empty_file", None, ""),
        ("\ufeff\n\n", "empty_file", None, ""),
        ("row_id,address\n", "headings_only", 1, ""),
        ("id,address\n1,x\n", "missing_column", None, "row_id"),
        ("row_id,place\n1,x\n", "missing_column", None, "address"),
        ("row_id,address\n1,x\n1,y\n", "duplicate_id", 3, "row_id"),
        ("row_id,address\n1,x\n,y\n", "required_empty", 3, "row_id"),
        ("row_id,address,address\n1,x,y\n", "duplicate_heading", 1, "address"),
        ("row_id,address\n1,Thôn 3, Đạo Trù\n", "ragged_row", 2, ""),
        ('row_id,address\n1,"\n2,x\n3,y\n', "unclosed_quote", 2, ""),
        ("row_id,address,as_of\n1,x,2021-13-45\n", "not_a_date", 2, "as_of"),
        (b"row_id,address\n\x00\x01\x02\x03\x04\x05" * 40, "form_unknown", None, ""),
        (b"%PDF-1.7 row_id,address", "form_pdf", None, ""),
    ],
)
def test_addresses_that_are_refused(tmp_path, text, rule, row, column):
    path = write(tmp_path, text)
    with pytest.raises(SourceFault) as caught:
        addresses(path)
    fault = caught.value
    assert (fault.rule, fault.row, fault.column) == (rule, row, column)
    assert str(path) in str(fault) and "·" in str(fault)


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("H1,thôn,3,08914,2020-01-01,", "unknown_term", "edition"),
        ("H1,thôn,3,99999,2021-01-01,", "unknown_commune", "commune_code"),
        ("H1,thôn,,08914,2021-01-01,", "required_empty", "name"),
        ("H0,thôn,3,08914,2021-01-01,", "duplicate_id", "hamlet_id"),
        ("H1,thôn,3,08762,2025-07-01,", "unknown_commune", "commune_code"),
    ],
)
def test_hamlets_that_are_refused(tmp_path, row, rule, column):
    head = "hamlet_id,kind,name,commune_code,edition,aliases\nH0,thôn,1,08914,2021-01-01,\n"
    with pytest.raises(SourceFault) as caught:
        hamlets(write(tmp_path, head + row + "\n"))
    assert (caught.value.rule, caught.value.row, caught.value.column) == (rule, 3, column)


def test_a_lost_zero_is_pointed_out(tmp_path):
    with pytest.raises(SourceFault, match="08914"):
        hamlets(write(tmp_path, HAMLETS.replace("08914", "8914")))


def test_bytes_of_the_nineties_are_asked_about_and_then_read(tmp_path):
    path = write(tmp_path, b"row_id,address\n1,Th\xabn \xa7\xe5ng Gi\xd5ng\n")
    with pytest.raises(NeedsAnswer) as caught:
        addresses(path)
    assert caught.value.about == "encoding" and caught.value.exit_code == 3
    assert addresses(path, encoding="tcvn3").loc[2, "address"] == "Thôn Đồng Giếng"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SourceFault, match="there is no such file"):
        addresses(tmp_path / "nowhere.csv")
