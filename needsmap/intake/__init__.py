"""From a volunteer's file to clean answers. Personal details leave here, before the store."""
