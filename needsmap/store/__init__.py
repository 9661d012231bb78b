"""What must not be lost. The only room that knows SQL."""
