"""Keeping that is cut short by a press on something else: nothing is noted or kept twice."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from needsmap.intake.choices import Choices
from needsmap.store import list_surveys, open_store
from needsmap.store.audit import audit_entries
from needsmap.ui import upload

PLACE = "somewhere"
ANSWERS = "What should change?,E-mail\r\n" + "".join(
    f"More buses at night please {row},ann{row}@example.org\r\n" for row in range(12)
)


class _Pressed(BaseException):
    """Stands for what ends a run when somebody presses something else."""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/store.sqlite"
    monkeypatch.setenv("NEEDSMAP_DATABASE_URL", url)
    here = SimpleNamespace(pack=SimpleNamespace(name=PLACE))
    monkeypatch.setattr(upload.data, "here", lambda: here)
    monkeypatch.setattr(upload.data, "look_again", lambda: None)
    monkeypatch.setattr(upload.learned, "learn", lambda *_: None)
    return url


@pytest.fixture
def brought(monkeypatch: pytest.MonkeyPatch) -> upload.Draft:
    choices = Choices(keep_personal={2: "We promised to write back."})
    draft = upload.Draft("answers.csv", ANSWERS.encode(), choices)
    seen = upload.inspect(draft.content, draft.name, choices=choices)
    ready = upload.prepare(seen)
    monkeypatch.setattr(upload, "inspection", lambda _: seen)
    monkeypatch.setattr(upload, "prepared", lambda _: ready)
    return draft


def test_details_kept_on_purpose_are_noted_once_though_keeping_began_twice(
    url: str, brought: upload.Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise _Pressed

    with monkeypatch.context() as cut_short:
        cut_short.setattr(upload, "keep_survey", pressed)
        with pytest.raises(_Pressed):
            upload.keep(brought)
    upload.keep(brought)

    with open_store(url) as store:
        noted = [entry for entry in audit_entries(store) if entry.what == "personal_kept"]
        kept = list_surveys(store, PLACE)
    assert len(noted) == 1
    assert [record.answers for record in kept] == [12]


def test_details_somebody_adds_meanwhile_are_noted_too(
    url: str, brought: upload.Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "details_kept", lambda *_: [(2, "email", "To write back.")])
    upload.keep(brought)
    monkeypatch.setattr(upload, "details_kept", lambda *_: [(2, "email", "To ask again.")])
    upload.keep(brought)

    with open_store(url) as store:
        noted = [entry for entry in audit_entries(store) if entry.what == "personal_kept"]
    assert len(noted) == 2
