#!/usr/bin/env bash
# Peak memory of the streaming commands on a generated remittance in one set, against the ceilings of
# docs/performance.md. Usage: scripts/memory.sh [SIZE], 1GB as a rule.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1GB}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/edi" ./cmd/edi
"$dir/edi" gen 835 --size "$size" --seed 1 -o "$dir/big.835"
"$dir/edi" gen 835 --size 10MB --seed 1 -o "$dir/small.835"

# peak FILE ARGS...: peak resident memory in kB of a run, taken by the shell's own accounting of a child.
peak() {
  local file=$1
  shift
  "$dir/edi" "$@" "$file" -o /dev/null &
  local pid=$! top=0 now
  while kill -0 "$pid" 2>/dev/null; do
    now=$(awk '/^VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || true)
    if [ -n "$now" ] && [ "$now" -gt "$top" ]; then top=$now; fi
    sleep 0.005
  done
  wait "$pid"
  echo "$top"
}

# least takes the lower of two runs: other work on the machine can only add.
least() {
  local a b
  a=$(peak "$@")
  b=$(peak "$@")
  echo $((a < b ? a : b))
}

fail=0
run() {
  local limit=$1
  shift
  local small big note=
  small=$(least "$dir/small.835" "$@")
  big=$(least "$dir/big.835" "$@")
  if [ "$big" -gt $((limit * 1024)) ] || [ "$big" -gt $((small + 2 * 1024 + (limit / 32) * 6 * 1024)) ]; then note="OVER"; fail=1; fi
  printf '%-36s %7d kB at 10MB %7d kB at %s, ceiling %d MB %s\n' "$*" "$small" "$big" "$size" "$limit" "$note"
}
run 16 fmt
run 16 stats
run 16 get 2100/CLP.04
run 16 json
run 16 json --layer guide
run 16 json --layer segments
run 16 csv
run 16 csv --table claims
run 32 csv --workers 2
run 32 json --workers 2
exit $fail
