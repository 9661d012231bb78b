"""Needs Map: what residents ask for, beside what official figures say."""

from needsmap import memory, settings

__version__ = "0.1.0"

# Here, before any room imports numpy or Arrow.
settings.use_small_pages()
memory.keep_at_hand()
