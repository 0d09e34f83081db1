"""Books to write in: who acts, what lies in store, and a private PostgreSQL server where one is installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from phusong.ledger.acting import Acting
from phusong.ledger.awards import Wish, propose
from phusong.ledger.lots import take_lots, take_packages
from phusong.vocabulary.book import Role

DAY = "2021-09-24"
DEPARTMENT, COMMITTEE = "Sở Giáo dục và Đào tạo", "Ủy ban nhân dân tỉnh"


def acting(role=Role.FOCAL_POINT, why="theo kế hoạch", key="", account="", at=None):
    """Return somebody who acts; the approver sits in the committee."""
    where = COMMITTEE if role == Role.APPROVER else DEPARTMENT
    return Acting(str(role), where, why, at or datetime(2021, 9, 24, 2, tzinfo=UTC), account, key)


APPROVER, SCHOOL = acting(Role.APPROVER), acting(Role.SCHOOL)


def lot(lot_id="L1", quantity=10, **more):
    """Return a lot as the register tells it."""
    told = {"lot_id": lot_id, "kind": "tablet", "condition": "new", "quantity": quantity}
    return {**told, "received_on": "2021-09-22", "as_of": "2021-09-22", **more}


def package(package_id="P1", quantity=10, **more):
    """Return a package as the offer tells it."""
    told = {
        "package_id": package_id,
        "operator": "VIETTEL",
        "name": "4 GB/ngày",
        "quantity": quantity,
    }
    return {**told, "gb_per_day": 4.0, "months": 3, "as_of": "2021-09-22", **more}


def gift(contribution_id="G1", **more):
    """Return a gift of money as the register tells it."""
    told = {"contribution_id": contribution_id, "donor": "Công ty A", "donor_kind": "enterprise"}
    return {
        **told,
        "given_on": "2021-09-21",
        "form": "money",
        "pledged_vnd": 500,
        "as_of": "2021-09-21",
    } | more


def stock(ledger, *lots, packages=()):
    """Take lots and packages into store."""
    take_lots(ledger, lots or [lot()], acting=acting())
    if packages:
        take_packages(ledger, packages, acting=acting())


def wish(pupil="hs-a", lot_id="L1", **more):
    """Return what a pupil is to be given."""
    return Wish(pupil, lot_id=lot_id, **more)


def award(ledger, *pupils, lot_id="L1", **more):
    """Propose a device for each pupil and return the numbers of the awards, in their order."""
    wishes = [wish(p, lot_id) for p in pupils]
    told = propose(ledger, wishes, dated=DAY, acting=acting(**more))["awards"]
    return [told[p] for p in pupils]


def find_server():
    """Return the folder of PostgreSQL's programs, the newest; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


class Server:
    """Run a private server that listens on a socket in a folder of its own and nowhere else."""

    def __init__(self, programs):
        self.programs = programs
        self.owner = {"user": "postgres"} if os.getuid() == 0 else {}
        self.name = "postgres" if self.owner else pwd.getpwuid(os.getuid()).pw_name
        self.folder = Path(tempfile.mkdtemp(prefix="phusong-pg-", dir="/tmp"))
        if self.owner:
            shutil.chown(self.folder, "postgres")
        self.data = self.folder / "data"
        self._count = 0

    def start(self):
        """Make the database cluster and start the server."""
        self._call(
            *("initdb", "-D", self.data, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"),
            *("-U", self.name),
        )
        self.resume()
        return self

    def resume(self):
        """Start the server on its data, as after a fall of the machine."""
        # writers are killed here, never the machine: what the system was given to write, it writes
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=60 -c fsync=off"
        self._call(
            "pg_ctl", "-D", self.data, "-w", "-o", options, "-l", self.folder / "log", "start"
        )

    def stop(self, mode="fast"):
        """Stop the server; ``immediate`` is what a fall of the machine is to it."""
        self._call("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def clear(self):
        """Stop the server and take its folder away."""
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def make_database(self, template="template1"):
        """Make a database and return its URL."""
        self._count += 1
        name = f"book{self._count}"
        self._call("createdb", "-h", self.folder, "-U", self.name, "-T", template, name)
        return f"postgresql://{self.name}@/{name}?host={self.folder}"

    def _call(self, program, *arguments):
        """Run one of PostgreSQL's programs as the one who may."""
        command = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(
            command, cwd="/", check=False, capture_output=True, text=True, **self.owner
        )
        assert done.returncode == 0, done.stdout + done.stderr
