"""Maps, charts, legends and plain words. The only room that knows folium and plotly."""
