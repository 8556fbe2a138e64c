#!/usr/bin/env bash
# From end to end: an organization is made in moto over loopback with the real AWS CLI, exported with
# Tools/export-organization.sh, imported with orgsim and asked. Needs orgsim (ORGSIM, or a release
# build), and `moto_server` and `aws` on the path: pip install 'moto[server]' awscli
#
#   ORGSIM=.build/release/orgsim Tools/check-import.sh [FOLDER]
#
# FOLDER is where the export and what is imported are left to look at; without it they are removed.
set -eu

TOOLS=$(cd "$(dirname "$0")" && pwd)
ORGSIM=${ORGSIM:-$TOOLS/../.build/release/orgsim}
# A port that nobody listens on.
PORT=${PORT:-$(for port in $(seq 5600 5699); do
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; break; }
done)}
WORK=${1:-$(mktemp -d)}
mkdir -p "$WORK"
for tool in moto_server aws "$ORGSIM"; do
  command -v "$tool" >/dev/null || { echo "there is no '$tool'" >&2; exit 2; }
done

export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=""
unset AWS_SESSION_TOKEN AWS_PROFILE
MOTO_IAM_LOAD_MANAGED_POLICIES=true moto_server -H 127.0.0.1 -p "$PORT" >"$WORK/moto.log" 2>&1 &
SERVER=$!
finish() {
  kill "$SERVER" 2>/dev/null || true
  wait "$SERVER" 2>/dev/null || true
  if [ -z "${KEEP:-}" ]; then rm -rf "$WORK"; fi
}
[ $# -gt 0 ] && KEEP=1
trap finish EXIT
ENDPOINT=http://127.0.0.1:$PORT
for _ in $(seq 150); do
  if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then break; fi
  kill -0 "$SERVER" 2>/dev/null || { cat "$WORK/moto.log" >&2; exit 2; }
  sleep 0.2
done

ask() { aws --endpoint-url "$ENDPOINT" --output text "$@"; }
# as ACCOUNT WORD…: the same with the credentials of a member account.
as() {
  local keys
  keys=$(ask sts assume-role --role-arn "arn:aws:iam::$1:role/OrganizationAccountAccessRole" \
    --role-session-name check --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]')
  shift
  # shellcheck disable=SC2086
  set -- $keys "$@"
  AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3 ask "${@:4}"
}

TRUST='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
READ='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","sqs:SendMessage"],"Resource":"*"}]}'
LOCK='{"Version":"2012-10-17","Statement":[{"Sid":"NoQueues","Effect":"Deny","Action":"sqs:*","Resource":"*"}]}'

echo "making an organization"
ask organizations create-organization --feature-set ALL >/dev/null
ROOT=$(ask organizations list-roots --query 'Roots[0].Id')
ask organizations enable-policy-type --root-id "$ROOT" --policy-type SERVICE_CONTROL_POLICY >/dev/null || true
UNIT=$(ask organizations create-organizational-unit --parent-id "$ROOT" --name Workloads \
  --query OrganizationalUnit.Id)
SHOP=$(ask organizations create-account --account-name shop --email shop@example.com \
  --query CreateAccountStatus.AccountId)
ask organizations move-account --account-id "$SHOP" --source-parent-id "$ROOT" \
  --destination-parent-id "$UNIT" >/dev/null
POLICY=$(ask organizations create-policy --type SERVICE_CONTROL_POLICY --name no-queues \
  --description x --content "$LOCK" --query Policy.PolicySummary.Id)
ask organizations attach-policy --policy-id "$POLICY" --target-id "$UNIT" >/dev/null
as "$SHOP" iam create-role --role-name Reader --assume-role-policy-document "$TRUST" >/dev/null
as "$SHOP" iam put-role-policy --role-name Reader --policy-name read --policy-document "$READ"
as "$SHOP" s3api create-bucket --bucket shop-data >/dev/null
as "$SHOP" s3api put-bucket-policy --bucket shop-data --policy '{"Version":"2012-10-17","Statement":[{"Sid":"NoSecrets","Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::shop-data/secret/*"}]}'

echo "exporting"
"$TOOLS/export-organization.sh" -o "$WORK/export" -e "$ENDPOINT" -j 2
echo "importing"
"$ORGSIM" import aws "$WORK/export" --to "$WORK/organization" >"$WORK/summary.txt"
head -n 2 "$WORK/summary.txt"
"$ORGSIM" import aws "$WORK/export" --to "$WORK/organization" | grep -q ": 0 files" ||
  { echo "importing again changed files" >&2; exit 1; }

echo "asking"
cat >"$WORK/requests.ndjson" <<REQUESTS
{"id": "allowed", "principal": "shop:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::shop-data/k"}
{"id": "explicitDeny", "principal": "shop:role/Reader", "action": "s3:GetObject", "resource": "arn:aws:s3:::shop-data/secret/k"}
{"id": "explicitDeny", "principal": "shop:role/Reader", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:us-east-1:$SHOP:jobs"}
{"id": "implicitDeny", "principal": "shop:role/Reader", "action": "s3:PutObject", "resource": "arn:aws:s3:::shop-data/k"}
REQUESTS
"$ORGSIM" evaluate --organization "$WORK/organization/organization.json" \
  <"$WORK/requests.ndjson" >"$WORK/decisions.ndjson"
wrong=$(grep -cv '"id":"\([A-Za-z]*\)","decision":"\1"' "$WORK/decisions.ndjson" || true)
cat "$WORK/decisions.ndjson"
[ "$wrong" = 0 ] || { echo "$wrong of 4 verdicts are not as expected" >&2; exit 1; }
echo "all as expected"
