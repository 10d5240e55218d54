#!/bin/sh
# 生成单机部署的密钥与口令（只生成一次）。 Makes the keys and passwords of the single-host stack, once.
#   deploy/compose/secrets.sh [folder]      needs openssl 3
# Without the sealing keys the data cannot be read: back the folder up where the database backups are not.
set -eu

folder=${1:-$(dirname "$0")/secrets}
if [ -e "$folder" ]; then
  echo "已存在，不覆盖：$folder" >&2
  echo "already there, nothing overwritten: $folder" >&2
  exit 1
fi

umask 077
partial=$folder.partial
rm -rf "$partial"
mkdir -p "$partial"
cd "$partial"

random_key() { openssl rand -base64 32; }
password() { openssl rand -hex 24; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# A key's id is the day it was made: later keys are added beside it, and the newest is the active one.
today=$(date -u +%Y-%m-%d)
{
  echo "KAOZHENG_SEALING_KEYS={\"$today\": \"$(random_key)\"}"
  echo "KAOZHENG_SEALING_ACTIVE=$today"
  echo "KAOZHENG_INDEX_KEY=$(random_key)"
  echo "KAOZHENG_OTLP_TOKEN=$(password)"
} > platform.env

: > postgres.env
echo "POSTGRES_PASSWORD=$(password)" >> postgres.env
for service in registration exam grading certificate operations; do
  name=$(echo "$service" | tr '[:lower:]' '[:upper:]')
  owner=$(password)
  app=$(password)
  # The server makes the roles; a service knows its app role only, its migration the owner too.
  echo "${name}_OWNER_PASSWORD=$owner" >> postgres.env
  echo "${name}_APP_PASSWORD=$app" >> postgres.env
  at="postgres:5432/kz_$service"
  echo "KAOZHENG_${name}_DATABASE_URL=postgresql://kz_${service}_app:$app@$at" > "$service.env"
  echo "KAOZHENG_${name}_DATABASE_OWNER_URL=postgresql://kz_${service}_owner:$owner@$at" > "$service-owner.env"
done

for owner in registration certificate staff; do
  openssl genpkey -algorithm ed25519 -out "$owner-key.pem"
done

# Others check the tokens of our staff with the public half (RFC 8037); the key's id is its RFC 7638 thumbprint.
x=$(openssl pkey -in staff-key.pem -pubout -outform DER | tail -c 32 | base64url)
kid=$(printf '{"crv":"Ed25519","kty":"OKP","x":"%s"}' "$x" | openssl dgst -sha256 -binary | base64url)
printf '{"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "%s", "kid": "%s", "use": "sig", "alg": "EdDSA"}]}\n' \
  "$x" "$kid" > staff-jwks.json

# Compose mounts these as they are, for user 10001 of the containers; the folder itself lets nobody else in.
chmod 0444 registration-key.pem certificate-key.pem staff-jwks.json
cd - > /dev/null
mv "$partial" "$folder"
echo "完成 done: $folder"
