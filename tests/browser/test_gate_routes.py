"""The gate before the running server: every route, every method of getting round it, asked with plain requests."""

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
from itertools import chain
from urllib.parse import quote, urlencode

import pytest

from phusong.screens.gate import COOKIE
from phusong.screens.packing import ROOT, pack_file
from phusong.screens.server import write_config
from phusong.screens.settings import VARIABLE, Settings
from phusong.views.program import name_program, read_program
from phusong.views.records import ALLOWED, MEASURED_FIELDS, PUPIL_FIELDS
from phusong.vocabulary.book import Role

pytestmark = pytest.mark.browser
OPEN = {"/sign-in", "/_stcore/health", "/favicon.png"}
PAGES = ("overview", "hamlet", "scenarios", "pupils", "devices", "log", "accounts")


class Server:
    """Ask a running server with headers of the test's choice."""

    def __init__(self, port):
        self.port, self.origin = port, f"http://127.0.0.1:{port}"

    def ask(self, path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), text

    def sign_in(self, role):
        body = urlencode({"role": str(role), "to": "/", "lang": "vi"})
        status, headers, _ = self.ask("/sign-in", "POST", body, Origin=self.origin)
        assert status == 303
        return headers["set-cookie"].split(";")[0]

    def open_line(self, cookie="", origin=None):
        """Return the status with which a WebSocket is answered."""
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Cookie": cookie,
        }
        if origin:
            headers["Origin"] = origin
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/_stcore/stream", headers=headers)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture(scope="module")
def server(served):
    return Server(int(served.rsplit(":", 1)[1]))


LIST_PATHS = """
import sys
from starlette.routing import Mount
from phusong.screens.server import make_app
from phusong.screens.settings import Settings

def tell(routes, before=""):
    for route in routes:
        print(before + route.path + ("/x" if isinstance(route, Mount) else ""))
        tell(getattr(route, "routes", None) or [], before + route.path)

tell(make_app(Settings(results=sys.argv[1]))._build_starlette_app().routes)
"""


@pytest.fixture(scope="module")
def paths(finished):
    """Return every path that the server answers, its parameters filled in; Streamlit runs once a process."""
    command = [sys.executable, "-c", LIST_PATHS, str(finished)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    filled = {re.sub(r"\{[^}]+\}", "x", path) or "/" for path in told.stdout.splitlines()}
    return sorted(filled | {f"/{page}" for page in PAGES})


def test_a_stranger_gets_nothing_but_the_allow_list(server, paths):
    assert len(paths) > 15 and not [p for p in paths if "{" in p]
    opened = {path for path in paths if server.ask(path)[0] == 200}
    assert opened <= OPEN
    as_browser = {p: server.ask(p, Accept="text/html")[0] for p in paths if p not in OPEN}
    assert set(as_browser.values()) <= {303, 401, 404, 405}


def test_a_deep_link_on_a_fresh_server_leads_to_the_door(server):
    for page in PAGES:
        status, headers, _ = server.ask(f"/{page}?hamlet=T0", Accept="text/html")
        kept = quote(f"/{page}?hamlet=T0")
        assert status == 303 and headers["location"] == f"/sign-in?to={kept}"


def test_what_is_shut_is_shut_to_whoever_is_signed_in(server):
    cookie = server.sign_in(Role.ADMINISTRATOR)
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"):
        assert server.ask(path, Cookie=cookie)[0] == 404


def test_a_copied_cookie_is_worth_nothing_after_the_sign_out(server):
    cookie = server.sign_in(Role.PLANNER)
    assert server.ask("/geo/hamlets", Cookie=cookie)[0] == 200
    assert server.open_line(cookie, server.origin) == 101
    status, headers, _ = server.ask("/sign-out", Cookie=cookie)
    assert status == 303 and f'{COOKIE}=""' in headers["set-cookie"]
    assert server.ask("/geo/hamlets", Cookie=cookie)[0] == 401
    assert server.ask("/", Cookie=cookie)[0] == 401
    assert server.open_line(cookie, server.origin) == 403


def test_another_site_can_neither_open_a_line_nor_sign_somebody_in(server):
    cookie = server.sign_in(Role.PLANNER)
    for origin in (None, "http://evil.example", "null", server.origin.replace("127", "128")):
        assert server.open_line(cookie, origin) == 403
    assert server.open_line("", server.origin) == 403
    body = urlencode({"role": "planner"})
    assert server.ask("/sign-in", "POST", body)[0] == 403
    assert server.ask("/sign-in", "POST", body, Origin="http://evil.example")[0] == 403
    assert server.ask("/geo/hamlets", Cookie=cookie, Origin="http://evil.example")[0] == 403
    upload = "/_stcore/upload_file/x/y"
    assert server.ask(upload, "PUT", b"x", Cookie=cookie, Origin="http://evil.example")[0] == 403
    assert server.ask(upload, "PUT", b"x", Cookie=cookie, Origin=server.origin)[0] in (400, 403)


def test_a_click_on_another_site_does_not_sign_out(server):
    cookie = server.sign_in(Role.PLANNER)
    server.ask("/sign-out", Cookie=cookie, Sec_Fetch_Site="cross-site")
    assert server.ask("/geo/hamlets", Cookie=cookie)[0] == 200


def test_another_name_of_the_server_is_refused(server):
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", ""):
        assert server.ask("/sign-in", Host=host)[0] == 421
    assert server.ask("/sign-in", Host=f"localhost:{server.port}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../geo/hamlets",
        "/static/%2e%2e/geo/hamlets",
        "//geo/hamlets",
        "/GEO/communes",
        "/media/../../etc/passwd",
    ],
)
def test_no_spelling_of_a_path_gets_round(server, path):
    status, _, body = server.ask(path)
    assert status in (400, 401, 404) and b"FeatureCollection" not in body


def test_a_made_up_key_opens_nothing(server):
    for cookie in (
        f"{COOKIE}=x",
        f"{COOKIE}=",
        f"{COOKIE}={'A' * 4000}",
        f"{COOKIE}=a; {COOKIE}=b",
        "=;;",
    ):
        assert server.ask("/geo/hamlets", Cookie=cookie)[0] == 401


def test_the_door_sends_nobody_elsewhere(server):
    for to in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/a/../b",
        "javascript:1",
    ):
        body = urlencode({"role": "planner", "to": to})
        _, headers, _ = server.ask("/sign-in", "POST", body, Origin=server.origin)
        assert headers["location"] == "/?lang=vi"
    asked = urlencode({"to": '"><script>alert(1)</script>', "lang": "xx"})
    _, _, page = server.ask(f"/sign-in?{asked}")
    assert b"<script" not in page
    assert server.ask("/sign-in", "POST", "role=king", Origin=server.origin)[0] == 403


def test_every_answer_carries_the_headers(server):
    cookie = server.sign_in(Role.PLANNER)
    for path in ("/sign-in", "/", "/geo/hamlets", "/media/x", "/_stcore/health", "/nothing"):
        _, headers, _ = server.ask(path, Cookie=cookie)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "private, no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
    _, headers, _ = server.ask("/picture", Cookie=cookie)
    assert headers["content-security-policy"].startswith(
        "sandbox allow-scripts; default-src 'none'"
    )
    _, headers, _ = server.ask("/sign-in", "POST", "role=planner", Origin=server.origin)
    assert "HttpOnly" in headers["set-cookie"] and "SameSite=lax" in headers["set-cookie"]


SHAPES = ("hamlets", "communes_0", "routes", "trenches")
#: Every column that may stand in the findings.
COLUMNS = {"hamlet", *chain.from_iterable(ALLOWED.values()), *PUPIL_FIELDS.values()}
COLUMNS |= {*MEASURED_FIELDS}


def read_part(server, cookie, name):
    status, headers, body = server.ask(f"/geo/{name}", Cookie=cookie)
    assert status == 200 and headers["cache-control"] == "private, no-store"
    return json.loads(gzip.decompress(body))


def list_columns(told):
    """Return the columns of every packed table inside."""
    if not isinstance(told, dict):
        return set()
    if set(told) == {"size", "columns"}:
        return set(told["columns"])
    return set().union(*(list_columns(inner) for inner in told.values()))


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OPERATOR, Role.SCHOOL])
def test_layers_hold_the_properties_listed_and_no_others(server, role):
    cookie = server.sign_in(role)
    for name in SHAPES:
        assert all(
            set(f["properties"]) == {"i"} for f in read_part(server, cookie, name)["features"]
        )
    findings = read_part(server, cookie, "findings")
    assert {"class", "served_share", "commune_code"} <= list_columns(findings) <= COLUMNS
    if role == Role.OPERATOR:
        owners = {
            word
            for table in ("reach", "sites", "nodes", "routes")
            for name in ("operator", "operators")
            for word in findings[table]["columns"].get(name, {}).get("words", [])
        }
        assert owners == {"VIETTEL"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_layers_are_refused_to_who_sees_no_coverage(server, role):
    cookie = server.sign_in(role)
    assert {server.ask(f"/geo/{n}", Cookie=cookie)[0] for n in ("findings", *SHAPES)} == {403}
    assert server.ask("/picture", Cookie=cookie)[0] == 403


def test_a_layer_or_scenario_that_is_not_there_is_not_found(server):
    cookie = server.sign_in(Role.PLANNER)
    assert server.ask("/geo/students", Cookie=cookie)[0] == 404
    assert server.ask("/geo/findings?scenario=../x", Cookie=cookie)[0] == 404


def test_streamlits_program_comes_packed_and_is_the_same(server):
    script = next(p for p in sorted((ROOT / "static" / "js").iterdir()) if p.suffix == ".js")
    path = f"/static/js/{script.name}"
    status, headers, body = server.ask(path, Accept_Encoding="gzip")
    assert status == 200 and headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == script.read_bytes() == server.ask(path)[2]
    assert "immutable" in headers["cache-control"] and "x-frame-options" in headers


def test_a_packed_file_lies_in_the_folder_of_the_program():
    assert pack_file("static/../../runtime/runtime.py") is None
    assert pack_file("/etc/passwd") is None and pack_file("static/js") is None


def test_the_maps_program_is_open_kept_and_the_only_one(server):
    status, headers, body = server.ask(f"/program/{name_program()}")
    assert status == 200 and "immutable" in headers["cache-control"]
    assert gzip.decompress(body).decode() == read_program()
    assert server.ask("/program/map-0.js")[0] == 404
    assert server.ask("/program/../geo/findings")[0] != 200


def test_the_servers_options_are_closed():
    told = write_config(Settings())
    assert told["server.address"] == "127.0.0.1"
    assert told["server.enableXsrfProtection"] and told["server.enableCORS"]
    assert not told["server.enableAgentApi"] and not told["server.enableStaticServing"]
    assert not told["browser.gatherUsageStats"] and told["client.showErrorDetails"] == "none"
    public = Settings(public_url="https://phusong.example.vn")
    assert public.is_secure and public.hosts == {"phusong.example.vn"}
    assert VARIABLE == "PHUSONG_APP"


def test_no_page_lies_in_a_folder_that_streamlit_runs_by_itself():
    from pathlib import Path

    import phusong.screens

    root = Path(phusong.screens.__file__).parent
    assert not (root / "pages").exists() and not (root.parents[2] / "pages").exists()
