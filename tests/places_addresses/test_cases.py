"""The fixture of the domain notes: every case comes out as its policy says."""

from pathlib import Path

import pandas as pd
import pytest

from phusong.places.addresses import make_gazetteer, match_addresses

FOLDER = Path(__file__).parents[3] / "shared" / "cases" / "addresses"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not FOLDER.exists(), reason="no ../shared/cases/addresses beside the project"
    ),
]


def read(name):
    return pd.read_csv(FOLDER / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def answers():
    cases = read("cases.csv")
    return cases, match_addresses(cases, make_gazetteer(read("gazetteer.csv")))


def is_right(case, answer):
    if answer.status not in case.expected_status.split("|"):
        return False
    wanted = set(filter(None, case.expected_hamlet_id.split("|")))
    found = {answer.hamlet_id} if answer.status == "MATCHED" else set(answer.candidates.split("|"))
    commune = case.expected_commune_code in ("", answer.commune_code)
    return commune and wanted <= found


def test_every_case_is_answered_as_the_policy_says(answers):
    cases, result = answers
    pairs = zip(cases.itertuples(), result.itertuples(), strict=True)
    wrong = [(c.row_id, a.status, a.hamlet_id) for c, a in pairs if not is_right(c, a)]
    assert len(cases) == 105
    assert wrong == []


def test_flags_say_how_a_text_was_read(answers):
    _, result = answers
    flags = result.set_index("row_id")["flags"].str.split("|")
    said = {
        "11": "telex",
        "12": "vni_keys",
        "13": "tcvn3",
        "14": "vni_font",
        "15": "mojibake",
        "16": "lookalike",
    }
    said |= {
        "9": "tone_typo",
        "10": "typo",
        "17": "glued",
        "18": "reversed",
        "24": "number_word",
        "25": "roman",
    }
    said |= {
        "58": "pii_phone_stripped",
        "60": "edition=2025-07-01",
        "93": "alias",
        "96": "institution",
    }
    assert {row: flag for row, flag in said.items() if flag not in flags[row]} == {}
