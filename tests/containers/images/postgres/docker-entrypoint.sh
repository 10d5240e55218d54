#!/bin/bash
# What we use of the official image: POSTGRES_USER, _PASSWORD, _DB and _INITDB_ARGS, and scripts that run once, while the
# server can be reached through its socket only.
set -eu

if [ "${1:-}" != postgres ]; then
  exec "$@"
fi
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres /var/lib/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

# Scripts may rely on both.
export POSTGRES_USER=${POSTGRES_USER:-postgres}
export POSTGRES_DB=${POSTGRES_DB:-$POSTGRES_USER}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  mkdir -p "$PGDATA"
  # shellcheck disable=SC2086 # a list of options
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s' "${POSTGRES_PASSWORD:?must be set}") ${POSTGRES_INITDB_ARGS:-}
  printf '\nhost all all all scram-sha-256\n' >> "$PGDATA/pg_hba.conf"
  socket="-c listen_addresses='' -c unix_socket_directories=/run/postgresql"
  PGUSER=$POSTGRES_USER pg_ctl --wait --options="$socket" start
  export PGHOST=/run/postgresql PGPASSWORD=$POSTGRES_PASSWORD
  if [ "$POSTGRES_DB" != postgres ]; then
    psql --username "$POSTGRES_USER" --dbname postgres -v ON_ERROR_STOP=1 -v name="$POSTGRES_DB" <<< 'CREATE DATABASE :"name"'
  fi
  for script in /docker-entrypoint-initdb.d/*.sh; do
    if [ -e "$script" ]; then
      sh "$script"
    fi
  done
  unset PGHOST PGPASSWORD
  pg_ctl --wait --mode=fast stop
fi
exec "$@" -c listen_addresses='*' -c unix_socket_directories=/run/postgresql
