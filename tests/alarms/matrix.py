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
    accounts:home                           200 in=stranger
    accounts:inactive                       403
    accounts:leave                          302 in=stranger
    accounts:request_copy                   302 in=stranger
    accounts:second_factor                  302 in=stranger

    alive                                   200
    api                                     200

    api:api-root                            200
    api:changes                             200
    api:domains                             200
    api:focal_points                        200
    api:item                                404
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

    awards:decide decided                   404 403=juror,nominator,secretariat in=stranger
    awards:decide draft                     404 403=nominator in=stranger
    awards:decide handed                    404 403=nominator,secretariat in=stranger
    awards:decide jury                      404 403=juror,nominator,secretariat in=stranger
    awards:desk                             403 200=secretariat in=stranger
    awards:edition                          200
    awards:excuse decided                   403 200=secretariat in=stranger
    awards:excuse draft                     403 404=secretariat in=stranger
    awards:excuse handed                    403 200=secretariat in=stranger
    awards:excuse jury                      403 200=secretariat in=stranger
    awards:jury                             403 200=juror in=stranger
    awards:list                             200
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
    awards:recuse decided                   404 403=juror,nominator,secretariat in=stranger
    awards:recuse draft                     404 403=nominator in=stranger
    awards:recuse handed                    404 403=nominator,secretariat in=stranger
    awards:recuse jury                      404 200=juror 403=nominator,secretariat in=stranger
    awards:release                          403 200=secretariat in=stranger
    awards:score decided                    404 403=juror,nominator,secretariat in=stranger
    awards:score draft                      404 403=nominator in=stranger
    awards:score handed                     404 403=nominator,secretariat in=stranger
    awards:score jury                       404 200=juror 403=nominator,secretariat in=stranger
    awards:screen decided                   404 403=juror,nominator,secretariat in=stranger
    awards:screen draft                     404 403=nominator in=stranger
    awards:screen handed                    404 200=secretariat 403=nominator in=stranger
    awards:screen jury                      404 403=juror,nominator,secretariat in=stranger

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
    communities:withdraw_invitation         403 302=facilitator,moderator in=stranger
    communities:withdraw_request members    404 302=member in=stranger
    communities:withdraw_request public     404 in=stranger
    communities:withdraw_request secret     404 in=stranger

    consent:answer                          404 200=steward,holder in=stranger
    consent:create                          404 200=steward,holder in=stranger
    consent:create_holder                   404 200=steward 403=holder in=stranger
    consent:erase                           404 200=holder 403=steward in=stranger
    consent:erase_note                      404 200=holder 403=steward in=stranger
    consent:holder                          404 200=steward,holder in=stranger
    consent:holders                         404 200=steward,holder in=stranger
    consent:index                           404 200=steward,holder in=stranger
    consent:item                            404 200=steward,holder in=stranger
    consent:lease                           200
    consent:seal                            404 200=steward,holder in=stranger
    consent:stop                            404 200=steward,holder in=stranger

    countries:detail                        200
    countries:end-focal-point               403 302=secretariat in=stranger
    countries:focal-points                  403 200=secretariat in=stranger
    countries:list                          200

    events                                  200
    news                                    200

    events:calendar                         200
    events:event                            200

    experts:detail layered                  200
    experts:detail open                     200
    experts:detail quiet                    200
    experts:directory                       200
    experts:directory searched              200
    experts:edit                            200 in=stranger
    experts:hide                            302 in=stranger
    experts:me                              200 in=stranger
    experts:photo                           404
    experts:preview                         302 200=expert,quiet_expert in=stranger
    experts:publish                         302 in=stranger

    forums:edit members-hidden              404 403=moderator,community_member in=stranger
    forums:edit members-post                404 200=community_member 403=facilitator,moderator in=stranger
    forums:edit public-hidden               404 403=outsider,site_moderator in=stranger
    forums:edit public-post                 403 200=outsider in=stranger
    forums:edit secret-hidden               404 403=quiet_expert,moderator in=stranger
    forums:edit secret-post                 404 200=quiet_expert 403=moderator in=stranger
    forums:file members                     404 200=facilitator,moderator,community_member
    forums:file public                      200
    forums:file secret                      404 200=quiet_expert,moderator
    forums:forum members                    404 200=facilitator,moderator,community_member
    forums:forum public                     200
    forums:forum secret                     404 200=quiet_expert,moderator
    forums:hide members-hidden              404 200=moderator 403=community_member in=stranger
    forums:hide members-post                404 200=moderator 403=facilitator,community_member in=stranger
    forums:hide public-hidden               404 200=site_moderator 403=outsider in=stranger
    forums:hide public-post                 403 200=site_moderator in=stranger
    forums:hide secret-hidden               404 200=moderator 403=quiet_expert in=stranger
    forums:hide secret-post                 404 200=moderator 403=quiet_expert in=stranger
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
    forums:lock public                      403 200=site_moderator in=stranger
    forums:lock secret                      404 200=moderator 403=quiet_expert in=stranger
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
    forums:thread members                   404 200=facilitator,moderator,community_member
    forums:thread members guessed           404 301=facilitator,moderator,community_member
    forums:thread public                    200
    forums:thread public guessed            301
    forums:thread secret                    404 200=quiet_expert,moderator
    forums:thread secret guessed            404 301=quiet_expert,moderator
    forums:watch members                    404 302=facilitator,moderator,community_member in=stranger
    forums:watch public                     302 in=stranger
    forums:watch secret                     404 302=quiet_expert,moderator in=stranger

    live:poll inbox                         200
    live:poll members                       200
    live:poll public                        200
    live:poll secret                        200

    metrics                                 404
    news                                    200

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
    moderation:report members-hidden        404 403=moderator,community_member in=stranger
    moderation:report members-post          404 200=facilitator,moderator 403=community_member in=stranger
    moderation:report public-hidden         404 403=outsider,site_moderator in=stranger
    moderation:report public-post           200 403=outsider in=stranger
    moderation:report secret-hidden         404 403=quiet_expert,moderator in=stranger
    moderation:report secret-post           404 200=moderator 403=quiet_expert in=stranger

    notifications:follow                    404 302=facilitator in=stranger
    notifications:inbox                     200 in=stranger
    notifications:preferences               200 in=stranger
    notifications:read                      302 in=stranger
    notifications:undelivered               403 200=administrator in=stranger
    notifications:unsubscribe               200

    organizations:add                       403 200=secretariat in=stranger
    organizations:detail                    200
    organizations:edit                      403 200=secretariat in=stranger
    organizations:list                      200
    organizations:people                    403 200=secretariat in=stranger

    picture                                 404
    ready                                   200

    search:search                           200

    wagtail_serve event                     200
    wagtail_serve home                      200
    wagtail_serve news                      200
    wagtail_serve nowhere                   404
    wagtail_serve page                      200
    """
)
