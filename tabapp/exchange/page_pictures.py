"""Pages of a PDF file as pictures, for a look before it is printed."""

from __future__ import annotations

import json

_TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(json(bytes(sys.inputs.file))), format: "pdf", page: int(sys.inputs.page))
"""


def page_picture(content: bytes, page: int = 1, *, ppi: float = 96.0) -> bytes:
    """Return a page (the first is 1) as a PNG. Takes about 150 ms; not for the window's thread."""
    import typst  # noqa: PLC0415 - 60 ms that most commands do not need

    made = typst.compile(
        _TEMPLATE, format="png", ppi=ppi,
        sys_inputs={"file": json.dumps(list(content)), "page": str(page)})
    if not isinstance(made, bytes):
        raise TypeError("Typst made no picture")
    return made
