#!/usr/bin/env bash
# Peak memory of the streaming commands on generated remittances and claims, one set each, against the ceilings of
# docs/performance.md. Usage: scripts/memory.sh [SIZE [SET...]], 1GB and all sets as a rule. SLACK=N allows N per cent more, for
# machines that are not measured on.
set -euo pipefail
cd "$(dirname "$0")/.."
size=${1:-1GB}
shift || true
[ $# -gt 0 ] || set -- 835 837p 837i 837d 834 271
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
CGO_ENABLED=0 go build -o "$dir/edi" ./cmd/edi

# peak FILE ARGS...: peak resident memory in kB of a run, taken by the shell's own accounting of a child.
peak() {
  local file=$1
  shift
  case $1 in
  split) "$dir/edi" "$@" "$file" & ;;
  *) "$dir/edi" "$@" "$file" -o /dev/null & ;;
  esac
  local pid=$! top=0 now
  while kill -0 "$pid" 2>/dev/null; do
    now=$(awk '/^VmHWM/ {print $2}' "/proc/$pid/status" 2>/dev/null || true)
    if [ -n "$now" ] && [ "$now" -gt "$top" ]; then top=$now; fi
    sleep 0.005
  done
  wait "$pid"
  echo "$top"
}

# least takes the lowest of three runs: other work on the machine can only add.
least() { for _ in 1 2 3; do peak "$@"; done | sort -n | head -1; }

# most takes the higher of two: a short run may be over before it was looked at.
most() { for _ in 1 2; do peak "$@"; done | sort -n | tail -1; }

fail=0
run() {
  local limit=$1
  shift
  local small big note=
  small=$(most "$dir/small" "$@")
  big=$(least "$dir/big" "$@")
  local slack=$((100 + ${SLACK:-0}))
  if [ "$big" -gt $((limit * 1024 * slack / 100)) ] || [ "$big" -gt $(((small + 2 * 1024 + (limit / 32) * 6 * 1024) * slack / 100)) ]; then note="OVER"; fail=1; fi
  printf '%-36s %7d kB at 10MB %7d kB at %s, ceiling %d MB %s\n' "$*" "$small" "$big" "$size" "$limit" "$note"
}
for set in "$@"; do
  printf '== %s\n' "$set"
  "$dir/edi" gen "$set" --size "$size" --seed 1 -o "$dir/big"
  "$dir/edi" gen "$set" --size 10MB --seed 1 -o "$dir/small"
  run 16 csv
  run 16 json
  run 16 json --layer guide
  run 16 validate
  case $set in
  835)
    run 16 fmt
    run 16 stats
    run 16 get 2100/CLP.04
    run 16 json --layer segments
    run 16 csv --table claims
    run 32 csv --workers 2
    run 32 json --workers 2
    run 16 validate --format html
    run 32 validate --workers 2
    ;;
  837p)
    run 16 get 2300/CLM.02
    run 16 csv --table services
    run 32 csv --workers 2
    run 16 validate -q --good "$dir/good" --bad "$dir/bad"
    run 16 split --by claims:5000 --out-dir "$dir/parts" --force
    ;;
  esac
done
exit $fail
