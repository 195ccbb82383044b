"""Show the layers with ``GeoDataFrame.explore()``, through streamlit-folium."""

from streamlit_folium import st_folium

from benchmarks.rivals.shared import HEIGHT_PX, WIDTH_PX, ZOOM, chosen, middle

frame = chosen()
described = frame.explore(color=frame["colour"], tiles=None, location=middle(), zoom_start=ZOOM)
st_folium(described, key="map", width=WIDTH_PX, height=HEIGHT_PX, returned_objects=[])
