"""People who can sign in."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Where the address of a person who has left points to: a domain that can never receive mail (RFC 2606).
LEFT_DOMAIN = "@left.invalid"


class UserQuerySet(models.QuerySet):
    def known_as(self, user_id: int | None) -> "UserQuerySet":
        """Her row, and those of accounts that became hers."""
        return self.filter(models.Q(pk=user_id) | models.Q(merged_into=user_id, merged_into__isnull=False))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known to the system by her e-mail address and to others by her name.

    ``actor_id`` is the pseudonym that append-only rows carry: erasing the person breaks the link
    and leaves every chain of records whole.
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(
        _("name"), max_length=150, blank=True, help_text=_("As you write it yourself, in any script.")
    )
    actor_id = models.UUIDField(_("pseudonym"), default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    #: Whose account it is part of now: somebody was here twice.
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name()

    @property
    def has_left(self) -> bool:
        """Nothing of hers is here any more but the row that her contributions point to."""
        return self.email.endswith(LEFT_DOMAIN)

    def get_full_name(self) -> str:
        """Her name; never her address, which is nobody's business but hers."""
        if self.has_left:
            return str(_("Former member"))
        return self.name or str(_("Member"))

    def get_short_name(self) -> str:
        return self.get_full_name()
