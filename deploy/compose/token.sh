#!/bin/sh
# 签发工作人员令牌（1 小时）。 Prints a staff token, good for an hour. Needs openssl 3.
#   deploy/compose/token.sh <subject> "<scope> <scope> ..." [folder of the secrets]
set -eu

if [ $# -lt 2 ]; then
  sed -n '2,3p' "$0" >&2
  exit 2
fi
secrets=${3:-$(dirname "$0")/secrets}
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

signature=$(mktemp)
trap 'rm -f "$signature" "$signature.in"' EXIT
kid=$(sed 's/.*"kid": "\([^"]*\)".*/\1/' "$secrets/staff-jwks.json")
now=$(date +%s)
header=$(printf '{"alg":"EdDSA","typ":"JWT","kid":"%s"}' "$kid" | base64url)
claims=$(printf '{"iss":"kaozheng-staff","aud":"kaozheng","sub":"%s","scope":"%s","iat":%s,"exp":%s}' \
  "$1" "$2" "$now" "$((now + 3600))" | base64url)
# Ed25519 signs a file in one go, not a stream.
printf '%s.%s' "$header" "$claims" > "$signature.in"
openssl pkeyutl -sign -rawin -inkey "$secrets/staff-key.pem" -in "$signature.in" -out "$signature"
printf '%s.%s.%s\n' "$header" "$claims" "$(base64url < "$signature")"
