"""The book as a person keeps it from the command line: every step, every refusal in words, exit codes."""

import re
import shutil

import pytest
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.demonstration import keep_book
from phusong.vocabulary.errors import PhusongError

WHO = [
    "--organisation",
    "Sở Giáo dục và Đào tạo",
    "--why",
    "theo kế hoạch",
    "--dated",
    "2021-09-24",
]
APPROVER = [
    "--role",
    "approver",
    "--organisation",
    "UBND tỉnh",
    "--why",
    "duyệt",
    "--dated",
    "2021-09-24",
]


def run(*words):
    """Return exit code and output of a command, as `main` would give them."""
    result = CliRunner().invoke(application, [str(w) for w in words])
    if isinstance(result.exception, PhusongError):
        return result.exception.exit_code, f"phusong: {result.exception}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def url(tmp_path):
    place = tmp_path / "phusong.ledger"
    assert run("ledger", "init", "--ledger", place)[0] == 0
    return ["--ledger", place]


@pytest.fixture(scope="module")
def campaign(finished, tmp_path_factory):
    """A finished run of its own, with the book of a campaign under way."""
    place = tmp_path_factory.mktemp("campaign") / "out"
    shutil.copytree(finished, place)
    keep_book(place).close()
    return place


def test_money_is_promised_comes_and_stands_in_the_balance(url):
    assert run("ledger", "pledge", "PT-1", "--donor", "Công ty A", "--vnd", 500, *WHO, *url)[0] == 0
    code, text = run("ledger", "receive", "PT-1", "--vnd", 400, *WHO, *url)
    assert (code, text.strip()) == (0, "entry 2")
    code, text = run("ledger", "balance", *url)
    assert code == 0
    assert re.search(r"ủng hộ bằng tiền\s+money:unstated\s+đồng\s+500\s+400", text)
    code, text = run("ledger", "story", "gift", "PT-1", *url)
    assert code == 0 and "cam kết 500 đồng" in text and "400 đồng" in text
    text = run("ledger", "story", "gift", "PT-1", "--language", "en", *url)[1]
    assert "pledged 500 VND" in text and "theo kế hoạch" in text


def test_a_command_without_who_and_why_is_refused(url):
    code, text = run("ledger", "receive", "PT-1", "--vnd", 1, *url)
    assert code == 2 and "--organisation and --why" in text


def test_a_role_that_may_not_is_told_who_may(url):
    code, text = run(
        "ledger", "pledge", "PT-1", "--donor", "A", "--vnd", 5, "--role", "school", *WHO, *url
    )
    assert code == 2 and "focal_point" in text


def test_a_pledge_said_twice_is_doubted(url):
    for number in ("PT-1", "PT-2"):
        code, text = run("ledger", "pledge", number, "--donor", "A", "--vnd", 5, *WHO, *url)
    assert code == 0 and "duplicate_of:PT-1" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["story", "pupil", "hs-nobody"], "says nothing"),
        (["story", "school", "x"], "pupil, lot, gift"),
        (["verify", "--anchor", "x"], "no anchor"),
        (["approve", "9", *APPROVER], "no award 9"),
        (["import", "pupils", "x.csv", *WHO], "no register"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(url, words, told):
    code, text = run("ledger", *words, *url)
    assert code == 2 and told in text and "Traceback" not in text


def test_no_book_here_says_how_to_make_one(tmp_path):
    code, text = run("ledger", "verify", "--ledger", tmp_path / "none.ledger")
    assert code == 2 and "ledger init" in text


def test_a_copy_is_verified_and_becomes_a_book_elsewhere(url, tmp_path):
    run("ledger", "pledge", "PT-1", "--donor", "A", "--vnd", 5, *WHO, *url)
    code, text = run("ledger", "backup", tmp_path / "copies", *url)
    assert code == 0 and "sound" in text
    path = text.splitlines()[0]
    code, text = run("ledger", "restore", path, "--ledger", tmp_path / "new.ledger")
    assert code == 0 and "sound" in text
    anchor = re.search(r"\d+:[0-9a-f]{64}", text).group()
    code, text = run("ledger", "verify", "--anchor", anchor, *url)
    assert code == 0
    assert run("ledger", "restore", path, *url)[0] == 2


def test_an_award_goes_all_its_way_and_back(campaign):
    book = ["--ledger", campaign / "phusong.ledger"]
    assert run("plan", "devices", campaign)[0] == 0
    code, text = run("ledger", "award", campaign, "--first", 2, *WHO, *book)
    assert code == 0
    first, last = re.search(r"(\d+)–(\d+)", text).groups()
    school = ["--role", "school", *WHO, *book]
    code, text = run("ledger", "approve", first, last, *WHO, *book)
    assert code == 2, "the focal point may not approve"
    assert run("ledger", "approve", first, last, *APPROVER, *book)[0] == 0
    assert run("ledger", "hand-over", first, last, "--record", "BB-9", *school)[0] == 0
    assert run("ledger", "confirm", first, *school)[0] == 0
    assert run("ledger", "return", first, "--unfit", *school)[0] == 0
    assert run("ledger", "free", first, *APPROVER, *book)[0] == 0
    assert run("ledger", "lose", last, *school)[0] == 0
    assert run("ledger", "cancel", last, *APPROVER, *book)[0] == 2
    assert run("ledger", "verify", *book)[0] == 0


def test_awards_of_one_school_and_none_left_explain_themselves(campaign):
    code, text = run(
        "ledger",
        "award",
        campaign,
        "--school",
        "nowhere",
        *WHO,
        "--ledger",
        campaign / "phusong.ledger",
    )
    assert code == 2 and "plan devices" in text


def test_the_replay_of_something_else_is_refused():
    code, text = run("replay", "vp999")
    assert code == 2 and "vp242" in text


def test_reports_over_a_run_are_written_where_they_are_promised(campaign):
    code, text = run("report", campaign, "--format", "xlsx")
    assert code == 0 and (campaign / "reports").iterdir()
    assert text.strip().endswith(".xlsx")
    assert run("report", campaign, "--form", "daily")[0] == 2
