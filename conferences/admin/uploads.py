"""Fields and forms for the files that staff upload.

What is sent is checked and kept while the form is checked: so whatever is wrong with
it stands beside the field. A file of a form that fails otherwise is swept away later.
"""

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conferences import documents, pictures
from conferences.admin import refusals
from conferences.models import Picture, PublicationFile

PREVIEW = 160


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """One picture or several: what is known of each that was kept."""

    widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        sent = data if isinstance(data, list) else [data]
        uploads = [super(PicturesField, self).clean(one) for one in sent or [None]]
        kept, errors = [], []
        for upload in filter(None, uploads):
            try:
                kept.append(pictures.keep(upload))
            except pictures.Refused as refusal:
                words = _("%(file)s: %(why)s")
                names = {"file": upload.name, "why": refusals.OF_PICTURES[refusal.why]}
                errors.append(forms.ValidationError(words, refusal.why, names))
        if errors:
            raise forms.ValidationError(errors)
        return kept


class PictureForm(forms.ModelForm):
    """A picture and its file; a new one may be sent with others like it."""

    upload = PicturesField(label=_("file"), required=False)

    class Meta:
        model = Picture
        fields: list[str] = []  # the admin names them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["upload"]
        field.required = self.instance.pk is None
        one_only = self.instance.pk or "edition" not in self.fields
        if "edition" in self.fields:
            self.fields["edition"].required = True  # only a portrait has none
        field.widget.allow_multiple_selected = not one_only
        field.help_text = _("JPEG, PNG or WebP, at most 25 MB.")
        if not one_only:
            field.widget.attrs["multiple"] = True
            field.help_text = _(
                "JPEG, PNG or WebP, at most 25 MB each. You can choose up to 20 at "
                "once: photographer and consent below are those of all, and you "
                "describe each afterwards."
            )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if kept := cleaned.get("upload"):
            edition = cleaned.get("edition") or self.instance.edition
            known = Picture.objects.filter(
                edition=edition, digest__in=[digest for digest, _facts in kept]
            )
            if edition and known.exclude(pk=self.instance.pk).exists():
                self.add_error(
                    "upload",
                    forms.ValidationError(
                        _("This picture is in the gallery already."), "known"
                    ),
                )
            digest, facts = kept[0]
            self.instance.receive(digest, **facts)
        return cleaned

    @cached_property
    def others(self) -> list[tuple[str, dict[str, int]]]:
        """What was sent besides the first."""
        return self.cleaned_data["upload"][1:]


class DocumentField(forms.FileField):
    widget = forms.FileInput(attrs={"accept": "application/pdf"})

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return documents.keep(upload)
        except documents.Refused as refusal:
            words = refusals.OF_DOCUMENTS[refusal.why]
            raise forms.ValidationError(words, refusal.why) from None


class PublicationFileForm(forms.ModelForm):
    upload = DocumentField(
        label=_("file"), required=False, help_text=_("A PDF of at most 50 MB.")
    )

    class Meta:
        model = PublicationFile
        fields: list[str] = []  # the admin names them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if kept := cleaned.get("upload"):
            digest, size = kept
            self.instance.receive(digest, size=size)
        return cleaned


def preview(picture) -> str:
    """A small picture; nothing as long as the worker has not prepared it."""
    if not picture.pk or picture.prepared_at is None:
        return "–"
    height = max(1, round(PREVIEW * picture.height / picture.width))
    address = picture.address(picture.widths[0], "jpg")
    mark = (
        '<img class="preview" src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
    )
    return format_html(mark, address, PREVIEW, height, picture)
