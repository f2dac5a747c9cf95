"""Who must agree: all holders, a number of them, a named authority, the women; and what labels hold back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.consent import actions, gate
from network.consent.egress import bind_for
from network.consent.enums import (
    Action,
    Basis,
    Circle,
    DutyKind,
    Exposure,
    LabelFamily,
    PartName,
    RecordKind,
    ReleaseRule,
    Voice,
)
from network.consent.models import Delivery, Holding, Label, Lineage
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def steward():
    return people.viewer(people.steward())


def shown(made, viewer=None, exit="page") -> bool:
    return CANARY in bind_for(viewer or anonymous(), f"<p>{made.token('body')}</p>", exit=exit)


def give(made, *authorities, by, clauses=None, **particulars):
    return actions.record_consent(
        item=made,
        authorities=authorities,
        kind=RecordKind.GIVEN,
        basis=Basis.APPROVAL,
        clauses=clauses or [clause(EVERYONE)],
        particulars=actions.Particulars(**particulars),
        by=by,
    )


class TestBetweenHolders:
    @pytest.fixture
    def three(self, of):
        return [of, holder("People of the river"), holder("People of the hill")]

    def test_a_number_of_them_is_enough_while_the_others_are_silent(self, three):
        made = item(*three, rule=ReleaseRule.QUORUM, needed=2)
        consent(made, three[0], clause(EVERYONE))
        assert not shown(made)
        consent(made, three[1], clause(EVERYONE))
        assert shown(made)

    @pytest.mark.parametrize("kind", [RecordKind.REFUSED, RecordKind.SUSPENDED])
    def test_one_who_objects_stops_it(self, three, kind):
        made = item(*three, rule=ReleaseRule.QUORUM, needed=2)
        consent(made, three[0], clause(EVERYONE))
        consent(made, three[1], clause(EVERYONE))
        consent(made, three[2], kind=kind)
        assert not shown(made)

    def test_one_who_says_less_narrows_it(self, three):
        made = item(*three, rule=ReleaseRule.QUORUM, needed=2)
        for of in three[:2]:
            consent(made, of, clause(EVERYONE))
        consent(made, three[2], clause("member"))
        assert not shown(made)
        assert shown(made, people.viewer(people.member()))

    def test_the_named_authority_must_have_signed(self, three, steward):
        named = authority(three[0])
        other = authority(three[0], people.expert())
        made = item(*three, rule=ReleaseRule.NAMED, decider=named)
        give(made, other, by=steward)
        assert not shown(made)
        give(made, named, by=steward)
        assert shown(made)
        consent(made, three[2], kind=RecordKind.REFUSED)
        assert not shown(made)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"rule": ReleaseRule.QUORUM, "needed": 0}, "needed"),
            ({"rule": ReleaseRule.QUORUM, "needed": 4}, "needed"),
            ({"rule": ReleaseRule.NAMED}, "decider"),
        ],
    )
    def test_a_rule_that_says_nothing_is_refused(self, three, wrong, field):
        with pytest.raises(Refused) as refusal:
            item(*three, **wrong)
        assert refusal.value.field == field


class TestWithinAHolder:
    def test_as_many_as_the_holder_asks_for(self, steward):
        of = holder(quorum=2)
        made = item(of)
        first, second = authority(of), authority(of, people.expert())
        with pytest.raises(Refused) as refusal:
            give(made, first, by=steward)
        assert refusal.value.field == "authorities"
        record = give(made, first, second, by=steward)
        assert record.signers == sorted([first.pk, second.pk])
        assert shown(made)

    def test_one_is_enough_to_say_less(self, steward):
        of = holder(quorum=2)
        made = item(of)
        first, second = authority(of), authority(of, people.expert())
        give(made, first, second, by=steward)
        give(made, second, clauses=[clause("member")], by=steward)
        assert not shown(made)
        with pytest.raises(Refused):
            give(made, second, clauses=[clause(EVERYONE)], by=steward)

    def test_nobody_signs_for_another(self, of):
        made = item(of)
        mine, hers = authority(of), authority(of, people.expert())
        with pytest.raises(PermissionDenied):
            give(made, mine, hers, by=people.viewer(people.holder()))

    def test_the_women_decide_on_what_is_theirs(self, of, steward):
        made = item(of, of_women=True)
        general = authority(of)
        give(made, general, by=steward)
        assert shown(made)  # nobody speaks for the women yet
        women = actions.attest_authority(
            holder=of, user=people.expert(), office="Voice of the women", voice=Voice.WOMEN, by=steward
        )
        assert not shown(made)
        with pytest.raises(Refused, match="women"):
            give(made, general, by=steward)
        record = give(made, women, by=steward)
        assert record.voice == Voice.WOMEN
        assert shown(made)

    def test_a_circle_reads_what_is_for_it(self, of):
        made = item(of)
        keeper = with_standing(of)
        authority(of, keeper)
        consent(made, of, clause(f"holder:{of.pk}:women"))
        assert not shown(made, people.viewer(keeper))
        actions.attest_standing(
            holder=of, user=people.expert(), circles=[Circle.WOMEN], by=people.viewer(keeper)
        )
        assert shown(made, people.viewer(people.expert()))

    def test_a_steward_puts_nobody_into_a_circle(self, of, steward):
        with pytest.raises(PermissionDenied):
            actions.attest_standing(holder=of, user=people.expert(), circles=[Circle.MEN], by=steward)


class TestLineage:
    def test_it_goes_no_farther_than_what_it_was_made_from(self, of):
        source, other = item(of), holder("People of the river")
        translation = item(other, derived_from=[source])
        excerpt = item(other, derived_from=[translation])
        for made in (translation, excerpt):
            consent(made, other, clause(EVERYONE))
        assert not shown(translation)
        assert not shown(excerpt)
        consent(source, of, clause("member"))
        assert not shown(excerpt)
        assert shown(excerpt, people.viewer(people.member()))
        actions.withdraw(item=source, holder=of, by=people.viewer(with_standing(of)))
        assert not shown(excerpt, people.viewer(people.member()))

    def test_those_from_whom_it_comes_are_named(self, of):
        source, other = item(of), holder("People of the river")
        made = item(other, derived_from=[source])
        consent(source, of, clause(EVERYONE))
        consent(made, other, clause(EVERYONE))
        html = bind_for(anonymous(), f"<p>{made.token('body')}</p>", exit="page")
        assert "Imagined people of the reef" in html
        assert "People of the river" in html

    def test_without_a_row_of_lineage_nothing_is_released(self, of):
        made = item(of)
        consent(made, of, clause(EVERYONE))
        Lineage.objects.filter(item=made).delete()
        assert not shown(made)


class TestClock:
    def test_a_record_has_its_own_time(self, of, steward):
        made, speaker = item(of), authority(of)
        now = timezone.now()
        give(made, speaker, valid_from=now + timedelta(days=1), by=steward)
        assert not shown(made)
        give(made, speaker, valid_until=now - timedelta(seconds=1), by=steward)
        assert not shown(made)
        give(
            made, speaker, valid_from=now - timedelta(days=1), valid_until=now + timedelta(days=1), by=steward
        )
        assert shown(made)
        with pytest.raises(Refused) as refusal:
            give(made, speaker, valid_from=now, valid_until=now, by=steward)
        assert refusal.value.field == "ends"

    def test_what_is_owed_and_overdue_pauses_it(self, of, steward):
        made = item(of)
        yesterday = date.today() - timedelta(days=2)  # noqa: DTZ011 - any clock of the world is past it
        benefit = actions.DutyTerm(DutyKind.BENEFIT, due_on=yesterday, suspends=True)
        record = give(made, authority(of), duties=(benefit,), by=steward)
        assert not shown(made)
        Delivery.objects.create(duty=record.duties.get(), confirmed_by=people.holder().actor_id)
        assert shown(made)

    def test_what_is_owed_without_that_threat_pauses_nothing(self, of, steward):
        made = item(of)
        long_ago = actions.DutyTerm(DutyKind.REPORT, due_on=date(2020, 1, 1))
        give(made, authority(of), duties=(long_ago,), by=steward)
        assert shown(made)


class TestLabels:
    def put(self, made, of, code, family=LabelFamily.TK):
        return Label.objects.create(
            item=made, holder=of, family=family, code=code, applied_by=people.holder().actor_id
        )

    @pytest.mark.parametrize("code", ["tkco", "tkcl", "tkf", "tknv", "tkwr", "tkss", "nonsense"])
    def test_it_holds_back_what_consent_would_let_out(self, of, code):
        made = item(of)
        consent(made, of, clause(EVERYONE))
        label = self.put(made, of, code)
        assert not shown(made)
        assert not shown(made, people.viewer(people.administrator()))
        label.until = timezone.now()
        label.save()
        assert shown(made)

    def test_it_never_lets_anything_out(self, of):
        made = item(of)
        self.put(made, of, "tkoc")
        self.put(made, of, "bccv", LabelFamily.BC)
        assert not shown(made)

    def test_what_is_for_initiated_women(self, of, steward):
        made, keeper = item(of), with_standing(of)
        authority(of, keeper)
        consent(made, of, clause())
        self.put(made, of, "tkwr")
        hers = people.viewer(people.expert())
        both = [Circle.WOMEN, Circle.INITIATED]
        actions.attest_standing(holder=of, user=people.expert(), circles=both, by=people.viewer(keeper))
        assert not shown(made, people.viewer(keeper))
        assert not shown(made, hers)
        assert shown(made, people.viewer(people.expert()))

    def test_it_is_named_beside_what_it_lets_pass(self, of):
        made = item(of)
        consent(made, of, clause(EVERYONE))
        self.put(made, of, "tka")
        assert "TK Attribution" in bind_for(anonymous(), f"<p>{made.token('body')}</p>", exit="page")


class TestWarnings:
    @pytest.fixture
    def warned(self, of):
        made = item(of)
        consent(made, of, clause(EVERYONE))
        Holding.objects.filter(item=made).update(warnings=["deceased"])
        return made

    def test_a_page_asks_first(self, warned):
        html = bind_for(anonymous(), f"<p>{warned.token('body')}</p>", exit="page")
        question, _mark, rest = html.partition("</summary>")
        assert "somebody who has died" in question
        assert CANARY not in question
        assert CANARY in rest.partition("</details>")[0]

    def test_where_nobody_can_be_asked_it_is_withheld_and_not_counted_as_seen(self, warned):
        token = warned.token("body")
        for exit in ("mail", "feed", "calendar", "api", "table", "text"):
            assert CANARY not in bind_for(anonymous(), str(token), exit=exit, format="text")
        assert CANARY not in bind_for(anonymous(), f"<p>So: {token}</p>", exit="page")
        assert not gate.Release.objects.exists()

    def test_in_a_sentence_it_is_withheld_though_it_stands_as_a_block_too(self, warned):
        token = warned.token("body")
        html = bind_for(anonymous(), f"<p>So: {token}</p><p>{token}</p>", exit="page")
        assert html.count(CANARY) == 1
        assert "asks first" in html


class TestHidden:
    @pytest.fixture
    def hidden(self, of, settings):
        settings.CONSENT_HIDDEN_ITEMS = True
        with_standing(of)
        made = item(of, exposure=Exposure.HIDDEN, by=people.viewer(people.holder()))
        consent(made, of, clause())
        return made

    def test_its_holders_read_it_and_others_see_nothing_that_is_there(self, hidden, of):
        assert shown(hidden, people.viewer(people.holder()))
        place = f"<p>{hidden.token('body')}</p>"
        for viewer in (anonymous(), people.viewer(people.steward()), people.viewer(people.administrator())):
            html = bind_for(viewer, place, exit="page")
            absent = place.replace(str(hidden.pk), "00000000-0000-4000-8000-000000000000")
            assert html.replace(str(hidden.pk), "") == bind_for(viewer, absent, exit="page").replace(
                "00000000-0000-4000-8000-000000000000", ""
            )

    def test_it_is_off_unless_the_installation_wants_it(self, of):
        with_standing(of)
        with pytest.raises(Refused) as refusal:
            item(of, exposure=Exposure.HIDDEN, by=people.viewer(people.holder()))
        assert refusal.value.field == "exposure"

    def test_a_steward_hides_nothing(self, of, settings):
        settings.CONSENT_HIDDEN_ITEMS = True
        with pytest.raises(Refused):
            item(of, exposure=Exposure.HIDDEN)


class TestProtocols:
    def test_new_consent_goes_no_farther_than_the_protocol(self, of, steward):
        made, speaker = item(of), authority(of)
        first = actions.record_protocol(
            holder=of, title="Rules of the reef", language="tzo", ceiling=Exposure.SHARED, by=steward
        )
        with pytest.raises(Refused, match="Rules of the reef") as refusal:
            give(made, speaker, by=steward)
        assert refusal.value.field == "preset"
        give(made, speaker, clauses=[clause("member")], protocol=first, by=steward)
        second = actions.record_protocol(holder=of, title="New rules", language="tzo", by=steward)
        assert second.version == 2
        give(made, speaker, protocol=second, by=steward)
        assert shown(made)

    def test_another_peoples_protocol_is_refused(self, of, steward):
        theirs = actions.record_protocol(holder=holder("Others"), title="T", language="fr", by=steward)
        with pytest.raises(Refused) as refusal:
            give(item(of), authority(of), protocol=theirs, by=steward)
        assert refusal.value.field == "protocol"

    def test_an_unknown_language_is_refused(self, of, steward):
        with pytest.raises(Refused):
            actions.record_protocol(holder=of, title="T", language="zzq", by=steward)


class TestRecords:
    def test_the_chain_covers_everything_that_is_said(self, of, steward):
        made, speaker = item(of), authority(of)
        give(
            made, speaker, permit="ABSCH-IRCC-XX-000001-1", agreement="established",
            recipients=("user:12",), visibility={"basis": "public"}, valid_from=timezone.now(),
            duties=(actions.DutyTerm(DutyKind.RETURN, date(2030, 1, 1)),), by=steward,
        )  # fmt: skip
        consent(made, of, kind=RecordKind.SUSPENDED)
        made.refresh_from_db()
        assert actions.first_break(made) is None
        first = made.records.get(number=1)
        for name, value in {"permit": "x", "signers": [], "visibility": {}, "agreement": ""}.items():
            changed = made.records.get(number=1)
            setattr(changed, name, value)
            duties = list(first.duties.all())
            clauses = [scope.clause for scope in first.scopes.all()]
            assert changed.payload(clauses, duties) != first.payload(clauses, duties), name

    def test_how_it_came_about_is_read_by_whom_the_record_says(self, of, steward):
        made = item(of)
        note = actions.Note(
            language="tzo",
            details={"assembly": "Assembly zqfirst", "place": "Place zqsecond", "evidence": "Paper zqthird"},
        )
        actions.record_consent(
            item=made, authorities=[authority(of)], kind=RecordKind.GIVEN, basis=Basis.PIC,
            clauses=[clause("member")], note=note, by=steward,
            particulars=actions.Particulars(
                recipients=(f"user:{people.expert().pk}",),
                visibility={"assembly": "public", "place": "parties"},
            ),
        )  # fmt: skip
        page = " ".join(f"<p>{made.token(name)}</p>" for name in ("assembly1", "place1", "evidence1"))

        def read(viewer, exit="page"):
            html = bind_for(viewer, page, exit=exit)
            return [word for word in ("zqfirst", "zqsecond", "zqthird") if word in html]

        assert read(anonymous()) == ["zqfirst"]
        assert read(people.viewer(people.expert())) == ["zqfirst", "zqsecond"]
        assert read(steward) == ["zqfirst"]
        assert len(read(people.viewer(with_standing(of)))) == 3
        assert read(anonymous(), exit="mail") == []
        with pytest.raises(PermissionDenied):
            actions.erase_note(note=made.parts.get(name="place1"), by=steward)

    def test_parts_may_be_in_any_language_of_the_world(self, of):
        made = item(of, language="tzo")
        assert made.parts.get().get_language_display() == "Tzotzil"
        with pytest.raises(Refused) as refusal:
            item(of, language="zzq")
        assert refusal.value.field == "language"
        with pytest.raises(Refused):
            consent(made, of, clause(EVERYONE, languages={"zzq"}))

    def test_conditions_are_the_narrowest_of_all(self, of, steward):
        soon, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=9)
        other = holder("People of the river")
        made = item(of, other)
        consent(made, of, clause(EVERYONE, ends=later))
        consent(made, other, clause(EVERYONE, actions={"display"}, ends=soon))
        token = made.token(PartName.BODY)
        conditions = gate.allowed({token}, anonymous(), "page")[token].conditions
        assert conditions.until == soon
        assert conditions.uses == {Action.DISPLAY, Action.DISCOVER}
        assert not conditions.onward
