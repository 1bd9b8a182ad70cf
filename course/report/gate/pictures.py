"""Pictures without what a camera writes into them: where, when, with which telephone."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from course.errors import CourseError

QUALITY = 95  # where a picture must be turned, and so be written anew
FORMATS = ("JPEG", "PNG", "GIF", "BMP")


def strip_picture(document: str, name: str, data: bytes) -> bytes:
    """The same picture, turned as its data said, without EXIF, XMP, comments or a small copy of itself.

    Raises CourseError for a kind of picture that cannot be cleaned.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                kind = opened.format
                turned = ImageOps.exif_transpose(opened)
                clean = turned.copy()
                transparency = opened.info.get("transparency")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CourseError(
            f"{document}: the picture {name} cannot be cleaned of what its camera wrote into it; "
            "save it as .jpg or .png and put it in again, or remove the pictures."
        ) from None
    clean.info = {} if transparency is None else {"transparency": transparency}
    target = io.BytesIO()
    clean.save(target, kind, **({"quality": QUALITY} if kind == "JPEG" else {}))
    return target.getvalue()
