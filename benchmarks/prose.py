"""Hold the words of docs/benchmarks.md that do not depend on the numbers."""

HEAD = """\
# Benchmarks

What the program does, timed beside what a user would write instead, in one run on one machine. This page is written by

```
{command}
```

which needs what `requirements-dev.txt` and `benchmarks/requirements.txt` list, a Chromium (on `PATH`, named by
`CHROMIUM`, or Playwright's own), no network, and a machine with nothing else to do. Do not edit this page: change
`benchmarks/` and run it again.
"""

AIMS = """\
What was aimed at, and what this run found. The floor of a filter change is a Streamlit page of one widget and one text
that depends on it; the floor of a first map is a Streamlit page that shows one word. The aim for the time of a filter
change is for 20,000 corridors, the others are for any size.
"""

MISSING = "Left out: {title}, since these packages are not installed: {packages}.\n"

HOW = """\
Columns are corridors: 67 are the campaign that the product ships, the others are made up (`benchmarks/synthetic.py`)
with the zones, nodes, units and context of that campaign, 44 to 400 tasks of eight updates each, and every corridor in
a task; a line has ten vertices and is some 800 m long. × is in relation to One Map.

- **Who takes part.** Our page as it is, with legend, figures, list and timeline. The others (`benchmarks/rivals/`) are
  the few lines that a user would write: the filter and the map, nothing else. They are handed the joined board, so that
  loading and joining is not counted against them. They draw neither names nor symbols, on a map of the same size, place
  and zoom.
- **Network.** No other host is asked. Leaflet and jQuery, which folium's pages load from a CDN, are handed to them by
  the browser's driver from the installed packages; Bootstrap, Font Awesome and the other files of that CDN are handed
  to them empty. So they do not wait for a network, and these files do not count as their bytes. streamlit-folium's own
  files and deck.gl come from Streamlit's server.
- **First map.** From the start of the navigation, in a fresh browser context, until all layers are on the screen;
  median of {rounds}. The server has shown the page before, to another browser.
- **Filter change.** A click that hides or shows a light, from the browser's time of the click until the new picture is
  painted; median of {filters}. No state occurs twice in a session, since Streamlit sends again what it sent a moment
  ago as a hash only.
- **On the screen** means that the second animation frame has begun after: the map's canvas was drawn with as many
  features as the filter leaves (ours); Leaflet in the component's frame holds as many paths as the filter leaves and
  has no redraw pending (folium, `explore()`); deck.gl has issued the draw calls of a frame with at least as many
  instances as features, other than before the click, and the picture could be read back (pydeck); the text is there
  (floors). What Chromium rasterises beside the page's own thread, as it does for the SVG of `explore()`, is not
  waited for, which is in favour of `explore()`.
- **Turns.** All servers run at once and the pages take turns, so that whatever else the machine does meets all of them.
- **Bytes.** Websocket messages before compression; HTTP as it goes over the wire. 1 kB = 1,000 B.
"""
