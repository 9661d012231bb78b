"""The sign-in of stewards: a small page of our own, because only it can set a safe cookie."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from needsmap import settings
from needsmap.draw.safe import map_text
from needsmap.errors import NeedsmapError
from needsmap.passphrase import matches
from needsmap.picture import from_query
from needsmap.store import note_sign_in, open_store
from needsmap.ui.steward import ATTEMPTS, COOKIE, HOURS, SESSIONS
from needsmap.words import say

ADDRESS = "steward"
"""The page is at this address of the app, `in` after it: /steward/in."""

_STYLE = Path(__file__).with_name("sign_in.css")
_LONGEST = 4096
_ONE_AT_A_TIME = threading.Lock()
"""A trial takes 128 MiB for half a second: never two at once."""


async def sign_in(request: Request) -> Response:
    """Show the form, or take it: right, and the reader goes on to the steward's page."""
    if not settings.load().steward:
        return _page(request, "", say("Nobody can sign in here: no passphrase was set."), 404)
    if request.method == "GET":
        return _page(request, request.url.query)
    given = await _form(request)
    back = given.get("back", "")
    if given is _NOT_OURS:
        return _page(request, "", say("This form was sent from elsewhere. Try it here."), 403)
    address = request.client.host if request.client else ""
    if not ATTEMPTS.begin(address):
        words = say("Too many wrong passphrases. Wait 15 minutes, then try again.")
        return _page(request, back, words, 429)
    try:
        right = await run_in_threadpool(_right, given.get("passphrase", ""))
    except NeedsmapError as error:
        ATTEMPTS.forgive(address)
        return _page(request, back, error.what, 503)
    if not right:
        return _page(request, back, say("That is not the passphrase. Try again."), 403)
    ATTEMPTS.forgive(address)
    answer = RedirectResponse(_way_back(request, back), status_code=303)
    answer.set_cookie(
        COOKIE, SESSIONS.begin(), max_age=HOURS * 3600, httponly=True, samesite="strict",
        secure=_is_https(request), path=_root(request),
    )  # fmt: skip
    return _not_kept(answer)


_NOT_OURS: dict[str, str] = {}


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form; `_NOT_OURS` when another site sent it."""
    origin = request.headers.get("origin", "")
    if origin and urlsplit(origin).netloc != request.headers.get("host", ""):
        return _NOT_OURS
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            return {"back": "", "passphrase": ""}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {"back": "", **{name: values[0] for name, values in fields.items()}}


def _right(passphrase: str) -> bool:
    chosen = settings.load()
    with _ONE_AT_A_TIME:
        right = matches(passphrase, chosen.steward)
    # Without a record nobody is let in: the record is how misuse is found.
    with open_store(chosen.database_url) as store:
        note_sign_in(store, admitted=right)
    return right


def _page(request: Request, back: str, fault: str = "", status: int = 200) -> Response:
    back = from_query(dict(parse_qsl(back))).link()
    told = f'<p class="fault" role="alert">{map_text(fault)}</p>' if fault else ""
    form = "" if status == 404 else (
        f'<form method="post" action="{_root(request)}{ADDRESS}/in">'
        f'<input type="hidden" name="back" value="{map_text(back)}">'
        f'<label for="passphrase">{map_text(say("Passphrase"))}</label>'
        '<input id="passphrase" name="passphrase" type="password" required autofocus '
        'autocomplete="current-password">'
        f'<button type="submit">{map_text(say("Sign in"))}</button></form>'
    )  # fmt: skip
    title = map_text(say("Sign in as steward"))
    words = map_text(
        say("For those who look after this place: they read what people wrote and choose lines "
            "that all may read.")
    )  # fmt: skip
    link = map_text(say("Back to the map"))
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE.read_text('utf-8')}</style></head>"
        f"<body><main><h1>{title}</h1><p>{words}</p>{told}{form}"
        f'<p><a href="{_root(request)}">{link}</a></p></main></body></html>'
    )
    return _not_kept(HTMLResponse(html, status_code=status))


def _way_back(request: Request, back: str) -> str:
    # Only a picture's own parameters go back: an address given from outside leads nowhere.
    query = from_query(dict(parse_qsl(back))).link()
    return f"{_root(request)}manage" + (f"?{query}" if query else "")


def _root(request: Request) -> str:
    return request.url.path.partition(f"{ADDRESS}/")[0] or "/"


def _is_https(request: Request) -> bool:
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))


def _not_kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
