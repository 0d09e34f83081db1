"""Small gazetteers in real communes, and laws that hold for every address."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.places.addresses import make_gazetteer, match_addresses
from phusong.vocabulary.errors import TableFault

COLUMNS = ["hamlet_id", "kind", "name", "commune_code", "edition", "aliases"]
#: 08914 Đạo Trù, 08911 Hợp Châu, 08908 TT Tam Đảo (Tam Đảo); 08884 Đạo Tú (Tam Dương); 08773 Lãng Công (Sông Lô).
HAMLETS = [
    ("A1", "thôn", "Đồng Sậy", "08914", "2021-01-01", "Gò Cháy"),
    ("A2", "thôn", "Tân Phong", "08914", "2021-01-01", ""),
    ("A3", "thôn", "3", "08914", "2021-01-01", ""),
    ("A4", "khu", "3", "08914", "2021-01-01", ""),
    ("B1", "tổ dân phố", "Sông Vực", "08911", "2021-01-01", ""),
    ("C1", "thôn", "Tân Phong", "08884", "2021-01-01", ""),
    ("C2", "thôn", "Cẩm Trạch", "08884", "2021-01-01", ""),
    ("D1", "thôn", "Đồng Sẩy", "08773", "2021-01-01", ""),
    ("E1", "tổ dân phố", "số 2", "08908", "2021-01-01", "Thôn 2"),
]
TEXTS = [
    "Thôn Đồng Sậy, xã Đạo Trù, huyện Tam Đảo, tỉnh Vĩnh Phúc",
    "thon dong say, dao tru, tam dao",
    "Gò Cháy - Đạo Trù",
    "Thôn 3 xã Đạo Trù",
    "Thôn Tân Phong, Tam Đảo",
    "Thôn Tân Phong, Vĩnh Phúc",
    "TDP Sông Vực, TT Hợp Châu, H. Tam Đảo",
    "Thôn Cẩm Trạhc, X. Đạo Tú",
    "thôn Đồng Sẩy, xã Lãng Công, huyện Sông Lô",
    "Thôn Tân Phong, xã Đạo Tú, huyện Tam Đảo",
    "Thôn Bịa Đặt, xã Đạo Trù",
    "Xóm 5, xã Ký Phú, huyện Đại Từ, Thái Nguyên",
    "nt",
]


def gazetteer(rows=tuple(HAMLETS)):
    return make_gazetteer(pd.DataFrame(rows, columns=COLUMNS))


GAZETTEER = gazetteer()


def match(texts, against=GAZETTEER, **columns):
    table = pd.DataFrame({"row_id": range(len(texts)), "address": texts, **columns})
    return match_addresses(table, against)


def ask(text, **columns):
    row = match([text], **{name: [value] for name, value in columns.items()}).iloc[0]
    return row["status"], row["hamlet_id"]


def test_a_hamlet_beside_its_commune_may_be_called_like_a_district_elsewhere():
    own = gazetteer((("A1", "thôn", "Tân Lạc", "08860", "2021-01-01", ""),))
    columns = {"hamlet": ["Tân Lạc"], "commune": ["Xã Cao Phong"]}
    for above in ({}, {"province": ["Vĩnh Phúc"]}, {"district": ["Sông Lô"]}):
        found = match([""], own, **columns, **above).iloc[0]
        assert (found["status"], found["hamlet_id"]) == ("MATCHED", "A1"), above
    abroad = match([""], own, **columns, province=["Hòa Bình"]).iloc[0]
    assert abroad["status"] == "OUT_OF_PROVINCE"


def test_answers_on_squared_paper():
    statuses = match(TEXTS)[["status", "hamlet_id"]].agg(" ".join, axis=1).tolist()
    assert statuses == [
        "MATCHED A1", "MATCHED A1", "MATCHED A1", "MATCHED A3", "MATCHED A2", "AMBIGUOUS ", "MATCHED B1",
        "MATCHED C2", "MATCHED D1", "CONFLICT ", "COMMUNE_ONLY ", "OUT_OF_PROVINCE ", "EMPTY ",
    ]  # fmt: skip


def test_a_kind_breaks_a_tie_and_overrules_no_name():
    assert ask("khu 3, xã Đạo Trù") == ("MATCHED", "A4")
    assert ask("3, xã Đạo Trù") == ("AMBIGUOUS", "")
    assert ask("xóm Đồng Sậy, xã Đạo Trù") == ("MATCHED", "A1")


def test_a_commune_is_never_changed_silently():
    assert ask("Thôn Cẩm Trạch, xã Đạo Trù")[0] == "CONFLICT"  # Đạo Tú has it, one letter away
    assert ask("Thôn Tân Phong, xã Đạo Trú")[0] == "AMBIGUOUS"  # between Đạo Tú and Đạo Trù
    assert (
        ask("Thôn Cẩm Trạch, xã Đạo Túu, huyện Tam Dương")[0] == "AMBIGUOUS"
    )  # Đạo Trù is as near
    # the district is a witness
    assert ask("Thôn Đồng Sẩy, xã Lãng Côngg, huyện Sông Lô") == ("MATCHED", "D1")
    assert ask("Thôn Tân Phong, xã Đạo Tùu")[0] != "MATCHED"
    assert ask("Thôn Đồng Sậy, Đạo Trù, Hợp Châu")[0] == "CONFLICT"


def test_the_text_says_its_edition():
    row = match(["TDP Sông Vực, xã Tam Đảo, tỉnh Phú Thọ"]).iloc[0]
    assert (row["hamlet_id"], row["commune_code"], row["edition"]) == ("B1", "08911", "2021-01-01")
    assert "edition=2025-07-01" in row["flags"].split("|")
    only = match(["xã Tam Đảo, tỉnh Phú Thọ"]).iloc[0]
    assert (only["status"], only["commune_code"], only["edition"]) == (
        "COMMUNE_ONLY",
        "08911",
        "2025-07-01",
    )
    assert ask("Thôn 1, xã Yên Lập, tỉnh Phú Thọ")[0] == "OUT_OF_PROVINCE"


def test_a_gazetteer_of_2025_is_found_from_older_addresses():
    later = gazetteer([("T1", "thôn", "Sông Vực", "08911", "2025-07-01", "")])
    row = match(["Sông Vực, thị trấn Hợp Châu, huyện Tam Đảo, Vĩnh Phúc"], later).iloc[0]
    assert (row["status"], row["hamlet_id"], row["edition"]) == ("MATCHED", "T1", "2025-07-01")


def test_the_current_address_counts():
    text = "HKTT: thôn Tân Phong, xã Đạo Tú; chỗ ở hiện nay: thôn Đồng Sậy, xã Đạo Trù"
    assert ask(text) == ("MATCHED", "A1")


def test_columns_and_text_must_agree():
    assert ask("", hamlet="Đồng Sậy", commune="Đạo Trù", district="Tam Đảo") == ("MATCHED", "A1")
    assert ask("", hamlet="2.0", commune="TT Tam Đảo", district="Tam Đảo") == ("MATCHED", "E1")
    assert ask("Thôn Đồng Sậy, xã Đạo Trù", commune="Hợp Châu")[0] == "CONFLICT"
    assert ask("Thôn Đồng Sậy", commune="Đạo Trù") == ("MATCHED", "A1")


def test_as_of_says_which_edition_is_read_first():
    assert ask("TDP Sông Vực, Tam Đảo", as_of="2025-09-05") == ("MATCHED", "B1")


@pytest.mark.parametrize("columns", [{"address": ["x"]}, {"row_id": [1]}])
def test_a_table_without_its_columns_is_refused(columns):
    with pytest.raises(TableFault):
        match_addresses(pd.DataFrame(columns), GAZETTEER)


def test_a_gazetteer_with_an_id_twice_is_refused():
    with pytest.raises(TableFault):
        gazetteer([HAMLETS[0], HAMLETS[0]])


def test_no_addresses_give_no_answers():
    empty = match([])
    assert list(empty.columns)[:3] == ["row_id", "status", "hamlet_id"]
    assert empty.empty


answers = ["status", "hamlet_id", "commune_code", "candidates"]


@given(st.permutations(TEXTS))
@settings(max_examples=15, deadline=None)
def test_the_order_of_rows_changes_nothing(texts):
    expected = match(TEXTS).set_axis(TEXTS)[answers]
    assert match(texts).set_axis(texts)[answers].loc[TEXTS].equals(expected)


@given(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.sampled_from([", ", " ", " - "])
)
@settings(max_examples=40, deadline=None)
def test_letter_case_and_composition_change_nothing(parts, joint):
    text = joint.join(parts)
    forms = [text, text.upper(), text.lower(), unicodedata.normalize("NFD", text)]
    rows = match(forms, gazetteer())[answers]
    assert len(rows.drop_duplicates()) == 1


@given(st.sampled_from(["Vườn Quýt", "Khe Nước", "Trại Ổi"]), st.integers(0, len(HAMLETS) - 1))
@settings(max_examples=20, deadline=None)
def test_an_alias_unmatches_no_other_address(alias, at):
    rows = [(*row[:5], f"{row[5]}|{alias}" if i == at else row[5]) for i, row in enumerate(HAMLETS)]
    assert match(TEXTS, gazetteer(rows))[answers].equals(match(TEXTS)[answers])


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_text_has_an_answer(text):
    row = match([text]).iloc[0]
    assert row["status"] in (
        "MATCHED",
        "AMBIGUOUS",
        "COMMUNE_ONLY",
        "OUT_OF_PROVINCE",
        "EMPTY",
        "CONFLICT",
    )
    assert (row["status"] == "MATCHED") == bool(row["hamlet_id"])


NUMBERED = gazetteer(
    [
        ("N1", "thôn", "Tam Kỳ 1", "09067", "2021-01-01", ""),
        ("N2", "thôn", "Tam Kỳ 2", "09067", "2021-01-01", ""),
        ("N3", "thôn", "Đại Tự", "09067", "2021-01-01", ""),
        ("N4", "thôn", "Yên Ba", "09067", "2021-01-01", ""),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tam Kỳ I, Đại Tự, Yên Lạc", "N1"),
        ("Thôn Tam Kỳ II, xã Đại Tự, huyện Yên Lạc", "N2"),
        ("thôn Tam Kỳ hai, xã Đại Tự, huyện Yên Lạc", "N2"),
        ("thôn Yên Ba, xã Đại Tự, huyện Yên Lạc", "N4"),
        ("thôn Tam Kỳ III, xã Đại Tự, huyện Yên Lạc", ""),
        ("thôn Tam Kỳ, xã Đại Tự, huyện Yên Lạc", ""),
        ("Tam Kỳ 1, Đại Tự, Yên Nạc", "N1"),
    ],
)
def test_a_number_behind_a_name_may_be_written_in_any_way(text, found):
    assert match([text], NUMBERED)["hamlet_id"].tolist() == [found]


def test_a_misspelt_district_is_known_by_its_commune_and_never_makes_one():
    told = match(["Thôn Đồng Sậy, Đạo Trù, Tam Đảu", "Thôn Đồng Sậy, Đạo Trù, Tam Đường"])
    assert told["status"].tolist()[0] == "MATCHED"
    assert "district_typo" in told["flags"].tolist()[0]
    assert told["hamlet_id"].tolist()[1] in ("", "A1")


@pytest.mark.parametrize(
    "text",
    [
        "không có thông tin",
        "Chưa cập nhật",
        "chưa có địa chỉ",
        "Chưa xác định",
        "k rõ",
        "không biết",
    ],
)
def test_what_says_that_nobody_knows_is_empty(text):
    assert ask(text) == ("EMPTY", "")


def test_a_hamlet_called_after_its_pagoda_is_not_empty():
    pagoda = gazetteer([("P1", "thôn", "Chùa", "08914", "2021-01-01", "")])
    assert (
        match(["Chùa, xã Đạo Trù", "Thôn Chùa, Đạo Trù, Tam Đảo"], pagoda)["hamlet_id"].tolist()
        == ["P1"] * 2
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Tân Phong x.Đạo Trù TĐ t. Vĩnh Phúc",  # a district's initials behind a commune's name
        "thôn Tân Phong Đạo Trù tđ VP",
        "Thôn Tân Phong, Đạo Trù TĐ",
    ],
)
def test_initials_of_a_district_stand_behind_its_commune(text):
    assert ask(text) == ("MATCHED", "A2")


@pytest.mark.parametrize(
    "text", ["T.D.P Sông Vực, TT Hợp Châu", "Xóm Cổng, T.D.P. Sông Vực; Hợp Châu, Tam Đảo"]
)
def test_an_abbreviation_may_have_its_stops(text):
    assert ask(text) == ("MATCHED", "B1")


def test_a_cell_that_makes_sense_alone_is_read_in_the_font_of_its_row():
    row = {"hamlet": "TDP Sè 2", "commune": "thÞ trÊn Tam §¶o", "district": "huyÖn Tam §¶o"}
    assert ask("", **row) == ("MATCHED", "E1")
    assert ask("", **row | {"province": "tỉnh Vĩnh Phúc"}) == ("MATCHED", "E1")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_legacy_font_is_read_however_its_letters_were_stored(form):
    text = unicodedata.normalize(form, "Th«n §ång SËy, x· §¹o Trï, huyÖn Tam §¶o, tØnh VÜnh Phóc")
    assert ask(text) == ("MATCHED", "A1")


def test_the_letter_that_programs_take_for_a_soft_hyphen_is_put_back():
    hamlets = gazetteer([("F1", "thôn", "Xuân Cương", "08914", "2021-01-01", "")])
    for text in ("Th«n Xu©n C\xad¬ng, x· §¹o Trï", "Th«n Xu©n C¬ng, x· §¹o Trï"):
        assert match([text], hamlets)["hamlet_id"].tolist() == ["F1"], text


def test_a_capital_pressed_twice_is_no_ward():
    hamlets = gazetteer(
        [
            ("G1", "tổ dân phố", "Đông Phúc", "08728", "2021-01-01", ""),
            ("G2", "tổ dân phố", "Kim Cương", "08728", "2021-01-01", "Đông"),
        ]
    )
    told = match(["TDP Đông PPhúc, phường Khai Quang, thành phố Vĩnh Yên"], hamlets)
    assert told["hamlet_id"].tolist() != ["G2"]


def test_what_a_name_without_a_commune_may_mean_is_left_open():
    near = gazetteer(
        (
            ("F1", "thôn", "Nghĩa Lâp", "08914", "2021-01-01", ""),
            ("F2", "xóm", "Nghĩa Lập", "08911", "2021-01-01", ""),
            ("F3", "thôn", "Gò Thị", "08914", "2021-01-01", ""),
            ("F4", "thôn", "Hoàng Bến", "08911", "2021-01-01", "Gò Thị"),
            ("F5", "thôn", "Đông", "08914", "2021-01-01", ""),
            ("F6", "thôn", "Đồng", "08911", "2021-01-01", ""),
        )
    )
    texts = [f"Thôn {name}, huyện Tam Đảo" for name in ("Nghĩa Lâp", "Gò Thị", "Đông")]
    found = match(texts, near)
    assert found["status"].tolist() == ["AMBIGUOUS", "AMBIGUOUS", "MATCHED"]
    assert found["candidates"].tolist() == ["F1|F2", "F3|F4", ""]
    told = match(["Thôn Nghĩa Lâp, xã Đạo Trù, huyện Tam Đảo"], near)
    assert told["hamlet_id"].tolist() == ["F1"]


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Xuân Qý, xã Đạo Trù",
        "Thôn Xuân Quýý, xã Đạo Trù",
        "Thôn Đcng Tuyền, xã Đạo Trù",  # Tuyền is not xã Tứ Yên
        "Thôn Đ.Tuyền, xã Đạo Trù",
        "Thôn Mỹ Lộc, xã Hợp Lýý, huyện Lập Thạch",
        "Thôn Đồng Sẩy, xã Đồng Cươg, huyện Yên Lạc",
    ],
)
def test_a_slip_of_the_hand_is_one_letter_as_it_is_written(text):
    rows = (
        ("G1", "thôn", "Xuân Quý", "08914", "2021-01-01", ""),
        ("G2", "thôn", "Đồng Tuyền", "08914", "2021-01-01", ""),
        ("G3", "thôn", "Mỹ Lộc", "08770", "2021-01-01", ""),
        ("G4", "thôn", "Xã Đồng", "08914", "2021-01-01", ""),
        ("G5", "thôn", "Đồng Sẩy", "09028", "2021-01-01", ""),
    )
    meant = {"Xuân": "G1", "Đcng": "G2", "Đ.Tu": "G2", "Mỹ L": "G3", "Đồng": "G5"}[text[5:9]]
    found = match([text], gazetteer(rows)).iloc[0]
    assert (found["status"], found["hamlet_id"]) == ("MATCHED", meant)
