"""The page on which one signs in: plain, without a script, the only one that strangers see."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from phusong.screens.speech import LANGUAGE_NAMES, Speech, word
from phusong.vocabulary.book import Role

#: Role → what may be done in it, in the order in which they are shown.
ROLE_SENTENCES: dict[Role, str] = {
    Role.PLANNER: word("Sees coverage, plans what to build and compares scenarios."),
    Role.EDUCATION: word("Sees the pupils of its own communes, proposes awards and reports."),
    Role.OPERATOR: word("Sees its own network and plan; of pupils, sums by commune only."),
    Role.FOCAL_POINT: word("Registers pledges, receives money and devices, hands them over."),
    Role.APPROVER: word("Approves or returns what another person has proposed."),
    Role.SCHOOL: word("Sees its own pupils, hands devices over and confirms them."),
    Role.COMMUNE: word("Sees its own hamlets, reports weak signal, delivers its lists."),
    Role.AUDITOR: word("Reads the logs: who looked at what, and why."),
    Role.ADMINISTRATOR: word("Opens and closes accounts; sees no pupils."),
}
STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Source Sans", "Noto Sans", system-ui, sans-serif; margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { margin: 0 0 .25rem; font-size: 1.9rem; }
.notice { border: 2px solid #b45309; border-radius: .4rem; padding: .7rem 1rem; font-weight: 600; }
form { margin: .6rem 0; }
button { display: block; width: 100%; min-height: 44px; text-align: left; padding: .7rem 1rem;
  font: inherit; border: 1px solid #6b7280; border-radius: .4rem; background: transparent;
  color: inherit; cursor: pointer; }
button:hover, button:focus-visible { outline: 3px solid #1d4ed8; }
button strong { display: block; }
nav { text-align: right; }
a { color: inherit; display: inline-block; min-height: 44px; line-height: 44px; }
"""


def draw_door(speech: Speech, *, to: str, ready: bool, samples: bool, knocks: bool) -> str:
    """Return the sign-in page.

    Parameters
    ----------
    speech : the language.
    to : path that was asked for.
    ready : whether there are results to show.
    samples : whether sample roles may sign in.
    knocks : whether an identity provider is set.
    """
    told = speech.say("Which hamlets and which pupils are left out, and what to do next.")
    parts = [_draw_languages(speech, to), f"<h1>Phủ Sóng</h1><p>{escape(told)}</p>"]
    if not ready:
        parts.append(_draw_notice(speech.say("There are no results yet: run phusong demo.")))
    elif knocks:
        known = speech.say("Sign in with your office account")
        parts.append(f'<p><a href="/">{escape(known)}</a></p>')
    elif not samples:
        nothing = speech.say("No way to sign in is set up: ask the administrator.")
        parts.append(_draw_notice(nothing))
    if samples:
        parts.append(_draw_notice(speech.say("DEMONSTRATION – MADE-UP DATA"), _tell_more(speech)))
        parts += [_draw_role(speech, role, to) for role in ROLE_SENTENCES]
    return (
        f'<!DOCTYPE html><html lang="{speech.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>Phủ Sóng</title><link rel="icon" href="/favicon.png">'
        f"<style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _draw_languages(speech: Speech, to: str) -> str:
    """Return the links to the page in either language."""
    links = [
        f'<a href="?{escape(urlencode({"lang": name, "to": to}))}" lang="{name}">{said}</a>'
        for name, said in LANGUAGE_NAMES.items()
        if name != speech.language
    ]
    return f"<nav>{''.join(links)}</nav>"


def _tell_more(speech: Speech) -> str:
    """Return what stands under the notice of the demonstration."""
    return speech.say("Choose a role. Every figure and every pupil here is made up.")


def _draw_notice(*lines: str) -> str:
    """Return a notice."""
    return f'<p class="notice" role="note">{"<br>".join(map(escape, lines))}</p>'


def _draw_role(speech: Speech, role: Role, to: str) -> str:
    """Return the button of a sample role with what may be done in it."""
    name, may = speech.term(role), speech.say(ROLE_SENTENCES[role])
    return (
        '<form method="post" action="/sign-in">'
        f'<input type="hidden" name="to" value="{escape(to)}">'
        f'<input type="hidden" name="lang" value="{speech.language}">'
        f'<button name="role" value="{role}"><strong>{escape(name[:1].upper() + name[1:])}</strong>'
        f"{escape(may)}</button></form>"
    )
