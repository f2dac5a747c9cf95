from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "network.awards"
    verbose_name = "Awards"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from network.accounts.personal_data import Holding, personal_data
        from network.awards import actions, personal, policies, receivers
        from network.awards.api import router
        from network.awards.demo import seed
        from network.awards.enums import CHECKLIST, Medal
        from network.awards.evidence import of_case
        from network.awards.letters import take_up
        from network.awards.mail import keep_stock_mail_to_pages
        from network.awards.models import Correction
        from network.calls.procedures import Procedure, procedures
        from network.calls.signals import results_recorded, stage_closed_recorded
        from network.foundations import demo, navigation
        from network.foundations.api import routers
        from network.foundations.appendonly import append_only
        from network.foundations.schedules import Timetable, schedules

        routers.register("awards", router)
        navigation.primary.register("awards", navigation.Entry(_("Awards"), "awards:list", order=40))
        procedures.register(
            actions.PROCEDURE,
            Procedure(
                may_submit=policies.may_nominate,
                missing=actions.missing_answers,
                content=actions.submitted_content,
                outcomes=dict(Medal.choices),
                tie=policies.tie,
                checklist=CHECKLIST,
                languages=lambda case: [case.nomination.language],
                evidence=of_case,
            ),
        )
        append_only.register("awards", Correction)
        schedules.register("awards.look_at_sites", Timetable("network.awards.tasks.look_at_sites"))
        personal_data.register("awards", Holding(_("Appeals"), personal.export, personal.erase))
        stage_closed_recorded.connect(receivers.follow_stage)
        results_recorded.connect(receivers.proclaim_results)
        keep_stock_mail_to_pages()
        take_up()
        demo.chapters.register("awards", seed)
