"""Maps, legends and plain words. The only room that knows folium."""
