"""Thousands of addresses in the real communes, written badly: no hamlet is put into a wrong commune."""

import random
import sys
from pathlib import Path

import pytest

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.places.editions import list_units

sys.path.insert(0, str(Path(__file__).parent))
from noisy import make_addresses, make_hamlets

ADDRESSES = 3000


@pytest.fixture(scope="module", params=[11, 242])
def province(request):
    rng = random.Random(request.param)
    hamlets = make_hamlets(rng)
    return rng, hamlets, make_gazetteer(hamlets)


def test_noise_costs_recall_and_never_a_commune(province):
    rng, hamlets, gazetteer = province
    truth = make_addresses(hamlets, rng, ADDRESSES)
    answers = match_addresses(truth, gazetteer)
    matched = answers["status"] == "MATCHED"
    right = matched & (answers["hamlet_id"] == truth["true_hamlet"])
    stated = answers["commune_code"] != ""
    wrong = stated & (answers["commune_code"] != truth["true_commune"])
    wrong &= ~answers["commune_code"].str.contains(r"\|")
    assert truth.loc[wrong & matched, "address"].tolist() == []
    assert right.sum() / matched.sum() >= 0.999
    assert right.mean() >= 0.96


def test_a_hamlet_written_with_another_commune_is_never_moved(province):
    rng, hamlets, gazetteer = province
    named = hamlets[~hamlets["name"].isin(["1", "2", "Mới"])].sample(1000, random_state=5)
    units = list(list_units("2021-01-01").itertuples())
    others = [rng.choice(units) for _ in range(len(named))]
    table = named[["name"]].assign(row_id=range(len(named)))
    table["address"] = [
        f"Thôn {name}, {unit.kind} {unit.name}, {unit.district}"
        for name, unit in zip(named["name"], others, strict=True)
    ]
    answers = match_addresses(table[["row_id", "address"]], gazetteer)
    codes = [unit.code for unit in others]
    moved = (answers["status"] == "MATCHED") & (answers["commune_code"] != codes)
    assert table.loc[moved.to_numpy(), "address"].tolist() == []
