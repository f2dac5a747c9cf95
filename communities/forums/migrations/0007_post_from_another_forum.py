from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forums', '0006_watch_levels'),
    ]

    operations = [
        migrations.AlterField(
            model_name='post',
            name='origin',
            field=models.CharField(choices=[('web', 'Web'), ('mail', 'E-mail'), ('import', 'Imported'), ('forum', 'Imported from another forum')], default='web', max_length=6),
        ),
    ]
