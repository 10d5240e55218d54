#!/bin/sh
# 演练：构建、启动、核对、停止整套容器，不留痕迹。 Builds, starts, asks and stops the whole stack, then removes it.
#   deploy/compose/rehearse.sh [options of `docker compose build`]      needs a Docker engine, free ports, openssl 3 and `make setup`
set -eu
cd "$(dirname "$0")/../.."

scratch=$(mktemp -d)
export SECRETS_DIR="$scratch/secrets" COMPOSE_PROJECT_NAME=kaozheng-rehearsal
trap 'docker compose down --volumes --timeout 5; rm -rf "$scratch"' EXIT
services="registration exam grading certificate operations"

deploy/compose/secrets.sh "$SECRETS_DIR"

# Production examines by authored blueprints only: the draft of one is enough for a rehearsal.
export STANDARDS_DIR="$scratch/standards"
blueprint() { KAOZHENG_STANDARDS_DIR="$STANDARDS_DIR" "${PYTHON:-.venv/bin/python}" -m kaozheng standards blueprint xb2b "$@"; }
blueprint --level junior --template > "$scratch/blueprint.yaml"
blueprint --check "$scratch/blueprint.yaml" --save
docker compose build "$@"
docker compose up --detach --wait

# From another container, by name: a staff token is believed, and none is not enough.
token=$(deploy/compose/token.sh rehearsal "plans:read" "$SECRETS_DIR")
for expected in "200 $token" "401 "; do
  docker compose exec -T grading python - "${expected%% *}" "${expected#* }" << 'PYTHON'
import sys
import httpx

expected, token = sys.argv[1:]
headers = {"Authorization": f"Bearer {token}"} if token else {}
found = httpx.get("http://exam:8102/v1/plans", headers=headers).status_code
sys.exit(0 if found == int(expected) else f"exam answered {found}, not {expected}")
PYTHON
done

# The main job, from registration to certificate: events pass through Kafka, spans arrive, every sum holds.
"${PYTHON:-.venv/bin/python}" -m tests.deploy.smoke "$SECRETS_DIR"

# shellcheck disable=SC2086 # a list of names
docker compose stop $services
for service in $services; do
  code=$(docker inspect --format '{{.State.ExitCode}}' "$(docker compose ps --all --quiet "$service")")
  if [ "$code" != 0 ]; then
    echo "$service 未正常退出 ended with $code" >&2
    exit 1
  fi
done
echo "演练通过 rehearsal passed"
