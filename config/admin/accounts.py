"""Accounts and groups of staff in our words, and the reset of a second factor."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from config import logs, second_factor

# Nobody reads or gives out the keys of others.
admin.site.unregister([User, Group, StaticDevice, TOTPDevice])

# What Django lets do with every model, as it begins the names of these rights.
VERBS = {
    "add": gettext_lazy("to add"),
    "change": gettext_lazy("to change"),
    "delete": gettext_lazy("to delete"),
    "view": gettext_lazy("to look at"),
}

# What has no page in the admin.
UNSEEN = ["admin", "axes", "contenttypes", "otp_static", "otp_totp", "sessions"]


class RightsField(forms.ModelMultipleChoiceField):
    """Rights by the names of what staff see, which Django keeps in English."""

    def label_from_instance(self, right):
        model = right.content_type.model_class()
        words = VERBS.get(right.codename.partition("_")[0]) or _(right.name)
        return f"{capfirst(model._meta.verbose_name_plural)}: {words}"


@admin.register(Group)
class RightsAdmin(GroupAdmin):
    filter_horizontal = []
    list_help = gettext_lazy("What somebody may do comes from the groups.")
    form_help = gettext_lazy("Who is in this group may do what is ticked here.")

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        rights = Permission.objects.exclude(content_type__app_label__in=UNSEEN)
        chosen = {
            "form_class": RightsField,
            "queryset": rights,
            "widget": forms.CheckboxSelectMultiple,
        }
        return super().formfield_for_manytomany(
            db_field, request, **{**kwargs, **chosen}
        )


class NewPasswordForm(AdminPasswordChangeForm):
    """Without the question whether to have one: nobody signs in without."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


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
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (gettext_lazy("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (
            gettext_lazy("Rights"),
            {
                "description": RightsAdmin.list_help,
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
            },
        ),
        (gettext_lazy("Since when"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    add_form = UserCreationForm
    change_password_form = NewPasswordForm
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    actions = ["reset_second_factor"]
    list_help = gettext_lazy("Who may work here. Each person has an account alone.")

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

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
