-- As the user postgres, in any database: PostgreSQL's log names errors of the site, and
-- not the statement and the row, which hold names and what people typed.
ALTER ROLE site SET log_min_error_statement = panic;
ALTER ROLE site SET log_error_verbosity = terse;
