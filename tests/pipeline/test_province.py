"""A province file that is wrong is refused in words."""

import pytest

from phusong.pipeline.province import read_province
from phusong.vocabulary.errors import ParameterFault

HEAD = '[province]\ncode = "26"\nname = "Vĩnh Phúc"\nas_of = 2021-09-21\n'
SOURCES = (
    '[[source]]\nkind = "communes"\nfile = "c.shp"\n[[source]]\nkind = "hamlets"\nfile = "h.xlsx"\n'
)


@pytest.fixture
def write(tmp_path):
    def put(text, files=("c.shp", "h.xlsx")):
        for name in files:
            (tmp_path / name).write_text("x")
        path = tmp_path / "p.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_a_good_file_is_read(write):
    province = read_province(write(HEAD + SOURCES))
    assert province.province.metric_crs == 5897
    assert [s.file for s in province.sources("hamlets")] == ["h.xlsx"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[province", "no TOML"),
        (HEAD, "communes and hamlets"),
        (HEAD + 'colour = "red"\n' + SOURCES, "colour"),
        (HEAD + SOURCES + '[[source]]\nkind = "moons"\nfile = "c.shp"\n', "no source kind"),
        (HEAD + SOURCES + '[[source]]\nkind = "roads"\nfile = "absent.gpkg"\n', "absent.gpkg"),
        (HEAD.replace("2021-09-21", '"soon"') + SOURCES, "as_of"),
    ],
)
def test_a_wrong_file_is_refused_in_words(write, text, words):
    with pytest.raises(ParameterFault) as fault:
        read_province(write(text))
    assert words in str(fault.value) and "p.toml" in str(fault.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ParameterFault, match="no such file"):
        read_province(tmp_path / "nowhere.toml")


def test_a_province_without_a_metric_system_says_so(write):
    with pytest.raises(ParameterFault, match="list of your own"):
        read_province(write(HEAD.replace('"26"', '"99"') + SOURCES))
    with pytest.raises(ParameterFault, match="state `crs`"):
        read_province(write(HEAD.replace('"26"', '"none"') + SOURCES))


CELLS = '[[source]]\nkind = "{kind}"\nfile = "c.shp"\n{operator}complete = {complete}\n'


def state(complete, operator='operator = "VNPT"\n', kind="cells"):
    return HEAD + SOURCES + CELLS.format(kind=kind, operator=operator, complete=complete)


def test_a_list_of_cells_may_state_of_which_technologies_it_is_complete(write):
    assert read_province(write(state('["4G", "3G"]'))).complete_lists == [
        ("3G", "VNPT"),
        ("4G", "VNPT"),
    ]
    assert read_province(write(state("true"))).complete_lists == []
    assert read_province(write(state("false"))).sources("cells")[0].complete is False


@pytest.mark.parametrize(
    "text",
    [state('["4G"]', operator=""), state('["4G"]', kind="coverage"), state('["6G"]')],
    ids=["of nobody", "of what are no cells", "of what is no technology"],
)
def test_completeness_that_states_nothing_is_refused(write, text):
    with pytest.raises(ParameterFault, match="complete"):
        read_province(write(text))
