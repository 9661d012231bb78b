"""What stewards may do, and that nobody else may do or read any of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from needsmap import settings
from needsmap.errors import Refused
from needsmap.passphrase import hashed
from needsmap.store import approved_quotes, audit_entries, grant_corrections, open_store
from needsmap.ui import grant_desk, quote_desk, steward, wording_desk
from needsmap.ui.steward import Attempts, Sessions

Visit = Callable[..., AppTest]
# Words of Kindleford's sample survey that stand in nobody's approval.
PRIVATE = "bus stopped running"
KEPT = hashed("kestrel over the harbour", power=14)


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader hold the cookie of somebody who signed in."""
    monkeypatch.setenv("NEEDSMAP_STEWARD", KEPT)
    token = steward.SESSIONS.begin()
    monkeypatch.setattr(steward, "_token", lambda: token)


def told(app: AppTest) -> str:
    """Return all the page was given to show, markup and fields included."""
    parts = [*app.title, *app.markdown, *app.caption, *app.info, *app.text_input, *app.selectbox]
    parts += [*app.warning, *app.error]
    markup = "".join(one.proto.body for one in app.get("html"))
    return "\n".join(str(part.value) for part in parts).replace("\\", "") + markup


def kept_quotes() -> list[str]:
    with open_store(settings.load().database_url) as store:
        return [one.line for one in approved_quotes(store, "kindleford")]


@pytest.mark.parametrize("passphrase", ["", KEPT])
def test_without_signing_in_no_words_of_anybody_are_shown(
    passphrase: str, visit: Visit, with_answers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDSMAP_STEWARD", passphrase)

    for address in ("manage", "quotes"):
        app = visit(address)
        assert not app.exception and not app.error
        assert PRIVATE not in told(app)
        assert not app.get("text_input")
        assert not app.tabs


@pytest.mark.parametrize(
    "deed",
    [
        lambda: quote_desk.find("bus"),
        lambda: quote_desk.approve("q", "s", "text", "text"),
        lambda: quote_desk.withdraw("q"),
        lambda: grant_desk.desk(),
        lambda: grant_desk.correct("g", ["youth"]),
        lambda: grant_desk.forget("g"),
        lambda: wording_desk.corrections(),
        lambda: wording_desk.forget(None),  # type: ignore[arg-type]
    ],
)
@pytest.mark.parametrize("cookie", ["", "guessed", "x" * 5000])
@pytest.mark.parametrize("passphrase", ["", KEPT])
def test_every_deed_of_a_steward_is_refused_to_all_others(
    deed: Callable[[], object], cookie: str, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEEDSMAP_STEWARD", passphrase)
    monkeypatch.setattr(steward, "_token", lambda: cookie)

    with pytest.raises(Refused, match="looks after"):
        deed()


def test_a_token_opens_nothing_once_the_setting_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    token = steward.SESSIONS.begin()
    monkeypatch.setattr(steward, "_token", lambda: token)

    monkeypatch.setenv("NEEDSMAP_STEWARD", KEPT)
    assert steward.signed_in()
    monkeypatch.delenv("NEEDSMAP_STEWARD")
    assert not steward.signed_in()


def test_a_steward_finds_a_line_all_may_read_it_and_it_can_be_taken_back(
    visit: Visit, with_answers: None, signed_in: None
) -> None:
    app = visit("manage")
    app.text_input(key="desk-words").input("bus six home").run()
    assert not app.exception and not app.error
    assert PRIVATE in told(app)
    assert "could a neighbour tell" in told(app)

    [let, *_] = [button for button in app.button if (button.key or "").startswith("let-")]
    quote = let.key.removeprefix("let-")
    app.text_input(key=f"words-{quote}").input("The 14 bus stopped running after six").run()
    app.button(key=let.key).click().run()

    assert kept_quotes() == ["The 14 bus stopped running after six"]
    assert "The 14 bus stopped running after six" in told(visit("quotes"))
    app = visit("manage")
    app.button(key=f"out-{quote}").click().run()
    assert kept_quotes() == []
    assert PRIVATE not in told(visit("quotes"))
    with open_store(settings.load().database_url) as store:
        done = [entry for entry in audit_entries(store) if entry.what.startswith("quote")]
    assert [(entry.what, entry.who) for entry in done] == [
        ("quote", "page"), ("quote_withdrawn", "page"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["Words nobody wrote.", "   ", "The 14 bus stopped running after six. Ring 07700 900123"],
)
def test_only_words_of_the_text_without_details_can_be_let_out(
    line: str, visit: Visit, with_answers: None, signed_in: None
) -> None:
    app = visit("manage")
    app.text_input(key="desk-words").input("bus six home").run()
    [let, *_] = [button for button in app.button if (button.key or "").startswith("let-")]

    app.text_input(key=let.key.replace("let-", "words-")).input(line).run()
    app.button(key=let.key).click().run()

    assert app.error
    assert not app.exception
    assert kept_quotes() == []


def test_a_steward_sets_a_grant_right_and_back(
    visit: Visit, with_answers: None, signed_in: None
) -> None:
    app = visit("manage")
    app.text_input(key="grant-words").input("hall roof").run()
    grant = app.selectbox(key="grant-desk-grant").value
    assert "Why: “" in told(app)
    app.multiselect(key=f"grant-desk-themes-{grant}").set_value(["culture"]).run()
    app.button(key="grant-desk-keep").click().run()

    with open_store(settings.load().database_url) as store:
        assert grant_corrections(store, "kindleford") == {grant: ("culture",)}
    assert "set by hand" in told(visit("money"))

    app.text_input(key="grant-words").input("hall roof").run()
    app.button(key="grant-desk-back").click().run()
    with open_store(settings.load().database_url) as store:
        assert grant_corrections(store, "kindleford") == {}


def test_signing_out_closes_every_door(visit: Visit, with_answers: None, signed_in: None) -> None:
    app = visit("manage")
    assert app.tabs

    next(button for button in app.button if button.label == "Sign out").click().run()

    assert not app.tabs
    assert PRIVATE not in told(app)


def test_a_session_ends_after_twelve_hours_and_a_token_cannot_be_guessed() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    token = sessions.begin()

    assert sessions.knows(token)
    assert not sessions.knows("") and not sessions.knows(token + "x")
    assert token not in repr(vars(sessions))
    now[0] = 12 * 3600
    assert not sessions.knows(token)


def test_after_five_wrong_passphrases_an_address_waits_and_others_do_not() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for _ in range(5):
        assert attempts.begin("10.0.0.1")

    assert not attempts.begin("10.0.0.1")
    assert attempts.begin("10.0.0.2")
    now[0] = 15 * 60
    assert attempts.begin("10.0.0.1")


def test_fifty_wrong_passphrases_an_hour_from_everywhere_are_the_most() -> None:
    now = [0.0]
    attempts = Attempts(clock=lambda: now[0])
    for number in range(50):
        assert attempts.begin(f"10.0.1.{number}")

    assert not attempts.begin("10.0.2.1")
    now[0] = 60 * 60
    assert attempts.begin("10.0.2.1")


def test_tries_sent_at_once_are_counted_before_any_is_judged() -> None:
    attempts = Attempts(clock=lambda: 0.0)

    assert [attempts.begin("10.0.0.1") for _ in range(8)] == [True] * 5 + [False] * 3
    attempts.forgive("10.0.0.1")
    assert [attempts.begin("10.0.0.1") for _ in range(2)] == [True, False]
