from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.chooser import Chooser
from registrations.models import ReminderRule


@admin.register(ReminderRule)
class ReminderRuleAdmin(Chooser, admin.ModelAdmin):
    list_display = ["what", "days", "deadline", "edition", "is_on"]
    list_select_related = ["edition__series__region"]
    fields = ["edition", "what", "days", "deadline", "is_on"]
    autocomplete_fields = ["edition"]
    list_help = _(
        "When a side gets a letter about what it still owes. One letter lists all of "
        "it, and nobody is reminded twice by the same rule. A conference with rules of "
        "its own uses only those. Reminders of one delegation are switched off on its "
        "page; the words stand in the texts of letters."
    )
    form_help = _(
        "The letter goes out so many days before the day you choose, to sides that owe "
        "this then. After that day nobody is reminded. Take a rule out of use instead "
        "of deleting it, if you may need it again."
    )
