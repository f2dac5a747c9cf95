"""Bells of the award; they ring inside the transaction, so that receivers may abort it."""

from django.dispatch import Signal

#: ``nomination``, ``answers`` (label and text of each that may be shown), ``user`` (who gave leave)
leave_recorded = Signal()

#: ``nomination``: what was published of it goes
leave_taken_back_recorded = Signal()
