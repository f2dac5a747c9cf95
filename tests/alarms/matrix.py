"""The declared matrix: what each of the cast is answered at each place of the network.

A line is a place (the name of an address and, where it has several, which one), the usual answer, and who is
answered otherwise. ``in`` is being sent to sign in. Whoever is barred is answered like a stranger. Places
stand in ``tests/alarms/places.py``; those that only take deeds are asked by POST with nothing in it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    usual: str
    others: dict[str, str]

    @classmethod
    def read(cls, text: str) -> "Row":
        usual, *exceptions = text.split()
        told = (exception.split("=") for exception in exceptions)
        return cls(usual, {who: status for status, people in told for who in people.split(",")})

    def status_for(self, who: str) -> str:
        return self.others.get(who, self.usual)


def _read(table: str) -> dict[str, Row]:
    lines = [line.strip() for line in table.splitlines() if line.strip()]
    return {" ".join(line[:40].split()): Row.read(line[40:]) for line in lines}


MATRIX = _read(
    """
    /api/                                   404

    accounts:data                           200 in=stranger
    accounts:details                        200 in=stranger
    accounts:download_copy                  302 in=stranger
    accounts:end_session                    404 in=stranger
    accounts:home                           200 in=stranger
    accounts:inactive                       403
    accounts:invitation                     200
    accounts:invitations                    403 200=nominator,administrator in=stranger
    accounts:leave                          302 in=stranger
    accounts:merge                          200 in=stranger
    accounts:merge_confirm                  302 in=stranger
    accounts:merged                         200
    accounts:undo_merge                     404 302=administrator in=stranger
    accounts:new_program                    302 in=stranger
    accounts:programs                       200 in=stranger
    accounts:looks                          200 in=stranger
    accounts:request_copy                   302 in=stranger
    accounts:revoke_program                 404 in=stranger
    accounts:second_factor                  302 in=stranger
    accounts:withdraw_invitation            404 302=administrator in=stranger

    alive                                   200
    api                                     200

    api:api-root                            200
    api:changes                             200
    api:changes_key                         200
    api:domains                             200
    api:editions                            200
    api:focal_points                        200
    api:item                                404
    api:laureates                           200
    api:openapi-json                        200
    api:organization                        200
    api:organizations                       200
    api:people                              200
    api:people searched                     200
    api:person layered                      200
    api:person open                         200
    api:person quiet                        200
    api:search                              200
    api:term                                200
    api:terms                               200

    awards:amend                            403 200=secretariat in=stranger
    awards:answers-offline decided          404 403=juror,nominator,secretariat in=stranger
    awards:answers-offline draft            404 200=nominator in=stranger
    awards:answers-offline handed           404 403=nominator,secretariat in=stranger
    awards:answers-offline jury             404 403=juror,nominator,secretariat in=stranger
    awards:answers-sheet decided            404 403=juror,nominator,secretariat in=stranger
    awards:answers-sheet draft              404 200=nominator in=stranger
    awards:answers-sheet handed             404 403=nominator,secretariat in=stranger
    awards:answers-sheet jury               404 403=juror,nominator,secretariat in=stranger
    awards:appeal decided                   404 403=juror,nominator,secretariat in=stranger
    awards:appeal draft                     404 403=nominator in=stranger
    awards:appeal handed                    404 403=nominator,secretariat in=stranger
    awards:appeal jury                      404 403=juror,nominator,secretariat in=stranger
    awards:certificate                      404
    awards:certificate-pdf                  404
    awards:decide decided                   404 403=juror,nominator,secretariat in=stranger
    awards:decide draft                     404 403=nominator in=stranger
    awards:decide handed                    404 403=nominator,secretariat in=stranger
    awards:decide jury                      404 403=juror,nominator,secretariat in=stranger
    awards:desk                             403 200=secretariat in=stranger
    awards:discuss decided                  404 200=juror,secretariat 403=nominator in=stranger
    awards:discuss draft                    404 403=nominator in=stranger
    awards:discuss handed                   404 403=nominator,secretariat in=stranger
    awards:discuss jury                     404 403=juror,nominator,secretariat in=stranger
    awards:dossier                          403 in=stranger
    awards:early                            404
    awards:edition                          200
    awards:endorse decided                  404 403=juror,nominator,secretariat in=stranger
    awards:endorse draft                    404 403=nominator in=stranger
    awards:endorse handed                   404 403=nominator,secretariat in=stranger
    awards:endorse jury                     404 403=juror,nominator,secretariat in=stranger
    awards:endorse-by-link                  404
    awards:excuse decided                   403 200=secretariat in=stranger
    awards:excuse draft                     403 404=secretariat in=stranger
    awards:excuse handed                    403 200=secretariat in=stranger
    awards:excuse jury                      403 200=secretariat in=stranger
    awards:extend                           403 200=secretariat in=stranger
    awards:facts decided                    404 403=juror,nominator,secretariat in=stranger
    awards:facts draft                      404 403=nominator in=stranger
    awards:facts handed                     404 403=nominator,secretariat in=stranger
    awards:facts jury                       404 403=juror,nominator,secretariat in=stranger
    awards:feed                             200
    awards:feedback decided                 404 403=juror,nominator,secretariat in=stranger
    awards:feedback draft                   404 403=nominator in=stranger
    awards:feedback handed                  404 403=nominator,secretariat in=stranger
    awards:feedback jury                    404 403=juror,nominator,secretariat in=stranger
    awards:grant                            403 200=secretariat in=stranger
    awards:jury                             403 200=juror in=stranger
    awards:keep-draft decided               404 403=juror,nominator,secretariat in=stranger
    awards:keep-draft draft                 404 403=nominator in=stranger
    awards:keep-draft handed                404 403=nominator,secretariat in=stranger
    awards:keep-draft jury                  404 200=juror 403=nominator,secretariat in=stranger
    awards:leave decided                    404 403=juror,nominator,secretariat in=stranger
    awards:leave draft                      404 403=nominator in=stranger
    awards:leave handed                     404 403=nominator,secretariat in=stranger
    awards:leave jury                       404 403=juror,nominator,secretariat in=stranger
    awards:letter                           403 200=secretariat in=stranger
    awards:letter-pdf decided               404 200=secretariat 403=juror,nominator in=stranger
    awards:letter-pdf draft                 404 403=nominator in=stranger
    awards:letter-pdf handed                404 403=nominator,secretariat in=stranger
    awards:letter-pdf jury                  404 403=juror,nominator,secretariat in=stranger
    awards:list                             200
    awards:look decided                     404 302=secretariat 403=juror,nominator in=stranger
    awards:look draft                       404 302=nominator in=stranger
    awards:look handed                      404 302=secretariat 403=nominator in=stranger
    awards:look jury                        404 302=secretariat 403=juror,nominator in=stranger
    awards:map                              200
    awards:meeting                          403 200=secretariat in=stranger
    awards:mend                             403 in=stranger
    awards:new                              403 200=secretariat in=stranger
    awards:nominate                         403 200=nominator in=stranger
    awards:nomination decided               404 200=juror,nominator,secretariat in=stranger
    awards:nomination draft                 404 200=nominator in=stranger
    awards:nomination handed                404 200=nominator,secretariat in=stranger
    awards:nomination jury                  404 200=juror,nominator,secretariat in=stranger
    awards:nomination-edit decided          404 403=juror,nominator,secretariat in=stranger
    awards:nomination-edit draft            404 200=nominator in=stranger
    awards:nomination-edit handed           404 403=nominator,secretariat in=stranger
    awards:nomination-edit jury             404 403=juror,nominator,secretariat in=stranger
    awards:outreach                         403 200=secretariat in=stranger
    awards:outreach-csv                     403 200=secretariat in=stranger
    awards:record                           403 200=secretariat in=stranger
    awards:questions                        403 200=secretariat in=stranger
    awards:recuse decided                   404 403=juror,nominator,secretariat in=stranger
    awards:recuse draft                     404 403=nominator in=stranger
    awards:recuse handed                    404 403=nominator,secretariat in=stranger
    awards:recuse jury                      404 200=juror 403=nominator,secretariat in=stranger
    awards:release                          403 200=secretariat in=stranger
    awards:rescore decided                  404 403=juror,nominator,secretariat in=stranger
    awards:rescore draft                    404 403=nominator in=stranger
    awards:rescore handed                   404 403=nominator,secretariat in=stranger
    awards:rescore jury                     404 403=juror,nominator,secretariat in=stranger
    awards:score decided                    404 403=juror,nominator,secretariat in=stranger
    awards:score draft                      404 403=nominator in=stranger
    awards:score handed                     404 403=nominator,secretariat in=stranger
    awards:score jury                       404 200=juror 403=nominator,secretariat in=stranger
    awards:scores-offline                   403 200=juror in=stranger
    awards:scores-sheet                     403 200=juror in=stranger
    awards:screen decided                   404 403=juror,nominator,secretariat in=stranger
    awards:screen draft                     404 403=nominator in=stranger
    awards:screen handed                    404 200=secretariat 403=nominator in=stranger
    awards:screen jury                      404 403=juror,nominator,secretariat in=stranger
    awards:supporters decided               404 200=secretariat 403=juror,nominator in=stranger
    awards:supporters draft                 404 200=nominator in=stranger
    awards:supporters handed                404 200=secretariat 403=nominator in=stranger
    awards:supporters jury                  404 200=secretariat 403=juror,nominator in=stranger
    awards:tell-early decided               404 200=secretariat 403=juror,nominator in=stranger
    awards:tell-early draft                 404 403=nominator in=stranger
    awards:tell-early handed                404 403=nominator,secretariat in=stranger
    awards:tell-early jury                  404 403=juror,nominator,secretariat in=stranger

    communities:act_on_member members       403 422=moderator in=stranger
    communities:act_on_member public        403 422=site_moderator in=stranger
    communities:act_on_member secret        404 403=quiet_expert 422=moderator in=stranger
    communities:answer                      403 422=facilitator,moderator in=stranger
    communities:close_or_reopen members     403 422=moderator in=stranger
    communities:close_or_reopen public      403 422=site_moderator in=stranger
    communities:close_or_reopen secret      404 403=quiet_expert 422=moderator in=stranger
    communities:community members           200
    communities:community public            200
    communities:community secret            404 200=quiet_expert,moderator
    communities:invitation                  200
    communities:invitations members         403 200=facilitator,moderator in=stranger
    communities:invitations public          403 200=site_moderator in=stranger
    communities:invitations secret          404 200=moderator 403=quiet_expert in=stranger
    communities:join members                200 302=facilitator,moderator,community_member in=stranger
    communities:join public                 200 302=outsider in=stranger
    communities:join secret                 404 302=quiet_expert,moderator in=stranger
    communities:leave members               302 in=stranger
    communities:leave public                302 in=stranger
    communities:leave secret                404 302=quiet_expert,moderator in=stranger
    communities:list                        200
    communities:member members              403 200=moderator in=stranger
    communities:member public               403 200=site_moderator in=stranger
    communities:member secret               404 200=moderator 403=quiet_expert in=stranger
    communities:members members             403 200=facilitator,moderator,community_member
    communities:members public              200 403=stranger
    communities:members secret              404 200=quiet_expert,moderator
    communities:membership members          404 200=facilitator,moderator,community_member in=stranger
    communities:membership public           404 200=outsider in=stranger
    communities:membership secret           404 200=quiet_expert,moderator in=stranger
    communities:open                        403 200=moderator,secretariat,site_moderator in=stranger
    communities:settings members            403 200=moderator in=stranger
    communities:settings public             403 200=site_moderator in=stranger
    communities:settings secret             404 200=moderator 403=quiet_expert in=stranger
    communities:invite_many members         403 200=facilitator,moderator in=stranger
    communities:invite_many public          403 200=site_moderator in=stranger
    communities:invite_many secret          404 200=moderator 403=quiet_expert in=stranger
    communities:remind                      403 302=facilitator,moderator in=stranger
    communities:withdraw_invitation         403 302=facilitator,moderator in=stranger
    communities:withdraw_request members    404 302=member in=stranger
    communities:withdraw_request public     404 in=stranger
    communities:withdraw_request secret     404 in=stranger
    communities:answer_mandate              404 in=stranger
    communities:countries members           403 200=facilitator,moderator,community_member
    communities:countries public            200 403=stranger
    communities:countries secret            404 200=quiet_expert,moderator
    communities:document                    404 200=facilitator,moderator,community_member
    communities:end_mandate                 404 302=community_member in=stranger
    communities:entrance members            403 200=facilitator,moderator in=stranger
    communities:entrance public             403 200=site_moderator in=stranger
    communities:entrance secret             404 200=moderator 403=quiet_expert in=stranger
    communities:mandates members            403 200=facilitator,moderator,community_member in=stranger
    communities:mandates public             403 200=outsider in=stranger
    communities:mandates secret             404 200=quiet_expert,moderator in=stranger
    communities:mandates_waiting            200 in=stranger
    communities:nominate members            403 in=stranger
    communities:nominate public             403 in=stranger
    communities:nominate secret             404 403=quiet_expert,moderator in=stranger
    communities:remove_resource             403 302=facilitator,moderator in=stranger
    communities:resources members           403 200=facilitator,moderator,community_member
    communities:resources public            200
    communities:resources secret            404 200=quiet_expert,moderator
    communities:speakers members            403 200=facilitator,moderator,community_member
    communities:speakers public             200 403=stranger
    communities:speakers secret             404 200=quiet_expert,moderator

    consent:about                           200
    consent:answer                          404 200=steward,holder in=stranger
    consent:ask                             200 in=stranger
    consent:circles                         404 200=holder 403=steward in=stranger
    consent:create                          404 200=steward,holder in=stranger
    consent:create_holder                   404 200=steward 403=holder in=stranger
    consent:decline                         404 200=steward,holder in=stranger
    consent:deliberate                      404 200=steward,holder in=stranger
    consent:deliver                         404 200=holder 403=steward in=stranger
    consent:edit_holder                     404 200=steward,holder in=stranger
    consent:end_authority                   404 200=steward 403=holder in=stranger
    consent:end_standing                    404 200=steward,holder in=stranger
    consent:erase                           404 200=holder 403=steward in=stranger
    consent:erase_note                      404 200=holder 403=steward in=stranger
    consent:give_code                       404 200=steward,holder in=stranger
    consent:held                            404 200=steward,holder in=stranger
    consent:holder                          404 200=steward,holder in=stranger
    consent:holders                         404 200=steward,holder in=stranger
    consent:index                           404 200=steward,holder in=stranger
    consent:item                            404 200=steward,holder in=stranger
    consent:keep                            404 200=steward,holder in=stranger
    consent:lease                           200
    consent:name_holders                    404 200=steward in=stranger
    consent:owed                            404 200=steward,holder in=stranger
    consent:pause                           404 200=steward,holder in=stranger
    consent:proposal                        404 200=steward,holder in=stranger
    consent:protocol                        404 200=steward,holder in=stranger
    consent:put_label                       404 200=holder 403=steward in=stranger
    consent:put_warning                     404 200=holder 403=steward in=stranger
    consent:quotable                        200 in=stranger
    consent:received                        404 200=steward,holder in=stranger
    consent:received_table                  404 200=holder 403=steward in=stranger
    consent:refuse                          404 200=steward,holder in=stranger
    consent:request                         404 200=expert,steward,holder in=stranger
    consent:requests                        200 in=stranger
    consent:return                          404 200=holder 403=steward in=stranger
    consent:revoke_code                     404 200=steward,holder in=stranger
    consent:seal                            404 200=steward,holder in=stranger
    consent:settle                          404 200=steward,holder in=stranger
    consent:settle_copy                     404 200=steward,holder in=stranger
    consent:stop                            404 200=steward,holder in=stranger
    consent:stop_by_code                    200
    consent:stopped                         302
    consent:take_back                       404 200=expert 403=steward,holder in=stranger
    consent:take_label                      404 200=holder 403=steward in=stranger
    consent:take_warning                    404 200=holder 403=steward in=stranger
    consent:warn                            200 in=stranger

    countries:accept-alternate              404 in=stranger
    countries:alternates                    200 in=stranger
    countries:detail                        200
    countries:end-alternate                 404 in=stranger
    countries:end-focal-point               403 302=secretariat in=stranger
    countries:focal-points                  403 200=secretariat in=stranger
    countries:list                          200
    countries:name-alternate                404 in=stranger

    events                                  200
    news                                    200

    events:calendar                         200
    events:event                            200
    events:act_at_desk                      403 200=editor in=stranger
    blogs:atom                              200
    blogs:author                            200
    blogs:author_atom                       200
    blogs:author_json                       200
    blogs:blog_atom                         200
    blogs:blog_json                         200
    blogs:discuss                           403 302=outsider in=stranger
    blogs:edit                              403 200=expert,editor in=stranger
    blogs:json                              200
    blogs:list                              200
    blogs:take_back                         403 302=expert,editor in=stranger
    blogs:write                             403 200=expert in=stranger

    events:atom                             200
    events:begin                            403 200=editor in=stranger
    events:json                             200
    events:change_place                     404 200=expert in=stranger
    events:close_desk                       403 302=editor in=stranger
    events:desk                             403 200=editor in=stranger
    events:desk_settings                    403 200=editor in=stranger
    events:desk_sheet                       403 200=editor in=stranger
    events:desk_table                       403 200=editor in=stranger
    events:give_back                        302 in=stranger
    events:mine                             200 in=stranger
    events:participants                     403 200=editor,expert in=stranger
    events:place                            200 in=stranger
    events:take_place                       302 in=stranger
    events:stall                            200
    events:ask_stall                        422 in=stranger
    events:stall_story                      403 200=editor,facilitator,moderator in=stranger
    events:renew_stall                      403 302=facilitator,moderator in=stranger
    events:stall_hours                      403 200=editor,facilitator,moderator in=stranger
    events:drop_hour                        403 302=editor,facilitator,moderator in=stranger
    events:book_talk                        302 in=stranger
    events:free_talk                        403 in=stranger
    events:answer_visitor                   403 200=editor,facilitator,moderator in=stranger
    events:hide_question                    403 302=editor,facilitator,moderator in=stranger
    events:take_certificate                 302 in=stranger
    events:certificate                      404
    events:certificate_file                 404
    events:agenda                           200
    events:agenda_calendar                  200
    events:my_agenda                        200 in=stranger
    events:my_calendar                      200 in=stranger
    events:go                               302 in=stranger
    events:session                          200
    events:ask_session                      422 in=stranger
    events:session_settings                 403 200=editor in=stranger
    events:end_session                      403 302=editor,facilitator in=stranger
    events:move_session                     403 200=editor,facilitator in=stranger
    events:claim_session                    200 in=stranger
    events:answer_claim                     403 302=editor in=stranger
    events:review_session                   403 404=facilitator in=stranger
    events:answer_audience                  404 200=editor,facilitator 403=expert in=stranger
    events:act_on_question                  404 302=editor,expert,facilitator in=stranger

    experts:detail layered                  200
    experts:detail open                     200
    experts:detail quiet                    200
    experts:directory                       200
    experts:directory searched              200
    experts:directory looked at             200
    experts:double                          403 200=administrator in=stranger
    experts:doubles                         403 200=administrator in=stranger
    experts:doubles_apart                   403 302=administrator in=stranger
    experts:edit                            200 in=stranger
    experts:from_list                       200
    experts:export                          200 in=stranger
    experts:export_file                     404 in=stranger
    experts:exports                         200 in=stranger
    experts:hide                            302 in=stranger
    experts:me                              200 in=stranger
    experts:photo                           404
    experts:preview                         302 200=expert,quiet_expert in=stranger
    experts:publish                         302 in=stranger
    experts:people_list                     403 200=secretariat,administrator in=stranger
    experts:people_list_forget              403 302=secretariat,administrator in=stranger
    experts:people_list_rejected            403 404=secretariat,administrator in=stranger
    experts:people_list_start               403 302=secretariat,administrator in=stranger
    experts:people_lists                    403 200=secretariat,administrator in=stranger
    experts:suggestions                     200 in=stranger
    experts:shortlist                       404 200=member,outsider in=stranger
    experts:shortlist_delete                404 200=member 403=outsider in=stranger
    experts:shortlist_edit                  404 200=member 403=outsider in=stranger
    experts:shortlist_new                   200 in=stranger
    experts:shortlist_note                  404 403=outsider 422=member in=stranger
    experts:shortlist_put                   302 in=stranger
    experts:shortlist_share                 404 403=outsider 422=member in=stranger
    experts:shortlist_take_off              404 in=stranger
    experts:shortlist_unshare               404 in=stranger
    experts:shortlists                      200 in=stranger
    experts:bibtex layered                  404
    experts:bibtex open                     404
    experts:bibtex quiet                    404
    experts:block                           404 in=stranger
    experts:bring_back                      404 in=stranger
    experts:bring_card                      200 in=stranger
    experts:bring_publications              200 in=stranger
    experts:decide_report                   403 404=secretariat,administrator in=stranger
    experts:documents                       200 in=stranger
    experts:drop_draft                      302 in=stranger
    experts:forget_history                  302 in=stranger
    experts:history                         200 in=stranger
    experts:keep_card                       302 in=stranger
    experts:keep_draft                      302 in=stranger
    experts:keep_publications               302 in=stranger
    experts:message                         404 in=stranger
    experts:messages                        200 in=stranger
    experts:own_bibtex                      200 in=stranger
    experts:own_card                        200 in=stranger
    experts:paper                           200 in=stranger
    experts:report_message                  404 in=stranger
    experts:reports                         403 200=secretariat,administrator in=stranger
    experts:unblock                         404 in=stranger
    experts:write layered                   200 in=stranger
    experts:write open                      200 403=expert in=stranger
    experts:write quiet                     200 403=quiet_expert in=stranger

    forums:questions members                404 in=stranger
    forums:questions public                 404 in=stranger
    forums:questions secret                 404 in=stranger
    forums:workbench members                404 in=stranger
    forums:workbench public                 404 in=stranger
    forums:workbench secret                 404 in=stranger
    forums:summary_text members             404 in=stranger
    forums:summary_text public              404 in=stranger
    forums:summary_text secret              404 in=stranger
    forums:show_draft members               404 in=stranger
    forums:show_draft public                404 in=stranger
    forums:show_draft secret                404 in=stranger
    forums:take_draft_back members          404 in=stranger
    forums:take_draft_back public           404 in=stranger
    forums:take_draft_back secret           404 in=stranger
    forums:publish members                  404 in=stranger
    forums:publish public                   404 in=stranger
    forums:publish secret                   404 in=stranger
    forums:draft members                    404 in=stranger
    forums:draft public                     404 in=stranger
    forums:draft secret                     404 in=stranger
    forums:question members                 404 in=stranger
    forums:question public                  404 in=stranger
    forums:question secret                  404 in=stranger
    forums:arrange_question members         404 in=stranger
    forums:arrange_question public          404 in=stranger
    forums:arrange_question secret          404 in=stranger
    forums:passage members                  404 in=stranger
    forums:passage public                   404 in=stranger
    forums:passage secret                   404 in=stranger
    forums:section members                  404 in=stranger
    forums:section public                   404 in=stranger
    forums:section secret                   404 in=stranger
    forums:own_words members                404 in=stranger
    forums:own_words public                 404 in=stranger
    forums:own_words secret                 404 in=stranger
    forums:correction members               404 in=stranger
    forums:correction public                404 in=stranger
    forums:correction secret                404 in=stranger
    forums:correct members                  404 in=stranger
    forums:correct public                   404 in=stranger
    forums:correct secret                   404 in=stranger
    forums:pick members                     404 in=stranger
    forums:pick public                      404 in=stranger
    forums:pick secret                      404 in=stranger
    forums:assign members                   404 in=stranger
    forums:assign public                    404 in=stranger
    forums:assign secret                    404 in=stranger
    forums:contributions members            404
    forums:contributions public             404
    forums:contributions secret             404
    forums:proceedings members              404
    forums:proceedings public               404
    forums:proceedings secret               404
    forums:proceedings_docx members         404
    forums:proceedings_docx public          404
    forums:proceedings_docx secret          404
    forums:proceedings_pdf members          404
    forums:proceedings_pdf public           404
    forums:proceedings_pdf secret           404
    forums:author members-hidden            404 403=moderator,community_member in=stranger
    forums:author members-post              404 403=facilitator,moderator,community_member in=stranger
    forums:author public-hidden             404 403=outsider,site_moderator in=stranger
    forums:author public-post               403 in=stranger
    forums:author secret-hidden             404 403=quiet_expert,moderator in=stranger
    forums:author secret-post               404 403=quiet_expert,moderator in=stranger
    forums:community_atom members           404
    forums:community_atom public            200
    forums:community_atom secret            404
    forums:community_json members           404
    forums:community_json public            200
    forums:community_json secret            404
    forums:accept members-hidden            404 302=moderator,community_member in=stranger
    forums:accept members-post              404 302=moderator,community_member 403=facilitator in=stranger
    forums:accept public-hidden             404 302=outsider,site_moderator in=stranger
    forums:accept public-post               403 302=outsider,site_moderator in=stranger
    forums:accept secret-hidden             404 302=quiet_expert,moderator in=stranger
    forums:accept secret-post               404 302=quiet_expert,moderator in=stranger
    forums:calendar members                 404 200=facilitator,moderator,community_member
    forums:calendar public                  200
    forums:calendar secret                  404 200=quiet_expert,moderator
    forums:extend members                   404 200=facilitator,moderator 403=community_member in=stranger
    forums:extend public                    403 200=site_moderator in=stranger
    forums:extend secret                    404 200=moderator 403=quiet_expert in=stranger
    forums:suitcase members                 404 200=facilitator,moderator,community_member in=stranger
    forums:suitcase public                  200 in=stranger
    forums:suitcase secret                  404 200=quiet_expert,moderator in=stranger
    forums:suitcase_text members            404 200=facilitator,moderator,community_member in=stranger
    forums:suitcase_text public             200 in=stranger
    forums:suitcase_text secret             404 200=quiet_expert,moderator in=stranger
    forums:summary members                  404 200=facilitator,moderator 403=community_member in=stranger
    forums:summary public                   403 200=site_moderator in=stranger
    forums:summary secret                   404 200=moderator 403=quiet_expert in=stranger
    forums:want members                     404 302=facilitator,moderator 403=community_member in=stranger
    forums:want public                      403 in=stranger
    forums:want secret                      404 302=moderator 403=quiet_expert in=stranger
    forums:window members                   404 302=facilitator,moderator 403=community_member in=stranger
    forums:window public                    403 302=site_moderator in=stranger
    forums:window secret                    404 302=moderator 403=quiet_expert in=stranger
    forums:audience members                 403 200=facilitator,moderator,community_member in=stranger
    forums:audience public                  403 200=outsider,site_moderator in=stranger
    forums:audience secret                  404 200=quiet_expert,moderator in=stranger
    forums:decide_widening                  403 302=facilitator,moderator,community_member in=stranger
    forums:participants members             404 200=facilitator,moderator,community_member
    forums:participants public              200
    forums:participants secret              404 200=quiet_expert,moderator
    forums:widening                         403 200=facilitator,moderator,community_member in=stranger
    forums:bookmark members-hidden          404 200=moderator,community_member in=stranger
    forums:bookmark members-post            404 200=facilitator,moderator,community_member in=stranger
    forums:reactions members-hidden         404 200=moderator,community_member in=stranger
    forums:reactions members-post           404 200=facilitator,moderator,community_member in=stranger
    forums:bookmark secret-hidden           404 200=moderator,quiet_expert in=stranger
    forums:bookmark secret-post             404 200=quiet_expert,moderator in=stranger
    forums:reactions secret-hidden          404 200=moderator,quiet_expert in=stranger
    forums:reactions secret-post            404 200=quiet_expert,moderator in=stranger
    forums:bookmark public-hidden           404 200=outsider,site_moderator in=stranger
    forums:bookmark public-post             200 in=stranger
    forums:reactions public-hidden          404 200=outsider,site_moderator in=stranger
    forums:reactions public-post            200 in=stranger
    forums:reply_draft members              404 302=facilitator,moderator 409=community_member in=stranger
    forums:reply_draft public               403 302=outsider in=stranger
    forums:reply_draft secret               404 302=quiet_expert,moderator in=stranger
    forums:start_draft members              404 302=facilitator,moderator,community_member in=stranger
    forums:start_draft public               403 302=outsider in=stranger
    forums:start_draft secret               404 302=quiet_expert,moderator in=stranger
    forums:reply_files members              404 422=facilitator,moderator,community_member in=stranger
    forums:reply_files public               403 422=outsider in=stranger
    forums:reply_files secret               404 422=quiet_expert,moderator in=stranger
    forums:start_files members              404 422=facilitator,moderator,community_member in=stranger
    forums:start_files public               403 422=outsider in=stranger
    forums:start_files secret               404 422=quiet_expert,moderator in=stranger
    forums:edit members-hidden              404 403=moderator,community_member in=stranger
    forums:edit members-post                404 200=community_member 403=facilitator,moderator in=stranger
    forums:edit public-hidden               404 403=outsider,site_moderator in=stranger
    forums:edit public-post                 403 200=outsider in=stranger
    forums:edit secret-hidden               404 403=quiet_expert,moderator in=stranger
    forums:edit secret-post                 404 200=quiet_expert 403=moderator in=stranger
    forums:delete members-hidden            404 403=moderator,community_member in=stranger
    forums:delete members-post              404 200=community_member 403=facilitator,moderator in=stranger
    forums:delete public-hidden             404 403=outsider,site_moderator in=stranger
    forums:delete public-post               403 200=outsider in=stranger
    forums:delete secret-hidden             404 403=quiet_expert,moderator in=stranger
    forums:delete secret-post               404 200=quiet_expert 403=moderator in=stranger
    forums:export members                   403 200=facilitator,moderator in=stranger
    forums:export public                    403 200=site_moderator in=stranger
    forums:export secret                    404 200=moderator 403=quiet_expert in=stranger
    forums:file members                     404 200=facilitator,moderator,community_member
    forums:file public                      200
    forums:file secret                      404 200=quiet_expert,moderator
    forums:remove_file members              404 302=community_member 403=facilitator,moderator in=stranger
    forums:remove_file public               403 302=outsider in=stranger
    forums:remove_file secret               404 302=quiet_expert 403=moderator in=stranger
    forums:forum_atom members               404
    forums:forum_atom public                200
    forums:forum_atom secret                404
    forums:forum_json members               404
    forums:forum_json public                200
    forums:forum_json secret                404
    forums:forum members                    404 200=facilitator,moderator,community_member
    forums:forum public                     200
    forums:forum secret                     404 200=quiet_expert,moderator
    forums:amend members-hidden             404 403=moderator,community_member in=stranger
    forums:amend members-post               404 200=moderator 403=facilitator,community_member in=stranger
    forums:amend public-hidden              404 403=outsider,site_moderator in=stranger
    forums:amend public-post                403 200=site_moderator in=stranger
    forums:amend secret-hidden              404 403=quiet_expert,moderator in=stranger
    forums:amend secret-post                404 200=moderator 403=quiet_expert in=stranger
    forums:mend members                     404 403=moderator in=stranger
    forums:mend public                      404 403=site_moderator in=stranger
    forums:mend secret                      404 403=moderator in=stranger
    forums:hide members-hidden              404 200=moderator 403=community_member in=stranger
    forums:hide members-post                404 200=moderator 403=facilitator,community_member in=stranger
    forums:hide public-hidden               404 200=site_moderator 403=outsider in=stranger
    forums:hide public-post                 403 200=site_moderator in=stranger
    forums:hide secret-hidden               404 200=moderator 403=quiet_expert in=stranger
    forums:hide secret-post                 404 200=moderator 403=quiet_expert in=stranger
    forums:by_mail members                  404 200=facilitator,moderator,community_member in=stranger
    forums:by_mail public                   403 200=outsider,site_moderator in=stranger
    forums:by_mail secret                   404 200=quiet_expert,moderator in=stranger
    forums:mail members-hidden              404 403=moderator,community_member
    forums:mail members-post                404 403=facilitator,moderator,community_member
    forums:mail public-hidden               404 403=outsider,site_moderator
    forums:mail public-post                 403
    forums:mail secret-hidden               404 403=quiet_expert,moderator
    forums:mail secret-post                 404 403=quiet_expert,moderator
    forums:history members-hidden           404 200=moderator,community_member
    forums:history members-post             404 200=facilitator,moderator,community_member
    forums:history public-hidden            404 200=outsider,site_moderator
    forums:history public-post              200
    forums:history secret-hidden            404 200=quiet_expert,moderator
    forums:history secret-post              404 200=quiet_expert,moderator
    forums:index members                    302
    forums:index public                     302
    forums:index secret                     404 302=quiet_expert,moderator
    forums:lock members                     404 200=facilitator,moderator 403=community_member in=stranger
    forums:merge members                    404 200=facilitator,moderator 403=community_member in=stranger
    forums:move members                     404 200=facilitator,moderator 403=community_member in=stranger
    forums:split members                    404 200=facilitator,moderator 403=community_member in=stranger
    forums:lock public                      403 200=site_moderator in=stranger
    forums:merge public                     403 200=site_moderator in=stranger
    forums:move public                      403 200=site_moderator in=stranger
    forums:split public                     403 200=site_moderator in=stranger
    forums:lock secret                      404 200=moderator 403=quiet_expert in=stranger
    forums:merge secret                     404 200=moderator 403=quiet_expert in=stranger
    forums:move secret                      404 200=moderator 403=quiet_expert in=stranger
    forums:split secret                     404 200=moderator 403=quiet_expert in=stranger
    forums:open members                     403 200=facilitator,moderator in=stranger
    forums:open public                      403 200=site_moderator in=stranger
    forums:open secret                      404 200=moderator 403=quiet_expert in=stranger
    forums:pin members                      404 302=facilitator,moderator 403=community_member in=stranger
    forums:pin public                       403 302=site_moderator in=stranger
    forums:pin secret                       404 302=moderator 403=quiet_expert in=stranger
    forums:post members-hidden              404 302=facilitator,moderator,community_member
    forums:post members-post                404 302=facilitator,moderator,community_member
    forums:post public-hidden               302
    forums:post public-post                 302
    forums:post secret-hidden               404 302=quiet_expert,moderator
    forums:post secret-post                 404 302=quiet_expert,moderator
    forums:reply members                    404 200=facilitator,moderator,community_member in=stranger
    forums:reply public                     403 200=outsider in=stranger
    forums:reply secret                     404 200=quiet_expert,moderator in=stranger
    forums:settings members                 404 200=facilitator,moderator 403=community_member in=stranger
    forums:settings public                  403 200=site_moderator in=stranger
    forums:settings secret                  404 200=moderator 403=quiet_expert in=stranger
    forums:start members                    404 200=facilitator,moderator,community_member in=stranger
    forums:start public                     403 200=outsider in=stranger
    forums:start secret                     404 200=quiet_expert,moderator in=stranger
    forums:tag members                      404 200=facilitator,moderator,community_member
    forums:tag public                       200
    forums:tag secret                       404 200=quiet_expert,moderator
    forums:tag_atom members                 404
    forums:tag_atom public                  200
    forums:tag_atom secret                  404
    forums:tag_json members                 404
    forums:tag_json public                  200
    forums:tag_json secret                  404
    forums:tag_thread members               404 200=facilitator,moderator,community_member in=stranger
    forums:tag_thread public                403 200=outsider,site_moderator in=stranger
    forums:tag_thread secret                404 200=quiet_expert,moderator in=stranger
    forums:tags members                     200
    forums:tags public                      200
    forums:tags secret                      404 200=quiet_expert,moderator
    forums:ask members                      404 200=facilitator,moderator,community_member in=stranger
    forums:ask public                       403 200=outsider,site_moderator in=stranger
    forums:ask secret                       404 200=quiet_expert,moderator in=stranger
    forums:close_poll members               404 302=facilitator,moderator 403=community_member in=stranger
    forums:close_poll public                403 302=site_moderator in=stranger
    forums:close_poll secret                404 302=moderator 403=quiet_expert in=stranger
    forums:poll members                     404 200=facilitator,moderator,community_member
    forums:poll public                      200
    forums:poll secret                      404 200=quiet_expert,moderator
    forums:vote members                     404 422=facilitator,moderator,community_member in=stranger
    forums:vote public                      403 422=outsider in=stranger
    forums:vote secret                      404 422=quiet_expert,moderator in=stranger
    forums:sheet members                    404 200=facilitator,moderator,community_member
    forums:sheet public                     200
    forums:sheet secret                     404 200=quiet_expert,moderator
    forums:share members                    404 200=facilitator,moderator,community_member
    forums:share public                     200
    forums:share secret                     404 200=quiet_expert,moderator
    forums:thread_atom members              404
    forums:thread_atom public               200
    forums:thread_atom secret               404
    forums:thread_json members              404
    forums:thread_json public               200
    forums:thread_json secret               404
    forums:thread members                   404 200=facilitator,moderator,community_member
    forums:thread members guessed           404 301=facilitator,moderator,community_member
    forums:thread public                    200
    forums:thread public guessed            301
    forums:thread secret                    404 200=quiet_expert,moderator
    forums:thread secret guessed            404 301=quiet_expert,moderator
    forums:health members                   403 200=moderator in=stranger
    forums:health public                    403 200=site_moderator in=stranger
    forums:health secret                    404 200=moderator 403=quiet_expert in=stranger
    forums:health_table members             403 200=moderator in=stranger
    forums:health_table public              403 200=site_moderator in=stranger
    forums:health_table secret              404 200=moderator 403=quiet_expert in=stranger
    forums:voices members                   403 200=facilitator,moderator in=stranger
    forums:voices public                    403 200=site_moderator in=stranger
    forums:voices secret                    404 200=moderator 403=quiet_expert in=stranger
    forums:watch_community members          404 400=facilitator,moderator,community_member in=stranger
    forums:watch_community public           404 400=outsider in=stranger
    forums:watch_community secret           404 400=quiet_expert,moderator in=stranger
    forums:contents members                 404 200=facilitator,moderator,community_member
    forums:contents public                  200
    forums:contents secret                  404 200=quiet_expert,moderator
    forums:mentions members                 404 200=facilitator,moderator,community_member in=stranger
    forums:mentions public                  403 200=outsider in=stranger
    forums:mentions secret                  404 200=quiet_expert,moderator in=stranger
    forums:forum_mentions members           404 200=facilitator,moderator,community_member in=stranger
    forums:forum_mentions public            403 200=outsider in=stranger
    forums:forum_mentions secret            404 200=quiet_expert,moderator in=stranger
    forums:schedule members                 404 302=facilitator,moderator,community_member in=stranger
    forums:schedule public                  302 in=stranger
    forums:schedule secret                  404 302=quiet_expert,moderator in=stranger
    forums:scheduled members                404 200=facilitator,moderator 403=community_member in=stranger
    forums:scheduled public                 403 200=site_moderator in=stranger
    forums:scheduled secret                 404 200=moderator 403=quiet_expert in=stranger
    forums:watch_tag members                404 302=facilitator,moderator,community_member in=stranger
    forums:watch_tag public                 302 in=stranger
    forums:watch_tag secret                 404 302=quiet_expert,moderator in=stranger
    forums:watch_forum members              404 302=facilitator,moderator,community_member in=stranger
    forums:watch_forum public               302 in=stranger
    forums:watch_forum secret               404 302=quiet_expert,moderator in=stranger
    forums:watch members                    404 302=facilitator,moderator,community_member in=stranger
    forums:watch public                     302 in=stranger
    forums:watch secret                     404 302=quiet_expert,moderator in=stranger

    kept:bookmarks                          200 in=stranger
    kept:delete_draft                       404 302=community_member in=stranger
    kept:drafts                             200 in=stranger
    kept:remove                             404 302=community_member in=stranger

    live:poll inbox                         200
    live:poll members                       200
    live:poll public                        200
    live:poll secret                        200

    metrics                                 404

    reading:catch_up                        200 in=stranger
    reading:keys                            200
    reading:mark_read                       400 in=stranger
    reading:watching                        200 in=stranger

    news                                    200

    moderation:appeal                       404 200=community_member in=stranger
    moderation:away                         403 422=facilitator,moderator,site_moderator in=stranger
    moderation:decide members               404 200=moderator in=stranger
    moderation:decide public                404 200=site_moderator in=stranger
    moderation:decide secret                404 200=moderator in=stranger
    moderation:decide_many                  403 302=facilitator,moderator,site_moderator in=stranger
    moderation:look                         403 404=facilitator,moderator,site_moderator in=stranger
    moderation:mine                         200 in=stranger
    moderation:reason members               403 200=moderator in=stranger
    moderation:reason public                403 200=site_moderator in=stranger
    moderation:reason secret                404 200=moderator 403=quiet_expert in=stranger
    moderation:reasons members              403 200=moderator in=stranger
    moderation:reasons public               403 200=site_moderator in=stranger
    moderation:reasons secret               404 200=moderator 403=quiet_expert in=stranger
    moderation:record members               403 200=moderator in=stranger
    moderation:record public                403 200=site_moderator in=stranger
    moderation:record secret                404 200=moderator 403=quiet_expert in=stranger
    moderation:remove_note members          403 302=moderator in=stranger
    moderation:remove_note public           403 in=stranger
    moderation:remove_note secret           404 302=moderator 403=quiet_expert in=stranger
    moderation:rules members                403 200=moderator in=stranger
    moderation:rules public                 403 200=site_moderator in=stranger
    moderation:rules secret                 404 200=moderator 403=quiet_expert in=stranger
    moderation:site_reason                  403 200=site_moderator in=stranger
    moderation:site_reasons                 403 200=site_moderator in=stranger
    moderation:undo                         404 302=moderator in=stranger
    moderation:workload members             403 200=moderator in=stranger
    moderation:workload public              403 200=site_moderator in=stranger
    moderation:workload secret              404 200=moderator 403=quiet_expert in=stranger
    moderation:decide_held members          404 422=moderator in=stranger
    moderation:decide_held public           404 422=site_moderator in=stranger
    moderation:decide_held secret           404 422=moderator in=stranger
    moderation:decide_report members        404 422=moderator in=stranger
    moderation:decide_report public         404 422=site_moderator in=stranger
    moderation:decide_report secret         404 422=moderator in=stranger
    moderation:everything                   403 200=facilitator,moderator,site_moderator in=stranger
    moderation:log members                  403 200=facilitator,moderator,community_member in=stranger
    moderation:log public                   403 200=outsider,site_moderator in=stranger
    moderation:log secret                   404 200=quiet_expert,moderator in=stranger
    moderation:queue members                403 200=facilitator,moderator in=stranger
    moderation:queue public                 403 200=site_moderator in=stranger
    moderation:queue secret                 404 200=moderator 403=quiet_expert in=stranger
    moderation:claim members-hidden         404 403=moderator,community_member in=stranger
    moderation:claim members-post           404 403=facilitator,moderator,community_member in=stranger
    moderation:claim public-hidden          404 403=outsider,site_moderator in=stranger
    moderation:claim public-post            403 in=stranger
    moderation:claim secret-hidden          404 403=quiet_expert,moderator in=stranger
    moderation:claim secret-post            404 403=moderator,quiet_expert in=stranger
    moderation:report members-hidden        404 403=moderator,community_member in=stranger
    moderation:report members-post          404 200=facilitator,moderator 403=community_member in=stranger
    moderation:report public-hidden         404 403=outsider,site_moderator in=stranger
    moderation:report public-post           200 403=outsider in=stranger
    moderation:report secret-hidden         404 403=quiet_expert,moderator in=stranger
    moderation:report secret-post           404 200=moderator 403=quiet_expert in=stranger

    notifications:confirm                   404
    notifications:follow                    404 302=facilitator in=stranger
    notifications:inbox                     200 in=stranger
    notifications:incoming                  403 200=administrator in=stranger
    notifications:mail                      200 in=stranger
    notifications:place                     404 200=quiet_expert,moderator in=stranger
    notifications:preferences               200 in=stranger
    notifications:read                      302 in=stranger
    notifications:retry_incoming            403 404=administrator in=stranger
    notifications:suspended                 403 200=administrator in=stranger
    notifications:undelivered               403 200=administrator in=stranger
    notifications:unsubscribe               200

    organizations:add                       403 200=secretariat in=stranger
    organizations:detail                    200
    organizations:edit                      403 200=secretariat in=stranger
    organizations:list                      200
    organizations:people                    403 200=secretariat in=stranger
    organizations:act                       404 302=secretariat in=stranger
    organizations:answer                    404 302=member in=stranger
    organizations:belonging                 404 403=secretariat in=stranger
    organizations:import                    403 200=secretariat in=stranger
    organizations:merge                     403 200=secretariat,administrator in=stranger
    organizations:mine                      200 in=stranger
    organizations:networks                  403 in=stranger
    organizations:undo-merge                403 302=secretariat,administrator in=stranger

    endorsements:accept                     404 302=expert in=stranger
    endorsements:decline                    404 302=expert in=stranger
    endorsements:endorse                    403 200=nominator in=stranger
    endorsements:mine                       200 in=stranger
    endorsements:withdraw                   404 422=nominator in=stranger

    rosters:act                             404 302=expert 403=nominator in=stranger
    rosters:add                             403 200=secretariat in=stranger
    rosters:close                           403 302=secretariat in=stranger
    rosters:detail                          200
    rosters:edit                            403 200=secretariat in=stranger
    rosters:end-keeper                      403 302=secretariat in=stranger
    rosters:entry                           404 200=expert,nominator in=stranger
    rosters:feed                            200
    rosters:keep                            403 in=stranger
    rosters:keepers                         403 200=secretariat in=stranger
    rosters:list                            200
    rosters:mine                            200 in=stranger
    rosters:nominate                        403 200=nominator in=stranger
    rosters:office                          403 in=stranger
    rosters:still-true                      200
    rosters:take-out                        200 in=stranger
    rosters:write                           404 403=expert,nominator in=stranger

    picture                                 404
    knowledge_media                         404
    ready                                   200

    search:change                           404 200=member in=stranger
    search:delete                           404 in=stranger
    search:save                             200 in=stranger
    search:saved                            200 in=stranger
    search:search                           200
    search:stop                             200

    wagtail_serve event                     200
    wagtail_serve home                      200
    wagtail_serve blog                      200
    wagtail_serve entry                     200
    wagtail_serve news                      200
    wagtail_serve nowhere                   404
    wagtail_serve page                      200
    """
)
