"""Addresses below /awards/."""

from django.urls import path

from network.awards import (
    amendments,
    ceremony,
    desk,
    endorsing,
    jury,
    offline,
    outcomes,
    publishing,
    sites,
    views,
)

app_name = "awards"

nomination = "<slug:slug>/nominations/<slug:public_id>/"

urlpatterns = [
    path("", views.list_editions, name="list"),
    path("new/", desk.open_edition, name="new"),
    path("certificates/<str:code>/", outcomes.show_certificate, name="certificate"),
    path("certificates/<str:code>/certificate.pdf", outcomes.download_certificate, name="certificate-pdf"),
    path("map/", publishing.show_map, name="map"),
    path("feed.atom", publishing.feed, name="feed"),
    path("outreach/", sites.show_outreach, name="outreach"),
    path("outreach/parties.csv", sites.download_outreach, name="outreach-csv"),
    path("early/<str:token>/", ceremony.read_early, name="early"),
    path("endorse/<str:token>/", endorsing.confirm_by_link, name="endorse-by-link"),
    # /awards/<edition>/
    path("<slug:slug>/", views.show_edition, name="edition"),
    path("<slug:slug>/nominate/", views.nominate, name="nominate"),
    path("<slug:slug>/desk/", desk.show_desk, name="desk"),
    path("<slug:slug>/jury/", jury.show_jury_room, name="jury"),
    path("<slug:slug>/release/", outcomes.release, name="release"),
    path("<slug:slug>/dossier.zip", outcomes.download_dossier, name="dossier"),
    path("<slug:slug>/jury/scores.xlsx", offline.download_scores, name="scores-sheet"),
    path("<slug:slug>/jury/offline/", offline.take_scores, name="scores-offline"),
    path("<slug:slug>/meeting/", outcomes.show_meeting, name="meeting"),
    path("<slug:slug>/laureates/<int:laureate>/", outcomes.mend, name="mend"),
    path("<slug:slug>/letter/", endorsing.enter_letter, name="letter"),
    path("<slug:slug>/extend/", amendments.extend, name="extend"),
    path("<slug:slug>/late-entry/", amendments.grant, name="grant"),
    path("<slug:slug>/rules/", amendments.amend, name="amend"),
    path("<slug:slug>/questions/", amendments.ask_questions, name="questions"),
    path("<slug:slug>/record/", amendments.show_record, name="record"),
    # /awards/<edition>/nominations/<nomination>/
    path(nomination, views.show_nomination, name="nomination"),
    path(f"{nomination}edit/", views.edit_nomination, name="nomination-edit"),
    path(f"{nomination}screen/", desk.screen, name="screen"),
    path(f"{nomination}score/", jury.score, name="score"),
    path(f"{nomination}recuse/", jury.recuse, name="recuse"),
    path(f"{nomination}excuse/", desk.show_panel, name="excuse"),
    path(f"{nomination}questionnaire.xlsx", offline.download_questionnaire, name="answers-sheet"),
    path(f"{nomination}offline/", offline.take_questionnaire, name="answers-offline"),
    path(f"{nomination}endorse/", endorsing.endorse, name="endorse"),
    path(f"{nomination}supporters/", endorsing.show_supporters, name="supporters"),
    path(f"{nomination}score/keep/", jury.keep_draft, name="keep-draft"),
    path(f"{nomination}score/again/", jury.rescore, name="rescore"),
    path(f"{nomination}discussion/", jury.discuss, name="discuss"),
    path(f"{nomination}facts/", outcomes.check_facts, name="facts"),
    path(f"{nomination}feedback/", outcomes.show_feedback, name="feedback"),
    path(f"{nomination}feedback/letter.pdf", outcomes.download_letter, name="letter-pdf"),
    path(f"{nomination}appeal/", outcomes.appeal, name="appeal"),
    path(f"{nomination}look/", sites.ask_look, name="look"),
    path(f"{nomination}early/", ceremony.tell_early, name="tell-early"),
    path(f"{nomination}leave/", ceremony.give_leave, name="leave"),
    path(f"{nomination}decide/", desk.decide, name="decide"),
]
