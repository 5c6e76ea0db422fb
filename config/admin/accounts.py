"""The accounts of staff: Django's page, and the reset of a second factor."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from config import logs, second_factor

# Nobody reads or gives out the keys of others.
admin.site.unregister([User, StaticDevice, TOTPDevice])


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = [
        "username",
        "email",
        "first_name",
        "last_name",
        "is_staff",
        "has_second_factor",
    ]
    actions = ["reset_second_factor"]

    def get_queryset(self, request):
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_app=Exists(apps))

    @admin.display(
        description=gettext_lazy("second factor"), boolean=True, ordering="has_app"
    )
    def has_second_factor(self, row):
        return row.has_app

    def has_reset_permission(self, request):
        return request.user.is_superuser

    @admin.action(
        description=gettext_lazy("Reset the second factor of the chosen accounts"),
        permissions=["reset"],
    )
    def reset_second_factor(self, request, queryset):
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": _("Reset the second factor"),
                "opts": self.opts,
                "accounts": queryset,
            }
            return render(request, "admin/second_factor/reset.html", context)
        accounts = list(queryset)
        logs.note(request, "second factor reset")
        for account in accounts:
            second_factor.reset(account)
            self.log_change(request, account, _("Second factor reset."))
        message = ngettext(
            "%(count)d second factor was reset. It is set up anew at the next sign-in.",
            "%(count)d second factors were reset. They are set up anew at the next "
            "sign-in.",
            len(accounts),
        )
        self.message_user(request, message % {"count": len(accounts)})
        return None
