"""Both languages are complete, and the page says nothing that is not in the list."""

import re
import string

import pytest

from phusong.views.labels import Label, Line, SourceKind, tell
from phusong.views.page import SCRIPTS, read_asset
from phusong.views.program import INSIDE
from phusong.vocabulary.tables.accepted import ACCEPTED
from phusong.vocabulary.tables.persons import PERSONAL

LISTS = [Label, Line, SourceKind]
VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
#: Said in the other language on purpose, or the same in both.
ABROAD = {Label.LANGUAGE, Label.LANGUAGE_HINT}
SAME = {Label.COLUMN_3G, Label.COLUMN_4G}
ALL = [*dict.fromkeys([*SCRIPTS, *INSIDE])]
SCRIPT = "\n".join(read_asset("page", name) for name in ALL)
PAGE = "\n".join(read_asset("page", name) for name in ("page.html", "main.html"))


def gaps(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.mark.parametrize("label", [t for terms in LISTS for t in terms], ids=lambda t: t.name)
def test_a_label_says_the_same_in_both_languages(label):
    assert label.vi.strip() == label.vi and label.vi
    assert label.en.strip() == label.en and label.en
    assert gaps(label.vi) == gaps(label.en)
    if label not in ABROAD | SAME:
        assert label.vi != label.en
        assert not VIETNAMESE.search(label.en)


def test_vietnamese_is_written_with_its_accents():
    told = [t for terms in LISTS for t in terms if t not in ABROAD | SAME and len(t.vi) > 12]
    assert not [t.vi for t in told if not VIETNAMESE.search(t.vi)]


def composed():
    """Beginnings of keys that the scripts put together, such as ``short_`` and a status."""
    return set(re.findall(r"tell\(`(\w+_)\$\{", SCRIPT))


def test_every_sentence_asked_for_exists():
    keys = {str(label) for label in Label}
    asked = set(re.findall(r'(?:tell|fact)\("(\w+)"', SCRIPT))
    asked |= set(re.findall(r'data-(?:label|name|placeholder)="(\w+)"', PAGE))
    assert len(asked) > 50
    assert asked <= keys
    assert composed()
    assert all(any(key.startswith(start) for key in keys) for start in composed())


def test_every_sentence_is_used():
    mentioned = set(re.findall(r'"(\w+)"', SCRIPT + PAGE)) | {str(Label.NO_SCRIPT)}
    idle = {str(label) for label in Label} - mentioned
    assert not {key for key in idle if not key.startswith(tuple(composed()))}


def test_scripts_hold_no_sentence_of_their_own():
    for name in (*ALL, "ink.js", "bridge.js", "page.html", "main.html"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", read_asset("page", name), flags=re.S)
        assert not VIETNAMESE.search(code.replace("đĐ", "")), name


def test_every_kind_of_source_has_a_name():
    assert {str(kind) for kind in SourceKind} == {*ACCEPTED, *PERSONAL, "units"}


def test_gaps_are_filled_and_a_missing_value_is_refused():
    assert tell(Label.SHOWN, "vi", n="37", of="1.250") == "Đang hiện 37/1.250 thôn, tổ dân phố"
    assert tell(Label.SHOWN, "en", n="37", of="1,250") == "Showing 37/1,250 hamlets"
    with pytest.raises(KeyError):
        tell(Label.SHOWN, "vi", n=1)
