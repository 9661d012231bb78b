"""The frame: what stands around every page."""

import streamlit as st

from needsmap.words import say

st.set_page_config(page_title="Needs Map", layout="wide")
st.title(say("What do people ask for, and where?"))
