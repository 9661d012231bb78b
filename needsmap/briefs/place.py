"""Opening a place: its pack, the public answers compiled for counting, and their release."""

from __future__ import annotations

from dataclasses import dataclass

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.places.finding import find_pack
from needsmap.places.pack import Pack, open_pack
from needsmap.settings import Settings
from needsmap.store import Release, current_release, open_store, released_surveys


@dataclass(frozen=True, eq=False)
class OpenPlace:
    """A place ready for briefs. Never changes; open it again after a new release."""

    pack: Pack
    voice: Voice
    release: Release | None

    @property
    def key(self) -> tuple[str, str]:
        """Return what a cache may hang on: the pack's version and the release's digest."""
        return self.pack.version, self.release.digest if self.release else ""


def open_place(settings: Settings, name: str = "", *, pack: Pack | None = None) -> OpenPlace:
    """Return the place called `name` (or a folder; "" for the one set in the settings).

    Reads the pack and every public answer: keep the result, see `release_key`. `pack`: the
    place's pack where it is open already; a country's takes ten seconds to read.

    Raises
    ------
    NotFound, BadPack, StoreUnavailable
        With what is wrong and what to do.
    """
    pack = pack or open_pack(find_pack(name or settings.place, settings))
    with open_store(settings.database_url) as store:
        release = current_release(store, pack.name)
        surveys = released_surveys(store, pack.name) if release else []
    voice = compile_voice(
        surveys,
        pack.membership,
        [level.id for level in pack.levels],
        smallest_base=settings.smallest_base,
    )
    return OpenPlace(pack, voice, release)


def release_key(settings: Settings, place: str) -> str:
    """Return the digest of a place's public answers, "" without any: cheap, for caches."""
    with open_store(settings.database_url) as store:
        release = current_release(store, place)
    return release.digest if release else ""
