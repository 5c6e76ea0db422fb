-- As the user postgres, in any database: PostgreSQL's log names errors of the site, and
-- not the statement and the row, which hold names and what people typed.
ALTER ROLE site SET log_min_error_statement = panic;
ALTER ROLE site SET log_error_verbosity = terse;

-- And nothing that was erased stays in the write-ahead log: each night the site has its
-- older files let go of, and the server throws them away instead of filling them again.
GRANT pg_checkpoint TO site;
ALTER SYSTEM SET wal_recycle = off;
SELECT pg_reload_conf();
