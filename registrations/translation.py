from modeltranslation.translator import TranslationOptions, register

from registrations.models import Option, Question


@register(Question)
class QuestionOptions(TranslationOptions):
    fields = ("label", "help")


@register(Option)
class OptionOptions(TranslationOptions):
    fields = ("label",)
