"""Streamlit: the frame, the choices, and cached doors to briefs."""
