"""Print documents with LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
POPPLER = shutil.which("pdftotext")
TIMEOUT_SECONDS = 180
needs_office = pytest.mark.skipif(
    SOFFICE is None or POPPLER is None,
    reason="there is no soffice on PATH (Debian: libreoffice-impress libreoffice-writer) or no pdftotext",
)


def through_office(ending: str, content: bytes, folder: Path) -> Path:
    """What LibreOffice prints of a file, as PDF."""
    (folder / f"view.{ending}").write_bytes(content)
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / f"view.{ending}")]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    if not (folder / "view.pdf").exists():
        pytest.skip("this LibreOffice has no Impress or Writer")
    return folder / "view.pdf"
