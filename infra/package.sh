#!/usr/bin/env bash
# Packs what is sent to the cloud: target/infra/submit.zip and deliver.zip, each the program as
# `bootstrap` and the bundle beside it. Same input, same bytes. Needs zip, and objdump (binutils).
set -euo pipefail
cd "$(dirname "$0")/.."

# Amazon Linux 2023 has glibc 2.34; a program that wants a newer one does not start there.
newest_glibc=2.34
out=target/infra

cargo run --release --locked --quiet --bin nieuwe-buren -- build
cargo build --profile lambda --locked -p forms-fn --bins

rm -rf "$out"
for name in submit deliver; do
  wanted=$(objdump -T "target/lambda/$name" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1)
  if [[ $(printf '%s\n' "GLIBC_$newest_glibc" "$wanted" | sort -V | tail -1) != "GLIBC_$newest_glibc" ]]; then
    printf '%s wants %s; Lambda has GLIBC_%s. Build on an older system.\n' "$name" "$wanted" "$newest_glibc" >&2
    exit 1
  fi
  mkdir -p "$out/$name"
  cp "target/lambda/$name" "$out/$name/bootstrap"
  cp -R dist/forms "$out/$name/forms"
  # Times and order would make other bytes each day.
  find "$out/$name" -exec touch -d 2020-01-01T00:00:00Z {} +
  (cd "$out/$name" && find . -type f | LC_ALL=C sort | TZ=UTC zip -q -9 -X "../$name.zip" -@)
  printf '%-8s %10d bytes, zipped %9d bytes, %s\n' "$name" \
    "$(stat -c %s "$out/$name/bootstrap")" "$(stat -c %s "$out/$name.zip")" "$wanted"
done
