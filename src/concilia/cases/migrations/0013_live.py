from django.db import migrations

TELL = """
CREATE FUNCTION concilia_tell_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM concilia_tell(array_agg(DISTINCT told.topic), array_agg(told.entity_id))
       FROM ({select}) AS told(topic, entity_id) HAVING count(*) > 0;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER tell_{name}_{event} AFTER {event} ON {table}
    REFERENCING {old_or_new} TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION concilia_tell_{name}();
"""
# Name, table, events, and whom a changed row concerns.
TOLD = (
    (
        "thread",
        "cases_casemessage",
        ("INSERT", "UPDATE", "DELETE"),
        "SELECT 'case:' || c.id, c.entity_id FROM changed x JOIN cases_case c ON c.id = x.case_id",
    ),
    (
        "message",
        "correspondence_message",
        ("UPDATE",),
        "SELECT 'case:' || t.case_id, x.entity_id FROM changed x "
        "JOIN cases_casemessage t ON t.message_id = x.id",
    ),
    (
        "reaction",
        "cases_reaction",
        ("INSERT", "DELETE"),
        "SELECT 'case:' || c.id, c.entity_id FROM changed x "
        "JOIN cases_casemessage t ON t.id = x.case_message_id JOIN cases_case c ON c.id = t.case_id",
    ),
    (
        "read",
        "cases_threadread",
        ("INSERT", "UPDATE"),
        "SELECT 'case:' || c.id, c.entity_id FROM changed x JOIN cases_case c ON c.id = x.case_id",
    ),
    (
        "notice",
        "cases_notice",
        ("INSERT", "UPDATE"),
        "SELECT 'member:' || x.person_id, x.entity_id FROM changed x",
    ),
    (
        "mention",
        "cases_mention",
        ("INSERT", "UPDATE"),
        "SELECT 'member:' || m.id, m.entity_id FROM changed x "
        "JOIN identity_membership m ON m.id = x.member_id",
    ),
)


def _forward() -> str:
    return "".join(
        TELL.format(name=name, select=select)
        + "".join(
            TRIGGER.format(
                name=name,
                table=table,
                event=event,
                old_or_new="OLD" if event == "DELETE" else "NEW",
            )
            for event in events
        )
        for name, table, events, select in TOLD
    )


def _backward() -> str:
    return "".join(
        "".join(f"DROP TRIGGER tell_{name}_{event} ON {table};\n" for event in events)
        + f"DROP FUNCTION concilia_tell_{name}();\n"
        for name, table, events, _select in TOLD
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_conversation"), ("foundation", "0004_live")]
    operations = [migrations.RunSQL(_forward(), _backward())]
