from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_partnerships")]

    operations = [
        migrations.RemoveConstraint(
            model_name="cooperation",
            name="cooperation_of_two",
        ),
        migrations.RenameField(
            model_name="cooperation",
            old_name="college",
            new_name="organisation",
        ),
        migrations.RemoveField(
            model_name="cooperation",
            name="enterprise",
        ),
    ]
