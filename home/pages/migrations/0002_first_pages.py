"""The six languages, and the pages that addresses of the network rely on: front door, calendar, news."""

from django.conf import settings
from django.db import migrations


def make(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    first = Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    def page(app, model, **fields):
        kind, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        return apps.get_model(app, model).objects.create(
            content_type=kind, locale=first, live=True, draft_title=fields["title"], **fields
        )

    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    home = page(
        "pages", "homepage", title="Home", slug="home", path="00010001", depth=2, numchild=2, url_path="/home/",
        headline="People who put biodiversity into practice",
        introduction="Find one another, talk, learn and be recognised: experts, communities, events and awards of the "
        "clearing-house mechanism of the Convention on Biological Diversity.",
    )  # fmt: skip
    page(
        "events", "eventindexpage", title="Events", slug="events", path="000100010001", depth=3,
        url_path="/home/events/", introduction="Workshops, webinars, dialogues and knowledge fairs.",
    )  # fmt: skip
    page(
        "pages", "newsindexpage", title="News", slug="news", path="000100010002", depth=3,
        url_path="/home/news/", introduction="What has happened in the network.",
    )  # fmt: skip
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.create(
        hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name=settings.NETWORK_NAME
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("events", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
