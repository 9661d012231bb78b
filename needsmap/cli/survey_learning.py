"""What the survey commands learn from one file for the next, through the store."""

from __future__ import annotations

from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.recall import as_kept, corrections_made, form_as_kept, to_remember
from needsmap.intake.survey import Inspection
from needsmap.store import (
    Store,
    ThemeCorrection,
    recalled_choices,
    remember_choices,
    remember_themes,
    theme_corrections,
)


class Learned:
    """What is remembered for a place: how forms are read, what wording means."""

    def __init__(self, store: Store, place: str) -> None:
        self._store, self._place = store, place

    def corrections(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return language → wording → theme ids, as stewards settled them."""
        settled: dict[str, dict[str, tuple[str, ...]]] = {}
        for one in theme_corrections(self._store, self._place):
            settled.setdefault(one.language, {})[one.wording] = one.themes
        return settled

    def recall(self, form: str) -> Choices | None:
        """Return the choices remembered for a form, or None; those no longer valid are none."""
        text = recalled_choices(self._store, self._place, form)
        try:
            return Choices.from_json(text) if text is not None else None
        except NeedsmapError:
            return None

    def learn(self, seen: Inspection) -> None:
        """Remember how a form was read and what was settled by hand.

        Also where nothing was: the page then takes the form's next file in one click. What
        was settled for a form before is not forgotten because nothing was settled now.
        """
        settled = to_remember(seen.choices, seen.country)
        if not seen.given_keys:
            if settled != Choices() or self.recall(seen.form) is None:
                remember_choices(self._store, self._place, seen.form, settled.to_json())
            whole = as_kept(seen.as_read.values(), seen.choices, seen.language, seen.country)
            remember_choices(self._store, self._place, form_as_kept(seen.form), whole.to_json())
        made = corrections_made(seen.choices, seen.language, seen.country)
        remember_themes(self._store, self._place, [ThemeCorrection(*one) for one in made])
