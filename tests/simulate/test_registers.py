"""What the campaign was given, as offices write it: read back, it is the table that it was written from."""

from contextlib import closing
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.offices import check

from phusong.intake.door import check_source
from phusong.intake.veiling import SealedOptions
from phusong.ledger.acting import Acting
from phusong.ledger.book import create_ledger
from phusong.ledger.imports import IMPORTS
from phusong.pipeline.grounds import read_commitments
from phusong.pipeline.run import run_province
from phusong.simulate.campaign_gifts import buy_tablets, list_offers, list_pledges, list_stock
from phusong.simulate.demonstration import open_demonstration
from phusong.simulate.offices.gifts import GIFTS_FILE, deliver_gifts
from phusong.simulate.offices.promises import PROMISES_FILE, deliver_promises
from phusong.simulate.offices.sheets import WARNING_TITLE
from phusong.simulate.offices.stock import LOTS_FILE, deliver_stock
from phusong.simulate.offices.sums import group_digits, scale_down, spell_out
from phusong.simulate.offices.tariffs import PACKAGES_FILE, deliver_tariffs
from phusong.simulate.promises import promise_hamlets
from phusong.simulate.province import simulate_province, write_province
from phusong.store import read_table
from phusong.store.manifest import hash_file
from phusong.vocabulary.book import Role
from phusong.vocabulary.options import PromiseVerdict
from phusong.vocabulary.parameters import load_parameters

pytestmark = pytest.mark.long

MODEL = open_demonstration()


@pytest.fixture(scope="module")
def hamlets():
    return simulate_province(size="hamlet", seed=11).hamlets


@pytest.fixture
def deliver(tmp_path, hamlets):
    """Return a register as written: its table, its file, its wrong rows."""
    promised = promise_hamlets(hamlets, 12, MODEL, rng=np.random.default_rng(1))
    offers = list_offers(MODEL.day).assign(
        zero_rated="VNEdu|ViettelStudy", install_waiver_vnd=pd.array([300_000] * 3, "Int64"),
        subsidy_vnd_month=pd.array([50_000] * 3, "Int64"), subsidy_months=pd.array([6] * 3, "Int64"),
        hotspot=pd.array([True, False, None], "boolean"),
    )  # fmt: skip
    bought = buy_tablets(1_250, pd.Timestamp("2021-11-02"))
    registers = {
        "contributions": (list_pledges(MODEL.day), deliver_gifts, GIFTS_FILE),
        "lots": (list_stock(MODEL.day), deliver_stock, LOTS_FILE),
        "bought": (bought, deliver_stock, LOTS_FILE),
        "packages": (list_offers(MODEL.day), deliver_tariffs, PACKAGES_FILE),
        "support": (offers, deliver_tariffs, PACKAGES_FILE),
        "commitments": (promised, deliver_promises, PROMISES_FILE),
    }

    def _deliver(name, seed=3):
        table, write, file = registers[name]
        folder = tmp_path / f"{name}{seed}"
        folder.mkdir(exist_ok=True)
        return table, folder / file, write(table, folder, MODEL, rng=np.random.default_rng(seed))

    return _deliver


KINDS = {
    "contributions": "contributions", "lots": "lots", "bought": "lots", "packages": "packages",
    "support": "packages", "commitments": "commitments",
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("seed", [3, 4])
def test_a_register_reads_back_as_the_table_it_was_written_from(deliver, name, seed):
    table, path, wrong = deliver(name, seed)
    day = str(table["as_of"].iloc[0].date())
    checked = check(KINDS[name], path, as_of=day)
    key = table.columns[0]
    told = checked.accepted.set_index(key).sort_index()
    pd.testing.assert_frame_equal(told, table.set_index(key).sort_index())
    assert checked.diagnosis.rows_quarantined == len(wrong) > 0


@pytest.mark.parametrize("name", KINDS)
def test_every_wrong_row_is_found_for_what_it_is(deliver, name):
    _, path, wrong = deliver(name)
    faults = check(KINDS[name], path).diagnosis.faults
    found = {(f.row, f.column, f.rule) for f in faults if f.severity == "error"}
    assert found == set(wrong[["row", "column", "rule"]].itertuples(index=False, name=None))


def test_the_second_pledge_and_the_one_without_quantity_are_told(deliver):
    _, path, _ = deliver("contributions")
    checked = check("contributions", path)
    told = {f.rule for f in checked.diagnosis.faults if f.severity == "warning"}
    assert told == {"gift_repeated", "quantity_unstated"} and len(checked.accepted) == 42


def test_the_same_seed_writes_the_same_bytes(deliver):
    for name in ("contributions", "lots", "packages", "commitments"):
        first = hash_file(deliver(name)[1])
        assert first == hash_file(deliver(name)[1]) != hash_file(deliver(name, 5)[1])


def test_every_register_says_that_it_is_made_up(deliver):
    for name, kind in KINDS.items():
        fixes = check(kind, deliver(name)[1]).diagnosis.fixes
        assert next(f for f in fixes if f.rule == "title_row").example_before == WARNING_TITLE


def test_promises_are_of_hamlets_that_their_names_tell_apart(hamlets):
    promised = promise_hamlets(hamlets, 1_000, MODEL, rng=np.random.default_rng(1))
    assert promised["commitment_id"].is_unique
    assert not promised.duplicated(["commune_code", "hamlet"]).any()
    assert promised["hamlet_id"].notna().any() and promised["hamlet_id"].isna().any()


@pytest.mark.parametrize(
    ("vnd", "words"),
    [
        (2_300_000_000, "hai tỷ ba trăm triệu đồng"),
        (505_000_000, "năm trăm linh năm triệu đồng"),
        (15_021_000, "mười lăm triệu không trăm hai mươi mốt nghìn đồng"),
        (1_000_000_007, "một tỷ không trăm linh bảy đồng"),
    ],
)
def test_a_sum_is_spelt_as_on_a_voucher(vnd, words):
    assert spell_out(vnd) == words


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 10**11))
def test_a_sum_in_digits_keeps_every_digit(vnd):
    assert int(group_digits(vnd).replace(".", "")) == vnd
    assert scale_down(vnd).endswith("đồng")


def test_promises_go_through_a_run_and_find_their_hamlets(tmp_path):
    world = simulate_province(size="hamlet", seed=11)
    province = write_province(world, tmp_path / "raw")
    promised = promise_hamlets(world.hamlets, 12, MODEL, rng=np.random.default_rng(1))
    deliver_promises(promised, province.parent, MODEL, rng=np.random.default_rng(3))
    source = f'\n[[source]]\nkind = "commitments"\nfile = "{PROMISES_FILE}"\nas_of = 2021-09-20\n'
    province.write_text(province.read_text(encoding="utf-8") + source, encoding="utf-8")
    run_province(province, tmp_path / "out")
    judged = read_commitments(tmp_path / "out", as_of=pd.Timestamp("2021-09-21"))
    hamlets = world.hamlets.set_index("hamlet_id")
    said = hamlets["kind"].str.capitalize() + " " + hamlets["name"]
    named = judged.merge(promised[["commitment_id", "hamlet"]], on="commitment_id")
    assert (judged["place_status"] == "MATCHED").all() and len(judged) == 12
    assert (named["hamlet_id"].map(said) == named["hamlet"]).all()
    assert set(judged["verdict"]) <= {str(v) for v in PromiseVerdict}
    lots = read_table(tmp_path / "out", "accepted_lots")
    serials = lots["serials"].dropna().str.split("|").explode()
    assert lots["quantity"].sum() == 420
    assert len(serials) and serials.str.fullmatch(r"ms-[a-z2-7]{26}").all(), "a run has the key"


def test_the_book_takes_what_the_door_lets_in_and_counts_a_gift_once(deliver, tmp_path):
    focal = Acting(
        str(Role.FOCAL_POINT),
        "Sở Giáo dục và Đào tạo",
        "theo kế hoạch",
        datetime(2021, 9, 24, 2, tzinfo=UTC),
    )
    options = SealedOptions(key=b"k" * 32, as_of="2021-09-22")
    with closing(create_ledger(tmp_path / "so.ledger")) as ledger:
        for name in ("contributions", "lots", "packages", "commitments"):
            path = deliver(name)[1]
            accepted = check_source(name, path, options, load_parameters()).accepted
            told = IMPORTS[name](ledger, accepted, acting=focal)
            again = IMPORTS[name](ledger, accepted, acting=focal)
            assert told.new == again.same == len(accepted)
            if name == "contributions":
                assert told.doubts == {"PT-041": "duplicate_of:PT-005", "PT-042": "no_quantity"}
            if name == "lots":
                assert accepted["serials"].dropna().str.count(r"\|").tolist() == [19]
