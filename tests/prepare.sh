#!/bin/sh
# What the tests need beside Python, installed where we may: a real Chromium, poppler, which reads PDF
# without us, and PostgreSQL. Where we may not, the tests that need them skip and say so.
set -u
wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  # shellcheck disable=SC2086  # a list of words
  apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq $wanted >/dev/null 2>&1 && exit 0
fi
echo "tests/prepare.sh: no right to install$wanted; the tests that need them will be skipped" >&2
exit 0
