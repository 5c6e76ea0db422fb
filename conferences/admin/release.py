"""Staff see what a release of the programme would change, and release it."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences import release
from conferences.admin.release_words import in_words
from conferences.models import EditionProgramme
from partnerships.admin import PublishedFilter


@admin.register(EditionProgramme)
class EditionProgrammeAdmin(admin.ModelAdmin):
    list_display = ["__str__", "starts_on", "prepared_count", "released_count", "last"]
    list_filter = [PublishedFilter, ("series", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["city", "=year"]
    list_help = _(
        "The programme of a conference is public as you released it last. Choose a "
        "conference to see what a release would change."
    )

    def get_queryset(self, request):
        is_released = Q(sessions__released__isnull=False)
        return EditionProgramme.objects.with_series().annotate(
            prepared=Count("sessions"),
            released=Count("sessions", filter=is_released),
            last_release=Max("sessions__released_at"),
        )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, edition=None):
        return False

    @admin.display(description=_("sessions"), ordering="prepared")
    def prepared_count(self, edition):
        return edition.prepared or "–"

    @admin.display(description=_("released"), ordering="released")
    def released_count(self, edition):
        return edition.released or "–"

    @admin.display(description=_("last release"), ordering="last_release")
    def last(self, edition):
        return edition.last_release

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What would change; sent, it is released."""
        edition = self.get_object(request, unquote(object_id or ""))
        if edition is None:
            raise Http404
        if not self.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        if request.method == "POST":
            if not self.has_change_permission(request, edition):
                raise PermissionDenied
            return self._released(request, edition)
        sessions = release.prepared(edition)
        changes = release.changes(sessions)
        strays = release.strays(sessions)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Release the programme: %(edition)s") % {"edition": edition},
            "edition": edition,
            "changes": [(change.session, in_words(change)) for change in changes],
            "seen": release.seen(changes),
            "overlaps": release.overlaps(sessions),
            "strays": strays,
            "may_release": not strays and self.has_change_permission(request, edition),
        }
        return TemplateResponse(request, "admin/conferences/release.html", context)

    def _released(self, request, edition):
        count = release.release(edition, has_seen=request.POST.get("seen", ""))
        if count is None:
            again = _("Something was changed meanwhile. Please look once more.")
            self.message_user(request, again, messages.WARNING)
        else:
            words = ngettext(
                "%(count)d session was released.",
                "%(count)d sessions were released.",
                count,
            )
            self.log_change(request, edition, words % {"count": count})
            self.message_user(request, words % {"count": count}, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())
