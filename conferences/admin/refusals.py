"""Why a file was not taken, in the words of the admin."""

from django.utils.translation import gettext_lazy as _

OF_PICTURES = {
    "bytes": _("The file is larger than 25 MB. Please send a smaller one."),
    "format": _("This is no picture that we can read. Please send JPEG, PNG or WebP."),
    "pixels": _(
        "The picture has too many pixels: a JPEG may have 50 million, a PNG 25, a "
        "WebP 12. Please save it smaller."
    ),
    "small": _("The picture is too small: both sides need at least 200 pixels."),
    "frames": _("The picture moves. Please send one that stands still."),
    "masked": _("The file holds something else besides a picture."),
    "broken": _(
        "The picture is damaged, or cannot be read to its end. Please save it as a "
        "plain JPEG."
    ),
    "memory": _("Reading the picture needs too much memory. Please save it smaller."),
    "time": _("Reading the picture takes too long. Please save it as a plain JPEG."),
    "disk": _("There is no room to store the file at the moment."),
}

OF_DOCUMENTS = {
    "bytes": _("The file is larger than 50 MB. Please send a smaller one."),
    "format": _("This is no PDF."),
    "broken": _("The PDF is damaged: its end is missing."),
    "disk": OF_PICTURES["disk"],
}
