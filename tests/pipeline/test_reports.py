"""Reports over a run and a book: every form in every format, and figures that can be found again."""

import re
import shutil
import stat
from datetime import date, timedelta

import pandas as pd
import pytest
from docx import Document as open_word

from phusong.ledger.queries import find_newest_day, list_awards, sum_contributions
from phusong.persons.vault import Vault
from phusong.pipeline.devices import PLACE
from phusong.pipeline.outcome_counts import REFERENCE_NAME, read_counts, round_outcomes
from phusong.pipeline.reports.figures import gather_figures
from phusong.pipeline.reports.map_editions import choose_editions
from phusong.pipeline.reports.writing import find_last_day, write_reports
from phusong.pipeline.shelves import find_ledger
from phusong.store import read_table
from phusong.vocabulary.errors import ParameterFault
from phusong.vocabulary.parameters import load_parameters
from phusong.vocabulary.pupils import Tier
from phusong.vocabulary.reporting import Audience, SupportStatus
from phusong.vocabulary.terms import Edition

#: The smallest group of pupils that a report may tell.
K = 10
DAY, WINDOW = date(2021, 9, 26), (date(2021, 9, 21), date(2021, 9, 26))


@pytest.fixture(scope="module")
def folder(office, tmp_path_factory):
    """An office of its own: a finished run, planned, with the book of a campaign under way."""
    return shutil.copytree(office, tmp_path_factory.mktemp("reports") / "out")


@pytest.fixture
def book(folder):
    ledger = find_ledger(folder, None)
    yield ledger
    ledger.close()


def read_word(path):
    """Return all text of a Word document: body, tables, head and foot of its pages."""
    document = open_word(str(path))
    parts = [
        document,
        *(x for s in document.sections for x in (s.header, s.footer, s.first_page_footer)),
    ]
    cells = [c.text for x in parts for t in x.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for x in parts for p in x.paragraphs] + cells)


BEFORE, AFTER = Edition("2021-01-01", "26"), Edition("2025-07-01", "26")


def gather(folder, book, edition=BEFORE, audience=Audience.PUBLIC, day=DAY):
    return gather_figures(
        folder,
        book,
        window=WINDOW,
        as_of=day,
        edition=edition,
        parameters=load_parameters(),
        audience=audience,
    )


@pytest.mark.parametrize("form", ["weekly", "final"])
def test_a_report_to_the_committee_is_there_in_three_formats(folder, book, form):
    paths = write_reports(folder, book, form=form, as_of=DAY)
    assert sorted(p.suffix for p in paths) == [".docx", ".pdf", ".xlsx"]
    text = read_word(next(p for p in paths if p.suffix == ".docx"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "242/KH-UBND" in text
    assert "MÔ PHỎNG" in text.upper()
    assert str(book.head()) in text, "the report cites the last line of the book"


def test_money_is_told_by_form_and_adds_up_to_the_book(folder, book):
    figures = gather(folder, book)
    sums = sum_contributions(book, None)
    money = sums[(sums["form"] == "money") & (sums["measure"] == "vnd")]
    described = figures.money[figures.money["form"] == "money"]
    received = described["received_within_vnd"].sum() + described["received_after_vnd"].sum()
    assert received == money["received"].sum() == 1_350_000_000
    assert described["pledged_vnd"].sum() == money["pledged"].sum() == 3_000_000_000
    assert set(figures.kind["form"]) == {"devices", "tariff"}


def test_devices_received_are_fit_or_said_why_not(folder, book):
    lots = gather(folder, book).lots.set_index("device_kind")
    assert lots["received"].to_dict() == {"laptop": 120, "tablet": 300}
    assert lots.loc["laptop", ["adequate", "to_complete", "inadequate"]].tolist() == [70, 20, 30]


def test_awards_told_by_state_are_those_of_the_book(folder, book):
    awards = list_awards(book)
    own = awards["state"].value_counts()
    inside = gather(folder, book, audience=Audience.INTERNAL).states.set_index("state")
    assert (inside["devices"] + inside["packages"]).to_dict() == own.to_dict()
    assert inside["packages"].sum() == awards["lot_id"].isna().sum(), "a package is no device"
    shown = gather(folder, book).states.set_index("state").sum(axis=1)
    shown = shown.reindex(own.index, fill_value=0)
    assert ((shown - own).abs() < 2 * K).all()


def list_counts(figures):
    """Return every count of pupils that a report is made from."""
    counts = [figures.reconciliation.eligible, *figures.reconciliation.parts.values()]
    for name in ("support", "planned"):
        counts += list(getattr(figures, name)["pupils"])
    counts += list(figures.states["devices"]) + list(figures.states["packages"])
    counts += list(figures.packages["issued"]) + list(figures.quality.addresses["pupils"])
    equipment = figures.equipment
    counts += [equipment.without_device, equipment.equipped, equipment.with_both]
    counts += [equipment.completed, figures.handed_over, figures.pupils_moved]
    counts += [figures.doubles_prevented, figures.elsewhere]
    described = figures.changes[figures.changes["measure"] != "received"]
    counts += list(described["before"]) + list(described["now"])
    names = ["pupils", "eligible", "without_device", *(f"tier_{n}" for n in range(1, 7))]
    return counts + figures.pupil_counts[names].melt()["value"].dropna().tolist()


def test_whatever_is_removed_from_whatever_in_a_public_report_leaves_a_multiple_of_k(folder, book):
    """Total less tiers, this week less the last, survey less book: all of it adds up, and tells of nobody."""
    for day in (DAY, DAY + timedelta(days=7)):
        figures = gather(folder, book, day=day)
        counts = list_counts(figures)
        assert len(counts) > 100 and all(n % K == 0 for n in counts)
        lots = figures.lots[["allocated", "handed_over"]]
        assert lots.isna().all(axis=None), "devices of a kind given out are pupils"


def test_eligible_has_one_number_in_a_report(folder, book):
    for audience in Audience:
        figures = gather(folder, book, audience=audience)
        province = (
            figures.pupil_counts.set_index(["unit", "level"]).loc[[("province", "all")]].iloc[0]
        )
        by_tier = figures.support.groupby("tier")["pupils"].sum()
        for n, tier in enumerate(Tier, start=1):
            published = 0 if pd.isna(province[f"tier_{n}"]) else province[f"tier_{n}"]
            assert by_tier.get(str(tier), 0) == published, tier
        assert province["eligible"] == figures.reconciliation.eligible == by_tier.sum()
        assert figures.equipment.without_device == province["without_device"]
        assert figures.equipment.with_both == province["with_both"]


def test_the_internal_edition_shows_whole_figures_without_dashes_to_its_owner(folder, book):
    students = read_table(folder, "students")
    figures = gather(folder, book, audience=Audience.INTERNAL)
    assert figures.reconciliation.eligible == students["eligible"].fillna(value=False).sum()
    vault = Vault(folder / "personal")
    before = len(vault.list_looks())
    paths = write_reports(
        folder, book, form="final", as_of=DAY, formats=("docx",), audience=Audience.INTERNAL
    )
    assert [p.name for p in paths] == ["bao_cao_tong_ket_noi_bo_2021-09-26_2021.docx"]
    assert {stat.S_IMODE(p.stat().st_mode) for p in paths} == {0o600}
    accesses = vault.list_looks()[before:]
    assert [access.why for access in accesses] == ["internal edition of the final report"]
    text = read_word(paths[0])
    assert "BẢN NỘI BỘ, KHÔNG CÔNG BỐ" in text
    assert "\n–\n" not in text, "no cell is hidden"
    write_reports(folder, book, form="final", as_of=DAY, formats=("docx",))
    assert len(vault.list_looks()) == before + 1, "what is public is no look"


def test_a_report_whose_allocation_lacks_a_pupil_is_refused(folder, book, tmp_path):
    lame = shutil.copytree(folder, tmp_path / "out")
    devices = read_table(lame, "devices")
    gone = devices.index[devices["tier"].notna()][0]
    devices.drop(index=gone).to_parquet(lame / "tables" / "devices.parquet")
    with pytest.raises(ParameterFault, match="would not add up .* plan devices DIR"):
        gather(lame, book)


def test_a_day_before_the_first_entry_shows_of_nothing_given(folder, book):
    figures = gather(folder, book, audience=Audience.INTERNAL, day=date(2021, 9, 1))
    assert figures.states.empty and figures.money.empty and figures.lots.empty
    assert (figures.received, figures.handed_over, figures.equipment.equipped) == (0, 0, 0)
    waits = figures.reconciliation.parts
    need = read_table(folder, "students")["device_needed"].fillna(value=False).sum()
    assert waits[SupportStatus.WAITING_DEVICE] + waits[SupportStatus.HELD] == need
    text = read_word(write_reports(folder, book, form="weekly", as_of=date(2021, 9, 1))[0])
    assert "đã được bàn giao: 0/" in text
    assert "sổ chương trình chưa ghi khoản nào" in text


def test_the_report_after_one_pupil_less_says_the_same(folder):
    devices, before = read_table(folder, "devices"), read_counts(folder / PLACE)
    eligible = devices.index[devices["tier"].notna()]
    for less in (devices.drop(index=eligible[0]), devices.drop(index=eligible[:3])):
        assert round_outcomes(folder, less, before=before) == before
    assert stat.S_IMODE((folder / PLACE / REFERENCE_NAME).stat().st_mode) == 0o600


def test_the_two_editions_tell_the_same_pupils(folder, book):
    one, other = (gather(folder, book, e) for e in (BEFORE, AFTER))
    for figures in (one, other):
        assert len(figures.indicators) > 0
    described = [f.indicators.query("counted == 'hamlets'") for f in (one, other)]
    whole = [t.sort_values("indicator")["denominator"].max() for t in described]
    assert whole[0] == whole[1]


def test_school_lists_hold_pseudonyms_and_no_name_and_are_closed(folder, book):
    paths = write_reports(folder, book, form="school", as_of=DAY, formats=("docx",))
    assert paths
    pupils = Vault(folder / "personal").read("pupils")
    names = [n for n in pupils["full_name"].dropna() if len(n.split()) > 2]
    keys = set(list_awards(book)["student_key"].str.slice(0, 11))
    for path in paths:
        text = read_word(path)
        assert not [n for n in names if n in text]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    listed = {k for p in paths for k in re.findall(r"hs-\w{8}", read_word(p))}
    assert listed == keys


def test_a_hand_over_is_signed_by_two_parties_for_what_was_approved(folder, book):
    paths = write_reports(folder, book, form="hand-over", as_of=DAY, formats=("docx",))
    awards = list_awards(book)
    approved, delivered = awards["state"] == "approved", awards["handed_over_on"].notna()
    due = awards[(approved | delivered) & awards["lot_id"].notna()]
    listed = {k for p in paths for k in re.findall(r"hs-\w{8}", read_word(p))}
    assert listed == set(due["student_key"].str.slice(0, 11))
    done = [p for p in paths if "_bb-" in p.name or "khong-so" in p.name]
    days = {p.name[-15:-5] for p in done}
    assert done and days == set(awards.loc[delivered, "handed_over_on"]), "each bears its own day"
    for path in done:
        year, month, day = path.name[-15:-5].split("-")
        assert f"Hôm nay, ngày {day} tháng {int(month)} năm {year}" in read_word(path)
    text = read_word(paths[0])
    assert "BIÊN BẢN" in text.upper() and "Hiệu trưởng" in text
    assert {stat.S_IMODE(p.stat().st_mode) for p in paths} == {0o600}


def test_each_donor_of_whom_something_came_gets_one_letter(folder, book):
    paths = write_reports(folder, book, form="donor", as_of=DAY, formats=("docx",))
    texts = [read_word(p) for p in paths]
    assert len(paths) == 6, "four who paid, two whose devices came"
    assert sum("Tập đoàn viễn thông A" in t for t in texts) == 1
    assert not any("PT-041" in t or "PT-042" in t for t in texts), (
        "what does not count is not thanked for"
    )


def test_a_look_for_a_school_list_is_logged(folder, book):
    vault = Vault(folder / "personal")
    before = len(vault.list_looks())
    paths = write_reports(folder, book, form="school", as_of=DAY, formats=("docx",))
    assert len(vault.list_looks()) == before + len(paths)


def test_an_operator_reads_of_its_own_villages_alone(folder, book):
    paths = write_reports(folder, book, form="operator", as_of=DAY, formats=("docx",))
    rollout = read_table(folder, "rollout")
    described = set(rollout.loc[rollout["wave"].notna(), "operator"].dropna())
    assert {p.name.split("_")[2].upper() for p in paths} >= described


def test_without_a_book_gifts_and_awards_are_left_out_and_school_lists_refused(folder):
    figures = gather(folder, None)
    assert figures.money is None
    assert len(figures.indicators)
    with pytest.raises(ParameterFault, match="--ledger"):
        write_reports(folder, None, form="school")


@pytest.mark.parametrize(
    ("option", "words"), [("form", "daily"), ("edition", "2019"), ("formats", ("odt",))]
)
def test_a_word_that_nobody_knows_is_refused_with_those_that_are(folder, option, words):
    asked = {"form": "weekly"} | {option: words}
    with pytest.raises(ParameterFault, match="choose one of"):
        write_reports(folder, None, **asked)


def test_a_report_is_the_same_file_when_written_again(folder, book):
    one, other = ([p.read_bytes() for p in write_reports(folder, book, form="weekly", as_of=DAY,
                   formats=("xlsx", "pdf"))] for _ in range(2))  # fmt: skip
    assert one == other


def test_without_a_day_a_report_goes_up_to_the_books_newest(folder, book):
    newest = date.fromisoformat(find_newest_day(book))
    assert find_last_day(book, date(2021, 9, 21)) == newest == date(2021, 9, 24)
    assert find_last_day(book, date(2021, 12, 1)) == date(2021, 12, 1)
    assert find_last_day(None, DAY) == DAY
    assert write_reports(folder, book, form="weekly", formats=("xlsx",))[0].name.startswith(
        f"bao_cao_tuan_{newest}"
    )


def test_no_letter_is_dated_before_what_it_thanks_for(folder, book):
    for day in (date(2021, 9, 20), date(2021, 9, 21), DAY):
        paths = write_reports(folder, book, form="donor", as_of=day, formats=("docx",))
        for path in paths:
            days = re.findall(r"\b(\d\d)/(\d\d)/(\d{4})\b", read_word(path))
            received = [date(int(y), int(m), int(d)) for d, m, y in days]
            assert received and max(received) <= day
            assert f"ngày {day.day:02d} tháng {day.month} năm {day.year}" in read_word(path)
    assert not write_reports(folder, book, form="donor", as_of=date(2021, 9, 1), formats=("docx",))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2021", ("2021", "public")),
        ("2025", ("2025", "public")),
        ("internal", ("", "internal")),
        ("2025, internal", ("2025", "internal")),
        ("public,2021", ("2021", "public")),
    ],
)
def test_an_edition_names_the_map_and_for_whom(words, found):
    assert choose_editions(words) == found


@pytest.mark.parametrize("words", ["19", "secret", "2021,2025", "internal,public"])
def test_an_edition_that_is_none_is_refused(words):
    with pytest.raises(ParameterFault, match="choose the year|choose one"):
        choose_editions(words)
