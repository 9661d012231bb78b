"""Columns of grants that several rooms read, as the 360Giving standard names them."""

GEO_CODE = "Beneficiary Location:Geographic Code"
CLASSES = "Classifications:Title"
"""What the funder filed a grant under, in words; several are separated by ";"."""
