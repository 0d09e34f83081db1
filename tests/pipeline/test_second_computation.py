"""What leaves the program, computed once more from its tables and its book by other code, in plain pandas and SQL.

Only what is tested is asked of the program, the figures of a report; each is derived anew from the definitions in `docs/methods.md`.
"""

import json
import sqlite3
from datetime import date

import pandas as pd
import pytest

from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.shelves import find_ledger
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.reporting import Audience
from phusong.vocabulary.terms import Edition

SETS = {"3g4g5g": ("3G", "4G", "5G"), "4g5g": ("4G", "5G")}
WINDOW = (date(2021, 9, 21), date(2021, 9, 26))
#: Of pupils on a list who study there no more.
GONE = ("moved_out", "dropped_out", "left")
CAPEX = ["capex_low_vnd", "capex_vnd", "capex_high_vnd"]


@pytest.fixture(scope="module")
def tables(office):
    """Every table of the run, as it lies on the disk."""
    return {p.stem: pd.read_parquet(p) for p in (office / "tables").glob("*.parquet")}


@pytest.fixture(scope="module")
def summary(office):
    return json.loads((office / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def plan(office):
    return json.loads((office / "plan" / "baseline" / "plan.json").read_text(encoding="utf-8"))


def judge(rows):
    """Whether a point is served by any of some technologies; None where somebody asked has not said."""
    answers = [None if pd.isna(answer) else bool(answer) for answer in rows["served"]]
    if any(answers):
        return True
    return None if not answers or None in answers else False


def count_official(residential, hamlet, technologies):
    """The official gap of a hamlet, and how many of its clusters are dark."""
    own = residential[residential["hamlet_id"] == hamlet]
    centre, clusters = None, {}
    for point, rows in own.groupby("point_id"):
        answer = judge(rows[rows["technology"].isin(technologies)])
        if rows["kind"].iloc[0] == "centre":
            centre = answer
        else:
            clusters[point] = answer
    dark = sum(answer is False for answer in clusters.values())
    if centre is None:
        return "unknown", dark
    if not centre:
        return "white", dark
    if dark:
        return "partial", dark
    return ("unknown" if None in clusters.values() else "none"), dark


@pytest.mark.parametrize("name", SETS)
def test_official_gaps_follow_from_what_each_house_hears(tables, name):
    for row in tables["gaps"].itertuples():
        gap, dark = count_official(tables["residential_signal"], row.hamlet_id, SETS[name])
        described = getattr(row, f"gap_{name}"), getattr(row, f"dark_clusters_{name}")
        assert described == (gap, dark), row.hamlet_id


def test_statuses_follow_from_the_weights_of_houses(tables):
    weights = tables["points"].set_index("point_id")["weight"]
    signals = tables["residential_signal"].assign(
        weight=lambda t: t["point_id"].map(weights),
        served=lambda t: t["served"].fillna(value=False),
    )
    for row in tables["signal"].itertuples():
        own = signals[
            (signals["hamlet_id"] == row.hamlet_id) & (signals["technology"] == row.technology)
        ]
        if own.empty:
            continue
        share = own.loc[own["served"].astype(bool), "weight"].sum() / own["weight"].sum()
        assert row.served_share == pytest.approx(share, abs=1e-9)


def classify(row):
    """The class of a hamlet by the table of `docs/methods.md`."""
    fast = {row.mobile_4g, row.mobile_5g}
    if row.fibre == "FULL":
        return "K1"
    if "FULL" in fast:
        return "K2"
    if "PARTIAL" in fast:
        return "K3"
    if row.mobile_4g == "NONE" and row.mobile_3g in ("FULL", "PARTIAL"):
        return "K4"
    if row.mobile_4g == row.mobile_3g == "NONE" and row.fibre != "UNKNOWN":
        return "K5"
    return "KU"


def test_classes_follow_from_statuses_and_are_counted_once(tables, summary):
    gaps = tables["gaps"]
    again = [classify(row) for row in gaps.itertuples()]
    assert gaps["class"].tolist() == again
    counted = pd.Series(again).value_counts()
    assert {c: n for c, n in summary["classes"].items() if n} == counted.to_dict()


def test_every_indicator_of_the_province_is_the_sum_over_its_hamlets(tables):
    facts = tables["gaps"].merge(tables["hamlets"][["hamlet_id", "population"]], on="hamlet_id")
    weights = {"hamlets": pd.Series(1, index=facts.index), "persons": facts["population"].fillna(0)}
    yes = {f"signal_{g}": facts[f"mobile_{g}"] == "FULL" for g in ("3g", "4g", "5g")}
    yes |= {"fibre": facts["fibre"] == "FULL"}
    yes |= {f"class_{c}": facts["class"] == c for c in ("K1", "K2", "K3", "K4", "K5", "KU")}
    among = dict.fromkeys(yes, pd.Series(data=True, index=facts.index))
    for name, column in {"": "official_gap", **{f"_{s}": f"gap_{s}" for s in SETS}}.items():
        gap = facts[column]
        yes |= {f"white_gap{name}": gap == "white", f"partial_gap{name}": gap == "partial"}
        yes |= {f"covered{name}": gap.isin(["none", "partial"])}
        among |= {f"white_gap{name}": gap.notna(), f"partial_gap{name}": gap != "white"}
        among |= {f"covered{name}": gap.notna()}
    described = tables["indicators"]
    whole = described[
        ~described["area_code"].isin(tables["communes"]["commune_code"])
        & (described["area_code"].str.len() == 2)
    ]
    assert set(whole["indicator"]) == set(yes)
    for row in whole.itertuples():
        weight = weights[row.counted]
        assert row.numerator == int(weight[yes[row.indicator]].sum()), row
        assert row.denominator == int(weight[among[row.indicator]].sum()), row


def test_pupils_of_a_hamlet_are_those_who_live_there(tables):
    students = tables["students"]
    placed = students[students["hamlet_id"].notna() & (students["hamlet_id"] != "")]
    studying = placed[~placed["status"].isin(GONE)]
    expected = studying.groupby("hamlet_id").size()
    described = tables["gaps"].set_index("hamlet_id")["pupils"]
    assert described.to_dict() == expected.reindex(described.index, fill_value=0).to_dict()


def test_the_plan_costs_what_its_pieces_cost(tables, plan):
    pieces = tables["trenches"][CAPEX].sum() + tables["antennas"][CAPEX].sum()
    hamlets = tables["rollout"][CAPEX].sum()
    assert hamlets["capex_vnd"] == pytest.approx(plan["spent"]["cost_vnd"], abs=1)
    cabinets = sum(n for part, n in plan["spent_by_part"].items() if part == "cabinet")
    assert pieces["capex_vnd"] + cabinets == pytest.approx(plan["spent"]["cost_vnd"], abs=1)
    reached = tables["rollout"][tables["rollout"]["wave"].notna()]
    assert plan["hamlets_reached"] == len(reached)
    bases = reached["basis"].value_counts()
    assert {b: n["hamlets"] for b, n in plan["by_basis"].items() if n["hamlets"]} == bases.to_dict()


def test_awards_by_state_are_the_last_moves_of_the_book(office, tables):
    with sqlite3.connect(f"file:{office / 'phusong.ledger'}?mode=ro", uri=True) as book:
        moves = pd.read_sql("select award, state, number from award_moves order by number", book)
        standing = pd.read_sql("select award, state from standing", book)
        awards = pd.read_sql("select award, student_key, lot_id from awards", book)
        stock = pd.read_sql("select item, received, set_aside, taken, gone from stock_moves", book)
    last = moves.groupby("award")["state"].last()
    assert standing.set_index("award")["state"].sort_index().to_dict() == last.to_dict()
    held = awards[
        awards["award"].map(last).isin(["proposed", "approved", "handed_over", "confirmed"])
    ]
    assert (
        held["student_key"].is_unique
        and held["student_key"].isin(tables["students"]["student_key"]).all()
    )
    used = stock[stock["item"].str.startswith("lot:")].groupby("item")["taken"].sum()
    assert used[used > 0].sum() == held["lot_id"].notna().sum()


@pytest.mark.parametrize("day", ["2021-09-20", "2021-09-23", "2021-09-24", "2021-09-30"])
def test_a_report_shows_awards_and_devices_as_the_book_had_them_on_its_day(office, tables, day):
    with sqlite3.connect(f"file:{office / 'phusong.ledger'}?mode=ro", uri=True) as book:
        moves = pd.read_sql(
            "select award, state from award_moves where dated <= ? order by number",
            book,
            params=[day],
        )
        awards = pd.read_sql("select award, student_key, lot_id from awards", book).set_index(
            "award"
        )
    last = moves.groupby("award")["state"].last()
    devices = last[awards["lot_id"].reindex(last.index).notna()]
    ledger = find_ledger(office, None)
    figures = gather_figures(
        office, ledger, window=WINDOW, as_of=date.fromisoformat(day), edition=Edition("2021-01-01", "26"),
        parameters=load_parameters(), audience=Audience.INTERNAL,
    )  # fmt: skip
    ledger.close()
    described = figures.states.set_index("state")["devices"]
    assert described[described > 0].to_dict() == devices.value_counts().to_dict()
    delivered = int(devices.isin(["handed_over", "confirmed"]).sum())
    assert figures.handed_over == delivered
    students = tables["students"]
    given = set(awards.loc[devices[devices == "confirmed"].index, "student_key"])
    here = students[~students["status"].isin(GONE)]
    lacking = here[here["device"] == "none"]
    both = here["device_adequate"].fillna(value=False) & here["connection_adequate"].fillna(
        value=False
    )
    assert figures.equipment.without_device == len(lacking)
    assert figures.equipment.equipped == lacking["student_key"].isin(given).sum()
    assert figures.equipment.with_both == both.sum()
