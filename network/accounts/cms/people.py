"""Administrators see who has an account, give roles, suspend and erase; all of it through our actions.

Wagtail's own pages would write groups and ``is_active`` past the rows that say who decided it and why. Its
pages for groups and its bulk acts on people are closed in ``network.urls`` for the same reason.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import DeleteView as UserDeleteView
from wagtail.users.views.users import IndexView, UserViewSet

from network.accounts import actions, second_factor
from network.accounts.enums import Leaving, Role
from network.accounts.models import LEFT_DOMAIN, User
from network.accounts.names import clean_name
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for


class PersonForm(WagtailAdminModelForm):
    """A person as administrators see her. No password: people enter by a code and choose their own."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Administrators, secretariat and knowledge stewards need a second factor to use theirs."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Why a role or the suspension changes. Kept with the change; the person can read it."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "language"]

    field_order = ["name", "email", "language", "roles", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.held = second_factor.roles_of(self.instance) if self.instance.pk else set()
        self.fields["roles"].initial = sorted(self.held)

    @property
    def viewer(self) -> Viewer:
        return viewer_for(self.for_user)

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Enter a name."))
        return name

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        taken = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if (
            taken.exists()
            or EmailAddress.objects.filter(email__iexact=email).exclude(user_id=self.instance.pk).exists()
        ):
            raise forms.ValidationError(_("Somebody has an account with this address."))
        return email

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        person = super().save(commit=False)
        if person.pk is None:
            person.set_unusable_password()
        person.save()
        EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True})
        self._change_roles(person)
        return person

    def _change_roles(self, person: User) -> None:
        wanted = set(self.cleaned_data["roles"])
        change = {"person": person, "by": self.viewer, "reason": self.cleaned_data["reason"]}
        for role in sorted(wanted - self.held):
            actions.grant_role(role=role, **change)
        for role in sorted(self.held - wanted):
            actions.revoke_role(role=role, **change)


class PersonEditForm(PersonForm):
    """The same for somebody who is there: her address is hers to change; her account can be closed."""

    suspended = forms.BooleanField(
        label=_("Suspended"), required=False, help_text=_("Nobody can sign in; every session ends at once.")
    )
    until = forms.DateTimeField(
        label=_("Suspended until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("In UTC. Empty: until somebody lifts it."),
    )

    field_order = [*PersonForm.field_order, "suspended", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.fields["suspended"].initial = not self.instance.is_active
        standing = self.instance.suspensions.standing().first()
        self.fields["until"].initial = standing and standing.until

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        person = super().save(commit)
        change = {"person": person, "by": self.viewer, "reason": self.cleaned_data["reason"]}
        if self.cleaned_data["suspended"] and person.is_active:
            actions.suspend(until=self.cleaned_data["until"], **change)
        elif not self.cleaned_data["suspended"] and not person.is_active:
            actions.reinstate(**change)
        return person


class RefusedMixin:
    """What an action refuses stands in the form, in its words."""

    def form_valid(self, form: PersonForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class PersonIndexView(IndexView):
    """Everybody with an account; those who have left are nobody's business."""

    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    add_item_label = _("Add a person")
    page_title = _("People")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), sort_key="name", get_url=self.get_edit_url, accessor=str),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=_role_labels),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last signed in"), sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> list[str]:
        return ["name", "email"]

    def get_base_queryset(self) -> QuerySet[User]:
        return _present().prefetch_related("groups")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Addresses and roles of those on this page are seen by whoever opens it; they can read that."""
        context = super().get_context_data(*args, **kwargs)
        shown = [person.pk for person in context["object_list"]]
        actions.looked_at(people=shown, by=viewer_for(self.request.user), what="accounts.list")
        return context

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        return generic.IndexView.order_queryset(self, queryset)


def _present() -> QuerySet[User]:
    return User.objects.exclude(email__endswith=LEFT_DOMAIN)


def _role_labels(person: User) -> str:
    labels = [str(Role(group.name).label) for group in person.groups.all() if group.name in Role.values]
    if person.is_superuser:
        labels.append(str(Role.ADMINISTRATOR.label))
    return ", ".join(labels)


class PersonCreateView(RefusedMixin, generic.CreateView):
    page_title = _("Add a person")
    success_message = _("%(object)s can sign in with a code sent to her address.")


class PersonEditView(RefusedMixin, generic.EditView):
    success_message = _("%(object)s is saved.")

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        page = super().get(*args, **kwargs)
        actions.looked_at(people=[self.object.pk], by=viewer_for(self.request.user), what="accounts.edit")
        return page

    def get_queryset(self) -> QuerySet[User]:
        return _present()


class PersonEraseView(UserDeleteView):
    """Nobody is deleted: what pointed to her would go as well. She leaves, with what she wrote kept."""

    page_title = _("Erase the person")
    success_message = _("%(object)s is erased.")
    confirmation_message = _(
        "Everything that names this person is erased. What she wrote for others stays, under “Former member”."
    )

    def get_queryset(self) -> QuerySet[User]:
        return _present()

    def get_usage_url(self) -> None:
        """What points to her does not stand in the way: her row stays, emptied."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            messages.error(self.request, refused.sentence)
            return redirect(self.get_success_url())

    def delete_action(self) -> None:
        actions.leave(person=self.object, choice=Leaving.KEEP)


class PersonViewSet(UserViewSet):
    """Only administrators hold the right to change people (``accounts.change_user``)."""

    menu_label = _("People")
    ordering = "name"
    template_prefix = ""
    copy_view_enabled = False
    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view_class = PersonEraseView

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonEditForm if for_update else PersonForm


class RoleGroupViewSet(GroupViewSet):
    """Groups are roles, made by a migration; there is no menu for them because there is nothing to change."""

    add_to_settings_menu = False
