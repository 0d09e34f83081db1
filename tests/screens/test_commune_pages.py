"""A commune's office on the pages: its own hamlets in both languages, another commune refused by its address."""

import pytest
from tests.screens.stage import read_text

from phusong.screens.contents import list_pages
from phusong.store import read_table
from phusong.vocabulary.book import Role


@pytest.fixture
def own(stage):
    return stage.sign_in(Role.COMMUNE)


@pytest.fixture
def foreign(finished, own):
    hamlets = read_table(finished, "hamlets")
    return hamlets[~hamlets["commune_code"].isin(own.communes)].sort_values("hamlet_id").iloc[0]


def test_it_is_shown_these_pages():
    assert [page.name for page in list_pages(Role.COMMUNE)] == [
        "overview", "hamlet", "deliveries", "challenges",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["overview", "hamlet", "deliveries", "challenges"])
def test_each_of_its_pages_opens(stage, own, name, lang):
    page = stage.open(name, lang=lang)
    assert not page.exception and page.title


def test_its_hamlets_are_offered_and_no_other(stage, own, finished):
    hamlets = read_table(finished, "hamlets")
    mine = hamlets[hamlets["commune_code"].isin(own.communes)]
    offered = stage.open("hamlet").selectbox[0].options
    assert len(offered) == len(mine) < len(hamlets)
    page = stage.open("hamlet", hamlet=str(mine["hamlet_id"].iloc[0]))
    assert not page.exception and mine["name"].iloc[0] in page.title[0].value


@pytest.mark.parametrize("name", ["overview", "hamlet"])
def test_another_commune_is_refused_by_its_address_and_that_is_logged(stage, own, foreign, name):
    for asked in ({"commune": foreign["commune_code"]}, {"hamlet": foreign["hamlet_id"]}):
        page = stage.open(name, **asked)
        assert not page.exception and len(page.error) == 1
        assert "không được xem" in page.error[0].value
        assert foreign["name"] not in read_text(page)
        line = stage.log(1).iloc[0]
        assert bool(line["refused"]) and line["account_id"] == own.account_id


def test_the_overview_begins_in_its_own_commune_and_leads_back_to_the_province(stage, own):
    page = stage.open("overview")
    steps = [button.label for button in page.button if str(button.key).startswith("trail ")]
    assert len(steps) == 2 and steps[1] != steps[0]
    page.button(key="trail province").click().run()
    steps = [button.label for button in page.button if str(button.key).startswith("trail ")]
    assert not page.exception and len(steps) == 1


def test_a_year_is_no_quantity(stage, own):
    shown = [frame.value for frame in stage.open("deliveries").dataframe]
    years = [str(y) for frame in shown for c in frame if "Năm" in str(c) for y in frame[c]]
    assert years and all(len(year) == 4 for year in years)
