"""Data delivered: the door's words on the page, a decision that counts and can be taken back, hostile files refused."""

import io
import re
import shutil
import stat
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from tests.screens.stage import Stage, read_text

from phusong.access.actions.challenges import file_challenge, settle_challenge
from phusong.access.actions.deliveries import (
    ask_deliveries,
    decide_delivery,
    fetch_rejected,
    look_at_file,
    withdraw_delivery,
)
from phusong.access.faults import NotAllowed
from phusong.access.permissions import list_parts
from phusong.access.questions.pending import ask_pending
from phusong.persons.vault import Vault
from phusong.pipeline.challenges import Standing
from phusong.pipeline.deliveries import Verdict, find_deliveries, list_counting
from phusong.pipeline.province import read_province
from phusong.pipeline.result_files import PERSONAL_FOLDER
from phusong.pipeline.settings import read_settings
from phusong.screens.deliveries_counted import run_anew
from phusong.screens.deliveries_left import LOOKED
from phusong.store import read_table
from phusong.views.kit import TEMPLATES, render_template
from phusong.views.labels import SourceKind
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault

CELLS = ("Mã trạm,Doanh nghiệp,Công nghệ,Kinh độ,Vĩ độ\n"
         "T1,Viettel,4G,105.60,21.31\nT2,Viettel,4G,,\n")  # fmt: skip


@pytest.fixture
def office(raw, finished, tmp_path, monkeypatch):
    """A stage whose province file is a copy, so that deliveries lie beside that."""
    shutil.copytree(raw.parent, tmp_path / "raw")
    shutil.copytree(finished, tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(str(raw), str(tmp_path / "raw" / raw.name)))
    return Stage(tmp_path / "out", tmp_path / "phusong.access", monkeypatch)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.PLANNER, Role.EDUCATION, Role.FOCAL_POINT])
def test_each_office_delivers_its_own_kinds(office, role, lang):
    page = office.open("deliveries", role, lang=lang)
    assert not page.exception
    assert len(page.selectbox[0].options) == len(list_parts(role, "look_at_file"))


def place_of(office):
    """The folder of deliveries behind the results."""
    return find_deliveries(read_settings(office.desk.folder)[0])


def test_a_file_is_looked_at_decided_and_counts_once(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode())
    described = viewed.diagnosis
    assert (described.rows_in, described.rows_accepted, described.rows_quarantined) == (2, 1, 1)
    assert len(viewed.preview) == 1
    with pytest.raises(SourceFault, match="reason"):
        decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why=" ", confirmed=True)
    assert ask_pending(who, office.desk).decisions == 0
    for _ in range(2):
        decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ", confirmed=True)
    assert ask_pending(who, office.desk).decisions == 1
    source = read_province(read_settings(office.desk.folder)[0]).sources("cells")[-1]
    kept = place_of(office)
    assert (kept.parent / source.file).read_bytes() == CELLS.encode()
    assert source.publisher == who.organisation
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert len(ask_deliveries(who, office.desk)) == 1, "a double click is one decision"
    assert {"deliver", "delivery"} <= set(office.log()["what"])


def test_what_the_person_says_of_the_file_is_said_in_the_run_too(office):
    who = office.sign_in(Role.PLANNER)
    stated = {"as_of": "2022-03-01", "operator": "VINAPHONE", "encoding": ""}
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode(), **stated)
    decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ", confirmed=True)
    source = read_province(read_settings(office.desk.folder)[0]).sources("cells")[-1]
    assert (str(source.as_of), source.operator, source.encoding) == (
        "2022-03-01",
        "VINAPHONE",
        None,
    )


def test_an_accepted_delivery_can_be_taken_out_again(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode())
    decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ", confirmed=True)
    with pytest.raises(SourceFault, match="reason"):
        withdraw_delivery(who, office.desk, viewed.name, why="")
    office.sign_in(Role.EDUCATION)
    with pytest.raises(NotAllowed):
        withdraw_delivery(office.sign_in(Role.EDUCATION), office.desk, viewed.name, why="x")
    withdraw_delivery(who, office.desk, viewed.name, why="gửi nhầm")
    assert not list_counting(place_of(office)) and ask_pending(who, office.desk).decisions == 0
    assert not ask_deliveries(who, office.desk)["counts"].any()
    with pytest.raises(SourceFault, match="counts"):
        withdraw_delivery(who, office.desk, viewed.name, why="gửi nhầm")


def test_the_page_says_what_is_not_counted_yet_and_makes_the_results_anew(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode())
    decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ", confirmed=True)
    page = office.open("deliveries", lang="en")
    assert not page.exception and "1 decision is not in the results yet" in read_text(page)
    stages = []
    described = run_anew(
        lambda _, stage: stages.append(stage), str(office.desk.folder), "en", "2021-09-25"
    )
    ran, fresh = map(
        int, re.match(r"Steps computed again: (\d+); unchanged: (\d+)\n", described).groups()
    )
    assert ran and ran + fresh == len(stages) and ask_pending(who, office.desk).decisions == 0
    assert "added: source cell sites" in described
    ids = read_table(office.desk.folder, "accepted_cells")["cell_id"]
    assert ids.str.contains("-T1-").any()
    assert "show every decision" in read_text(office.open("deliveries", lang="en"))


def test_a_report_from_the_spot_counts_from_its_own_day_on(office):
    who = office.sign_in(Role.PLANNER)
    about = {"technology": "4G", "operator": "", "says": "NONE", "ground": "tried"}
    hamlet = str(read_table(office.desk.folder, "hamlets")["hamlet_id"].iloc[0])
    own = file_challenge(who, office.desk, hamlet_id=hamlet, **about)
    with pytest.raises(SourceFault, match="themselves"):
        settle_challenge(who, office.desk, own.number, standing=Standing.ACCEPTED, note="đúng")
    settle_challenge(who, office.desk, own.number, standing=Standing.REJECTED, note="thôi")
    described = file_challenge(
        office.sign_in(Role.EDUCATION), office.desk, hamlet_id=hamlet, **about
    )
    settle_challenge(
        who, office.desk, described.number, standing=Standing.ACCEPTED, note="đã thử lại"
    )
    pending = ask_pending(who, office.desk)
    assert (pending.decisions, pending.later) == (0, 1)
    text = read_text(office.open("deliveries", Role.PLANNER, lang="en"))
    assert "1 accepted report from the spot is from after" in text
    today = f"{office.desk.clock():%Y-%m-%d}"
    run_anew(lambda *_: None, str(office.desk.folder), "vi", today)
    pending = ask_pending(who, office.desk)
    assert (pending.decisions, pending.later, str(pending.as_of)) == (0, 0, today)
    reach = read_table(office.desk.folder, "reach")
    here = reach[(reach["hamlet_id"] == hamlet) & (reach["technology"] == "4G")]
    assert set(here["evidence"]) == {"measured"} and set(here["status"]) == {"NONE"}


def test_only_planners_make_the_results_anew(office):
    with pytest.raises(NotAllowed):
        ask_pending(office.sign_in(Role.EDUCATION), office.desk)
    assert "Tính lại" not in read_text(office.open("deliveries", Role.EDUCATION))


def test_what_the_door_does_not_accept_can_only_be_sent_back(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", b"Ma tram\n")
    with pytest.raises(SourceFault, match="door"):
        decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="x")
    decide_delivery(who, office.desk, viewed, Verdict.REFUSED, why="thiếu cột")
    assert not list_counting(place_of(office))


def test_names_of_pupils_are_not_shown_before_a_decision(office):
    who = office.sign_in(Role.EDUCATION)
    template = TEMPLATES["students"]
    viewed = look_at_file(who, office.desk, "students", "xlsx", render_template(template))
    assert viewed.diagnosis.rows_accepted > 0
    assert viewed.preview.empty


@pytest.mark.parametrize(("role", "kind"), [(Role.PLANNER, "students"), (Role.FOCAL_POINT, "cells"),
                                            (Role.SCHOOL, "schools"), (Role.AUDITOR, "cells")])  # fmt: skip
def test_a_kind_that_is_not_ones_own_is_refused(office, role, kind):
    who = office.sign_in(role)
    with pytest.raises(NotAllowed):
        look_at_file(who, office.desk, kind, "csv", b"x")


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 60_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("csv", b""),
        (
            "gpkg",
            b"<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>",
        ),
        ("../../etc/passwd", b"\x80\x04pickle"),
        ("zip", bomb()),
        ("xlsx", b"PK\x03\x04 not really"),
    ],
)
def test_hostile_files_are_refused_in_words_and_kept_inside(office, ending, content):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "hamlets", ending, content)
    assert viewed.diagnosis.exit_code == 2
    assert viewed.diagnosis.rows_accepted == 0
    place = place_of(office)
    assert (place / viewed.name).parent == place and ".." not in viewed.name


def test_the_page_tells_the_diagnosis(office):
    page = office.open("deliveries", Role.PLANNER)
    page.file_uploader[0].upload("tram.csv", CELLS.encode())
    page.selectbox[0].set_value(SourceKind.of("cells"))
    page.button[0].click().run()
    assert not page.exception, page.exception
    assert [m.value for m in page.metric] == ["2", "1", "1"]
    assert [w.value for w in page.warning][0].startswith("Nhận một phần: 1/2 dòng")
    assert not page.success, "what is accepted in part is not shown in green"
    decision = next(r for r in page.radio if r.label == "Quyết định")
    assert decision.value is None, "nothing is decided beforehand"
    text = read_text(page)
    assert "ô bắt buộc bị trống (1 dòng)" in text and "required_empty" not in text
    assert "phải xác nhận" in text


def test_much_set_aside_is_confirmed_by_a_person(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode())
    assert viewed.must_confirm
    with pytest.raises(SourceFault, match="set aside"):
        decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ")
    decide_delivery(who, office.desk, viewed, Verdict.REFUSED, why="thiếu tọa độ")
    few = CELLS + "".join(f"T{n},Viettel,4G,105.6{n},21.31\n" for n in range(3, 9))
    assert not look_at_file(who, office.desk, "cells", "csv", few.encode()).must_confirm


def test_the_rows_set_aside_go_back_to_whoever_checked_and_each_access_is_logged(office):
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", CELLS.encode())
    rows = read_workbook(fetch_rejected(who, office.desk, viewed, "vi"))
    assert rows[0] == [*CELLS.splitlines()[0].split(","), "Dòng", "Lý do", "Cách sửa"]
    assert [r[0] for r in rows[1:]] == ["T2"] and rows[1][5] == 3
    assert "rejected rows" in set(office.log()["what"])
    with pytest.raises(NotAllowed):
        fetch_rejected(office.sign_in(Role.EDUCATION), office.desk, viewed, "vi")


def test_access_to_pupils_that_were_set_aside_stands_in_both_logs(office):
    who = office.sign_in(Role.EDUCATION)
    names = "Họ và tên,Ngày sinh,Lớp,Mã trường,Địa chỉ\n"
    rows = "Em Mẫu,01/02/2012,4A,,Thôn Mẫu\n,01/02/2012,4A,,Thôn Mẫu\n"
    viewed = look_at_file(who, office.desk, "students", "csv", (names + rows).encode())
    vault = Vault(office.desk.folder / PERSONAL_FOLDER)
    before = len(vault.list_looks())
    found = read_workbook(fetch_rejected(who, office.desk, viewed, "vi"))
    assert len(found) == 1 + viewed.diagnosis.rows_quarantined
    assert len(vault.list_looks()) == before + 1


def read_workbook(content):
    """The rows of a workbook's first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_an_answer_about_a_column_is_kept_for_the_next_file(office):
    head, *rows = CELLS.splitlines()
    text = "\n".join([f"{head},Cao độ treo anten", *(f"{row},42" for row in rows[:1])])
    who = office.sign_in(Role.PLANNER)
    asked = look_at_file(who, office.desk, "cells", "csv", text.encode())
    assert asked.diagnosis.question.about == "column"
    answer = {"Cao độ treo anten": "height_m"}
    viewed = look_at_file(who, office.desk, "cells", "csv", text.encode(), read=answer)
    assert viewed.said["read"] == answer
    decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ")
    again = look_at_file(who, office.desk, "cells", "csv", text.encode())
    assert (again.diagnosis.question, again.said["read"]) == (None, answer)
    source = read_province(read_settings(office.desk.folder)[0]).sources("cells")[-1]
    assert source.read == answer


def test_what_empty_cells_mean_is_kept_for_the_next_file(office):
    communes = {1: "Đạo Trù", 4: "Hợp Châu"}
    rows = [f"T{n},Thôn {n},{communes.get(n, '')}" for n in range(1, 7)]
    text = "\n".join(["Mã thôn,Tên thôn,Tên xã", *rows]).encode()
    who = office.sign_in(Role.PLANNER)
    asked = look_at_file(who, office.desk, "hamlets", "csv", text)
    assert asked.diagnosis.question.about == "fill_down"
    viewed = look_at_file(who, office.desk, "hamlets", "csv", text, fill_down=["Tên xã"])
    assert viewed.diagnosis.question is None
    decide_delivery(who, office.desk, viewed, Verdict.ACCEPTED, why="đủ")
    again = look_at_file(who, office.desk, "hamlets", "csv", text)
    assert (again.diagnosis.question, again.said["fill_down"]) == (None, ["Tên xã"])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_columns_are_listed_and_asked_about_on_the_page(office, lang):
    head, *rows = CELLS.splitlines()
    text = "\n".join([f"{head},Cao độ treo anten", *(f"{row},42" for row in rows)])
    who = office.sign_in(Role.PLANNER)
    viewed = look_at_file(who, office.desk, "cells", "csv", text.encode())
    page = office.open("deliveries", Role.PLANNER, lang=lang)
    page.session_state[LOOKED] = viewed
    page.run()
    assert not page.exception
    assert "Cao độ treo anten" in [box.label for box in page.selectbox]
