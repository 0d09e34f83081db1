"""What stands above a plan in a report: which plan, how old, what it does itself and what operators promised."""

from datetime import date

import pandas as pd
import pytest
from tests.views_documents import world

from phusong.views.documents.forms.infrastructure import print_waves, tell_network
from phusong.views.documents.forms.operator import compose_operator_annex
from phusong.views.documents.forms.plan_head import head_plan
from phusong.views.documents.inputs import (
    VILLAGES,
    OperatorFigures,
    PlanState,
    ReportFigures,
)
from phusong.views.documents.model import Paragraph, Table
from phusong.vocabulary.options import ScenarioName
from phusong.vocabulary.schema import conform_table
from phusong.vocabulary.terms import Operator

NAMES = ["hamlet_id", "operator", "wave", "basis", "basis_on", "basis_probability"]
ROWS = pd.DataFrame(
    [
        ("T1", "VNPT", 1, "planned", None, None),
        ("T2", "VNPT", 1, "committed", "2021-12-31", 0.7),
        ("T3", "VNPT", 2, "committed", "2022-06-30", 0.7),
        ("T4", "VIETTEL", 1, "building", "2021-08-31", 0.8),
        ("T5", None, None, None, None, None),
    ],
    columns=NAMES,
)
PLAN = PlanState("5-ty", ScenarioName.BASELINE, 3, date(2021, 9, 21), date(2021, 9, 25), bases=ROWS)
OLD = PlanState("5-ty", ScenarioName.BASELINE, 3, date(2021, 9, 21), outdated=True, bases=ROWS)


def villages():
    common = {
        "commune": "Đạo Trù", "class": "K2", "option": "fibre", "capex_low_vnd": 0, "capex_vnd": 0,
        "capex_high_vnd": 0,
    }  # fmt: skip
    rows = ROWS[["hamlet_id", "operator", "wave"]].assign(hamlet=ROWS["hamlet_id"], **common)
    return conform_table(rows, VILLAGES)


def texts(blocks):
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_the_headline_has_two_parts_and_the_promised_their_dates():
    blocks = head_plan(PLAN, villages(), "vi")
    assert "“5-ty”" in texts(blocks)[0] and "25/09/2021" in texts(blocks)[0]
    assert "21/09/2021" in texts(blocks)[0]
    assert texts(blocks)[1].startswith(
        "1 thôn do kế hoạch; 3 thôn doanh nghiệp đã nhận hoặc đang xây"
    )
    (table,) = [b for b in blocks if isinstance(b, Table)]
    assert [(row[2], row[3], row[4], row[5]) for row in table.rows] == [
        (1, date(2021, 8, 31), date(2021, 8, 31), "0,80"),
        (2, date(2021, 12, 31), date(2022, 6, 30), "0,70"),
    ]
    assert sum(row[2] for row in table.rows) == 3


def test_an_old_plan_is_marked_in_strong_words():
    strong = [b.text for b in head_plan(OLD, villages(), "vi") if getattr(b, "strong", False)]
    assert len(strong) == 1 and "đã cũ" in strong[0] and "21/09/2021" in strong[0]
    assert not [b for b in head_plan(PLAN, villages(), "vi") if getattr(b, "strong", False)]


@pytest.mark.parametrize("plan", [PLAN, OLD])
def test_the_section_of_a_report_carries_it(plan):
    figures = ReportFigures(
        period=(date(2021, 9, 20), date(2021, 9, 26)), window=(date(2021, 9, 21), date(2021, 12, 31)),
        villages=villages(), plan=plan,
    )  # fmt: skip
    text = " ".join(texts(tell_network(world.cover(), figures)))
    assert ("đã cũ" in text) == plan.outdated and "3 thôn doanh nghiệp" in text


def test_an_operators_list_has_what_each_hamlet_rests_on():
    own = OperatorFigures(Operator.VNPT, villages=villages().query("operator == 'VNPT'"), plan=PLAN)
    document = compose_operator_annex(world.cover(), own)
    (table,) = [t for t in document.tables if len(t.columns) == 10 and len(t.rows) == 3]
    assert [row[8] for row in table.rows] == [
        "Do kế hoạch này xây", "Doanh nghiệp đã cam kết", "Doanh nghiệp đã cam kết",
    ]  # fmt: skip
    assert [row[9] for row in table.rows] == [None, date(2021, 12, 31), date(2022, 6, 30)]


def test_waves_have_the_hamlets_of_operators_apart():
    waves = print_waves(villages(), "vi", bases=ROWS)
    assert [row[:3] for row in waves.rows] == [("1", 3, 2), ("2", 1, 1), ("ngoài ngân sách", 1, 0)]
    assert waves.total is not None and waves.total[:3][1:] == (5, 3)
    assert len(print_waves(villages(), "vi").columns) == len(waves.columns) - 1
