"""The doors: the page on which one signs in, the way in from an identity provider, and the way out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import parse_qs, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from phusong.access.accounts import DEMONSTRATION, Account, find_account
from phusong.access.desk import Desk
from phusong.access.faults import AccountFault
from phusong.access.log import log_access
from phusong.access.samples import find_sample
from phusong.access.sessions import begin_session, end_session, hash_key
from phusong.screens.contents import PAGES
from phusong.screens.destinations import add_language, clean_destination, find_language
from phusong.screens.door_page import draw_door
from phusong.screens.faults import tell_fault
from phusong.screens.gate import COOKIE, ENTER, SIGN_IN, SIGN_OUT, read_key
from phusong.screens.once import Once
from phusong.screens.settings import Settings, find_desk, has_results
from phusong.screens.speech import LANGUAGES, Speech
from phusong.vocabulary.book import Role

#: Where somebody was going who is with the identity provider now.
TARGET_COOKIE, TARGET_S = "phusong_to", 600
#: Addresses of which wrong attempts are kept in mind; beyond it the oldest are forgotten.
MOST_ADDRESSES = 10_000
#: Sent by browsers that know it; says whether a click came from one of our own pages.
NEAR = ("same-origin", "none", "")


@dataclass(frozen=True)
class Proof:
    """Hold who came back from the identity provider.

    Parameters
    ----------
    issuer, subject : as the provider says them.
    """

    issuer: str
    subject: str


@dataclass
class Attempts:
    """Count who was wrong, and stop them for a while.

    Parameters
    ----------
    clock : returns the time, with its zone.
    most : how often one may be wrong.
    minutes : within how long [min].
    """

    clock: Callable[[], datetime]
    most: float
    minutes: float
    _wrong: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note(self, who: str) -> None:
        """Note that somebody was wrong, and forget whoever has not been for a while."""
        now = self.clock()
        with self._lock:
            times = self._wrong.pop(who, deque(maxlen=int(self.most)))
            times.append(now)
            self._wrong[who] = times  # behind all others, who were wrong before
            self._forget(now - timedelta(minutes=self.minutes))

    def _forget(self, oldest: datetime) -> None:
        """Forget those in front whose last attempt is too old, or who are too many."""
        while self._wrong:
            first = next(iter(self._wrong))
            if self._wrong[first][-1] > oldest and len(self._wrong) <= MOST_ADDRESSES:
                return
            del self._wrong[first]

    @property
    def count(self) -> int:
        """Return how many are kept in mind."""
        return len(self._wrong)

    def is_stopped(self, who: str) -> bool:
        """Return whether somebody was wrong too often."""
        oldest = self.clock() - timedelta(minutes=self.minutes)
        with self._lock:
            wrong = self._wrong.get(who, deque())
            while wrong and wrong[0] <= oldest:
                wrong.popleft()
            if not wrong:
                self._wrong.pop(who, None)
            return len(wrong) >= self.most


class Doors:
    """Keep the doors of a server.

    Parameters
    ----------
    settings : of the server.
    proofs : who came back from the identity provider and may enter once.
    knocks : whether an identity provider is set.
    """

    def __init__(self, settings: Settings, proofs: Once[Proof], *, knocks: bool) -> None:
        self.settings, self.proofs, self.knocks = settings, proofs, knocks
        self._attempts: Attempts | None = None

    @property
    def routes(self) -> list[Route]:
        """Return the routes of the doors."""
        return [
            Route(SIGN_IN, self.show, methods=["GET"]),
            Route(SIGN_IN, self.sign_in, methods=["POST"]),
            Route(SIGN_OUT, self.sign_out, methods=["GET"]),
            Route(ENTER, self.enter, methods=["GET"]),
            Route(f"/{PAGES[0].name}", self.open_first, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Answer with the page on which one signs in."""
        asked = request.query_params
        target = clean_destination(asked.get("to", ""))
        speech = Speech(choose_language(asked.get("lang") or find_language(target)))
        answer = await run_in_threadpool(self._draw, speech, target)
        if self.knocks:
            self._set_cookie(answer, TARGET_COOKIE, quote(target, safe=""), seconds=TARGET_S)
        return answer

    async def open_first(self, request: Request) -> Response:
        """Answer with the first page, which Streamlit keeps at the root and not under its name."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{query}", 307)

    def _draw(self, speech: Speech, to: str) -> Response:
        """Return the page."""
        ready = has_results(self.settings)
        samples = ready and self.settings.samples and find_desk(self.settings).demonstration
        page = draw_door(speech, to=to, ready=ready, samples=samples, knocks=self.knocks)
        return HTMLResponse(page)

    async def sign_in(self, request: Request) -> Response:
        """Begin a session in a sample role."""
        told = parse_qs((await request.body()).decode("utf-8", "replace"))
        role, to, language = (told.get(name, [""])[0] for name in ("role", "to", "lang"))
        if not self.settings.samples or role not in list(Role):
            return PlainTextResponse("there is no such sample role", 403)
        desk = find_desk(self.settings)
        try:
            account = await run_in_threadpool(find_sample, desk, Role.of(role))
        except AccountFault as fault:
            speech = Speech(choose_language(language))
            return PlainTextResponse(tell_fault(speech, fault), 403)
        target = clean_destination(to)
        return await run_in_threadpool(self._begin, desk, account, target, language)

    async def enter(self, request: Request) -> Response:
        """Begin the session of somebody whom the identity provider has named."""
        return await run_in_threadpool(self._enter, request)

    def _enter(self, request: Request) -> Response:
        """Begin a session for a proof, which counts once and only from a page of ours."""
        desk, who = find_desk(self.settings), request.client.host if request.client else ""
        attempts = self._find_attempts(desk)
        if attempts.is_stopped(who):
            return PlainTextResponse("too many attempts, wait a while", 429)
        near = request.headers.get("sec-fetch-site", "") in NEAR
        proof = self.proofs.take(request.query_params.get("proof", "")) if near else None
        account = self._find_account(desk, proof) if proof else None
        if account is None:
            attempts.note(who)
            return PlainTextResponse("sign in again", 401)
        target = clean_destination(unquote(request.cookies.get(TARGET_COOKIE, "")))
        asked = find_language(target) or request.query_params.get("lang", "")
        answer = self._begin(desk, account, target, asked)
        answer.delete_cookie(TARGET_COOKIE, path="/")
        return answer

    def _find_account(self, desk: Desk, proof: Proof) -> Account | None:
        """Return the open account of a proof; sample accounts are nobody's."""
        if proof.issuer == DEMONSTRATION:
            return None
        return find_account(desk.register, issuer=proof.issuer, subject=proof.subject)

    def _begin(self, desk: Desk, account: Account, to: str, language: str) -> Response:
        """Begin a session and send its key, which no script on a page can read."""
        now = desk.clock()
        key = begin_session(desk.register, account, when=now)
        log_access(desk.register, account.principal, "sign in", when=now)
        answer = RedirectResponse(add_language(to, choose_language(language)), 303)
        self._set_cookie(answer, COOKIE, key)
        return answer

    def _set_cookie(
        self, answer: Response, name: str, value: str, *, seconds: int | None = None
    ) -> None:
        """Send a cookie that no script on a page can read."""
        answer.set_cookie(
            name,
            value,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=self.settings.is_secure,
            path="/",
        )

    async def sign_out(self, request: Request) -> Response:
        """End the session for good, so that a copy of its key is worth nothing."""
        if request.headers.get("sec-fetch-site", "") in NEAR:
            await run_in_threadpool(self._end, request)
        answer = RedirectResponse(SIGN_IN, 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    def _end(self, request: Request) -> None:
        """End the session whose key came with a request."""
        desk, key = find_desk(self.settings), read_key(request.headers.get("cookie", ""))
        end_session(desk.register, hash_key(key), when=desk.clock())

    def _find_attempts(self, desk: Desk) -> Attempts:
        """Return who was wrong how often since the server started."""
        if self._attempts is None:
            most, minutes = (desk.limits.number(n) for n in ("attempts", "attempts_min"))
            self._attempts = Attempts(desk.clock, most, minutes)
        return self._attempts


def choose_language(name: str) -> str:
    """Return a language that the screens speak; Vietnamese where another was asked for."""
    return name if name in LANGUAGES else LANGUAGES[0]
