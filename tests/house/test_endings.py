"""No input and no disk ends in a fault of the program: all commands, walked with what disks and people bring."""

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phusong import cli
from phusong.cli.commands import COMMANDS, load_command
from phusong.cli.endings import end_command
from phusong.cli.output import replace_whole
from phusong.persons.vault import Vault

WHO = ["--organisation", "Sở", "--why", "thử", "--dated", "2021-09-24"]
BOOK = [*WHO, "--ledger", "{LEDGER}"]
#: How each command is called; what stands in braces is a place, each of which is spoilt in turn.
CALLS = {
    "demo": ["--size", "hamlet", "--out", "{OUT}"],
    "run": ["{PROVINCE}", "--out", "{OUT}", "--json", "{JSON}"],
    "status": ["{DIR}", "--json", "{JSON}"],
    "explain": ["{DIR}", "gaps"],
    "check": [
        "cells", "{FILE}", "--out", "{TABLE}", "--rejected", "{ROWS}", "--json", "{JSON}",
    ],
    "locate": ["--hamlets", "{FILE}", "--addresses", "{FILE}", "--out", "{TABLE}", "--json", "{JSON}"],
    "review": ["{DIR}", "--by", "planner"],
    "pairs": ["{DIR}"],
    "erase": ["{DIR}", "hs-a", "--by", "administrator", "--why", "đề nghị"],
    "report": ["{DIR}", "--format", "xlsx", "--ledger", "{LEDGER}"],
    "replay": ["vp242", "--out", "{OUT}", "--json", "{JSON}"],
    "kit": ["{PROVINCE}", "--out", "{OUT}"],
    "bench": ["terrain", "--json", "{JSON}"],
    "app": ["--results", "{DIR}", "--port", "0"],
    "plan rollout": ["{DIR}", "--json", "{JSON}"],
    "plan compare": ["{DIR}", "--json", "{JSON}"],
    "plan list": ["{DIR}", "--json", "{JSON}"],
    "plan show": ["{DIR}", "baseline"],
    "plan withdraw": ["{DIR}", "baseline", "--why", "thử"],
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
    "ledger send-back": ["1", *BOOK],
    "ledger hand-over": ["1", *BOOK],
    "ledger confirm": ["1", *BOOK],
    "ledger return": ["1", *BOOK],
    "ledger lose": ["1", *BOOK],
    "ledger cancel": ["1", *BOOK],
    "ledger free": ["1", *BOOK],
    "ledger decline": ["{DIR}", "hs-a", *BOOK],
    "ledger move": ["{DIR}", "hs-a", "--to", "s1", *BOOK],
    "ledger depart": ["{DIR}", "hs-a", *BOOK],
    "ledger withdraw": ["1", *BOOK],
    "ledger changes": ["--ledger", "{LEDGER}"],
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
        "{ROWS}": folder / "rows.csv",
        "{COPY}": folder / "copy.ledger", "{REGISTER}": folder / "phusong.access",
    }  # fmt: skip


def spoil(folder, place):
    """Places that are not what they should be, each made anew."""
    folder.mkdir(exist_ok=True)
    name = {"{TABLE}": "spoilt.csv", "{ROWS}": "spoilt.csv", "{JSON}": "spoilt.json"}.get(
        place, "spoilt"
    )
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
    if place in ("{JSON}", "{TABLE}", "{ROWS}"):
        yield "a folder", folder / f"{name}.d.csv"
        return
    if place == "{DIR}":
        yield "an empty folder", folder / f"{name}.d.csv"
    yield "garbage", plain
    if place not in ("{REGISTER}",):
        yield "0 bytes", empty
    if place in ("{FILE}", "{PROVINCE}", "{LEDGER}", "{COPY}", "{REGISTER}"):
        yield "a folder", folder / f"{name}.d.csv"


#: Who looked at personal records: a line that finds room in the last block counts, what was there stays before it.
GROWING = "looks.jsonl"


def read_growing(folder):
    """What lies in files to which a reader may add lines."""
    return {p: p.read_bytes() for p in folder.rglob(GROWING)}


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


# --- a disk without room

#: What starts a server or measures, and what computes for long to write in the end as `plan devices` does.
SLOW = {"app", "bench", "plan rollout", "plan compare"}

#: Commands that only read, or find nothing to write: on a full disk they may well succeed.
READERS = {
    "pairs", "ledger changes",
    "status", "explain", "review", "check", "accounts list", "ledger balance", "ledger story",
    "ledger verify", "ledger init", "bench",
}  # fmt: skip


def mount(place, size):
    """A disk of its own in memory; none where that is not allowed."""
    if os.getuid() or not shutil.which("mount"):
        return False
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]
    return not subprocess.run(words, check=False, capture_output=True).returncode


@pytest.fixture(scope="module")
def full(world, tmp_path_factory):
    """Results and a book on a disk that has no room left."""
    place = tmp_path_factory.mktemp("disk") / "full"
    size = sum(p.stat().st_size + 8192 for p in world["{DIR}"].rglob("*"))
    if not mount(place, size + (4 << 20)):
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copytree(world["{DIR}"], place / "out")
        shutil.copy(world["{LEDGER}"], place / "phusong.ledger")
        about = {"who": "planner", "why": "thử", "table": "review", "rows": 0}
        Vault(place / "out" / "personal").log_look(**about, when=datetime.now(UTC))
        with pytest.raises(OSError, match="No space"), (place / "filler").open("wb") as stream:
            while True:
                stream.write(bytes(4096))
                stream.flush()
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=False)


@pytest.mark.parametrize("name", [n for n in CALLS if n not in LONG | SLOW])
def test_a_full_disk_is_told_and_what_was_there_stays(call, world, full, name):
    before, accesses = digest(full), read_growing(full)
    places = {k: str(v) for k, v in world.items()} | {
        "{DIR}": str(full / "out"), "{OUT}": str(full / "new"), "{JSON}": str(full / "figures.json"),
        "{TABLE}": str(full / "table.csv"), "{LEDGER}": str(full / "phusong.ledger"),
        "{ROWS}": str(full / "rows.csv"),
        "{REGISTER}": str(full / "phusong.access"),
    }  # fmt: skip
    code, out, err = call(*name.split(), *(places.get(word, word) for word in CALLS[name]))
    assert code == 2 or (code == 0 and name in READERS), (code, out, err)
    after = digest(full)
    stays = {p: kept for p, kept in before.items() if "/.next" not in p}  # what a run in vain began
    for path, content in accesses.items():
        found = path.read_bytes()
        assert found.startswith(content) and found.endswith(b"\n"), "a log has lost, or half a line"
        after[str(path)] = before[str(path)]
    assert {p: after.get(p) for p in stays} == stays, "what was there has changed"
    for left in full.glob("[!ofp]*"):  # what was begun in vain makes no room for the next
        shutil.rmtree(left) if left.is_dir() else left.unlink()


# --- how a process ends


def start(*words, **options):
    """A process of its own."""
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "phusong", *words]
    return subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, **options)


def test_a_reader_that_has_gone_ends_a_command_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    with start("explain", "--help", stdout=writing) as process:
        os.close(writing)
        assert (process.stderr.read(), process.wait()) == (b"", 141)


def test_a_full_disk_behind_the_screen_is_told(world):
    with (
        Path("/dev/full").open("wb") as nowhere,
        start("status", world["{DIR}"], stdout=nowhere) as process,
    ):
        stated = process.stderr.read().decode()
        assert process.wait() == 2 and "disk is full" in stated and "Traceback" not in stated


def heed_interrupts():
    """Undo what a shell does to processes in the background: they are started deaf to Ctrl+C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_a_command_that_is_stopped_says_nothing_more(tmp_path):
    words = ["demo", "--size", "hamlet", "--out", str(tmp_path / "out")]
    with start(*words, stdout=subprocess.PIPE, preexec_fn=heed_interrupts) as process:
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        stated = process.stderr.read().decode()
        assert (process.wait(), "Traceback" in stated) == (130, False)


#: Ctrl+C lands in a destructor, where Python prints it and forgets it.
LOST = """
import os, signal
from phusong.cli.progress import Progression, Work
class Falling:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000): pass
steps = [Work("a", "a", "a"), Work("b", "b", "b")]
told = Progression(steps, {}, "en", print)
told.begin(steps[0])
Falling()
told.begin(steps[1])
print("went on")
"""
#: Ctrl+C lands in a library that makes another exception of it.
WRAPPED = """
import os, signal
try:
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000): pass
except KeyboardInterrupt:
    raise SystemError("returned a result with an exception set") from None
"""


@pytest.mark.parametrize("body", [LOST, WRAPPED], ids=["lost", "wrapped"])
def test_ctrl_c_ends_a_command_wherever_it_lands(body):
    code = f"""
import sys
from phusong import cli
sys.argv = ["phusong"]
cli.application = lambda: exec(compile({body!r}, "command", "exec"), {{}})
cli.main()
"""
    words = [sys.executable, "-c", code]
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, preexec_fn=heed_interrupts
    )
    assert done.returncode == 130 and "went on" not in done.stdout
    assert "SystemError" not in done.stderr


def test_a_name_that_is_not_utf_8_is_refused():
    with start("status", b"/tmp/kho\xff", stdout=subprocess.PIPE) as process:
        stated = process.stderr.read().decode()
        assert process.wait() == 2 and "not in UTF-8" in stated and "Traceback" not in stated


NUMBERS = [
    errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.EISDIR,
    errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO, errno.EMFILE, errno.EFBIG, errno.EBUSY,
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_what_a_machine_refuses_is_no_fault_of_the_program(capsys, number):
    for error in (
        OSError(number, "x", "out/a.parquet"),
        RuntimeError(OSError(number, "x", "out/a.parquet")),
    ):
        assert end_command(error, []) == 2
        stated = capsys.readouterr().err
        assert stated.startswith("phusong: out/a.parquet: ") and " → " in stated


@pytest.mark.parametrize(
    "error",
    [
        TypeError("Nguyễn Văn A"), KeyError("x"), OSError("Nguyễn Văn A"), ValueError(),
        FileNotFoundError(errno.ENOENT, "x", str(Path(cli.__file__).parent / "gone.toml")),
        OSError(errno.EINVAL, "x"),
    ],
)  # fmt: skip
def test_a_mistake_of_ours_stays_one_and_names_nobody(capsys, monkeypatch, error):
    assert end_command(error, []) == 1
    stated = capsys.readouterr().err
    assert "report" in stated and "Nguyễn" not in stated and "Traceback" not in stated
    monkeypatch.setenv("PHUSONG_TRACEBACK", "1")
    assert end_command(error, []) == 1
    assert type(error).__name__ in capsys.readouterr().err


def test_what_is_read_is_not_written_over(call, world, tmp_path):
    table = tmp_path / "cells.csv"
    shutil.copy(world["{FILE}"], table)
    before = table.read_bytes()
    (tmp_path / "link.csv").symlink_to(table)
    for words in (
        ["check", "cells", table, "--out", table],
        ["check", "cells", table, "--out", tmp_path / "link.csv"],
        ["check", "cells", table, "--json", table],
        ["check", "cells", table, "--out", tmp_path / "x.csv", "--json", tmp_path / "x.csv"],
        ["locate", "--hamlets", table, "--addresses", world["{FILE}"], "--out", table],
    ):
        assert call(*words)[0] == 2
        assert table.read_bytes() == before


def test_an_earlier_file_stands_until_the_new_one_is_whole(tmp_path):
    path = tmp_path / "figures.json"
    path.write_text("earlier")
    with pytest.raises(OSError, match="full"), replace_whole(path) as draft:
        draft.write_text("half")
        raise OSError(errno.ENOSPC, "full")
    assert (path.read_text(), [p.name for p in tmp_path.iterdir()]) == ("earlier", ["figures.json"])
