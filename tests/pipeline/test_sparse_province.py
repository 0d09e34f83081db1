"""A province that delivers little: what is absent is unknown, the run ends well, and a plan says what it lacks."""

import json
import shutil

import pytest

from phusong.pipeline.planning import Money
from phusong.pipeline.province import KINDS
from phusong.pipeline.rollout import plan_province
from phusong.pipeline.run import run_province
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault

pytestmark = pytest.mark.long
NEEDED = ("communes", "hamlets")
#: Kinds without which a rollout is planned otherwise.
PLANNED_WITH = ("cells", "fibre_nodes", "fibre_routes", "roads", "terrain")


@pytest.fixture
def deliver(finished, raw, tmp_path):
    """Run the made-up province with some kinds of source alone; without a list of operators if asked so."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    province, out = tmp_path / "raw" / raw.name, tmp_path / "out"
    text = province.read_text(encoding="utf-8")

    def _deliver(*kinds, operators=True):
        head, *sources = text.split("[[source]]")
        kept = [s for s in sources if any(f'kind = "{k}"' in s for k in (*NEEDED, *kinds))]
        lines = [line for line in head.splitlines(True) if operators or "operators" not in line]
        province.write_text("[[source]]".join(["".join(lines), *kept]), encoding="utf-8")
        run_province(province, out)
        return out

    return _deliver


def test_communes_and_hamlets_with_or_without_pupils_run_and_everything_is_unknown(deliver):
    for kinds in ((), ("students",)):
        out = deliver(*kinds, operators=False)
        gaps = read_table(out, "gaps")
        assert len(gaps) == len(read_table(out, "hamlets")) > 0
        for column in ("mobile_3g", "mobile_4g", "fibre"):
            assert set(gaps[column]) == {"UNKNOWN"}, column
        assert set(gaps["class"]) == {"KU"} and gaps["fibre_ports_short"].isna().all()
        assert read_table(out, "reach").empty and read_table(out, "signal").empty
        assert (out / "map.html").exists()
        with pytest.raises(ParameterFault, match="roads"):
            plan_province(out, scenario="baseline", money=Money())
    assert gaps["pupils"].notna().all()
    absent = set(json.loads((out / "summary.json").read_text(encoding="utf-8"))["absent"])
    assert absent == set(KINDS) - {*NEEDED, "students"}


def test_operators_that_are_named_and_deliver_nothing_are_unknown(deliver):
    out = deliver()
    assert set(read_table(out, "reach")["status"]) == {"UNKNOWN"}
    assert set(read_table(out, "signal")["status"]) == {"UNKNOWN"}
    assert set(read_table(out, "gaps")["class"]) == {"KU"}


def test_roads_alone_plan_for_nobody_since_nothing_is_known(deliver):
    out = deliver("roads")
    with pytest.raises(ParameterFault, match="hamlets nobody knows what they lack"):
        plan_province(out, scenario="baseline", money=Money())


def test_with_neither_masts_nor_nodes_the_dark_hamlets_are_planned_for_or_named(deliver):
    out = deliver("roads", "terrain", "claims", "coverage", "students", operators=False)
    assert read_table(out, "sites").empty and read_table(out, "accepted_fibre_nodes").empty
    wanting = read_table(out, "gaps").query("`class` in ['K2', 'K3', 'K4', 'K5']")
    described = plan_province(out, scenario="baseline", money=Money())[0]
    assert described["hamlets_reached"] == 0
    assert set(described["unreachable"]) == set(wanting["hamlet_id"]) != set()


@pytest.mark.parametrize("gone", [k for k in KINDS if k not in NEEDED])
def test_each_optional_source_may_be_left_out(deliver, gone):
    out = deliver(*(k for k in KINDS if k != gone))
    gaps = read_table(out, "gaps")
    assert len(gaps) == len(read_table(out, "hamlets"))
    absent = json.loads((out / "summary.json").read_text(encoding="utf-8"))["absent"]
    assert gone in absent
    if gone in PLANNED_WITH:
        described = plan_province(out, scenario="baseline", money=Money())[0]
        assert described["hamlets_reached"] <= described["hamlets"]
