from modeltranslation.translator import TranslationOptions, register

from partnerships.models import Country, Goal, Partnership, Programme, Region


@register([Country, Goal, Programme, Region])
class NameOptions(TranslationOptions):
    fields = ("name",)


@register(Partnership)
class PartnershipOptions(TranslationOptions):
    fields = ("topics",)
