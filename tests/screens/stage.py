"""A stage for pages: a signed-in role, the page it opens, and what the page shows."""

from contextlib import suppress

from streamlit.testing.v1 import AppTest

from phusong.access.accounts import add_account, find_account
from phusong.access.log import list_log
from phusong.access.samples import find_sample
from phusong.access.sessions import begin_session
from phusong.screens.settings import VARIABLE, Settings, find_desk, write_settings
from phusong.vocabulary.book import Role

ISSUER = "https://login.example.vn"


class Stage:
    """Open pages as somebody, over a finished run."""

    def __init__(self, folder, register, monkeypatch):
        self.settings = Settings(results=str(folder), register=str(register))
        self._monkeypatch = monkeypatch
        monkeypatch.setenv(VARIABLE, write_settings(self.settings))
        self.key = ""
        monkeypatch.setattr("phusong.screens.frame.read_session_key", lambda: self.key)

    @property
    def desk(self):
        return find_desk(self.settings)

    def sign_in(self, who):
        """Sign in as a role's sample account, or as a principal; return the principal."""
        account = find_sample(self.desk, who) if isinstance(who, Role) else self._open(who)
        self.key = begin_session(self.desk.register, account, when=self.desk.clock())
        return account.principal

    def _open(self, principal):
        known = find_account(self.desk.register, issuer=ISSUER, subject=principal.account_id)
        if known is not None:
            return known
        now = self.desk.clock()
        return add_account(
            self.desk.register, principal, issuer=ISSUER, subject=principal.account_id, when=now
        )

    def open(self, name, who=None, **query):
        """Return a page as somebody sees it, run once."""
        if who is not None:
            self.sign_in(who)
        page = AppTest.from_function(_show, args=(name,), default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        return page.run()

    def run(self, function):
        """Return a page that a test writes itself, run once as whoever is signed in."""
        return AppTest.from_function(function, default_timeout=60).run()

    def log(self, last=20):
        """Return the newest lines of the access log."""
        return list_log(self.desk.register, last=last)

    def enter(self, who=None, **query):
        """Return the whole front end as somebody sees it, run once."""
        if who is not None:
            self.sign_in(who)
        page = AppTest.from_function(_navigate, default_timeout=60)
        for key, value in query.items():
            page.query_params[key] = value
        return page.run()


def _show(name):
    from importlib import import_module

    import_module(f"phusong.screens.{name}").show()


def _navigate():
    from phusong.screens.entry import navigate

    navigate()


def read_text(page):
    """Return everything that a page says, in one text."""
    said = []
    for kind in (
        "title",
        "header",
        "markdown",
        "caption",
        "info",
        "warning",
        "error",
        "success",
        "code",
        "text",
    ):
        with suppress(AttributeError, KeyError):
            said += [str(element.value) for element in getattr(page, kind)]
    return "\n".join(said)
