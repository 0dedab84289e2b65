"""The only place for SQL: one SQLite file that keeps every operation and what follows from it."""
