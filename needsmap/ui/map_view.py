"""The map on a page: shows a layer and says which area was chosen."""

from __future__ import annotations

import pandas as pd

from needsmap.picture import Viewpoint
from needsmap.places.pack import Pack
from needsmap.tables import MapLayer


def show_map(
    layer: MapLayer,
    *,
    pack: Pack,
    services: pd.DataFrame | None = None,
    focus: str = "",
    view: Viewpoint | None = None,
    height: int = 520,
    key: str = "map",
) -> str | None:
    """Show `layer` on the map of `pack`, with `services` on top and `focus` outlined.

    Parameters
    ----------
    layer
        What to colour; `layer.level` chooses the outlines.
    services
        Rows as `tables.SERVICES`, already narrowed to the categories chosen; None for none.
    focus
        Code of the area outlined (an area of `layer.level`), or "".
    view
        Where to look; None fits the place. Changing layers never moves the map.
    height
        Height of the map in CSS pixels.

    Returns
    -------
    str or None
        The code of the area a viewer has just chosen by click, tap or keyboard; "" when
        they have just let go of it (Esc, or a click outside); None when nothing new.
    """
    raise NotImplementedError
