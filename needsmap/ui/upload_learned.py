"""What the page learns from one file for the next: how a form is read, what wording means."""

from __future__ import annotations

from needsmap import settings
from needsmap.errors import NeedsmapError
from needsmap.intake.choices import Choices
from needsmap.intake.recall import as_kept, corrections_made, form_as_kept, to_remember
from needsmap.intake.survey import Inspection
from needsmap.store import (
    Store,
    ThemeCorrection,
    open_store,
    recalled_choices,
    remember_choices,
    remember_themes,
    theme_corrections,
)
from needsmap.ui import data


def learn(store: Store, place: str, found: Inspection) -> None:
    """Remember how the form is read and what was settled by hand.

    Also where nothing was changed: the next file of the form then needs one click. Rows
    that came back mended say nothing new of their form.
    """
    if not found.given_keys:
        settled = to_remember(found.choices, found.country)
        remember_choices(store, place, found.form, settled.to_json())
        whole = as_kept(found.as_read.values(), found.choices, found.language, found.country)
        remember_choices(store, place, form_as_kept(found.form), whole.to_json())
    made = corrections_made(found.choices, found.language, found.country)
    remember_themes(store, place, [ThemeCorrection(*one) for one in made], who="page")


def recalled(form: str) -> Choices | None:
    """Return how the same form was read before; None when it was not, or no longer can be."""
    with open_store(settings.load().database_url) as store:
        remembered = recalled_choices(store, data.here().pack.name, form)
    try:
        return None if remembered is None else Choices.from_json(remembered)
    except NeedsmapError:
        return None


def corrections() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return language → wording → theme ids, as stewards of the place settled them."""
    with open_store(settings.load().database_url) as store:
        known = theme_corrections(store, data.here().pack.name)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in known:
        found.setdefault(one.language, {})[one.wording] = one.themes
    return found
