"""The doors: one comes in with a proof once, from our own page, and not by guessing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from tests.screens.stage import ISSUER

from phusong.access.accounts import DEMONSTRATION, add_account, close_account, make_principal
from phusong.access.samples import find_sample
from phusong.access.tasks import TaskState, find_tasks, open_task
from phusong.screens import frame
from phusong.screens.doors import MOST_ADDRESSES, Attempts, Proof
from phusong.screens.gate import Gate
from phusong.screens.server import list_routes, trust_proxy
from phusong.screens.settings import Settings
from phusong.screens.state import proofs
from phusong.screens.working import do_work, write_order
from phusong.vocabulary.book import Role
from phusong.vocabulary.errors import SourceFault

BASE = "http://127.0.0.1:8501"


@pytest.fixture
def ask(stage):
    """Return a way to ask a server at which an identity provider is set."""
    served = httpx.ASGITransport(
        app=Starlette(
            routes=list_routes(stage.settings, knocks=True),
            middleware=[Middleware(Gate, settings=stage.settings, knocks=True)],
        )
    )

    def _ask(path, **headers):
        async def _get():
            async with httpx.AsyncClient(transport=served, base_url=BASE) as client:
                return await client.get(path, headers=headers)

        return asyncio.run(_get())

    return _ask


@pytest.fixture
def account(stage):
    made = make_principal(role="planner", organisation="Sở Xây dựng")
    when = stage.desk.clock()
    return add_account(stage.desk.register, made, issuer=ISSUER, subject="s1", when=when)


def test_a_proof_begins_one_session(ask, account):
    proof = proofs().put(Proof(ISSUER, "s1"))
    came = ask(f"/enter?proof={proof}")
    assert came.status_code == 303 and came.headers["location"] == "/?lang=vi"
    key = came.headers["set-cookie"].split(";")[0]
    assert ask("/geo/hamlets", cookie=key).status_code == 200
    assert ask(f"/enter?proof={proof}").status_code == 401


def test_a_proof_counts_from_our_own_page_alone(ask, account):
    proof = proofs().put(Proof(ISSUER, "s1"))
    far = {"sec-fetch-site": "cross-site"}
    assert ask(f"/enter?proof={proof}", **far).status_code == 401
    assert ask(f"/enter?proof={proof}", **{"sec-fetch-site": "same-origin"}).status_code == 303


def test_a_proof_of_nobody_of_a_closed_account_or_of_a_sample_begins_nothing(ask, account, stage):
    find_sample(stage.desk, Role.PLANNER)
    close_account(stage.desk.register, account.principal.account_id, when=stage.desk.clock())
    for who in (Proof(ISSUER, "s1"), Proof(ISSUER, "s2"), Proof(DEMONSTRATION, "planner")):
        assert ask(f"/enter?proof={proofs().put(who)}").status_code == 401


def test_whoever_guesses_is_stopped(ask, account):
    told = [ask(f"/enter?proof=guess{n}").status_code for n in range(21)]
    assert told == [401] * 20 + [429]
    proof = proofs().put(Proof(ISSUER, "s1"))
    assert ask(f"/enter?proof={proof}").status_code == 429


def test_a_stop_is_lifted_after_a_while():
    now = [datetime(2026, 3, 2, tzinfo=UTC)]
    attempts = Attempts(lambda: now[0], 2, 15)
    for _ in range(2):
        attempts.note("a")
    assert attempts.is_stopped("a") and not attempts.is_stopped("b")
    now[0] += timedelta(minutes=15)
    assert not attempts.is_stopped("a")


def test_with_a_provider_a_stranger_reaches_the_empty_frame_and_no_data(ask):
    html = {"accept": "text/html"}
    assert ask("/", **html).status_code == 404
    assert ask("/oauth2callback", **html).status_code == 404
    assert ask("/hamlet", **html).status_code == 303
    assert {ask(p).status_code for p in ("/geo/hamlets", "/picture", "/media/x", "/export/x")} == {
        401
    }


def test_addresses_that_never_return_are_forgotten():
    now = [datetime(2026, 3, 2, tzinfo=UTC)]
    attempts = Attempts(lambda: now[0], 2, 15)
    for number in range(10_000):
        attempts.note(f"10.0.{number // 256}.{number % 256}")
    assert attempts.count == 10_000
    now[0] += timedelta(minutes=15)
    attempts.note("a")
    assert attempts.count == 1
    for number in range(2 * MOST_ADDRESSES):
        attempts.note(f"b{number}")
    assert attempts.count == MOST_ADDRESSES


def test_whoever_goes_on_being_wrong_is_not_forgotten_with_those_who_stopped():
    now = [datetime(2026, 3, 2, tzinfo=UTC)]
    attempts = Attempts(lambda: now[0], 2, 15)
    for minute in range(0, 30, 5):
        now[0] += timedelta(minutes=5)
        attempts.note("a")
        attempts.note(f"b{minute}")
    assert attempts.is_stopped("a") and attempts.count <= 5


@pytest.mark.parametrize(
    ("proxy", "client", "forwarded", "seen"),
    [
        ("", "127.0.0.1", "9.9.9.9", "127.0.0.1"),
        ("", "10.0.0.5", "9.9.9.9", "10.0.0.5"),
        ("10.0.0.5", "127.0.0.1", "9.9.9.9", "127.0.0.1"),
        ("10.0.0.5", "10.0.0.5", "9.9.9.9", "9.9.9.9"),
        ("10.0.0.5", "10.0.0.5", "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        ("127.0.0.1", "127.0.0.1", "9.9.9.9", "9.9.9.9"),
    ],
)
def test_whom_a_request_is_for_is_believed_from_the_proxy_alone(
    monkeypatch, proxy, client, forwarded, seen
):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    trust_proxy(Settings(proxy=proxy))
    clients = []

    async def app(scope, receive, send):
        clients.append(scope["client"][0])

    config = uvicorn.Config(app, log_config=None)
    config.load()
    headers = [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "client": (client, 1), "headers": headers, "scheme": "http"}
    asyncio.run(config.loaded_app(scope, None, None))
    assert clients == [seen]


def test_without_the_gate_a_key_opens_nothing(monkeypatch):
    class _Context:
        headers, cookies = {}, {frame.COOKIE: "key"}

    monkeypatch.setattr(frame.st, "context", _Context)
    assert frame.read_session_key() == ""
    _Context.headers = {frame.MARK_NAME: "guess"}
    assert frame.read_session_key() == ""
    _Context.headers = {frame.MARK_NAME: frame.MARK}
    assert frame.read_session_key() == "key"


def test_a_proxys_address_alone_counts_where_there_is_one():
    told = Settings(public_url="https://phusong.example.vn/")
    assert told.origins == {"https://phusong.example.vn"} and told.is_secure


def fail_on_purpose(tell):
    raise SourceFault("thiếu cột “thôn”")


def fail_by_mistake(tell):
    raise ValueError("Nguyễn Văn An")


@pytest.mark.parametrize(
    ("work", "told"), [(fail_on_purpose, "thiếu cột “thôn”"), (fail_by_mistake, "ValueError")]
)
def test_work_that_fails_says_why_only_where_it_was_on_purpose(stage, work, told, monkeypatch):
    planner, register = stage.sign_in(Role.PLANNER), stage.desk.register
    monkeypatch.setattr(
        "phusong.screens.working.import_module",
        lambda name: __import__("types").SimpleNamespace(**globals()),
    )
    task = open_task(register, planner, "fail", server="s", when=stage.desk.clock())
    do_work(register, task, write_order(work, ()))
    found = find_tasks(register, planner, "fail", last=1)[0]
    assert (found.state, found.told) == (TaskState.FAILED, told) and found.ended_at


@pytest.mark.parametrize("role", list(Role))
def test_a_closed_sample_account_is_refused_in_plain_words(stage, role):
    desk, settings = stage.desk, replace(stage.settings, samples=True)
    account = find_sample(desk, role).principal.account_id
    served = httpx.ASGITransport(app=Starlette(routes=list_routes(settings, knocks=False)))

    async def _sign_in(lang):
        async with httpx.AsyncClient(transport=served, base_url=BASE) as client:
            return await client.post("/sign-in", data={"role": str(role), "lang": lang})

    assert asyncio.run(_sign_in("vi")).status_code == 303
    close_account(desk.register, account, when=desk.clock())
    for lang, said in (("vi", f"tài khoản mẫu “{role.vi}” đã đóng"), ("en", "was closed")):
        answer = asyncio.run(_sign_in(lang))
        assert answer.status_code == 403 and said in answer.text
        assert answer.headers["content-type"].startswith("text/plain")
