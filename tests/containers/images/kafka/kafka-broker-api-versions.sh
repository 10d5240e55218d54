#!/bin/bash
# The tool itself is not among the server's jars: this one asks only whether `--bootstrap-server HOST:PORT` listens.
set -eu
[ "$1" = --bootstrap-server ]
exec 3<> "/dev/tcp/${2%:*}/${2##*:}"
