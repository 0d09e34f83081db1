"""Faults on a page: in its language, what they name taken over, no path of the machine; each has its words."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phusong.access.faults import AccountFault, NotAllowed
from phusong.intake.rules import refuse
from phusong.ledger.faults import AlreadyAwarded, LedgerFault, OutOfStock
from phusong.ledger.money import STAGES
from phusong.screens.faults import CURE, FILE, choose_half, tell_fault
from phusong.screens.speech import Speech, list_catalogues, read_file
from phusong.vocabulary.errors import ParameterFault, SourceFault

VI, EN = Speech("vi"), Speech("en")
ROOMS = Path(__file__).parents[2] / "coverage" / "phusong"
STORE = tuple(ROOMS / "store" / f"{n}.py" for n in ("commit", "decisions", "folder_lock", "lines"))
#: Whose faults reach pages: the deeds and questions of roles, and what they call.
REACHED = (
    *sorted((ROOMS / "access").rglob("*.py")),
    *(ROOMS / "ledger" / f"{n}.py" for n in (
        "acting", "award_steps", "awards", "giving", "lots", "money", "privacy", "services", "stock")),
    *(ROOMS / "pipeline" / f"{n}.py" for n in ("challenges", "deliveries", "review")),
    *STORE,
)  # fmt: skip
OTHERS = (
    ROOMS / "vocabulary" / "errors.py",
    *(ROOMS / "ledger").glob("*.py"),
    *(ROOMS / "pipeline").rglob("*.py"),
    *(ROOMS / "persons").glob("*.py"),
    *STORE,
)
#: What only a programmer who calls a function wrongly gets to read.
INSIDE = {
    "“{0}” is no table of places", "“{0}” is no table of networks", "{0}", "{1}",
    "{0} is written without being held",
}  # fmt: skip


def number(text):
    """Count the braces of a part anew from 0."""
    found = iter(range(9))
    return re.sub(r"\{\d\}", lambda _: f"{{{next(found)}}}", text)


def write(node):
    """A string as a pattern, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return None
    parts = [v.value if isinstance(v, ast.Constant) else "{0}" for v in node.values]
    return number("".join(parts))


def list_messages(path):
    """What is raised in a file: messages and cures, also those that a name holds."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.setdefault(node.targets[0].id, []).append(write(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            told = [*node.exc.args[:1], *(k.value for k in node.exc.keywords if k.arg == "cure")]
            for one in told:
                texts = names.get(one.id, []) if isinstance(one, ast.Name) else [write(one)]
                yield from (number(p) for t in texts if t for p in t.split(CURE))


def kept(language):
    file = next(f for f in list_catalogues(language) if f.name == FILE)
    return {m.id: m.string for m in read_file(file, language) if m.id}


KEPT = kept("vi")
STAGE_WORDS = {s.replace("_", " ") for s in STAGES.values()}


@pytest.mark.parametrize("path", REACHED, ids=lambda p: p.stem)
def test_every_fault_that_reaches_a_page_has_its_words(path):
    told = {m for m in list_messages(path) if " · " not in m}
    assert not told - set(KEPT) - INSIDE


def test_no_pattern_is_kept_in_vain():
    written = {m for path in (*REACHED, *OTHERS) for m in list_messages(path)}
    source = "\n".join(p.read_text(encoding="utf-8") for p in (*REACHED, *OTHERS))
    vain = set()
    for key in set(KEPT) - written - STAGE_WORDS:
        words = [w for w in re.split(r"\{\d\}|[(:,“”]", key) if len(w.strip()) > 3]
        if not all(word.strip() in source.replace('"\n            f"', "") for word in words):
            vain.add(key)
    assert not vain


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (LedgerFault("there is no award 12"), "không có suất 12"),
        (
            LedgerFault("award 3 is proposed, not approved", cure="choose one of: a, b"),
            "suất 3 đang ở trạng thái đề xuất, không phải đã duyệt → chọn một trong: a, b",
        ),
        (OutOfStock("lot:L1: 0 are free", cure="look: phusong ledger balance"),
         "lot:L1: chỉ còn 0 chưa phân bổ → xem lại số dư của sổ"),
        (AccountFault("there is no open account tk-1 → choose: a"),
         "không có tài khoản nào đang mở mang mã tk-1 → chọn một trong: a"),
        (SourceFault("a decision needs its reason", file="/srv/x.jsonl", row=3),
         "phải ghi lý do của quyết định"),
        (ParameterFault("something new → nobody knows"), "something new → nobody knows"),
        (NotAllowed("vai trò: không · role: no", cure="hỏi · ask"), "vai trò: không → hỏi"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_vietnamese(fault, said):
    assert tell_fault(VI, fault) == said


def test_english_stays_as_it_is_without_the_path():
    fault = SourceFault("there is no award 12", file="/srv/x", cure="choose: a")
    assert tell_fault(EN, fault) == "there is no award 12 → choose: a"
    assert tell_fault(EN, NotAllowed("vai · role")) == "role"


@pytest.mark.parametrize("because", ["pupil", "token"])
def test_a_second_award_is_refused_in_vietnamese_with_the_first_one_cited(because):
    fault = AlreadyAwarded(
        "hs-abc", award=7, dated="2021-10-05", lot_id="L1", state="proposed", because=because
    )
    told = tell_fault(VI, fault)
    assert told.startswith("hs-abc: học sinh này đã có suất 7 ngày 2021-10-05, L1, đề xuất")
    assert ("cùng một người" in told) == (because == "token") and "pupil" not in told


def test_a_stage_without_enough_is_told_in_vietnamese():
    fault = LedgerFault("NS: 500 VND would be handed over, but only 300 allocated")
    assert tell_fault(VI, fault) == "NS: 500 VND đã bàn giao, trong khi mới phân bổ 300"


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [("một · one", "một", "one"), ("a · b · c", "a · b · c", "a · b · c"),
     ("x · y · z · t", "x · y", "z · t"), ("chỉ một", "chỉ một", "chỉ một")],
)  # fmt: skip
def test_a_text_in_two_languages_is_halved(text, vi, en):
    assert (choose_half(VI, text), choose_half(EN, text)) == (vi, en)


NAMES = st.builds(
    "".join,
    st.lists(
        st.sampled_from([" · ", " → ", "{", "}", "{0}", "%s", "%(x)s", "\n", "Công ty", "A", " "]),
        min_size=1,
        max_size=6,
    ),
)


@settings(deadline=None)
@given(name=NAMES, speech=st.sampled_from([VI, EN]))
def test_a_name_stands_whole_in_whatever_is_told_of_it(name, speech):
    faults = [
        LedgerFault(f"{name}: lỗi", cure=f"hỏi {name}"),
        SourceFault(f"there is no award {name}", file="/srv/x"),
        ParameterFault(f"{name}: something new → ask {name}"),
        OutOfStock(f"{name}: 0 are free", cure="look: phusong ledger balance"),
        AccountFault(f"there is no open account {name} → choose: a"),
    ]
    for fault in faults:
        assert name in tell_fault(speech, fault)


@settings(deadline=None)
@given(name=NAMES, speech=st.sampled_from([VI, EN]))
def test_a_name_stands_whole_in_the_half_of_a_sentence_in_both_languages(name, speech):
    told = tell_fault(speech, refuse("no_such_sheet", file="x", value=name, choices=f"{name}, B"))
    assert name in told.replace("\u00a0·\u00a0", " · ")
