"""Signing in by an identity provider, in a real browser: it says who, the register says what they may do."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.browser.conftest import free_port

from phusong.access.accounts import add_account, close_account, make_principal
from phusong.access.register import open_register

pytestmark = pytest.mark.browser
SUBJECT = "can-bo-1"
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "phusong"
client_secret = "example"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid profile", prompt = "login" }}
"""


def wait_for(url):
    for _ in range(1_200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.25)


@pytest.fixture(scope="module")
def known(restless, tmp_path_factory):
    """Return a server with a provider behind it, its register, and the account that the provider names."""
    folder, port, other = tmp_path_factory.mktemp("known"), free_port(), free_port()
    issuer = f"http://127.0.0.1:{other}"
    (folder / ".streamlit").mkdir()
    told = SECRETS.format(port=port, issuer=issuer)
    (folder / ".streamlit" / "secrets.toml").write_text(told, encoding="utf-8")
    register = open_register(folder / "phusong.access")
    made = make_principal(role="planner", organisation="Sở Xây dựng")
    add_account(register, made, issuer=issuer, subject=SUBJECT, when=datetime.now(UTC))
    provider = Path(__file__).parent / "provider.py"
    command = [sys.executable, "-m", "phusong", "app", "--port", str(port), "--no-demo"]
    command += ["--results", str(restless), "--register", str(register.path)]
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = [
        subprocess.Popen([sys.executable, str(provider), str(other), SUBJECT]),
        subprocess.Popen(command, cwd=folder, env=os.environ | paths, stdout=subprocess.DEVNULL),
    ]
    wait_for(f"{issuer}/keys")
    wait_for(f"http://127.0.0.1:{port}/_stcore/health")
    yield f"http://127.0.0.1:{port}", register, made.account_id
    for process in started:
        process.terminate()
        process.wait()
    shutil.rmtree(folder / ".streamlit")


def test_one_comes_in_by_the_provider_and_is_what_the_register_says(browser, known):
    served, register, account_id = known
    context = browser.new_context(base_url=served)
    page = context.new_page()
    page.goto("/")
    assert page.get_by_text("số liệu đến ngày").count() == 0
    page.get_by_role("button", name="Đăng nhập bằng tài khoản cơ quan").click()
    page.get_by_role("link", name="Bắt đầu làm việc: cán bộ quy hoạch").click()
    page.get_by_text("số liệu đến ngày").wait_for(timeout=30_000)
    page.get_by_role("button", name="Đăng xuất").wait_for()
    assert page.get_by_text("Tài khoản").count() == 0
    close_account(register, account_id, when=datetime.now(UTC))
    page.get_by_text("chưa có tài khoản").wait_for(timeout=30_000)
    context.close()
