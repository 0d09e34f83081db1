"""The commands about accounts: opened, listed, revoked, and refused where role and scope do not fit."""

from typer.testing import CliRunner

from phusong.cli.accounting import application

RUN = CliRunner().invoke
WHO = ["--issuer", "https://login.example.vn", "--subject", "s1"]


def test_an_account_is_opened_listed_and_revoked(tmp_path):
    told = RUN(
        application,
        [
            "open",
            str(tmp_path),
            *WHO,
            "--role",
            "education",
            "--organisation",
            "Phòng GDĐT",
            "--commune",
            "08914",
        ],
    )
    assert told.exit_code == 0 and "08914" in told.output
    account = told.output.split(" · ")[0]
    assert account in RUN(application, ["list", str(tmp_path)]).output
    assert RUN(application, ["revoke", str(tmp_path), account]).exit_code == 0
    assert "open" not in RUN(application, ["list", str(tmp_path)]).output.split(" · ")[-1]
    assert RUN(application, ["revoke", str(tmp_path), account]).exception


def test_an_operator_without_a_network_is_refused(tmp_path):
    told = RUN(
        application,
        ["open", str(tmp_path), *WHO, "--role", "operator", "--organisation", "Viettel"],
    )
    assert told.exception and "operator" in str(told.exception)
