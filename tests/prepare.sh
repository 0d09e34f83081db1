#!/bin/sh
# What the tests need beside Python, installed where we may: a real Chromium.
# Where we may not, the tests that need it skip and say so.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1 && exit 0
fi
echo "tests/prepare.sh: no Chromium and no right to install it; browser tests will be skipped" >&2
exit 0
