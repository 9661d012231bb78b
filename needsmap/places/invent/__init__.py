"""Invented places, made from a seed: Kindleford (a whole district) and Testham (3×3).

Nothing here describes a real place or a real person. The packs shipped in data/places are
what these functions write with the seed they default to; a test compares them.
"""
