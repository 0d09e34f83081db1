"""One hamlet on the page, and what is reported wrong: each role sees its part, a report is filed once."""

import pytest
from tests.screens.stage import read_text

from phusong.access.questions.challenges import ask_challenges
from phusong.store import read_table
from phusong.vocabulary.book import Role
from phusong.vocabulary.terms import OfficialGap, Operator


@pytest.fixture
def hamlet(finished):
    gaps = read_table(finished, "gaps")
    return str(gaps.sort_values("class", ascending=False)["hamlet_id"].iloc[0])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.PLANNER, Role.EDUCATION, Role.OPERATOR])
def test_a_hamlet_is_told_with_class_signal_and_evidence(stage, finished, hamlet, role, lang):
    page = stage.open("hamlet", role, hamlet=hamlet, lang=lang)
    assert not page.exception
    names = read_table(finished, "hamlets").set_index("hamlet_id")["name"]
    assert names[hamlet] in page.title[0].value
    assert len(page.dataframe[0].value) > 0


def test_an_operator_sees_its_own_network_and_no_sites_of_others(stage, hamlet):
    who = stage.sign_in(Role.OPERATOR)
    page = stage.open("hamlet", hamlet=hamlet)
    shown = page.dataframe[0].value
    column = next(c for c in shown.columns if "nghiệp" in c)
    assert {str(v).casefold() for v in shown[column].dropna()} <= {who.operator.vi.casefold(), ""}
    for other in {o.vi for o in Operator} - {who.operator.vi}:
        assert other not in read_text(page)


def test_the_sheet_says_why_and_how_far_the_next_fibre_is(stage, finished, hamlet):
    page = stage.open("hamlet", Role.PLANNER, hamlet=hamlet, lang="en")
    text = read_text(page)
    assert "Rule: fibre" in text and "Nearest fibre" in text
    reach = read_table(finished, "reach")
    mine = reach[reach["hamlet_id"] == hamlet]
    shown = page.dataframe[0].value
    assert len(shown) == len(mine) and "Share served indoors" in shown
    assert shown["Technology"].iloc[0] == "fibre"
    nearest = mine.loc[mine["technology"] == "FIBRE", "distance_m"].min()
    assert f"{nearest:,.0f} m" in text


def test_the_sheet_of_a_ready_hamlet_states_whether_its_free_ports_are_counted(stage, finished):
    gaps = read_table(finished, "gaps")
    ready, other = (
        gaps.loc[(gaps["class"] == "K1") == wanted, "hamlet_id"].iloc[0] for wanted in (True, False)
    )
    assert gaps["fibre_ports_short"].isna().all()
    for lang, words in (("en", "Free fibre ports: not counted"), ("vi", "Cổng quang rỗi: chưa")):
        text = read_text(stage.open("hamlet", Role.PLANNER, hamlet=ready, lang=lang))
        assert words in text
        assert words not in read_text(stage.open("hamlet", Role.PLANNER, hamlet=other, lang=lang))


def test_the_sheet_states_the_official_gap_and_shows_every_place_that_decides_it(
    stage, finished, hamlet
):
    page = stage.open("hamlet", Role.PLANNER, hamlet=hamlet, lang="en")
    gap = read_table(finished, "gaps").set_index("hamlet_id").loc[hamlet]
    text = read_text(page)
    assert f"counting 3G, 4G, 5G): {OfficialGap.of(gap['official_gap']).en}" in text
    told = f"{gap['dark_clusters']} of {gap['clusters']}; unknown: {gap['unknown_clusters']}"
    assert told in text if gap["clusters"] else "none was delivered" in text
    places = next(f.value for f in page.dataframe if "Signal" in f.value)
    assert len(places) == 1 + gap["clusters"]
    assert (places["Signal"] == "no signal").sum() == gap["dark_clusters"] + (
        gap["official_gap"] == "white"
    )


def test_no_hamlet_and_an_unknown_one_ask_for_a_choice(stage):
    for place in ({}, {"hamlet": "H-nowhere"}):
        page = stage.open("hamlet", Role.PLANNER, **place)
        assert not page.exception and "theo tên hoặc trên bản đồ" in read_text(page)


def test_a_choice_goes_into_the_address_bar_by_code(stage, hamlet):
    page = stage.open("hamlet", Role.PLANNER)
    page.selectbox[0].set_value(hamlet).run()
    assert page.query_params["hamlet"] in (hamlet, [hamlet])


def test_those_who_keep_no_coverage_are_refused(stage, hamlet):
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        page = stage.open("hamlet", role, hamlet=hamlet)
        assert page.error and not page.dataframe


def send(page, note):
    page.text_area[0].set_value(note)
    next(b for b in page.button if b.label == "Gửi báo sai").click()
    return page.run()


def test_a_report_is_filed_seen_and_decided(stage, hamlet, finished, tmp_path):
    before = len(ask_challenges(stage.sign_in(Role.PLANNER), stage.desk))
    page = send(
        stage.open("hamlet", Role.EDUCATION, hamlet=hamlet), "<b>không</b> có sóng buổi tối"
    )
    assert not page.exception and page.success
    told = ask_challenges(stage.sign_in(Role.PLANNER), stage.desk)
    assert len(told) == before + 1
    assert told["note"].iloc[0] == "<b>không</b> có sóng buổi tối"
    page = stage.open("challenges", Role.PLANNER)
    assert len(page.dataframe[0].value) == before + 1
    next(b for b in page.button if b.label == "Quyết định").click()
    page.run()
    assert page.warning, "a decision needs its reason"
    page.text_input[0].set_value("đã kiểm tra: sửa nguồn claims")
    next(b for b in page.button if b.label == "Quyết định").click()
    page.run()
    assert not page.exception and page.success
    assert ask_challenges(stage.sign_in(Role.PLANNER), stage.desk)["standing"].iloc[0] == "accepted"


def test_the_same_report_sent_twice_is_one(stage, hamlet):
    who = stage.sign_in(Role.FOCAL_POINT)
    before = len(ask_challenges(who, stage.desk))
    for _ in range(2):
        page = send(stage.open("hamlet", hamlet=hamlet), "hai lần bấm")
        assert page.success
    assert len(ask_challenges(who, stage.desk)) == before + 1


def test_a_number_of_a_person_is_not_taken(stage, hamlet):
    page = send(stage.open("hamlet", Role.PLANNER, hamlet=hamlet), "gọi 0900 000 123")
    assert page.error and not page.success
