from django.db import migrations

# INV-04 and INV-05: a claim is the sum of its lines, bucket by bucket, at every commit.
FORWARD = """
CREATE FUNCTION concilia_claim_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim_key bigint;
    wrong bigint;
BEGIN
    IF TG_TABLE_NAME = 'claims_claim' THEN
        claim_key := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        claim_key := OLD.claim_id;
    ELSE
        claim_key := NEW.claim_id;
    END IF;
    SELECT count(*) INTO wrong
      FROM claims_claim c
      LEFT JOIN (SELECT claim_id, sum(claimed_minor) AS claimed, sum(approved_minor) AS approved,
                        sum(denied_minor) AS denied,
                        count(DISTINCT currency) AS currencies, min(currency) AS currency
                   FROM claims_claimline WHERE claim_id = claim_key GROUP BY claim_id) l
        ON l.claim_id = c.id
     WHERE c.id = claim_key
       AND (coalesce(l.claimed, 0), coalesce(l.approved, 0), coalesce(l.denied, 0))
           <> (c.claimed_minor, c.approved_minor, c.denied_minor)
        OR c.id = claim_key AND l.currencies > 1
        OR c.id = claim_key AND l.currency <> c.currency;
    IF wrong > 0 THEN
        RAISE EXCEPTION 'claim % is not the sum of its lines', claim_key
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER claim_adds_up AFTER INSERT OR UPDATE ON claims_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_claim_adds_up();
CREATE CONSTRAINT TRIGGER claim_lines_add_up AFTER INSERT OR UPDATE OR DELETE ON claims_claimline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION concilia_claim_adds_up();
"""

BACKWARD = """
DROP TRIGGER claim_lines_add_up ON claims_claimline;
DROP TRIGGER claim_adds_up ON claims_claim;
DROP FUNCTION concilia_claim_adds_up();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
