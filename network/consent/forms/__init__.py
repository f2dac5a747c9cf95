"""Asking holders and stewards; saving is the actions' business."""

from network.consent.forms.answers import AnswerForm, ConfirmForm, ConsentForm, RefusalForm
from network.consent.forms.codes import CloseForm, CodeForm, EnterCodeForm
from network.consent.forms.held import HoldersForm, SettleForm
from network.consent.forms.holders import CirclesForm, EditHolderForm, HolderForm, PersonForm, ProtocolForm
from network.consent.forms.items import ItemForm, ItemsFilterForm, PartForm
from network.consent.forms.labelling import LabelForm, WarningForm
from network.consent.forms.requests import AgreeForm, AskForm, FlagForm, MessageForm, RefuseForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "AskForm",
    "CirclesForm",
    "CloseForm",
    "CodeForm",
    "ConfirmForm",
    "ConsentForm",
    "EditHolderForm",
    "EnterCodeForm",
    "FlagForm",
    "HolderForm",
    "HoldersForm",
    "ItemForm",
    "ItemsFilterForm",
    "LabelForm",
    "MessageForm",
    "PartForm",
    "PersonForm",
    "ProtocolForm",
    "RefusalForm",
    "RefuseForm",
    "SettleForm",
    "WarningForm",
]
