from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition

# Answers that name people go with the people at the latest.
MOST_DAYS = 90
YES_NO = (("yes", _("yes")), ("no", _("no")))


class Whom(models.TextChoices):
    """Which sides of a delegation are meant."""

    NOBODY = "nobody", _("nobody")
    GERMAN = "german", _("German side")
    PARTNER = "partner", _("partner side")
    BOTH = "both", _("both sides")

    def includes(self, which: str) -> bool:
        return self in (Whom.BOTH, which)


class QuestionQuerySet(models.QuerySet["Question"]):
    def asked(self):
        """Those that are not retired."""
        return self.filter(retired_at=None)

    def of_registration(self):
        return self.filter(stage=Question.Stage.REGISTRATION)

    def of_second_stage(self):
        return self.filter(stage=Question.Stage.SECOND)


class Question(models.Model):
    """What an edition asks beside the fixed fields: defined by staff, as data.

    Key, type, scope and stage never change (a trigger refuses it), and a question
    that was answered is retired, not deleted: answers keep their meaning.
    """

    class Type(models.TextChoices):
        TEXT = "text", _("text")
        LONG_TEXT = "long_text", _("long text")
        YES_NO = "yes_no", _("yes or no")
        ONE_OF = "one_of", _("one of several answers")
        SEVERAL_OF = "several_of", _("several answers")
        NUMBER = "number", _("whole number")
        DATE = "date", _("date")
        COUNTRY = "country", _("country")

    class Scope(models.TextChoices):
        DELEGATION = "delegation", _("the delegation (its German side answers)")
        SIDE = "side", _("each side")
        PERSON = "person", _("each person")

    class Stage(models.TextChoices):
        REGISTRATION = "registration", _("with the registration")
        SECOND = "second", _("after the approval")

    WITH_OPTIONS = (Type.ONE_OF, Type.SEVERAL_OF)
    MAY_DECIDE = (Type.YES_NO, *WITH_OPTIONS)
    IN_OWN_WORDS = (Type.TEXT, Type.LONG_TEXT)
    FIXED = ("edition_id", "key", "type", "scope", "stage")

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        related_name="questions",
        verbose_name=_("conference"),
    )
    key = models.SlugField(
        _("short name"),
        max_length=40,
        help_text=_("For tables, such as “arrival”. It cannot change later."),
    )
    type = models.CharField(
        _("kind of answer"),
        max_length=10,
        choices=Type,
        help_text=_("It cannot change later."),
    )
    scope = models.CharField(
        _("asked once for"),
        max_length=10,
        choices=Scope,
        help_text=_("It cannot change later."),
    )
    stage = models.CharField(
        _("asked"),
        max_length=12,
        choices=Stage,
        default=Stage.REGISTRATION,
        help_text=_("It cannot change later."),
    )
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(
        _("hint"),
        max_length=300,
        blank=True,
        help_text=_("One short sentence that stands below the question."),
    )
    required_for = models.CharField(
        _("must be answered by"), max_length=7, choices=Whom, default=Whom.NOBODY
    )
    condition_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("only asked after"),
    )
    condition_values = models.JSONField(
        _("only asked if"), default=list, blank=True, editable=False
    )
    is_personal = models.BooleanField(
        _("says something about a person"),
        default=True,
        help_text=_("Such answers are erased after the conference."),
    )
    erased_after = models.PositiveSmallIntegerField(
        _("erased so many days after the conference"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("Empty: together with all other personal data, after 90 days."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired_at = models.DateTimeField(
        _("not asked any more since"), null=True, blank=True
    )

    objects = QuestionQuerySet.as_manager()

    countries: dict = {}  # by ISO code, where `registrations.questions` loaded them

    class Meta:
        ordering = ["edition_id", "stage", "order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="registrations_question_one_per_key",
                violation_error_message=_("This conference has this name already."),
            ),
            models.CheckConstraint(
                condition=Q(is_personal=True)
                | ~Q(scope="person") & ~Q(type__in=["text", "long_text"]),
                name="registrations_question_personal_where_it_may_name_people",
                violation_error_message=_(
                    "What a person answers, and what is written in own words, may say "
                    "something about a person: please tick it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(scope="delegation")
                | Q(required_for__in=["nobody", "german"]),
                name="registrations_question_german_side_answers_for_all",
                violation_error_message=_(
                    "Only the German side answers for the delegation: please choose "
                    "“German side” or “nobody”."
                ),
            ),
        ]

    def __str__(self):
        return self.label or self.key

    @property
    def has_options(self):
        return self.type in self.WITH_OPTIONS

    @property
    def may_decide(self):
        """Whether other questions can depend on its answer."""
        return self.type in self.MAY_DECIDE

    def is_required_for(self, which: str) -> bool:
        return Whom(self.required_for).includes(which)

    def sees(self, other: "Question") -> bool:
        """Whether it may depend on another question: asked earlier, and no wider."""
        scopes, stages = list(self.Scope), list(self.Stage)
        return (
            other.may_decide
            and other.pk != self.pk
            and other.edition_id == self.edition_id
            and scopes.index(self.Scope(other.scope))
            <= scopes.index(self.Scope(self.scope))
            and stages.index(self.Stage(other.stage))
            <= stages.index(self.Stage(self.stage))
        )

    def clean(self):
        self._check_fixed()
        self._check_condition()
        dependents = Question.objects.asked().filter(condition_on=self.pk)
        if self.retired_at and self.pk and dependents.exists():
            raise ValidationError(
                _("Other questions depend on this one: retire them first."),
                code="dependents",
            )

    def retire(self) -> None:
        """Ask it no more; what was answered stays."""
        self.retired_at = timezone.now()
        self.clean()
        self.save(update_fields=["retired_at"])

    def _check_fixed(self) -> None:
        before = Question.objects.filter(pk=self.pk).first() if self.pk else None
        if before and any(
            getattr(before, name) != getattr(self, name) for name in self.FIXED
        ):
            raise ValidationError(
                _(
                    "Key, kind, scope and stage of a question cannot change: retire "
                    "it and ask anew."
                ),
                code="fixed",
            )

    def _check_condition(self) -> None:
        parent = self.condition_on
        if parent is None:
            self.condition_values = []
            return
        known = {value for value, _label in parent.values_that_decide()}
        fits = self.sees(parent) and bool(self.condition_values)
        if not fits or not set(self.condition_values) <= known:
            raise ValidationError(
                _("This question cannot depend on “%(question)s” in this way."),
                params={"question": parent},
                code="condition",
            )
        while parent is not None:
            if parent.pk == self.pk:
                raise ValidationError(
                    _("Two questions cannot depend on each other."), code="circle"
                )
            parent = parent.condition_on

    def values_that_decide(self) -> list[tuple[str, str]]:
        """What can be answered, where other questions may depend on it."""
        if self.type == self.Type.YES_NO:
            return [(value, str(label)) for value, label in YES_NO]
        return [(option.key, option.label) for option in self.options.all()]
