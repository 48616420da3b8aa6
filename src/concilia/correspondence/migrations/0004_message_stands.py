from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations

# What was written is what was written. Its words may go, once and with a reason; nothing else may.
STANDS = """
CREATE FUNCTION concilia_message_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'message % stays', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.id, NEW.entity_id, NEW.lane, NEW.author_id, NEW.sender, NEW.sender_name, NEW.recipient,
        NEW.key, NEW.written_at)
           IS DISTINCT FROM
       (OLD.id, OLD.entity_id, OLD.lane, OLD.author_id, OLD.sender, OLD.sender_name, OLD.recipient,
        OLD.key, OLD.written_at) THEN
        RAISE EXCEPTION 'message % stands as it was written', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF (NEW.subject, NEW.body, NEW.redacted_at, NEW.redacted_by_id, NEW.redacted_why)
           IS DISTINCT FROM
       (OLD.subject, OLD.body, OLD.redacted_at, OLD.redacted_by_id, OLD.redacted_why) THEN
        RAISE EXCEPTION 'message % stands as it was written', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER message_stands BEFORE UPDATE OR DELETE ON correspondence_message
    FOR EACH ROW EXECUTE FUNCTION concilia_message_stands();
"""
NO_STANDS = """
DROP TRIGGER message_stands ON correspondence_message;
DROP FUNCTION concilia_message_stands();
"""

# Full text in the five languages, accents or none, and the letters themselves for numbers.
# The cost says the truth to the planner: reading a text anew is dear, the index is not.
SEARCH = """
CREATE FUNCTION concilia_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT replace(replace(replace(translate(lower(said),
        'àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ', 'aaaaaaceeeeiiiinoooooouuuuyy'),
        'ß', 'ss'), 'œ', 'oe'), 'æ', 'ae')
$$;
CREATE FUNCTION concilia_words(tongue text, said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 SET search_path FROM CURRENT AS $$
    SELECT CASE tongue
        WHEN 'it' THEN to_tsvector('pg_catalog.italian', concilia_plain(said))
        WHEN 'fr' THEN to_tsvector('pg_catalog.french', concilia_plain(said))
        WHEN 'es' THEN to_tsvector('pg_catalog.spanish', concilia_plain(said))
        WHEN 'de' THEN to_tsvector('pg_catalog.german', concilia_plain(said))
        ELSE to_tsvector('pg_catalog.english', concilia_plain(said))
    END
$$;
CREATE FUNCTION concilia_asked(said text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS $$
    SELECT websearch_to_tsquery('pg_catalog.english', concilia_plain(said))
        || websearch_to_tsquery('pg_catalog.italian', concilia_plain(said))
        || websearch_to_tsquery('pg_catalog.french', concilia_plain(said))
        || websearch_to_tsquery('pg_catalog.spanish', concilia_plain(said))
        || websearch_to_tsquery('pg_catalog.german', concilia_plain(said))
$$;
CREATE INDEX messages_by_words ON correspondence_message
    USING gin (entity_id, concilia_words(language, subject || ' ' || body));
CREATE INDEX messages_by_letters ON correspondence_message
    USING gin (entity_id, upper(subject || ' ' || body) gin_trgm_ops);
"""
NO_SEARCH = """
DROP INDEX messages_by_letters;
DROP INDEX messages_by_words;
DROP FUNCTION concilia_asked(text);
DROP FUNCTION concilia_words(text, text);
DROP FUNCTION concilia_plain(text);
"""


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0003_conversation"), ("foundation", "0001_initial")]
    operations = [
        migrations.RunSQL(STANDS, NO_STANDS),
        BtreeGinExtension(),
        migrations.RunSQL(SEARCH, NO_SEARCH),
    ]
