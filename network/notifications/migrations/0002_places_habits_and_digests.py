"""Where a notice happened, when its mail goes out, and what people chose for places and hours."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

TIMING = [
    ("at_once", "At once"),
    ("daily", "Daily digest"),
    ("weekly", "Weekly digest"),
    ("never", "Never"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.AddField("notification", "place", models.CharField(blank=True, default="", max_length=60), False),
        migrations.AddField(
            "notification", "mail", models.CharField(choices=TIMING, default="never", max_length=10)
        ),
        migrations.AddField("notification", "digest_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "preference", "timing", models.CharField(choices=TIMING, max_length=10)
        ),
        migrations.AddField(
            "outgoingmail",
            "form",
            models.CharField(
                choices=[("single", "One notice"), ("digest", "Digest")], default="single", max_length=10
            ),
        ),
        migrations.AlterField(
            "outgoingmail",
            "state",
            models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("nothing", "Nothing left to say"),
                    ("failed", "Undelivered"),
                    ("dropped", "Dropped by an administrator"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Habit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest_hour", models.PositiveSmallIntegerField(default=7)),
                ("digest_weekday", models.PositiveSmallIntegerField(default=0)),
                ("quiet_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("quiet_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("paused_until", models.DateField(blank=True, null=True)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_habit",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "habit of mails",
                "verbose_name_plural": "habits of mails",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(digest_hour__lt=24, digest_weekday__lt=7)
                        & (
                            models.Q(quiet_from=None, quiet_to=None)
                            | models.Q(quiet_from__lt=24, quiet_to__lt=24)
                        ),
                        name="notifications_habit_hours_exist",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100)),
                ("inbox", models.CharField(blank=True, choices=TIMING, max_length=10)),
                ("mail", models.CharField(blank=True, choices=TIMING, max_length=10)),
                ("every_post", models.BooleanField(default=False)),
                ("own_posts", models.BooleanField(default=False)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notification_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choice for a place",
                "verbose_name_plural": "choices for places",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "place"), name="notifications_place_once")
                ],
                "indexes": [
                    models.Index(
                        fields=["place"],
                        condition=models.Q(("every_post", True)),
                        name="notifications_lists",
                    )
                ],
            },
        ),
    ]
