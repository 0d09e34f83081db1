"""No input and no disk ends in a fault of the program: all commands, walked with what disks and people bring."""

import hashlib
import shutil
import sys

import pytest

from phusong import cli
from phusong.cli.commands import COMMANDS, load_command

WHO = ["--organisation", "Sở", "--why", "thử", "--dated", "2021-09-24"]
BOOK = [*WHO, "--ledger", "{LEDGER}"]
#: How each command is called; what stands in braces is a place, each of which is spoilt in turn.
CALLS = {
    "demo": ["--size", "hamlet", "--out", "{OUT}"],
    "run": ["{PROVINCE}", "--out", "{OUT}", "--json", "{JSON}"],
    "status": ["{DIR}", "--json", "{JSON}"],
    "explain": ["{DIR}", "gaps"],
    "check": ["cells", "{FILE}", "--out", "{TABLE}", "--json", "{JSON}"],
    "locate": ["--hamlets", "{FILE}", "--addresses", "{FILE}", "--out", "{TABLE}", "--json", "{JSON}"],
    "review": ["{DIR}", "--by", "planner"],
    "report": ["{DIR}", "--format", "xlsx", "--ledger", "{LEDGER}"],
    "replay": ["vp242", "--out", "{OUT}", "--json", "{JSON}"],
    "kit": ["{PROVINCE}", "--out", "{OUT}"],
    "bench": ["terrain", "--json", "{JSON}"],
    "app": ["--results", "{DIR}", "--port", "0"],
    "plan rollout": ["{DIR}", "--json", "{JSON}"],
    "plan compare": ["{DIR}", "--json", "{JSON}"],
    "plan devices": ["{DIR}", "--ledger", "{LEDGER}", "--json", "{JSON}"],
    "accounts open": [
        ".", "--issuer", "https://x.example", "--subject", "s", "--role", "planner",
        "--organisation", "Sở", "--register", "{REGISTER}",
    ],
    "accounts list": [".", "--register", "{REGISTER}"],
    "accounts revoke": [".", "tk-1", "--register", "{REGISTER}"],
    "ledger init": ["--ledger", "{LEDGER}"],
    "ledger import": ["lots", "{FILE}", *BOOK],
    "ledger pledge": ["G1", "--donor", "A", "--vnd", "500", *BOOK],
    "ledger receive": ["G1", "--vnd", "5", *BOOK],
    "ledger allocate": ["--vnd", "5", "--source", "money:unstated", "--purpose", "x", *BOOK],
    "ledger pay": ["--vnd", "5", "--source", "money:unstated", "--purpose", "x", *BOOK],
    "ledger confirm-payment": ["--vnd", "5", "--source", "money:unstated", "--purpose", "x", *BOOK],
    "ledger reverse": ["1", *BOOK],
    "ledger decide": ["G1", "--counts", *BOOK],
    "ledger window": [
        "C", "--opens-on", "2021-09-01", "--closes-on", "2021-09-10", "--basis", "KH", *BOOK,
    ],
    "ledger award": ["{DIR}", *BOOK],
    "ledger approve": ["1", *BOOK],
    "ledger hand-over": ["1", *BOOK],
    "ledger confirm": ["1", *BOOK],
    "ledger return": ["1", *BOOK],
    "ledger lose": ["1", *BOOK],
    "ledger cancel": ["1", *BOOK],
    "ledger free": ["1", *BOOK],
    "ledger exchange": ["1", "L1", *BOOK],
    "ledger set-aside": ["lot:L1", "1", *BOOK],
    "ledger take-lot": ["L1", "--pieces", "1", "--kind", "tablet", *BOOK],
    "ledger buy-lot": [
        "L1", "--pieces", "1", "--kind", "tablet", "--source", "s", "--price", "5", *BOOK,
    ],
    "ledger award-one": ["{DIR}", "hs-a", *BOOK],
    "ledger subsidise": ["ho-1", "--payer", "VNPT", "--waiver", "5", *BOOK],
    "ledger end-subsidy": ["1", *BOOK],
    "ledger commit": ["C1", "on_air", *BOOK],
    "ledger platform": ["P", "--owner", "VNPT", "--address", "x.vn", *BOOK],
    "ledger zero-rate": ["P", "VNPT", *BOOK],
    "ledger organisation": ["Sở", *BOOK],
    "ledger balance": ["--ledger", "{LEDGER}", "--json", "{JSON}"],
    "ledger story": ["lot", "L1", "--ledger", "{LEDGER}"],
    "ledger verify": ["--ledger", "{LEDGER}", "--json", "{JSON}"],
    "ledger backup": ["{OUT}", "--ledger", "{LEDGER}"],
    "ledger restore": ["{COPY}", "--ledger", "{LEDGER}"],
}  # fmt: skip
GARBAGE = bytes(range(256)) * 40
CASES = [
    (name, place)
    for name, words in CALLS.items()
    for place in dict.fromkeys(w for w in words if w.startswith("{"))
]
#: What another command of the same shape shows already; in full it would take long.
LONG = {"demo", "replay"}


#: What is right where it is wrong elsewhere: a book is made in a folder, and a damaged one is set aside.
ALLOWED = {
    ("ledger init", "a folder"), ("ledger restore", "a folder"),
    ("ledger restore", "garbage"), ("ledger restore", "0 bytes"),
}  # fmt: skip


def list_leaves(command, path):
    """Every command below one, by the words with which it is called."""
    below = getattr(command, "commands", None)
    if not below:
        return [path]
    return [leaf for name, one in below.items() for leaf in list_leaves(one, f"{path} {name}")]


def test_no_command_is_forgotten():
    leaves = [leaf for name in COMMANDS for leaf in list_leaves(load_command(name), name)]
    assert sorted(leaves) == sorted(CALLS)


@pytest.fixture
def call(monkeypatch, capsys):
    """Run a command as the console script does; return exit code, output and errors."""

    def _call(*words):
        monkeypatch.setattr(sys, "argv", ["phusong", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as ending:
            code = int(ending.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return _call


@pytest.fixture(scope="module")
def world(finished, raw, tmp_path_factory):
    """Places that are in order, by what stands in braces."""
    from phusong.ledger.book import create_ledger

    folder = tmp_path_factory.mktemp("world")
    shutil.copytree(finished, folder / "out")
    create_ledger(folder / "phusong.ledger").close()
    create_ledger(folder / "copy.ledger").close()
    cells = "Mã trạm,Doanh nghiệp,Kinh độ,Vĩ độ,Công nghệ\nA1,Viettel,105.581,21.312,4G\n"
    (folder / "cells.csv").write_text(cells, encoding="utf-8")
    return {
        "{DIR}": folder / "out", "{OUT}": folder / "new", "{PROVINCE}": raw,
        "{FILE}": folder / "cells.csv", "{JSON}": folder / "figures.json",
        "{TABLE}": folder / "table.csv", "{LEDGER}": folder / "phusong.ledger",
        "{COPY}": folder / "copy.ledger", "{REGISTER}": folder / "phusong.access",
    }  # fmt: skip


def spoil(folder, place):
    """Places that are not what they should be, each made anew."""
    folder.mkdir(exist_ok=True)
    name = {"{TABLE}": "spoilt.csv", "{JSON}": "spoilt.json"}.get(place, "spoilt")
    plain, empty = folder / name, folder / "empty"
    plain.write_bytes(GARBAGE)
    empty.write_bytes(b"")
    (folder / f"{name}.d.csv").mkdir(exist_ok=True)
    for path in (plain, empty):
        path.chmod(0o600)
    below = plain / name
    yield "below a file", below
    yield "nowhere", f"/proc/nowhere/{name}"
    yield "too long", folder / ("x" * 300 + ".csv")
    if place in ("{JSON}", "{TABLE}"):
        yield "a folder", folder / f"{name}.d.csv"
        return
    if place == "{DIR}":
        yield "an empty folder", folder / f"{name}.d.csv"
    yield "garbage", plain
    if place not in ("{REGISTER}",):
        yield "0 bytes", empty
    if place in ("{FILE}", "{PROVINCE}", "{LEDGER}", "{COPY}", "{REGISTER}"):
        yield "a folder", folder / f"{name}.d.csv"


def digest(folder):
    """What lies in a folder, name by name."""
    return {
        str(p): hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else ""
        for p in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize(("name", "place"), CASES)
def test_a_place_that_is_not_what_it_should_be_is_refused(call, world, tmp_path, name, place):
    if name in LONG and place == "{OUT}":
        pytest.skip("shown by run")
    for what, path in spoil(tmp_path / "spoilt", place):
        if (name, what) in ALLOWED:
            continue
        places = {k: str(v) for k, v in world.items()} | {place: str(path)}
        before = digest(tmp_path)
        words = [places.get(word, word) for word in CALLS[name]]
        code, out, err = call(*name.split(), *words)
        assert code == 2, (what, code, err)
        assert digest(tmp_path) == before, f"{what}: something was changed"
        assert out.strip() + err.strip(), f"{what}: nothing is said"
