#!/usr/bin/env bash
# Times the binary on generated remittances in one set. Usage: scripts/speed.sh [SMALL BIG], 100MB 1GB as a rule.
# The ratio should be that of the sizes: time grows with the input and with nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
small=${1:-100MB} big=${2:-1GB}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/edi" ./cmd/edi
"$dir/edi" gen 835 --size "$small" --seed 1 -o "$dir/small.835"
"$dir/edi" gen 835 --size "$big" --seed 1 -o "$dir/big.835"
"$dir/edi" gen 835 --size 40KiB --seed 1 -o "$dir/tiny.835"

# seconds COMMAND...: user and system seconds of the best of three runs.
seconds() {
  local best=
  for _ in 1 2 3; do
    local t
    t=$({ TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1; } 2>&1 | awk '{print $1 + $2}')
    if [ -z "$best" ] || awk "BEGIN {exit !($t < $best)}"; then best=$t; fi
  done
  echo "$best"
}

printf '%-26s %10s %10s %8s\n' "command" "$small" "$big" "ratio"
while read -r args; do
  # shellcheck disable=SC2086
  a=$(seconds "$dir/edi" $args "$dir/small.835" -o /dev/null)
  # shellcheck disable=SC2086
  b=$(seconds "$dir/edi" $args "$dir/big.835" -o /dev/null)
  printf '%-26s %8.2f s %8.2f s %8.2f\n' "$args" "$a" "$b" "$(awk "BEGIN {print $b / $a}")"
done <<'LIST'
fmt
stats
get 2100/CLP.04
csv
csv --table claims
json --layer guide
json
LIST

printf '\none process on 40 KB, of 20: '
TIMEFORMAT='%R'
t=$({ time for _ in $(seq 20); do "$dir/edi" csv "$dir/tiny.835" -o /dev/null; done; } 2>&1)
awk "BEGIN {printf \"%.1f ms\n\", $t * 50}"
