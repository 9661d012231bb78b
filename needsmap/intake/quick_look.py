"""A look at many texts at once: which surely hold no personal detail.

Nearly all answers hold none. What a detail cannot do without (a digit, an @, a word of
introduction, a capital on a word that may be a name) is looked for in all texts together;
only texts that have some of it are searched one by one. A property test holds this to the
search itself.
"""

from __future__ import annotations

import re
import string

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.intake.name_look import CUES, may_begin_a_name
from needsmap.intake.tokens import cut, letters_table

FROM = 64
"""Fewer texts than this are searched as quickly one by one."""
# Without any digit only an e-mail address in words ("ann at home dot org", "ann (at) home")
# and an IPv6 address (two colons at least) are left of the details with a form.
_SIGNS = "|".join(["[0-9@]", ":[^:]*:", r"[(\[].?at", " dot ", *map(re.escape, sorted(CUES))])
_IN_NAMES = letters_table(string.ascii_letters + "'-")
_LONGEST = 20_000
_TOGETHER = 50_000


def surely_clean(texts: pa.LargeStringArray) -> npt.NDArray[np.bool_]:
    """Return, for each text, True where no personal detail can be found in it.

    False says nothing: such texts are to be searched. So are all with other than plain
    letters.
    """
    parts = [
        _surely_clean(texts.slice(start, _TOGETHER)) for start in range(0, len(texts), _TOGETHER)
    ]
    return np.concatenate(parts) if parts else np.empty(0, bool)


def _surely_clean(texts: pa.LargeStringArray) -> npt.NDArray[np.bool_]:
    clean = _truths(pc.string_is_ascii(texts))
    clean &= _truths(pc.less(pc.binary_length(texts), _LONGEST))
    clean &= ~_truths(pc.match_substring_regex(texts, f"(?is){_SIGNS}"))
    capital = np.flatnonzero(clean & _truths(pc.not_equal(texts, pc.ascii_lower(texts))))
    if len(capital):
        runs = cut(texts.take(pa.array(capital)), _IN_NAMES)
        names = np.array([may_begin_a_name(run) for run in runs.words], bool)
        at = np.searchsorted(runs.starts, np.flatnonzero(names[runs.ids]), side="right") - 1
        clean[capital[at]] = False
    return clean


def _truths(array: pa.BooleanArray) -> npt.NDArray[np.bool_]:
    return np.array(array.to_numpy(zero_copy_only=False), bool)
