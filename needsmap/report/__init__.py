"""Briefs on paper and in files: CSV, XLSX, GeoJSON, HTML, PDF."""
