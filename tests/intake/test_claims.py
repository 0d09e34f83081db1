"""What operators state of each hamlet."""

import pandas as pd
import pytest
from tests.intake.offices import check, fault, fixes, rules, write_xlsx

HEAD = [
    "Mã thôn",
    "Thôn",
    "Xã",
    "Huyện",
    "Doanh nghiệp",
    "Dịch vụ",
    "Đã có (x)",
    "Số hộ có thể lắp",
    "Ngày",
    "Văn bản",
]


def row(
    code="T1",
    name="Đồng Giếng",
    commune="Đạo Trù",
    district="Tam Đảo",
    operator="VNPT",
    service="Internet cáp quang",
    ready="x",
    homes="120",
    day="21/09/2021",
    paper="12/BC-VNPT",
):
    return [code, name, commune, district, operator, service, ready, homes, day, paper]


def claims(tmp_path, *rows, head=HEAD, **options):
    return check("claims", write_xlsx(tmp_path / "a.xlsx", [head, *rows]), **options)


def test_a_statement_is_read_whole(tmp_path):
    checked = claims(tmp_path, row())
    found = checked.accepted.iloc[0]
    assert found[
        ["hamlet_id", "commune_code", "hamlet_name", "operator", "technology"]
    ].tolist() == [
        "T1",
        "08914",
        "Đồng Giếng",
        "VNPT",
        "FIBRE",
    ]
    assert found["ready"]
    assert found["households_passed"] == 120
    assert found["as_of"] == pd.Timestamp("2021-09-21")
    assert found["claim_id"] == "VNPT-FIBRE-T1-20210921"
    assert not checked.diagnosis.faults


def test_an_empty_cross_says_no_which_is_a_statement_too(tmp_path):
    assert claims(tmp_path, row(), row("T2", ready="")).accepted["ready"].tolist() == [True, False]


def test_a_word_column_left_empty_says_nothing_and_is_faulted(tmp_path):
    head = [h.replace(" (x)", "") for h in HEAD]
    checked = claims(
        tmp_path, row(ready="có"), row("T2", ready="không"), row("T3", ready=""), head=head
    )
    assert checked.accepted["ready"].tolist() == [True, False]
    assert [(f.row, f.rule, f.column) for f in checked.diagnosis.faults] == [
        (4, "required_empty", "Đã có")
    ]


@pytest.mark.parametrize(
    ("service", "technology"),
    [("FTTH", "FIBRE"), ("", "FIBRE"), ("4G", "4G"), ("Cáp quang", "FIBRE")],
)
def test_services_are_technologies(tmp_path, service, technology):
    assert claims(tmp_path, row(service=service)).accepted["technology"].tolist() == [technology]


def test_an_unknown_service_is_faulted(tmp_path):
    assert rules(claims(tmp_path, row(), row("T2", service="truyền hình"))) == ["unknown_term"]


def test_a_hamlet_may_be_named_by_name_and_commune(tmp_path):
    checked = claims(tmp_path, row(code=""), row(code="", commune="Xuân Hòa", district="Lập Thạch"))
    assert checked.accepted["commune_code"].tolist() == ["08914", "08794"]
    assert checked.accepted["claim_id"].iloc[0] == "VNPT-FIBRE-08914/dong gieng-20210921"


def test_a_homonymous_commune_is_quarantined_with_the_candidates(tmp_path):
    checked = claims(tmp_path, row(code=""), row(code="", commune="Xuân Hòa", district=""))
    assert checked.diagnosis.rows_quarantined == 1
    assert "08746" in fault(checked, "ambiguous_commune").suggestion


def test_with_a_hamlet_code_the_commune_may_be_unknown(tmp_path):
    checked = claims(tmp_path, row(commune="Xã Lạ"))
    assert checked.diagnosis.rows_accepted == 1
    assert rules(checked, "warning") == ["unknown_commune"]


def test_a_statement_about_no_hamlet_is_faulted(tmp_path):
    checked = claims(tmp_path, row(), row(code="", name="", commune=""))
    assert rules(checked) == ["place_unstated"]


def test_yes_and_no_on_one_day_contradict_each_other_and_on_two_days_do_not(tmp_path):
    assert "contradicting_id" in rules(claims(tmp_path, row(), row(ready=""), row("T2")))
    later = claims(tmp_path, row(ready=""), row(day="01/10/2021"))
    assert later.diagnosis.rows_accepted == 2
    assert not later.diagnosis.faults


def test_the_operator_and_the_day_of_the_file_fill_what_is_empty(tmp_path):
    found = claims(
        tmp_path, row(operator="", day=""), operator="FPT", as_of="2021-09-30"
    ).accepted.iloc[0]
    assert (found["operator"], found["as_of"]) == ("FPT", pd.Timestamp("2021-09-30"))


@pytest.mark.parametrize("gone", [["Đã có (x)"], ["Mã thôn", "Thôn"]])
def test_a_file_without_the_statement_or_the_hamlet_is_refused(tmp_path, gone):
    keep = [i for i, name in enumerate(HEAD) if name not in gone]
    checked = claims(tmp_path, [row()[i] for i in keep], head=[HEAD[i] for i in keep])
    assert checked.diagnosis.status == "refused"
    assert rules(checked) == ["missing_column"]
    assert fixes(checked) == {}
