#!/usr/bin/env bash
# Times the binary on generated remittances and claims in one set. Usage: scripts/speed.sh [SMALL BIG], 100MB 1GB as a rule.
# The ratio should be that of the sizes: time grows with the input and with nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
small=${1:-100MB} big=${2:-1GB}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -o "$dir/edi" ./cmd/edi
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

printf '%-32s %10s %10s %8s\n' "command" "$small" "$big" "ratio"
made=
while read -r set args; do
  if [ "$set" != "$made" ]; then
    "$dir/edi" gen "$set" --size "$small" --seed 1 -o "$dir/small"
    "$dir/edi" gen "$set" --size "$big" --seed 1 -o "$dir/big"
    made=$set
  fi
  # shellcheck disable=SC2086
  a=$(seconds "$dir/edi" $args "$dir/small" -o /dev/null)
  # shellcheck disable=SC2086
  b=$(seconds "$dir/edi" $args "$dir/big" -o /dev/null)
  printf '%-32s %8.2f s %8.2f s %8.2f\n' "$set $args" "$a" "$b" "$(awk "BEGIN {print $b / $a}")"
done <<'LIST'
835 fmt
835 stats
835 get 2100/CLP.04
835 csv
835 csv --table claims
835 json --layer guide
835 json
837p fmt
837p csv
837p csv --table services
837p json --layer guide
837p json
837i csv
837d csv
LIST

printf '\none process on 40 KB, of 20: '
TIMEFORMAT='%R'
t=$({ time for _ in $(seq 20); do "$dir/edi" csv "$dir/tiny.835" -o /dev/null; done; } 2>&1)
awk "BEGIN {printf \"%.1f ms\n\", $t * 50}"
