"""The book as a person keeps it from the command line: every step, every refusal in words, exit codes."""

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from phusong.cli import application
from phusong.pipeline.demonstration import keep_book
from phusong.vocabulary.errors import PhusongError

pytestmark = pytest.mark.long

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


def test_money_goes_on_and_a_wrong_entry_is_reversed(url):
    run("ledger", "pledge", "PT-1", "--donor", "Công ty A", "--vnd", "1,5 tỷ", *WHO, *url)
    assert run("ledger", "receive", "PT-1", "--vnd", "500.000", *WHO, *url)[0] == 0
    spent = ["--source", "money:unstated", "--purpose", "máy tính bảng", *WHO, *url]
    assert run("ledger", "allocate", "--vnd", "400k", *spent) == (0, "entry 3\n")
    code, text = run("ledger", "pay", "--vnd", "500k", *spent)
    assert code == 2 and "400,000 allocated" in text
    assert run("ledger", "pay", "--vnd", "400k", *spent)[0] == 0
    assert run("ledger", "confirm-payment", "--vnd", "400k", *spent)[0] == 0
    code, text = run("ledger", "reverse", 2, *WHO, *url)
    assert code == 2, "what has been spent cannot be taken back"
    code, text = run("ledger", "balance", "--json", "-", *url)
    (row,) = json.loads(text[text.index("{") :])["sums"]
    assert (row["pledged"], row["balance"]) == (1_500_000_000, 100_000)


def test_a_sum_that_may_be_read_in_two_ways_is_refused(url):
    code, text = run("ledger", "pledge", "PT-1", "--donor", "A", "--vnd", "2,350 tỷ", *WHO, *url)
    assert code == 2 and "no sum" in text


def test_a_campaign_has_a_window_and_late_money_is_told(url):
    days = ["--opens-on", "2021-09-01", "--closes-on", "2021-09-10", "--basis", "242/KH-UBND"]
    assert run("ledger", "window", "VP", *days, *WHO, *url) == (0, "VP: new\n")
    run("ledger", "pledge", "PT-1", "--donor", "A", "--vnd", 5, *WHO, *url)
    code, text = run("ledger", "balance", "--campaign", "VP", *url)
    assert code == 0 and "Cam kết sau đợt" in text and "Cam kết trong đợt" not in text


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
    assert run("ledger", "decide", "PT-2", "--counts", *APPROVER, *url) == (0, "PT-2: counted\n")
    assert re.search(r"đồng\s+10 ", run("ledger", "balance", *url)[1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["story", "pupil", "hs-nobody"], "says nothing"),
        (["story", "school", "x"], "pupil, lot, gift"),
        (["verify", "--anchor", "x"], "no anchor"),
        (["approve", "9", *APPROVER], "no award 9"),
        (["import", "pupils", "x.csv", *WHO], "no register"),
        (["import", "lots", "nowhere.csv", *WHO], "nowhere.csv"),
        (["import", "lots", "x.csv", "--role", "administrator", *WHO], "may not store"),
        (["pledge", "P", "--donor", "A", "--form", "gold", "--vnd", "5", *WHO], "state_budget"),
        (["reverse", "9" * 30, *WHO], "larger"),
        (["story", "lot", "L", "--language", "fr"], "says nothing"),
        (["balance", "--language", "fr"], "vi, en"),
        (["hand-over", "1", "--serial", "1=A7", *WHO], "--province"),
        (["set-aside", "lot:L1", "1", "--back", "--gone", *WHO], "choose one"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(url, words, told):
    code, text = run("ledger", *words, *url)
    assert code == 2 and told in text and "Traceback" not in text


LOTS = """Mã lô,Loại,RAM (GB),ROM (GB),Màn hình (inch),Camera,Micro,Pin (mAh),SIM 4G,Tình trạng,Số lượng,Ngày nhận,Serial
L1,Máy tính bảng,3,32,10,C,C,5000,C,Mới,2,22/09/2021,A7-1; A7-2
L2,Máy tính bảng,1,8,7,C,C,3000,C,Đã qua sử dụng,5,22/09/2021,
"""


def test_a_register_comes_in_once_and_what_is_not_fit_is_set_aside(url, tmp_path):
    (tmp_path / "lo.csv").write_text(LOTS, encoding="utf-8")
    wanted = ["ledger", "import", "lots", tmp_path / "lo.csv", *WHO, *url]
    code, text = run(*wanted)
    assert code == 0 and "new 2, changed 0, known 0" in text, text
    assert "L2: 0 fit" in text and "A7" not in text
    told = run("ledger", "balance", "--json", "-", *url)[1]
    stock = json.loads(told[told.index("{") :])["stock"]
    assert [(row["item"], row["free"]) for row in stock] == [("lot:L1", 2), ("lot:L2", 0)]
    code, text = run(*wanted)
    assert code == 0 and "new 0, changed 0, known 2" in text and "fit" not in text.split("known")[1]
    assert run("ledger", "set-aside", "lot:L1", 1, *WHO, *url)[0] == 0
    assert run("ledger", "set-aside", "lot:L1", 1, "--back", *WHO, *url)[0] == 0
    assert run("ledger", "set-aside", "lot:L1", 3, *WHO, *url)[0] == 2
    assert "để riêng 1" in run("ledger", "story", "lot", "L1", *url)[1]
    assert run("ledger", "verify", *url)[0] == 0


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


def test_an_award_goes_all_its_way_and_back(campaign, raw):
    book = ["--ledger", campaign / "phusong.ledger"]
    assert run("plan", "devices", campaign)[0] == 0
    code, text = run("ledger", "award", campaign, "--first", 2, *WHO, *book)
    assert code == 0
    first, last = re.search(r"(\d+)–(\d+)", text).groups()
    school = ["--role", "school", *WHO, *book]
    code, text = run("ledger", "approve", first, last, *WHO, *book)
    assert code == 2, "the focal point may not approve"
    assert run("ledger", "approve", first, last, *APPROVER, *book)[0] == 0
    device = [f"--serial={first}=A7 - 001", "--province", raw]
    code, text = run("ledger", "hand-over", first, last, "--record", "BB-9", *device, *school)
    assert (code, text) == (0, "2 handed over\n")
    device[0] = f"--serial={last}=a7001"
    assert run("ledger", "hand-over", last, *device, *school)[0] == 2, "it is in other hands"
    assert run("ledger", "confirm", first, *school)[0] == 0
    assert run("ledger", "return", first, "--unfit", *school)[0] == 0
    assert run("ledger", "free", first, *APPROVER, *book)[0] == 0
    assert run("ledger", "lose", last, *school)[0] == 0
    assert run("ledger", "cancel", last, *APPROVER, *book)[0] == 2
    assert run("ledger", "exchange", last, "no-lot", *school)[0] == 2
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


TABLET = ["--kind", "tablet", "--condition", "new", "--has", "3GB/32GB, 10 inch, SIM 4G, pin 5000"]


def test_a_lot_is_taken_in_and_another_is_bought_with_money_that_is_there(url):
    run("ledger", "pledge", "PT-1", "--donor", "A", "--vnd", "5 triệu", *WHO, *url)
    run("ledger", "receive", "PT-1", "--vnd", "5 triệu", *WHO, *url)
    gift = ["--form", "devices", "--pieces", 4]
    run("ledger", "pledge", "PT-2", "--donor", "B", *gift, *WHO, *url)
    given = ["ledger", "take-lot", "L1", "--pieces", 4, *TABLET, "--gift", "PT-2", *WHO, *url]
    for _ in range(2):
        assert run(*given) == (0, "L1: 4 in the book, 4 of them fit to be given\n")
    given[given.index(4)] = 5
    code, text = run(*given)
    assert code == 2 and "in the book already" in text
    cost = ["--source", "money:unstated", "--price"]
    bought = ["ledger", "buy-lot", "L2", "--pieces", 2, "--kind", "tablet", *cost]
    assert run(*bought, "6 triệu", *WHO, *url)[0] == 2, "there is less money"
    code, text = run(*bought, "4,7 triệu", "--has", "1GB/8GB, 7 inch", *WHO, *url)
    assert (code, text) == (0, "L2: 2 in the book, 0 of them fit to be given\n")
    told = run("ledger", "balance", "--json", "-", *url)[1]
    sums = json.loads(told[told.index("{") :])["sums"]
    money = next(r for r in sums if r["measure"] == "vnd")
    assert money["balance"] == 300_000
    assert run("ledger", "verify", *url)[0] == 0


def test_a_household_is_helped_once_at_a_time_from_the_command_line(url):
    help_ = ["ledger", "subsidise", "ho-1a2b", "--payer", "VNPT", "--waiver", "300k"]
    assert run(*help_, *WHO, *url) == (0, "subsidy 1\n")
    code, text = run(*help_, *WHO, *url)
    assert code == 2 and "has subsidy 1" in text
    monthly = ["--monthly", 50_000, "--months", 3, "--beside"]
    assert run(*help_, *monthly, *WHO, *url) == (0, "subsidy 2\n")
    assert run("ledger", "end-subsidy", 1, *WHO, *url) == (0, "subsidy 1: ended on 2021-09-24\n")
    assert run("ledger", "verify", *url)[0] == 0


PROMISES = """Mã cam kết,Nhà mạng,Thôn,Xã,Công nghệ,Ngày cam kết,Tiến độ
C1,Viettel,Đồng Giếng,Ngọc Thanh,4G,31/12/2021,Đang thi công
"""


def test_a_promise_goes_on_and_platforms_are_listed(url, tmp_path):
    (tmp_path / "ck.csv").write_text(PROMISES, encoding="utf-8")
    code, text = run("ledger", "import", "commitments", tmp_path / "ck.csv", *WHO, *url)
    assert code == 0 and "new 1" in text, text
    operator = ["--role", "operator", *WHO, *url]
    assert run("ledger", "commit", "C1", "on_air", *operator) == (0, "C1: on_air\n")
    assert run("ledger", "commit", "C1", "building", *operator)[0] == 2, "it never goes back"
    assert run("ledger", "commit", "C1", "accepted", "--record", "NT-1", *operator)[0] == 0
    listed = ["--owner", "VNPT", "--address", "vnedu.vn", *WHO, *url]
    assert run("ledger", "platform", "VNEdu", *listed) == (0, "VNEdu: new\n")
    assert run("ledger", "platform", "VNEdu", "--off", *listed) == (0, "VNEdu: changed\n")
    assert run("ledger", "zero-rate", "VNEdu", "VNPT", *WHO, *url) == (0, "VNEdu at VNPT: new\n")
    about = ["--part", "đầu mối", "--kind", "agency", *WHO, *url]
    assert run("ledger", "organisation", "Sở Giáo dục", *about) == (0, "Sở Giáo dục: new\n")
    assert run("ledger", "verify", *url)[0] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["take-lot", "L1", "--pieces", 1, "--kind", "fridge"], "no kind"),
        (["take-lot", "L1", "--pieces", 1, "--kind", "tablet", "--has", "đẹp"], "says nothing"),
        (["take-lot", "L1", "--pieces", 1, "--kind", "tablet", "--gift", "X"], "no gift"),
        (["subsidise", "Nguyễn A", "--payer", "VNPT", "--waiver", 5], "no pseudonym"),
        (["subsidise", "ho-1", "--payer", "VNPT"], "say what is borne"),
        (["subsidise", "ho-1", "--payer", "V", "--service", "6G", "--waiver", 5], "no service"),
        (["end-subsidy", 9], "no subsidy"),
        (["commit", "C9", "late"], "no state"),
        (["commit", "C9", "on_air"], "no commitment"),
        (["zero-rate", "VNEdu", "–"], "no operator"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_words(url, words, told):
    code, text = run("ledger", *words, *WHO, *url)
    assert code == 2 and told in text and "Traceback" not in text


def test_one_pupil_is_awarded_without_a_plan_and_once(campaign):
    from phusong.ledger.book import open_ledger
    from phusong.ledger.queries import list_awards, list_stock
    from phusong.store import read_table

    book = ["--ledger", campaign / "phusong.ledger"]
    ledger = open_ledger(campaign / "phusong.ledger")
    stock, given = list_stock(ledger), list_awards(ledger)["student_key"]
    ledger.close()
    free = stock[stock["item"].str.startswith("lot:") & (stock["free"] > 0)]
    lot = free["item"].iloc[0].removeprefix("lot:")
    students = read_table(campaign, "students")
    students = students[~students["student_key"].isin(given)]
    line = students[students["eligible"] & students["device_needed"]].sort_values("rank")
    outside = students[~students["eligible"].fillna(True).astype(bool)]
    one = ["ledger", "award-one", campaign, line["student_key"].iloc[0], "--lot", lot]
    code, text = run(*one, *WHO, *book)
    assert code == 0 and re.fullmatch(r"award \d+ proposed\n", text)
    code, text = run(*one, *WHO, *book)
    assert code == 2 and "already has award" in text
    code, text = run("ledger", "award-one", campaign, "hs-nobody", "--lot", lot, *WHO, *book)
    assert code == 2 and "no pupil" in text
    beyond = ["ledger", "award-one", campaign, outside["student_key"].iloc[0], "--lot", lot]
    code, text = run(*beyond, *WHO, *book)
    assert code == 2 and "not eligible" in text and "--outside-policy" in text
    assert run(*beyond, "--outside-policy", *WHO, *book)[0] == 0
    ledger = open_ledger(campaign / "phusong.ledger")
    assert "ngoài đối tượng" in list_awards(ledger)["policy"].iloc[-1]
    ledger.close()


@pytest.fixture
def own_campaign(office, tmp_path):
    """A campaign under way of its own, for a test that leaves pupils declined, moved or gone."""
    shutil.copytree(office, tmp_path / "out")
    return tmp_path / "out"


def read_outcomes(place):
    from phusong.store import read_table

    return read_table(place, "devices").set_index("student_key")["outcome"]


def test_after_a_return_the_next_plan_is_awarded_as_it_stands(own_campaign):
    book = ["--ledger", own_campaign / "phusong.ledger"]
    school = ["--role", "school", *WHO, *book]
    assert run("ledger", "return", 1, *school)[0] == 0
    assert run("plan", "devices", own_campaign)[0] == 0
    code, text = run("ledger", "award", own_campaign, *WHO, *book)
    assert code == 0 and "left out" not in text and "awards proposed" in text
    assert (read_outcomes(own_campaign) == "awaiting_decision").sum() == 1
    code, text = run("ledger", "award", own_campaign, *WHO, *book)
    assert code == 0 and text.startswith("0 awards proposed") and "already has award" in text
    assert run("ledger", "verify", *book)[0] == 0


def test_declines_moves_and_departures_from_the_command_line(own_campaign):
    book = ["--ledger", own_campaign / "phusong.ledger"]
    school = ["--role", "school", *WHO, *book]
    assert run("plan", "devices", own_campaign)[0] == 0
    outcomes = read_outcomes(own_campaign)
    first, second = outcomes.index[outcomes == "awarded"][:2]
    code, text = run("ledger", "decline", own_campaign, first, *school)
    assert (code, text) == (0, f"{first}: declined, number 1\n")
    code, text = run("ledger", "depart", own_campaign, second, *school)
    assert (code, text) == (0, f"{second}: left the province, number 2\n")
    assert run("ledger", "decline", own_campaign, "hs-nobody", *school)[0] == 2
    code, text = run("ledger", "award", own_campaign, *WHO, *book)
    assert code == 0 and "2 left out" in text and first in text and second in text
    run("plan", "devices", own_campaign)
    after = read_outcomes(own_campaign)
    assert (after[first], after[second]) == ("declined", "departed")
    assert run("ledger", "withdraw", 1, *school) == (0, "number 1: withdrawn\n")
    run("plan", "devices", own_campaign)
    assert read_outcomes(own_campaign)[first] in ("awarded", "out_of_stock")
    from phusong.store import read_table

    students = read_table(own_campaign, "students").set_index("student_key")
    other = students["school_id"].dropna().iloc[-1]
    code, text = run("ledger", "move", own_campaign, first, "--to", other, *school)
    assert code == 0 and f"moved to {other}" in text
    assert run("ledger", "move", own_campaign, first, "--to", "nowhere", *school)[0] == 2
    assert run("ledger", "depart", own_campaign, first, "--device", "away", *school)[0] == 2
    code, text = run("ledger", "changes", *book)
    assert code == 0 and text.count("\n") == 3 and "withdrawn" in text.splitlines()[0]
    assert run("ledger", "verify", *book)[0] == 0


def test_a_proposal_is_sent_back_and_a_decision_without_an_account_is_marked(own_campaign):
    from phusong.ledger.book import open_ledger
    from phusong.ledger.queries import list_awards

    book = ["--ledger", own_campaign / "phusong.ledger"]
    ledger = open_ledger(own_campaign / "phusong.ledger")
    awards = list_awards(ledger)
    ledger.close()
    first, second = awards.loc[awards["state"] == "proposed", "award"].head(2)
    code, text = run("ledger", "send-back", first, *APPROVER, *book)
    assert code == 0 and "1 sent back" in text and "chưa xác định người" in text
    code, text = run("ledger", "approve", second, *APPROVER, "--account", "tk-7", *book)
    assert (code, text) == (0, "1 approved\n")
    pupil = awards.set_index("award").loc[first, "student_key"]
    text = run("ledger", "story", "pupil", pupil, *book)[1]
    assert "trả lại đề xuất cấp" in text and "(chưa xác định người)" in text


def test_pairs_are_listed_and_none_is_decided_that_is_not_there(own_campaign, raw):
    code, text = run("pairs", own_campaign)
    assert code == 0
    about = ["--by", "education", "--why", "hai em sinh đôi", "--province", raw]
    code, text = run("pairs", own_campaign, "--two", "hs-a", "hs-b", *about)
    assert code == 2 and "no pair" in text
    assert run("pairs", own_campaign, "--undo", 9, *about)[0] == 2
    assert run("pairs", own_campaign, "--two", "hs-a", "hs-b")[0] == 2
    assert run("pairs", own_campaign, "--decisions", "--province", raw)[0] == 0
