from modeltranslation.translator import TranslationOptions, register

from conferences.models import (
    Edition,
    News,
    Page,
    Picture,
    Room,
    Series,
    Session,
    Speaker,
)


@register(Series)
class SeriesOptions(TranslationOptions):
    fields = ("title", "lead", "text")


@register(Edition)
class EditionOptions(TranslationOptions):
    fields = (
        "title",
        "motto",
        "theme",
        "introduction",
        "audience",
        "costs",
        "programme",
        "practical",
        "results",
        "next_steps",
        "conference_languages",
        "cooperation",
    )


@register(Page)
class PageOptions(TranslationOptions):
    fields = ("title", "text")


@register(Room)
class RoomOptions(TranslationOptions):
    fields = ("name",)


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("title", "abstract")


@register(Speaker)
class SpeakerOptions(TranslationOptions):
    fields = ("function", "about")


@register(News)
class NewsOptions(TranslationOptions):
    fields = ("title", "teaser", "text")


@register(Picture)
class PictureOptions(TranslationOptions):
    fields = ("alt", "caption")
