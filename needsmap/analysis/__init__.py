"""Tables in, tables out: no files, no SQL, no Streamlit."""
