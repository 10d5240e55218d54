#!/usr/bin/env bash
# What the certifying body does before a school can apply: opens a plan at one site and registers the school with its
# API client. Prints shell variables: eval "$(examples/open-plan.sh)"
set -euo pipefail
cd "$(dirname "$0")/.."
kaozheng=.venv/bin/kaozheng
registration=$($kaozheng url registration)
exam=$($kaozheng url exam)
officer=$($kaozheng token --role exam-officer)
administrator=$($kaozheng token --role administrator)

field() { .venv/bin/python -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
at() { .venv/bin/python -c 'import sys; from datetime import *; print((datetime.now(UTC)+timedelta(days=int(sys.argv[1]))).strftime("%Y-%m-%dT%H:00:00Z"))' "$1"; }
post() { # post URL TOKEN JSON
  curl --silent --show-error --fail-with-body --noproxy '*' -X POST "$1" -H "Authorization: Bearer $2" -H "Content-Type: application/json" \
    -H "Idempotency-Key: $(.venv/bin/python -c 'import uuid; print(uuid.uuid4())')" -d "$3"
}

site=$(post "$exam/v1/sites" "$officer" \
  '{"name":"示范考核站点","address":"示范市考试路1号","rooms":[{"name":"101考场","stations":40}]}' | field id)
plan=$(post "$exam/v1/plans" "$officer" "{\"title\":\"跨境电商B2B数据运营（初级）考核\",\"standard\":\"xb2b\",\"level\":\"junior\",
  \"entry_opens_at\":\"$(at -1)\",\"entry_closes_at\":\"$(at 7)\",\"sessions\":[
  {\"component\":\"practical\",\"site_id\":\"$site\",\"starts_at\":\"$(at 14)\",\"ends_at\":\"$(at 15)\"},
  {\"component\":\"interview\",\"site_id\":\"$site\",\"starts_at\":\"$(at 16)\",\"ends_at\":\"$(at 17)\"}]}" | field id)
post "$exam/v1/plans/$plan/publish" "$officer" '{}' > /dev/null
school=$(post "$registration/v1/institutions" "$administrator" '{"name":"示范职业技术学院","region":"330100"}' | field id)
client=$(post "$registration/v1/institutions/$school/clients" "$administrator" '{"label":"教务系统"}')

echo "export REGISTRATION='$registration' PLAN='$plan'"
echo "export CLIENT_ID='$(field client_id <<< "$client")' CLIENT_SECRET='$(field client_secret <<< "$client")'"
