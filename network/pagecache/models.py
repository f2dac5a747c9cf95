"""No tables: where tags stand is kept in the streams of the outbox."""
