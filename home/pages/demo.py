"""The demo's pages: the front door in six languages, guidance and news."""

from django.conf import settings
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from communities.models import Community
from home.pages import demo_blogs, demo_telling
from home.pages.models import CommunityPage, HomePage, NewsIndexPage, NewsPage, StandardPage
from network.accounts.models import User
from network.consent import demo as consent_demo

DOORS = {
    "ar": ("الرئيسية", "من يضعون التنوع البيولوجي موضع التنفيذ",
           "تعارفوا وتحاوروا وتعلّموا ونالوا التقدير: خبراء ومجتمعات ممارسة وفعاليات وجوائز."),
    "es": ("Inicio", "Quienes ponen la biodiversidad en práctica",
           "Encontrarse, hablar, aprender y ser reconocidos: personas expertas, comunidades, eventos y premios."),
    "fr": ("Accueil", "Celles et ceux qui mettent la biodiversité en pratique",
           "Se trouver, échanger, apprendre, être reconnus : spécialistes, communautés, événements et prix."),
    "ru": ("Главная", "Люди, которые претворяют биоразнообразие в дела",
           "Находить друг друга, говорить, учиться и получать признание: эксперты, сообщества, события, премии."),
    "zh-hans": ("首页", "将生物多样性付诸实践的人们", "相互结识、交流、学习并获得认可：专家、实践社区、活动与奖项。"),
}  # fmt: skip

PAGES = [
    (
        "about", "About this network",
        "Who it is for, who runs it and what it promises.",
        "<p>The network is for everybody who puts the Convention on Biological Diversity into practice: in a ministry, a "
        "village, a museum, a cooperative or a laboratory. It grew out of decision 16/9 of the Conference of the Parties, "
        "which asks for places where practitioners find one another and learn from one another.</p>"
        "<h2>What it promises</h2><ul><li>You decide, field by field, who sees what of your profile.</li>"
        "<li>Traditional knowledge is shown only with the consent of its holders, and sharing stops when they say so; whoever "
        'holds a code on paper <a href="/knowledge/stop/">stops it without an account</a>.</li>'
        "<li>Six languages are equal.</li><li>Nothing here sells you anything or sends your visit elsewhere.</li></ul>",
    ),
    (
        "conduct", "How we talk here",
        "A few rules that keep a professional conversation open to everybody.",
        "<p>Speak to the matter and name your source. Say in what capacity you speak. Quote people as they wish to be quoted. "
        "Ask before you pass on what was told to you in confidence, and never post knowledge that is not yours to share.</p>"
        "<p>Moderators act with a reason that you can read, and you may ask another moderator to look again.</p>",
    ),
    (
        "privacy", "Your data",
        "What is kept about you, why, for how long and how you take it with you.",
        "<p>An account needs an e-mail address and a name. Everything else is yours to give. In your account you can download "
        "all that is held about you, and leave: either everything of yours is erased, or your posts stay under 'a former "
        "member'.</p>",
    ),
]  # fmt: skip

LANDING = "Mangroves and coasts"
LANDINGS = {
    "en": (
        "A tide table for people",
        "Three seasons of trying, measured with the same frame, on eleven coasts.",
        "<p>New here? Begin with the pinned thread, then tell us what you are planting this season.</p>",
    ),
    "fr": (
        "Une table des marées pour celles et ceux qui plantent",
        "Trois saisons d’essais, mesurées avec le même cadre, sur onze côtes.",
        "<p>Vous arrivez ? Commencez par le fil épinglé, puis dites-nous ce que vous plantez cette saison.</p>",
    ),
}

NEWS = [
    (
        "directory-opens", "The directory is open",
        "Practitioners from four regions have published their profiles. Find somebody who has done what you are about to do.",
        "<p>Search by target of the Kunming-Montreal Global Biodiversity Framework, by country, language or plain words. Each "
        "person decides who sees which part of her profile.</p>",
    ),
    (
        "fair-announced", "A knowledge fair for showing what works",
        "Stalls with something to open, sessions that end on time, and a way to take part in writing from afar.",
        "<p>Organizations and communities can ask for a stall in the calendar of events.</p>",
    ),
]  # fmt: skip


def seed() -> None:
    editor = User.objects.get(email="editor@demo.example")
    first = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    home = HomePage.objects.get(locale=first)
    for code, (title, headline, introduction) in DOORS.items():
        if not HomePage.objects.filter(locale__language_code=code).exists():
            _door(home, code, title, headline, introduction, editor)
    for slug, title, introduction, body in PAGES:
        if not StandardPage.objects.filter(slug=slug, locale=first).exists():
            page = StandardPage(
                slug=slug, title=title, introduction=introduction, body=_text(body), show_in_menus=True
            )
            _publish(home, page, editor)
    if not StandardPage.objects.filter(slug="shared-knowledge", locale=first).exists():
        _publish(home, _knowledge(), editor)
    _landing(home, editor)
    index = NewsIndexPage.objects.get(locale=first)
    for slug, title, introduction, body in NEWS:
        if not NewsPage.objects.filter(slug=slug, locale=first).exists():
            page = NewsPage(slug=slug, title=title, introduction=introduction, body=_text(body))
            _publish(index, page, editor)
    if not NewsPage.objects.filter(slug="eleven-coasts", locale=first).exists():
        _publish(index, demo_telling.page(), editor)
    demo_blogs.seed(home, editor)


def _landing(home: HomePage, editor: User) -> None:
    """A community whose front page editors introduce, in two languages."""
    community = Community.objects.filter(name=LANDING).first()
    if community is None or CommunityPage.objects.filter(community=community).exists():
        return
    title, introduction, body = LANDINGS["en"]
    page = CommunityPage(
        slug="mangroves-and-coasts",
        title=title,
        introduction=introduction,
        body=_text(body),
        community=community,
    )
    _publish(home, page, editor)
    locale = Locale.objects.get(language_code="fr")
    translated = page.copy_for_translation(locale)
    translated.title, translated.introduction, french = LANDINGS["fr"]
    translated.body = _text(french)
    translated.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)


def _knowledge() -> StandardPage:
    """A page that holds knowledge of the demo's imagined people: each reader sees what its holders allow."""
    body = _text(
        "<p>Three pieces of knowledge stand on this page, each with the terms of its holders. You may see one, two or all "
        "of them: that depends on who you are, and can change at any hour, because the holders decide.</p>"
    )
    for title in (consent_demo.SEABIRDS, consent_demo.RESTING_REEF, consent_demo.PLANTING_SONG):
        block = {"item": consent_demo.item(title), "parts": ["body"]}
        body.append(("knowledge", block))
    return StandardPage(
        slug="shared-knowledge",
        title="Knowledge that is shared with consent",
        introduction="How traditional knowledge stands on a page of this network: an imagined people shows it.",
        show_in_menus=True,
        body=body,
    )


def _text(html: str) -> list[tuple[str, RichText]]:
    return [("text", RichText(html))]


def _publish(parent: Page, page: Page, editor: User) -> None:
    page.owner = editor
    parent.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)


def _door(home: HomePage, code: str, title: str, headline: str, introduction: str, editor: User) -> None:
    door = home.copy_for_translation(Locale.objects.get(language_code=code))
    door.title, door.headline, door.introduction = title, headline, introduction
    door.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
