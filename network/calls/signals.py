"""Bells of the procedure engine; both ring inside the transaction, so that receivers may abort it."""

from django.dispatch import Signal

#: ``case``, ``run`` (the StageRun that has just ended), ``user`` (who ended it)
stage_closed_recorded = Signal()

#: ``call``, ``user``: everything about the results becomes public in this transaction
results_recorded = Signal()
