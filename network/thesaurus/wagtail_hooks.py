"""Editors add vocabularies and terms of their own."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from network.thesaurus.models import Domain, Term
from network.thesaurus.names import NamesField
from network.thesaurus.policies import VocabularyPolicy

register_permission_policy(Domain, VocabularyPolicy(Domain))
register_permission_policy(Term, VocabularyPolicy(Term))


class DomainForm(WagtailAdminModelForm):
    names = NamesField(label=_("Names"))

    class Meta:
        model = Domain
        fields = ["code", "names", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)


class TermForm(WagtailAdminModelForm):
    names = NamesField(label=_("Names"))

    class Meta:
        model = Term
        fields = ["domain", "code", "names", "parent", "position", "retired_on"]
        widgets = {"retired_on": forms.DateInput({"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = bool(self.instance.pk)
        self.fields["domain"].disabled = self.fields["code"].disabled = known
        broader = Term.objects.current().select_related("domain")
        self.fields["parent"].queryset = broader.exclude(pk=self.instance.pk) if known else broader

    def clean_parent(self) -> Term | None:
        """A term that is its own ancestor would send every walk up the tree round in circles."""
        parent = above = self.cleaned_data["parent"]
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise ValidationError(_("This term stands above the one that you chose."))
            above = above.parent
        return parent


class TermEditView(EditView):
    """Wagtail asks only whether somebody may change terms at all; here, whether this one."""

    def get_object(self, queryset: Any = None) -> Term:
        term = super().get_object(queryset)
        if term.shipped:
            raise PermissionDenied(_("This term comes with the network and is kept as it is."))
        return term


class DomainViewSet(ModelViewSet):
    model = Domain
    icon = "folder-open-inverse"
    menu_label = _("Vocabularies")
    list_display = ["__str__", "code", "source"]

    def get_form_class(self, for_update: bool = False) -> type[DomainForm]:
        return DomainForm


class TermViewSet(ModelViewSet):
    model = Term
    icon = "tag"
    edit_view_class = TermEditView
    menu_label = _("Terms")
    list_display = ["__str__", "code", "domain", "shipped", "retired_on"]
    list_filter = ["domain", "shipped"]
    ordering = ["domain", "position", "code"]

    def get_form_class(self, for_update: bool = False) -> type[TermForm]:
        return TermForm


class ThesaurusViewSetGroup(ModelViewSetGroup):
    menu_label = _("Thesaurus")
    menu_icon = "tag"
    menu_order = 800
    items = (TermViewSet, DomainViewSet)


@hooks.register("register_admin_viewset")
def thesaurus() -> ThesaurusViewSetGroup:
    return ThesaurusViewSetGroup()
