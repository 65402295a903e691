"""Prints every HTML file of a folder in one process, with one set of letters for all."""
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

source, out = map(Path, sys.argv[1:])
out.mkdir(parents=True, exist_ok=True)
fonts = FontConfiguration()
for file in sorted(source.glob("*.html")):
    HTML(filename=str(file)).write_pdf(
        out / f"{file.stem}.pdf", font_config=fonts, pdf_variant="pdf/ua-1"
    )
