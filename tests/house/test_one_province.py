"""No province and no day of a list stands in code: what is still open is listed, and may not grow."""

import re
from pathlib import Path

import phusong

PACKAGE = Path(phusong.__file__).parent
#: Where nobody names a province, the demonstration is that of the default one.
DEMONSTRATION = "simulate/demonstration.py"
NAMED = re.compile(r'"26"|Vĩnh Phúc|Edition\.E20')
#: The names of the demonstration's days, until it stands beside the product.
OPEN = {"vocabulary/editions.py"}


def test_no_other_module_names_a_province_or_an_edition():
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if NAMED.search(path.read_text(encoding="utf-8"))
    }
    assert found <= OPEN


def test_only_a_file_without_results_is_read_by_the_default_province():
    asked = re.compile(r"\bdefault_(?:province|edition)\b")
    allowed = {
        "vocabulary/editions.py",
        "places/editions.py",
        "intake/diagnosis.py",
        "cli/checking.py",
        "places/addresses/gazetteer.py",
        DEMONSTRATION,
    }
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if asked.search(path.read_text(encoding="utf-8"))
    }
    assert found <= allowed
