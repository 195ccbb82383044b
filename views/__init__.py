"""Show the map: the only package that imports Streamlit."""
