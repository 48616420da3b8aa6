from datetime import UTC, datetime
from hashlib import sha256

from django.db import migrations

# What was put in force is what requests were signed by: it says the same for ever.
FORWARD = """
CREATE FUNCTION concilia_limits_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'DRAFT' THEN
        IF TG_OP = 'UPDATE' THEN RETURN NEW; ELSE RETURN OLD; END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'limits version % have been in force and stay', OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.entity_id, NEW.version, NEW.sheet, NEW.sha256, NEW.written_at, NEW.why)
           IS DISTINCT FROM
       (OLD.entity_id, OLD.version, OLD.sheet, OLD.sha256, OLD.written_at, OLD.why)
       OR (NEW.written_by_id, NEW.published_by_id, NEW.published_at)
           IS DISTINCT FROM
          (OLD.written_by_id, OLD.published_by_id, OLD.published_at)
       OR NOT (NEW.state = OLD.state OR (OLD.state = 'PUBLISHED' AND NEW.state = 'RETIRED')) THEN
        RAISE EXCEPTION 'limits version % have been in force and stand', OLD.version
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER limits_stand BEFORE UPDATE OR DELETE ON cases_limitversion
    FOR EACH ROW EXECUTE FUNCTION concilia_limits_stand();
"""

BACKWARD = """
DROP TRIGGER limits_stand ON cases_limitversion;
DROP FUNCTION concilia_limits_stand();
"""
HEADER = "act,reasons,departments,countries,L0,L1,L2,L3,L4,L5,L6"
# The acts as they came along on this day, for what an entity had set nothing for.
SHIPPED = {
    "APPROVE_CLAIM": "100,500,2500,10000,50000,500000,any",
    "TRADE_DEAL_ACCRUED": "500,1000,10000,50000,250000,any,any",
    "TRADE_DEAL_NOT_ACCRUED": "0,250,1000,5000,25000,250000,any",
    "WRITE_OFF": "25,50,250,1000,10000,100000,any",
    "GOODWILL": "0,100,500,2500,10000,50000,any",
    "SETTLEMENT_WAIVER": "0% 0,0% 0,10% 500,20% 5000,30% 25000,any% 250000,any",
    "INSTALMENT_PLAN": "3x 300,6x 1500,12x 5000,24x 25000,36x 100000,any,any",
    "DENY_CLAIM": ",1000,10000,50000,any,any,any",
    "START_LEGAL": ",,,10000,100000,any,any",
}
WITHOUT_DECIMALS = {"JPY", "KRW", "CLP", "VND", "ISK", "XAF", "XOF", "XPF", "UGX", "PYG"}
WITH_THREE = {"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"}


def keep_own_limits(apps, schema_editor):
    """
    Limits an entity had set become its version 1, as of today.

    An act it had set nothing for keeps the template: before, nobody could sign such an act at all.
    A level above one that may sign may at least as much: a gap was never meant.
    """
    limit = apps.get_model("identity", "ApprovalLimit")
    version = apps.get_model("cases", "LimitVersion")
    entities = apps.get_model("identity", "Entity")
    for entity in entities.objects.filter(pk__in=limit.objects.values("entity")):
        told = {(row.act, row.level): row.limit_minor for row in limit.objects.filter(entity=entity)}
        rows = [
            f"{act},,,,{_cells(act, told, entity.currency) or shipped}"
            for act, shipped in SHIPPED.items()
        ]
        sheet = "\n".join([HEADER, *rows]) + "\n"
        version.objects.create(
            entity=entity,
            version=1,
            state="PUBLISHED",
            sheet=sheet,
            sha256=sha256(sheet.encode()).hexdigest(),
            written_at=datetime.now(tz=UTC),
            published_at=datetime.now(tz=UTC),
        )


def _cells(act, told, currency):
    if not any(named == act for named, _ in told):
        return ""
    cells, below = [], ""
    for level in range(7):
        if (act, level) in told and not (act == "DENY_CLAIM" and level == 0):
            minor = told[act, level]
            below = "any" if minor is None else _text(minor, currency)
        cells.append(below)
    return ",".join(cells)


def _text(minor, currency):
    exponent = 0 if currency in WITHOUT_DECIMALS else 3 if currency in WITH_THREE else 2
    whole, rest = divmod(minor, 10**exponent)
    return f"{whole}.{rest:0{exponent}d}" if rest else str(whole)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_authority"),
        ("identity", "0004_secrets_of_the_erp"),
    ]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(keep_own_limits, migrations.RunPython.noop),
    ]
