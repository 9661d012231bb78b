"""Make place packs out of files others publish."""
