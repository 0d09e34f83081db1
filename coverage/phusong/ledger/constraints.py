"""What a rule of the database forbids, in words: each rule of the tables has a sentence and a cure.

The rules stand in the migrations and nowhere else; they are read from there, so that one that is added
without a sentence is found by a test and not by a clerk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "migrations" / "versions"
_TABLE = re.compile(r"CREATE TABLE (\w+) \((.*?)\n\)", re.DOTALL)
_COLUMN = re.compile(r"^\s*([a-z_]+) (?:TEXT|\{int\}|\{real\})", re.MULTILINE)
LOOK = "look at what is written down of it: phusong ledger story, phusong ledger balance"
#: The rule that no more leaves the store than lies in it.
NOTHING_LEFT = "received - set_aside - taken - gone >= 0"
#: Rules about several columns: what they forbid, and the cure.
SENTENCES = {
    "(command_key IS NULL) = (request IS NULL)": (
        "a command that is to be known again needs its key and what was asked",
        "give the command again",
    ),
    "(command_key IS NULL) = (result IS NULL)": (
        "a command that is to be known again needs its key and what was answered",
        "give the command again",
    ),
    "id = 1": ("the book has one last line and no second", "restore the last sound backup"),
    "counted = 1 OR doubt <> ''": (
        "a gift that is not counted needs the reason why",
        "decide with a reason: phusong ledger decide",
    ),
    "amount_vnd IS NULL OR (pieces IS NULL AND value_vnd IS NULL)": (
        "an entry holds money, or pieces with their value, never both",
        "write two entries",
    ),
    "amount_vnd IS NOT NULL OR pieces IS NOT NULL": (
        "an entry holds neither money nor pieces",
        "state one of them",
    ),
    "form NOT IN ('devices', 'tariff') OR amount_vnd IS NULL": (
        "devices and operators' mechanisms are counted in pieces, never in money",
        "state the pieces, or correct the form of the gift",
    ),
    "form <> 'money' OR amount_vnd IS NOT NULL": (
        "a gift of money is counted in đồng, and no pieces come from it",
        "correct the number of the gift, or buy the lot: phusong ledger buy-lot",
    ),
    "reverses IS NULL OR reverses < number": (
        "an entry takes back an earlier one, never a later one",
        "correct the number of the entry",
    ),
    "reverses IS NOT NULL OR (COALESCE(amount_vnd, pieces) > 0 AND COALESCE(value_vnd, 0) >= 0)": (
        "an entry holds more than nothing",
        "reverse a wrong one instead: phusong ledger reverse",
    ),
    "reverses IS NULL OR (COALESCE(amount_vnd, pieces) < 0 AND COALESCE(value_vnd, 0) <= 0)": (
        "what takes an entry back holds less than nothing",
        "reverse by the number of the entry: phusong ledger reverse",
    ),
    "measure = 'value_vnd' OR allocated <= received": (
        "more would be set apart than has been received",
        "look: phusong ledger balance",
    ),
    "measure = 'value_vnd' OR handed_over <= allocated": (
        "more would be spent than is set apart",
        "look: phusong ledger balance",
    ),
    "measure = 'value_vnd' OR confirmed <= handed_over": (
        "more would be confirmed than has been spent",
        "look: phusong ledger balance",
    ),
    "length(serial) >= 26": (
        "a serial number stands in the book as a keyed hash alone",
        "name the province file, whose key hashes it: --province PROVINCE.toml",
    ),
    "substr(item, 1, 4) = 'lot:' OR substr(item, 1, 8) = 'package:'": (
        "what lies in store is a lot or a package",
        "write lot:ID or package:ID",
    ),
    "received <> 0 OR set_aside <> 0 OR taken <> 0 OR gone <> 0": (
        "nothing would move in store",
        "state how many pieces",
    ),
    NOTHING_LEFT: (
        "not so many lie in store",
        "look: phusong ledger balance",
    ),
    "lot_id IS NOT NULL OR package_id IS NOT NULL": (
        "an award gives neither device nor package",
        "name a lot or a package",
    ),
    "substr(token, 1, 5) IN ('pupil', 'token', 'home:')": (
        "an award holds a pupil, an identity or a household",
        LOOK,
    ),
    "substr(token, 1, 5) IN ('pupil', 'token')": (
        "a change is that of a pupil or of an identity",
        LOOK,
    ),
    "(kind = 'moved') = (school_id IS NOT NULL)": (
        "a pupil who moves goes to a school, and nobody else does",
        "name the school, or another kind of change",
    ),
    "approved_by IS NULL OR approved_by <> proposed_by": (
        "whoever proposed an award does not approve it",
        "another person approves",
    ),
    "waiver_vnd > 0 OR (vnd_month > 0 AND months > 0)": (
        "a support is a fee waived, or a sum a month for some months",
        "state one of them",
    ),
    "(ends_on IS NULL) = (months = 0)": (
        "a support for some months has a last day, and one without months none",
        "state for how many months",
    ),
    "opens_on <= closes_on": (
        "a campaign closes on or after the day on which it opens",
        "give both days again",
    ),
}
#: Rules about one column, by how they are written.
_SINGLE = (
    (re.compile(r"^(\w+) > 0$"), "{name} is more than nothing", "state a number above 0"),
    (re.compile(r"^(\w+) >= 0$"), "{name} is never below nothing", "state 0 or more"),
    (re.compile(r"^(\w+) <> ''$"), "{name} is empty", "state it"),
    (re.compile(r"^(\w+) IN \(0, 1\)$"), "{name} is yes or no", "state one of them"),
    (
        re.compile(r"^(\w+) IN \(([^)]*)\)$"),
        "{name} is no word of the book",
        "choose one of: {words}",
    ),
)


@dataclass(frozen=True)
class Check:
    """Hold one rule of a table.

    Parameters
    ----------
    table : whose rule it is.
    rule : as the migration writes it, on one line.
    name : by which PostgreSQL calls it.
    """

    table: str
    rule: str
    name: str


def describe_check(rule: str) -> tuple[str, str] | None:
    """Return what a rule forbids, and the cure; None where it has no sentence.

    Parameters
    ----------
    rule : as a migration writes it.
    """
    plain = " ".join(rule.split())
    if plain in SENTENCES:
        return SENTENCES[plain]
    for pattern, what, cure in _SINGLE:
        if found := pattern.match(plain):
            words = found[2].replace("'", "") if found.re.groups > 1 else ""
            return what.format(name=_word(found[1])), cure.format(words=words)
    return None


def describe_complaint(said: str) -> tuple[str, str]:
    """Return what a database refused to write and the cure, in words of the book.

    Parameters
    ----------
    said : the first line of what the driver says, of SQLite or of PostgreSQL.
    """
    if found := re.search(r"CHECK constraint failed: (.+)", said):
        described = describe_check(found[1])
    elif found := re.search(r'violates check constraint "(\w+)"', said):
        rules = {check.name: check.rule for check in list_checks()}
        described = describe_check(rules.get(found[1], ""))
    else:
        described = _describe_other(said)
    return described or ("the book's own rules forbid this, and nothing of it is written", LOOK)


def _describe_other(said: str) -> tuple[str, str] | None:
    """Return what is told twice, is missing, or names what is not there."""
    if found := re.search(r"UNIQUE constraint failed: (\w+)\.(\w+)", said):
        return f"{_word(found[1])}: the same {_word(found[2])} is in the book already", LOOK
    if "violates unique constraint" in said:
        return "the same is in the book already", LOOK
    missing = re.search(
        r'NOT NULL constraint failed: \w+\.(\w+)|null value in column "(\w+)"', said
    )
    if missing:
        return f"{_word(missing[1] or missing[2])} is missing", "state it"
    if re.search("foreign key", said, re.IGNORECASE):
        return "it names something that is not in the book", "write that down first"
    return None


def _word(name: str) -> str:
    """Return the name of a table or column as words."""
    return f"“{name.replace('_', ' ')}”"


@cache
def list_checks() -> tuple[Check, ...]:
    """Return every rule of the tables, in the order of the migrations."""
    checks: list[Check] = []
    for path in sorted(_FOLDER.glob("*.sql")):
        for table, body in _TABLE.findall(path.read_text(encoding="utf-8")):
            used: dict[str, int] = {}
            columns = _COLUMN.findall(body)
            for column, rule in _list_rules(body):
                named = [c for c in columns if re.search(rf"\b{c}\b", rule)]
                own = column or (named[0] if len(named) == 1 else "")
                name = f"{table}_{own}_check" if own else f"{table}_check"
                again = used.get(name, 0)
                used[name] = again + 1
                checks.append(Check(table, rule, f"{name}{again or ''}"))
    return tuple(checks)


def _list_rules(body: str) -> list[tuple[str, str]]:
    """Return the rules in the body of a table, each with its column; a table's own has none."""
    found = []
    for match in re.finditer(r"CHECK \(", body):
        start = end = match.end()
        depth = 1
        while depth:
            depth += {"(": 1, ")": -1}.get(body[end], 0)
            end += 1
        before = body[: match.start()]
        line = before[before.rfind(",\n") + 1 :].lstrip() if ",\n" in before else before.lstrip()
        column = _COLUMN.match(line)
        found.append((column[1] if column else "", " ".join(body[start : end - 1].split())))
    return found
