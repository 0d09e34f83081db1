"""A shared link is kept through the sign-in page and the identity provider, and leads nowhere but to our pages."""

import asyncio
import html
import re
from urllib.parse import parse_qsl, quote, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from tests.screens.stage import ISSUER

from phusong.access.accounts import add_account, make_principal
from phusong.screens.contents import PAGES
from phusong.screens.destinations import PLACE_PARAMETERS, clean_destination
from phusong.screens.doors import Proof
from phusong.screens.gate import Gate
from phusong.screens.server import list_routes
from phusong.screens.speech import LANGUAGES
from phusong.screens.state import proofs

BASE = "http://127.0.0.1:8501"
HTML = {"accept": "text/html"}
VALUES = {"commune": "08917", "hamlet": "T08917-07", "school": "MP260001"}
EVIL = (
    "//evil.example", "/\\evil.example", "%2f%2fevil.example", "/%2f%2fevil.example", "https://evil.example",
    "/hamlet\r\nSet-Cookie: a=b", "/hamlet\n", "/" + "a" * 10_000, "/hamlet?commune=" + "1" * 10_000,
    "/hamlet/../enter", "/enter?proof=x", "/sign-out", "/export/x", "/hamlet#x", "", "hamlet", "/à", "/a/b",
    "javascript:alert(1)", "/hamlet%00", "/.hamlet",
)  # fmt: skip


def make_client(stage, *, knocks):
    """Return a browser that follows nothing by itself and keeps its cookies."""
    app = Starlette(
        routes=list_routes(stage.settings, knocks=knocks),
        middleware=[Middleware(Gate, settings=stage.settings, knocks=knocks)],
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE)


def read_address(address):
    split = urlsplit(address)
    return split.path, dict(parse_qsl(split.query))


LINKS = [
    (page.name, name, language)
    for page in PAGES
    for name in PLACE_PARAMETERS
    for language in LANGUAGES
]


@pytest.mark.parametrize(("page", "name", "language"), LINKS)
def test_a_link_survives_the_sign_in_page(stage, page, name, language):
    link = f"/{page}?{name}={VALUES[name]}&lang={language}&secret=1"

    async def follow():
        async with make_client(stage, knocks=False) as client:
            door = await client.get(link, headers=HTML)
            shown = await client.get(door.headers["location"])
            to, lang = (
                html.unescape(re.search(f'name="{field}" value="([^"]*)"', shown.text).group(1))
                for field in ("to", "lang")
            )
            form = {"role": "planner", "to": to, "lang": lang}
            return await client.post("/sign-in", data=form, headers={"origin": BASE})

    entered = asyncio.run(follow())
    path, query = read_address(entered.headers["location"])
    assert path == f"/{page}"
    assert query == {name: VALUES[name], "lang": language}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "link", ["/hamlet?commune=08917&hamlet=T08917-07", "/?commune=08917", "/devices"]
)
def test_a_link_survives_the_identity_provider(stage, link, language):
    made = make_principal(role="planner", organisation="Sở Xây dựng")
    when = stage.desk.clock()
    add_account(stage.desk.register, made, issuer=ISSUER, subject="s1", when=when)
    asked = f"{link}{'&' if '?' in link else '?'}lang={language}"

    async def follow():
        async with make_client(stage, knocks=True) as client:
            door = await client.get(asked, headers=HTML)
            await client.get(door.headers["location"])
            proof = proofs().put(Proof(ISSUER, "s1"))  # what the provider's answer is exchanged for
            return await client.get(f"/enter?proof={proof}&lang=vi")

    entered = asyncio.run(follow())
    assert entered.status_code == 303
    assert read_address(entered.headers["location"]) == read_address(asked)
    cookies = entered.headers.get_list("set-cookie")
    assert any(c.startswith('phusong_to=""') for c in cookies)


def test_the_other_language_of_the_sign_in_page_keeps_the_link(stage):
    async def ask():
        async with make_client(stage, knocks=False) as client:
            door = await client.get("/hamlet?commune=08917&lang=en", headers=HTML)
            return await client.get(door.headers["location"])

    page = asyncio.run(ask()).text
    assert 'lang="en"' in page
    other = html.unescape(re.search(r'<a href="\?([^"]*)"', page).group(1))
    assert dict(parse_qsl(other)) == {"lang": "vi", "to": "/hamlet?commune=08917&lang=en"}


@pytest.mark.parametrize("address", EVIL)
def test_what_is_no_page_of_ours_is_the_first_page(stage, address):
    assert clean_destination(address) in ("/", "/hamlet")

    async def follow():
        async with make_client(stage, knocks=True) as client:
            told = await client.get("/sign-in", params={"to": address})
            form = {"role": "planner", "to": address[:3000], "lang": "vi"}
            entered = await client.post("/sign-in", data=form, headers={"origin": BASE})
            cookie = {"cookie": f"phusong_to={quote(address[:3000], safe='')}"}
            refused = await client.get("/enter?proof=x", headers=cookie)
            return told, entered, refused

    told, entered, refused = asyncio.run(follow())
    assert told.status_code == 200 and "evil" not in told.text
    assert entered.headers["location"] in ("/?lang=vi", "/hamlet?lang=vi")
    assert refused.status_code == 401


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_leads_elsewhere(text):
    for address in (text, f"/{text}", f"/hamlet?{text}", f"/hamlet?commune={text}"):
        path, query = read_address(clean_destination(address))
        assert path in {"/", *(f"/{page.name}" for page in PAGES)}
        assert set(query) <= {*PLACE_PARAMETERS, "lang"}
        cleaned = clean_destination(address)
        assert clean_destination(cleaned) == cleaned and not re.search(r"[\s\\]|//", cleaned)
