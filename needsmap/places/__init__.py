"""What is known about a place: outlines, levels, indicators, services, grants, people."""
