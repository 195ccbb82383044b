"""Say on what machine and with which versions the numbers were taken."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "folium", "streamlit-folium", "geopandas", "pydeck", "shapely", "pandas", "numpy")


def facts(chromium: str) -> list[tuple[str, str]]:
    """Facts of this machine as pairs of name and value; what cannot be found out is left out."""
    found = [
        ("processor", f"{_line('/proc/cpuinfo', 'model name') or platform.processor()}, {os.cpu_count()} cores in use"),
        ("memory", _memory()),
        ("system", platform.platform()),
        ("Python", platform.python_version()),
        ("packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
        ("browser", f"Chromium {chromium}, headless, no graphics card (software rendering), window 1920 × 1080"),
    ]
    return [(name, value) for name, value in found if value]


def load_average() -> str:
    """How many processes wanted to run during the last minute, the last five and the last fifteen."""
    return ", ".join(f"{number:.1f}" for number in os.getloadavg())


def _memory() -> str:
    kilobytes = _line("/proc/meminfo", "MemTotal").removesuffix("kB")
    return f"{int(kilobytes) / 2**20:.0f} GB" if kilobytes.strip().isdigit() else ""


def _line(path: str, name: str) -> str:
    file = Path(path)
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
