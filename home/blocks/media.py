"""Pictures and moving pictures."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock

#: What browsers play by themselves.
PLAYED = {"mp4": "video/mp4", "webm": "video/webm"}
#: A frame's host for each service whose player may stand in a page, by the host of the address.
YOUTUBE, VIMEO = "https://www.youtube-nocookie.com", "https://player.vimeo.com"
_YOUTUBE_ID = re.compile(r"[\w-]{6,20}")
_VIMEO_ID = re.compile(r"\d{4,20}")


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Credit"), max_length=150, help_text=_("Who made it, under which licence.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/picture.html"
        description = _("An image with its description, caption and credit.")

    def get_preview_value(self) -> Any:
        return self.normalize(sample_picture())

    def clean(self, value: Any) -> Any:
        """An image of a page tells something, so it is never decoration that those who cannot see it miss."""
        cleaned = super().clean(value)
        if not getattr(cleaned["image"], "contextual_alt_text", ""):
            sentence = _("Describe the image for people who do not see it.")
            raise blocks.StructBlockValidationError({"image": ValidationError(sentence)})
        return cleaned


def sample_picture() -> dict[str, Any]:
    """The newest image of the library, which an editor knows; none where there is none yet."""
    image = get_image_model().objects.order_by("-pk").first()
    if image:
        image.contextual_alt_text, image.decorative = image.title, False
    return {"image": image, "caption": "What can be seen here.", "credit": "A. Photographer, CC BY 4.0"}


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("Images"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery.html"
        description = _("Several images beside one another, each with description and credit.")

    def get_preview_value(self) -> Any:
        return self.normalize({"pictures": [sample_picture(), sample_picture()]})


def player_of(url: str) -> str | None:
    """The address of the player for the address of a video; None for a service that is not known."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    last = parts.path.rstrip("/").rpartition("/")[2]
    if host == "youtube.com" and parts.path == "/watch":
        last = parse_qs(parts.query).get("v", [""])[0]
    if host in ("youtube.com", "youtu.be") and _YOUTUBE_ID.fullmatch(last):
        return f"{YOUTUBE}/embed/{last}"
    if host == "vimeo.com" and _VIMEO_ID.fullmatch(last):
        return f"{VIMEO}/video/{last}?dnt=1"
    return None


class VideoBlock(blocks.StructBlock):
    """A file of ours, or a video elsewhere that nobody asks for before the reader has pressed the button."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    url = blocks.URLBlock(label=_("Address at YouTube or Vimeo"), required=False)
    file = DocumentChooserBlock(label=_("or a file (MP4, WebM)"), required=False)
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"), required=False)
    still = ImageBlock(label=_("Still image"), required=False)
    transcript = blocks.TextBlock(label=_("What is said and seen"), required=False, max_length=20000)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        preview_value = {
            "title": "A morning at the lagoon",
            "url": "https://vimeo.com/123456",
            "file": None,
            "captions": None,
            "still": None,
            "transcript": "",
        }
        description = _("A video that loads only when somebody presses the button.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = {}
        if bool(cleaned["url"]) == bool(cleaned["file"]):
            wrong["url"] = _("Give an address or choose a file, one of the two.")
        elif cleaned["url"] and not player_of(cleaned["url"]):
            wrong["url"] = _("This is no address of a video at YouTube or Vimeo.")
        elif cleaned["file"] and cleaned["file"].file_extension.lower() not in PLAYED:
            wrong["file"] = _("Browsers play MP4 and WebM. Convert the file, or put it among documents.")
        if cleaned["captions"] and cleaned["captions"].file_extension.lower() != "vtt":
            wrong["captions"] = _("Captions are a WebVTT file, which ends with .vtt.")
        if wrong:
            raise blocks.StructBlockValidationError(
                {name: ValidationError(sentence) for name, sentence in wrong.items()}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        player = player_of(value["url"]) if value["url"] else None
        context["service"] = urlsplit(value["url"]).hostname if player else ""
        if value["file"]:
            context["media_type"] = PLAYED.get(value["file"].file_extension.lower(), "")
        if player and request is not None and request.GET.get("play") == value["url"]:
            # The answer to this one request, and no other page, may hold a frame of this service.
            request.framed = f"https://{urlsplit(player).hostname}"
            context["player"] = player
        return context
