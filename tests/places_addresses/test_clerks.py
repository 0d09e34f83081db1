"""Every noise that offices know, of hamlets with awkward and with real names: looked at one by one."""

import json
import random
from pathlib import Path

import pandas as pd
import pytest
from tests.places_addresses.clerks import NEVER, RIGHT, make_hamlets, write_rows

from phusong.places.addresses import make_gazetteer, match_addresses

REAL = Path(__file__).parents[3] / "shared" / "real" / "settlements"
VILLAGES = REAL / "wof_geonames_localities_vinh_phuc.geojson"
EACH = 12
#: Clerks who write hamlets that share their letters or the later commune with others: nobody can tell.
HARD = {"no marks", "2025", "2025 dated", "2025 columns", "January 2025", "2025 commune, Vĩnh Phúc"}
HARD |= {"old commune, Phú Thọ", "ch for tr", "d for gi", "wrong tone", "slip in the hamlet"}


def real_villages():
    features = json.loads(VILLAGES.read_text(encoding="utf-8"))["features"]
    found = [feature["properties"] for feature in features]
    return [(p["name_vi"] or p["name"], p["gso_code_2023"]) for p in found]


def ask(seed, real=None, held_share=0.0):
    rng = random.Random(seed)
    hamlets = make_hamlets(rng, real=real)
    held = set(hamlets["hamlet_id"].sample(frac=held_share, random_state=seed))
    rows = write_rows(hamlets, rng, each=EACH)
    kept = hamlets[~hamlets["hamlet_id"].isin(held)]
    answers = match_addresses(rows, make_gazetteer(kept))
    told = rows.join(answers.drop(columns="row_id"))
    matched = told["status"] == "MATCHED"
    # whoever writes a hamlet with another commune may mean the hamlet of that name there
    swapped = (told["label"] == "another commune") & (told["commune_code"] == told["codes_2021"])
    right = matched & ((told["hamlet_id"] == told["true_hamlet"]) | swapped)
    return told.assign(matched=matched, right=right, held=told["true_hamlet"].isin(held))


@pytest.fixture(scope="module", params=[1, 20, 242])
def awkward(request):
    return ask(request.param)


@pytest.fixture(scope="module")
def real():
    if not VILLAGES.exists():
        pytest.skip("the real villages do not lie beside the project")
    return ask(7, real_villages())


def judge(told):
    wanted = told["wanted"]
    wrong = told.loc[told["matched"] & ~told["right"], ["label", "address"]]
    assert told["right"].sum() / told["matched"].sum() >= 0.997, wrong.to_string()
    assert told.loc[wanted, "right"].mean() >= 0.94
    assert list_wrong_communes(told) == []


def list_wrong_communes(told):
    """Addresses put into a commune, with or without a hamlet, that the text does not mean."""
    stated = told["status"].isin(["MATCHED", "COMMUNE_ONLY"]) & (told["label"] != "neighbours")
    pairs = zip(told["commune_code"], told["codes"], strict=True)
    foreign = pd.Series([code not in codes for code, codes in pairs], index=told.index)
    # a bare name with the district is the commune of that name, whoever wrote it
    foreign &= told["label"] != "bare names without the commune"
    return told.loc[stated & foreign, "address"].tolist()


def test_awkward_names(awkward):
    judge(awkward)


def test_every_clerk_who_can_be_understood_is(awkward):
    found = awkward[awkward["wanted"]].groupby("label")["right"].mean()
    assert set(found.index) == set(RIGHT)
    assert {c: share for c, share in found.items() if share < 0.75 and c not in HARD} == {}


def test_who_cannot_be_understood_is_matched_to_nobody_else(awkward):
    hard = awkward[awkward["label"].isin(NEVER)]
    assert len(hard) == EACH * len(NEVER)
    assert hard.loc[hard["matched"] & ~hard["right"], "address"].tolist() == []


@pytest.mark.real
def test_real_names(real):
    judge(real)


@pytest.mark.parametrize("label", ["neighbours", "another district", "columns disagree", "ditto"])
def test_what_contradicts_itself_is_never_matched(awkward, label):
    rows = awkward[awkward["label"] == label]
    assert len(rows) == EACH
    assert not rows["matched"].any(), rows.loc[rows["matched"], "address"].tolist()


def test_neighbours_are_outside(awkward):
    rows = awkward[awkward["label"] == "neighbours"]
    assert set(rows["status"]) == {"OUT_OF_PROVINCE"}


def test_hamlets_that_the_gazetteer_lacks_are_not_replaced():
    told = ask(3, held_share=0.1)
    plain = told["held"] & told["label"].isin(["plain", "capitals", "columns", "TCVN3", "reversed"])
    assert plain.sum() >= 3
    assert told.loc[plain & told["matched"], "address"].tolist() == []
