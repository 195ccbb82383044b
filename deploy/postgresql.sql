-- Role and database of the One Map, once, as a superuser of PostgreSQL 13 or newer:
--   psql -v password="'CHANGE-THIS'" -f deploy/postgresql.sql postgres
-- Tables are made and migrated by the program itself at its start; the role owns its database and nothing else.
\set ON_ERROR_STOP on
CREATE ROLE onemap LOGIN PASSWORD :password;
CREATE DATABASE onemap OWNER onemap ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE onemap FROM PUBLIC;
