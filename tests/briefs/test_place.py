"""Opening a place from its pack and the store."""

import pytest

from needsmap import settings
from needsmap.briefs.overview import make_overview
from needsmap.briefs.place import open_place, release_key
from needsmap.errors import NeedsmapError
from needsmap.picture import Picture
from needsmap.places.pack import Pack
from needsmap.store import keep_survey, open_store
from tests.briefs.conftest import make_answers


def test_a_place_without_answers_opens(kindleford: Pack) -> None:
    opened = open_place(settings.load(), "kindleford")

    assert opened.release is None
    assert opened.voice.surveys == ()
    assert opened.key == (kindleford.version, "")


def test_a_pack_that_is_open_already_is_not_read_again(kindleford: Pack) -> None:
    opened = open_place(settings.load(), "a name no folder has", pack=kindleford)

    assert opened.pack is kindleford


def test_released_answers_are_in_the_voice_and_the_mark(kindleford: Pack) -> None:
    chosen = settings.load()
    before = open_place(chosen, "kindleford")
    with open_store(chosen.database_url) as store:
        keep_survey(store, "kindleford", make_answers(kindleford, 600))

    opened = open_place(chosen, "kindleford")

    assert opened.release is not None
    assert release_key(chosen, "kindleford") == opened.release.digest
    assert [s.size for s in opened.voice.surveys] == [600]
    brief = make_overview(Picture(), opened.pack, opened.voice, opened.release)
    old = make_overview(Picture(), before.pack, before.voice, before.release)
    assert brief.base.value == 600
    assert brief.provenance.mark != old.provenance.mark
    assert brief.provenance.release_number == opened.release.number


def test_an_unknown_place_says_what_to_do() -> None:
    with pytest.raises(NeedsmapError) as failure:
        open_place(settings.load(), "atlantis")

    assert failure.value.fix
