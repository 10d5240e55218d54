#!/bin/sh
# Run by the postgres image when the data folder is empty: a database for each service, its owner (migrations) and its
# app role (rows only). Nobody may connect to a database that is not his.
set -eu

for service in registration exam grading certificate operations; do
  name=$(echo "$service" | tr '[:lower:]' '[:upper:]')
  psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres \
    -v database="kz_$service" -v owner="kz_${service}_owner" -v app="kz_${service}_app" << SQL
\\getenv owner_password ${name}_OWNER_PASSWORD
\\getenv app_password ${name}_APP_PASSWORD
CREATE ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE :"database" OWNER :"owner" TEMPLATE template0;
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"app";
SQL
done
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres \
  -c 'REVOKE ALL ON DATABASE postgres FROM PUBLIC' -c 'REVOKE ALL ON DATABASE template1 FROM PUBLIC'
