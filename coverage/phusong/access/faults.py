"""The faults of access: what is refused to whom, and whom to ask."""

from __future__ import annotations

from phusong.vocabulary.errors import PhusongError


class NotAllowed(PhusongError, PermissionError):
    """Refuse data, or a deed, to somebody who may not have it; the access log says that it was asked.

    Parameters
    ----------
    message : what is refused.
    cure : what to do instead.
    """

    exit_code, in_both = 2, True

    def __init__(self, message: str, *, cure: str = "") -> None:
        self.message, self.cure = message, cure
        super().__init__(f"{message} → {cure}" if cure else message)


class NotSignedIn(PhusongError, PermissionError):
    """Say that nobody is signed in, or no longer: signed out, idle too long, or the account was closed."""

    exit_code = 2


class AccountFault(PhusongError, ValueError):
    """Refuse an account that cannot be: its role and its scope do not go together, or it is there already."""

    exit_code = 2
