#!/bin/bash
# A run in parts with GNU parallel: one shard a job, on this machine or on those that HOSTS names, then the merge.
#
#   scenarios/cluster/gnu-parallel.sh 10 eta-p-sweep
#   HOSTS=node1,node2,: scenarios/cluster/gnu-parallel.sh 10 own-gains --replicates 1000000     (: is this machine)
#
# OUT is where the run folders go: with HOSTS, a folder that all machines share. The same command again does only what
# is missing.
set -euo pipefail

if [ "$#" -lt 2 ]; then
  echo "usage: $0 <shards> <scenario> [options of norm-growth run]" >&2
  exit 2
fi
shards=$1
shift
norm_growth=${NORM_GROWTH:-norm-growth}
out=${OUT:-results}

# One thread a job: parallel runs one job a processor.
parallel ${HOSTS:+--sshlogin "$HOSTS" --workdir .} --halt soon,fail=1 --quote \
  $norm_growth run "$@" --shard "{}/$shards" --workers 1 --out "$out" ::: $(seq "$shards")
$norm_growth merge "$out"/*.shard-*-of-"$shards"--* --out "$out"
