"""What happens when a Wagtail workflow finishes: a page is published, a nomination is not.

Named by ``WAGTAIL_FINISH_WORKFLOW_ACTION`` and imported while Wagtail's own models are being made, so
nothing of Wagtail is imported at the top.
"""


def finish_workflow(workflow_state, user=None) -> None:
    from wagtail.workflows import publish_workflow_state

    from network.awards.models import Nomination

    if not isinstance(workflow_state.content_object, Nomination):
        publish_workflow_state(workflow_state, user=user)
