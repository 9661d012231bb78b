"""Needs Map: what residents ask for, beside what official figures say."""

__version__ = "0.1.0"
