#!/usr/bin/env bash
# One refresh by our daemon, as a peer of the yardstick: the same resources, the same calls.
# From the environment: CANNED (endpoint), ACCOUNTS, SINK (ddb or sqlite), WORKERS, DB (SQLite file),
# COLLECTOR (the program). The work's folder is made anew at each call and left for a look.
set -euo pipefail
: "${CANNED:=http://127.0.0.1:5599}" "${ACCOUNTS:=2}" "${SINK:=ddb}" "${WORKERS:=32}"
: "${COLLECTOR:?names the program inventory-collectord}"
# The script counts as part of the daemon: few programs are started.
absolute() { case $2 in /*) printf -v "$1" %s "$2" ;; *) printf -v "$1" %s "$PWD/$2" ;; esac }
absolute COLLECTOR "$COLLECTOR"
[ -z "${DB:-}" ] || absolute DB "$DB"
cd "${0%/*}/../.."
work=$PWD/.build/bench-ours
rm -rf "$work"
mkdir -p "$work/catalogue.d"

# The peers make no follow-up calls but the location and tags of buckets.
printf '%s\n' >"$work/catalogue.d/peers.json" '{"services": {
  "lambda": {"types": {"function": {"enrichments": null}}},
  "sqs": {"types": {"queue": {"detail": null, "enrichments": null}}},
  "iam": {"types": {"role": {"detail": null, "enrichments": null}}},
  "s3": {"types": {"bucket": {"enrichments": [
    {"operation": "GetBucketTagging", "inputs": {"Bucket": "Name"}, "path": "TagSet", "into": "Tags",
     "ignore": ["NoSuchTagSet"], "region": "BucketRegion || %LocationConstraint"}]}}}
}}'

{
    echo "[Collector]
Workers=$WORKERS
Regions=us-east-1 us-east-2 us-west-2 eu-west-1
Types=ec2/instance ec2/volume ec2/security-group rds/db-instance lambda/function sqs/queue s3/bucket iam/role
StateDirectory=$work
Socket=$work/control
CatalogueDirectory=$work/catalogue.d
LogLevel=warning
[Store]"
    case $SINK in
        ddb) printf 'Type=dynamodb\nRegion=us-east-1\nDataFormat=json\n' ;;
        sqlite) printf 'Type=sqlite\nPath=%s\n' "${DB:-$work/inventory.db}" ;;
        *) echo "ours.sh: no sink $SINK" >&2; exit 2 ;;
    esac
    for ((index = 0; index < ACCOUNTS; index++)); do
        account=$((222200000000 + index))
        printf '[Account %s]\nRoleArn=arn:aws:iam::%s:role/inventory\n' "$account" "$account"
    done
} >"$work/collectord.conf"
[ "$SINK" != sqlite ] || [ -z "${DB:-}" ] || rm -f "$DB" "$DB-wal" "$DB-shm"

export AWS_ENDPOINT_URL=$CANNED AWS_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
export AWS_ACCESS_KEY_ID=AKIAROOTROOTROOTROOT AWS_SECRET_ACCESS_KEY=not-a-secret
exec "$COLLECTOR" --config "$work/collectord.conf" --once
