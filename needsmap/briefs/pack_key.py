"""A pack as something a memory can look up by, told apart by its folder and version."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from needsmap.places.pack import Pack


class PackKey:
    """A pack's identity. `part` names the table that must be the very same one to be equal."""

    def __init__(self, pack: Pack, part: str) -> None:
        self.pack, self.part = pack, part
        self.words = (str(pack.folder), pack.version, part)

    def __hash__(self) -> int:
        return hash(self.words)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, PackKey)
            and self.words == other.words
            and getattr(self.pack, self.part) is getattr(other.pack, self.part)
        )
