"""Asking and cleaning in communities; views hand what is clean to one action."""

from communities.forms.joining import (
    AnswerForm,
    ByMailForm,
    EntranceForm,
    InvitationForm,
    JoinForm,
    JoinRequestForm,
    ManyForm,
    NominationForm,
)
from communities.forms.mandates import MandateAnswerForm, MandateForm
from communities.forms.members import InvolvementForm, MembersFilter, RoleForm, SilenceForm, SuspensionForm
from communities.forms.resources import ResourceForm
from communities.forms.settings import (
    CommunityFilter,
    CommunityForm,
    ReasonForm,
    SettingsForm,
    TermsField,
)
from communities.forms.voice import ConductField, VoiceMixin

__all__ = [
    "AnswerForm",
    "ByMailForm",
    "CommunityFilter",
    "CommunityForm",
    "ConductField",
    "EntranceForm",
    "InvitationForm",
    "InvolvementForm",
    "JoinForm",
    "JoinRequestForm",
    "MandateAnswerForm",
    "MandateForm",
    "ManyForm",
    "MembersFilter",
    "NominationForm",
    "ReasonForm",
    "ResourceForm",
    "RoleForm",
    "SettingsForm",
    "SilenceForm",
    "SuspensionForm",
    "TermsField",
    "VoiceMixin",
]
