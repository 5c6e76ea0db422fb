from django.db import migrations

SQLITE = """
CREATE TRIGGER registrations_history_unchangeable
BEFORE UPDATE OF delegation_id, at, actor_kind, verb, reason, changes
ON registrations_historyentry
BEGIN
    SELECT RAISE(ABORT, 'a line of the history cannot be changed');
END;
"""
POSTGRESQL = """
CREATE FUNCTION registrations_history_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a line of the history cannot be changed'
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER registrations_history_unchangeable
BEFORE UPDATE OF delegation_id, at, actor_kind, verb, reason, changes
ON registrations_historyentry
FOR EACH ROW EXECUTE FUNCTION registrations_history_refuse();
"""


def refuse_changes(apps, schema_editor):
    """Only `actor_id` may change: it is emptied when a member of staff leaves."""
    by_vendor = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    # Given as one string: the parameters stay None, so that % is not a placeholder.
    schema_editor.execute(by_vendor[schema_editor.connection.vendor], None)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP FUNCTION registrations_history_refuse() CASCADE", None
        )
    else:
        schema_editor.execute("DROP TRIGGER registrations_history_unchangeable", None)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
