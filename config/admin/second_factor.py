"""The pages of the second factor: an app, its codes, and recovery codes."""

from base64 import b32encode
from typing import Any

import segno
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from config import logs, second_factor, sign_in

KEY = "key_of_new_app"  # in the session, until a code has shown that the app has it
ANEW = "brings_another_app"  # in the session, after a code has allowed it
FEW = 3


class CodeForm(forms.Form):
    """A code that is looked at, and used up, when the form is cleaned."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy(
            "Six digits from your authenticator app, or one of your recovery codes."
        ),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if self.is_bound:  # the summary of errors has the focus then
            del self.fields["code"].widget.attrs["autofocus"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        try:
            self.device = second_factor.verify(self.user, code)
        except second_factor.TooSoon as wait:
            raise forms.ValidationError(self.wait(wait.until), code="wait") from wait
        if self.device is None:
            raise forms.ValidationError(
                _(
                    "This code is not right, or it has been used already. Please wait "
                    "for the next code of your app."
                ),
                code="wrong",
            )
        return code

    def wait(self, until) -> str:
        seconds = max(1, round((until - timezone.now()).total_seconds()))
        if seconds < 100:
            text = ngettext(
                "There were wrong codes. Please try again in %(count)d second.",
                "There were wrong codes. Please try again in %(count)d seconds.",
                seconds,
            )
            return text % {"count": seconds}
        minutes = -(-seconds // 60)
        return _(
            "There were too many wrong codes. Please try again in %(count)d minutes, "
            "or ask an administrator to reset your second factor."
        ) % {"count": minutes}


class AppForm(forms.Form):
    """A code that shows that a new app has the key."""

    code = forms.CharField(
        label=gettext_lazy("Code from the app"),
        max_length=20,
        help_text=gettext_lazy("Six digits that the app shows now."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )

    def __init__(self, *args, user, key, anew, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.key, self.anew = user, key, anew

    def clean_code(self):
        code = self.cleaned_data["code"]
        self.device = second_factor.enrol(self.user, self.key, code, anew=self.anew)
        if self.device is None:
            raise forms.ValidationError(
                _(
                    "This is not the code that the app should show now. Please check "
                    "that the clock of your phone is right, and type the next code."
                ),
                code="wrong",
            )
        return code


@method_decorator(never_cache, name="dispatch")
class SecondFactorView(RedirectURLMixin, FormView):
    """A page for who has given the password."""

    next_page = "admin:index"
    title: Any = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.known: Any = sign_in.known_by_password(request)

    def dispatch(self, request, *args, **kwargs):
        if self.known is None:
            login = reverse("admin:login")
            return redirect_to_login(self.get_success_url(), login)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.known}

    def form_invalid(self, form):
        logs.note(self.request, "code wrong")
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        return {
            **admin.site.each_context(self.request),
            "title": self.title,
            "known": self.known,
            "next": self.get_redirect_url(),
            **super().get_context_data(**kwargs),
        }

    def lead_to(self, name: str):
        """Another of these pages, which knows where its reader wants to go."""
        return redirect_to_login(self.get_success_url(), reverse(f"admin:{name}"))

    def show_recovery_codes(self):
        """Shown in this answer and kept nowhere: no second request gets them."""
        codes = second_factor.make_recovery_codes(self.known)
        context = {
            **self.get_context_data(form=None, title=_("Your recovery codes")),
            "codes": codes,
            "go_on": self.get_success_url(),
        }
        return render(self.request, "admin/second_factor/codes.html", context)

    def note(self, message: str) -> None:
        LogEntry.objects.log_actions(
            self.known.pk, [self.known], CHANGE, message, single_object=True
        )


class CodeView(SecondFactorView):
    """The last step of signing in."""

    form_class = CodeForm
    template_name = "admin/second_factor/code.html"
    title = gettext_lazy("Sign in: second step")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return redirect(self.get_success_url())
        if self.known and not second_factor.is_enrolled(self.known):
            return self.lead_to("second_factor_enrol")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        sign_in.complete(self.request, self.known, form.device)
        if not isinstance(form.device, TOTPDevice):
            self.warn_of_few_codes()
        return super().form_valid(form)

    def warn_of_few_codes(self) -> None:
        left = second_factor.recovery_codes_left(self.known)
        self.note(_("Signed in with a recovery code."))
        if left <= FEW:
            text = ngettext(
                "You have %(count)d recovery code left. Please make new ones under "
                "“Second factor”.",
                "You have %(count)d recovery codes left. Please make new ones under "
                "“Second factor”.",
                left,
            )
            messages.warning(self.request, text % {"count": left})


class EnrolView(SecondFactorView):
    """Brings an app: the first one, or another one after a code has allowed it."""

    form_class = AppForm
    template_name = "admin/second_factor/enrol.html"
    title = gettext_lazy("Set up the second factor")

    def dispatch(self, request, *args, **kwargs):
        self.anew = request.user.is_authenticated and ANEW in request.session
        if self.known and second_factor.is_enrolled(self.known) and not self.anew:
            return self.lead_to("second_factor")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        key = self.request.session.setdefault(KEY, default_key())
        return {**super().get_form_kwargs(), "key": key, "anew": self.anew}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["form"]:
            app = TOTPDevice(user=self.known, key=context["form"].key)
            context.update(qr=qr_code(app.config_url), secret=in_fours(app.bin_key))
        return context

    def form_valid(self, form):
        for name in (KEY, ANEW):
            self.request.session.pop(name, None)
        sign_in.complete(self.request, self.known, form.device)
        self.note(_("Second factor set up."))
        return self.show_recovery_codes()


class OwnView(SecondFactorView):
    """For who is signed in: new recovery codes, or another app."""

    form_class = CodeForm
    template_name = "admin/second_factor/own.html"
    title = gettext_lazy("Second factor")

    def get_context_data(self, **kwargs):
        left = second_factor.recovery_codes_left(self.known)
        return super().get_context_data(left=left, **kwargs)

    def form_valid(self, form):
        if "another_app" in self.request.POST:
            self.request.session[ANEW] = True
            return redirect("admin:second_factor_enrol")
        self.note(_("New recovery codes made."))
        return self.show_recovery_codes()


def qr_code(text: str) -> SafeString:
    """Dark on white in either scheme; only attributes, which the policy lets pass."""
    drawn = segno.make(text, micro=False).svg_inline(
        scale=5, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 squares, of which no text remains


def in_fours(key: bytes) -> str:
    text = b32encode(key).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
