#!/usr/bin/env bash
# Exports what `orgsim import aws` reads of an AWS organization: read-only calls of the AWS CLI (v1 or
# v2), one file a call, never rewritten. Needs bash and aws; no jq, no Python.
#
#   Tools/export-organization.sh -o org-export [-p profile] [-r "us-east-1 eu-west-1"]
#       [-R OrganizationAccountAccessRole] [-s us-east-1] [-a "111111111111 222222222222"]
#       [-e http://127.0.0.1:5599] [-j 4] [-O]
#
#   -o  folder to write, new or empty -p  profile of the management account or a delegated administrator
#   -r  Regions to look for resource policies in                  -s  home Region of Identity Center
#   -R  role assumed in each member account; SecurityAudit with iam:GenerateCredentialReport is enough
#   -a  only these accounts (default: every active one)           -O  organization only, no accounts
#   -e  another endpoint, for tests   -j  accounts at once
#
# A call that fails does not stop the rest: errors.tsv gets its file, the error's code and the command,
# so that "there is no policy" (NoSuchBucketPolicy …) and "not allowed to look" are told apart later.
# No secret is read. The credential report and the names of people are personal data all the same.
set -u

OUT=org-export PROFILE=() REGIONS=us-east-1 ROLE=OrganizationAccountAccessRole
CENTER=us-east-1 ONLY="" ENDPOINT=() PARALLEL=4 ORGANIZATION_ONLY=0
usage() { sed -n '2,18s/^# \{0,1\}//p' "$0"; }
while getopts "o:p:r:R:s:a:e:j:Oh" flag; do
  case $flag in
    o) OUT=$OPTARG ;;
    p) PROFILE=(--profile "$OPTARG") ;;
    r) REGIONS=$OPTARG ;;
    R) ROLE=$OPTARG ;;
    s) CENTER=$OPTARG ;;
    a) ONLY=$OPTARG ;;
    e) ENDPOINT=(--endpoint-url "$OPTARG") ;;
    j) PARALLEL=$OPTARG ;;
    O) ORGANIZATION_ONLY=1 ;;
    h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
export AWS_PAGER="" AWS_EC2_METADATA_DISABLED=true AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1}
if [ ${#ENDPOINT[@]} -gt 0 ]; then export AWS_DISABLE_HOST_PREFIX_INJECTION=true; fi

call() { aws ${PROFILE[@]+"${PROFILE[@]}"} ${ENDPOINT[@]+"${ENDPOINT[@]}"} "$@"; }

# keep FILE WORD…: one call, its answer kept as it is; an answer without members, of which the CLI
# prints nothing, is an empty object, and a call without an answer leaves no file.
keep() {
  local file="$OUT/$1" error
  shift
  mkdir -p "$(dirname "$file")"
  if error=$(call "$@" --output json 2>&1 >"$file.part"); then
    [ -s "$file.part" ] || echo '{}' >"$file.part"
    mv "$file.part" "$file"
    return 0
  fi
  rm -f "$file.part"
  lost "${file#"$OUT"/}" "$error" "$@"
  return 1
}

# lost FILE ERROR WORD…: says in errors.tsv which call had no answer, and why.
lost() {
  local file=$1 code
  code=$(printf '%s' "$2" | sed -n 's/.*An error occurred (\([A-Za-z0-9._]*\)).*/\1/p' | head -n 1)
  shift 2
  printf '%s\t%s\t%s\n' "$file" "$code" "aws $*" >>"$OUT/errors.tsv"
}

# words QUERY WORD…: the words of an answer, one a line. What hangs on them is not asked for where the
# call fails, so that is told, too: a list that is there does not mean that its elements were asked for.
words() {
  # Another shell writes there than reads.
  local query=$1 answer errors="$ERRORS/$BASHPID"
  shift
  if answer=$(call "$@" --query "$query" --output text 2>"$errors"); then
    printf '%s\n' "$answer" | tr '\t' '\n' | grep -v -e '^None$' -e '^$' || true
  else
    lost "names/$2" "$(cat "$errors")" "$@"
  fi
}

# folder NAME: a name as that of a folder. A slash written as _ would make two names one.
folder() { printf '%s' "${1//\//%2F}"; }

TYPES="SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY"

attachments() { # FOLDER ID
  local type
  keep "$1/list-tags-for-resource.json" organizations list-tags-for-resource --resource-id "$2"
  for type in $TYPES; do
    keep "$1/list-policies-for-target.$type.json" \
      organizations list-policies-for-target --target-id "$2" --filter "$type"
  done
}

organization() {
  local o=organizations id parent queue next type policy
  keep $o/describe-organization.json organizations describe-organization
  keep $o/list-roots.json organizations list-roots
  keep $o/list-accounts.json organizations list-accounts
  keep $o/list-delegated-administrators.json organizations list-delegated-administrators
  keep $o/list-aws-service-access.json organizations list-aws-service-access-for-organization
  keep $o/describe-resource-policy.json organizations describe-resource-policy
  keep $o/list-organizations-features.json iam list-organizations-features
  for id in $(words 'DelegatedAdministrators[].Id' organizations list-delegated-administrators); do
    keep "$o/delegated/$id/list-delegated-services-for-account.json" \
      organizations list-delegated-services-for-account --account-id "$id"
  done
  queue=$(words 'Roots[].Id' organizations list-roots)
  while [ -n "$queue" ]; do
    next=""
    for parent in $queue; do
      keep "$o/ou/$parent/list-organizational-units-for-parent.json" \
        organizations list-organizational-units-for-parent --parent-id "$parent"
      keep "$o/ou/$parent/list-accounts-for-parent.json" \
        organizations list-accounts-for-parent --parent-id "$parent"
      attachments "$o/ou/$parent" "$parent"
      for id in $(words 'OrganizationalUnits[].Id' \
        organizations list-organizational-units-for-parent --parent-id "$parent"); do
        next="$next $id"
      done
    done
    queue=${next# }
  done
  for id in $(words 'Accounts[].Id' organizations list-accounts); do
    keep "$o/account/$id/list-parents.json" organizations list-parents --child-id "$id"
    attachments "$o/account/$id" "$id"
  done
  for type in $TYPES; do
    keep "$o/policy/$type/list-policies.json" organizations list-policies --filter "$type"
    for policy in $(words 'Policies[].Id' organizations list-policies --filter "$type"); do
      keep "$o/policy/$type/$policy/describe-policy.json" \
        organizations describe-policy --policy-id "$policy"
      keep "$o/policy/$type/$policy/list-targets-for-policy.json" \
        organizations list-targets-for-policy --policy-id "$policy"
    done
  done
}

# No call lists all assignments: they are asked for by permission set and account, and by principal.
identity_center() {
  local c=identity-center instance store
  keep $c/list-instances.json sso-admin list-instances --region "$CENTER" || return 0
  words 'Instances[].[InstanceArn,IdentityStoreId]' sso-admin list-instances --region "$CENTER" |
    paste - - | while read -r instance store; do
    keep "$c/${instance##*/}/describe-instance-access-control-attribute-configuration.json" \
      sso-admin describe-instance-access-control-attribute-configuration \
      --instance-arn "$instance" --region "$CENTER"
    permission_sets "$instance" "$c/${instance##*/}"
    people "$instance" "$store" "$c/${instance##*/}"
  done
}

permission_sets() { # INSTANCE FOLDER
  local set folder account verb what
  local here=(--instance-arn "$1" --region "$CENTER")
  keep "$2/list-permission-sets.json" sso-admin list-permission-sets "${here[@]}"
  for set in $(words PermissionSets sso-admin list-permission-sets "${here[@]}"); do
    folder="$2/permission-set/${set##*/}"
    what=(--permission-set-arn "$set")
    for verb in describe-permission-set list-managed-policies-in-permission-set \
      list-customer-managed-policy-references-in-permission-set \
      get-inline-policy-for-permission-set get-permissions-boundary-for-permission-set \
      list-accounts-for-provisioned-permission-set; do
      keep "$folder/$verb.json" sso-admin "$verb" "${here[@]}" "${what[@]}"
    done
    keep "$folder/list-tags-for-resource.json" \
      sso-admin list-tags-for-resource "${here[@]}" --resource-arn "$set"
    for account in $(words AccountIds sso-admin list-accounts-for-provisioned-permission-set \
      "${here[@]}" "${what[@]}"); do
      keep "$folder/list-account-assignments/$account.json" \
        sso-admin list-account-assignments --account-id "$account" "${here[@]}" "${what[@]}"
    done
  done
}

people() { # INSTANCE STORE FOLDER
  local store=(--identity-store-id "$2" --region "$CENTER") id
  local here=(--instance-arn "$1" --region "$CENTER")
  keep "$3/identitystore/list-users.json" identitystore list-users "${store[@]}"
  keep "$3/identitystore/list-groups.json" identitystore list-groups "${store[@]}"
  for id in $(words 'Users[].UserId' identitystore list-users "${store[@]}"); do
    keep "$3/list-account-assignments-for-principal/USER/$id.json" \
      sso-admin list-account-assignments-for-principal --principal-id "$id" --principal-type USER \
      "${here[@]}"
  done
  for id in $(words 'Groups[].GroupId' identitystore list-groups "${store[@]}"); do
    keep "$3/list-account-assignments-for-principal/GROUP/$id.json" \
      sso-admin list-account-assignments-for-principal --principal-id "$id" --principal-type GROUP \
      "${here[@]}"
    keep "$3/identitystore/list-group-memberships/$id.json" \
      identitystore list-group-memberships --group-id "$id" "${store[@]}"
  done
}

# Everything below runs with the credentials of the account it is about.
account() { # ID
  local a=$1 b="accounts/$1" region
  keep "$b/get-caller-identity.json" sts get-caller-identity || return 0
  iam "$b/iam"
  buckets "$a" "$b/s3"
  for region in $REGIONS; do resources "$a" "$b/$region" "$region"; done
}

iam() { # FOLDER
  local verb user key arn
  keep "$1/get-account-authorization-details.json" iam get-account-authorization-details \
    --filter User Role Group LocalManagedPolicy AWSManagedPolicy
  for verb in list-roles list-account-aliases get-account-summary get-account-password-policy \
    list-saml-providers list-open-id-connect-providers list-instance-profiles \
    list-virtual-mfa-devices; do
    keep "$1/$verb.json" iam "$verb"
  done
  for _ in 1 2 3 4 5 6; do
    [ "$(words State iam generate-credential-report)" = COMPLETE ] && break
    sleep 2
  done
  keep "$1/get-credential-report.json" iam get-credential-report
  for arn in $(words 'OpenIDConnectProviderList[].Arn' iam list-open-id-connect-providers); do
    keep "$1/oidc/$(printf '%s' "${arn#*/}" | tr '/:' '__').json" \
      iam get-open-id-connect-provider --open-id-connect-provider-arn "$arn"
  done
  for user in $(words 'Users[].UserName' iam list-users); do
    keep "$1/user/$user/list-access-keys.json" iam list-access-keys --user-name "$user"
    keep "$1/user/$user/list-mfa-devices.json" iam list-mfa-devices --user-name "$user"
    for key in $(words 'AccessKeyMetadata[].AccessKeyId' iam list-access-keys --user-name "$user"); do
      keep "$1/user/$user/get-access-key-last-used.$key.json" \
        iam get-access-key-last-used --access-key-id "$key"
    done
  done
}

buckets() { # ACCOUNT FOLDER
  local bucket verb
  keep "$2/list-buckets.json" s3api list-buckets
  keep "$2/get-public-access-block.account.json" \
    s3control get-public-access-block --account-id "$1"
  for bucket in $(words 'Buckets[].Name' s3api list-buckets); do
    for verb in get-bucket-policy get-bucket-location get-public-access-block get-bucket-tagging; do
      keep "$2/$bucket/$verb.json" s3api "$verb" --bucket "$bucket"
    done
  done
}

resources() { # ACCOUNT FOLDER REGION
  local d=$2 r=(--region "$3") name verb
  keep "$d/s3control/list-access-points.json" s3control list-access-points --account-id "$1" "${r[@]}"
  for name in $(words 'AccessPointList[].Name' s3control list-access-points --account-id "$1" "${r[@]}"); do
    keep "$d/s3control/$name/get-access-point-policy.json" \
      s3control get-access-point-policy --account-id "$1" --name "$name" "${r[@]}"
  done
  keep "$d/kms/list-keys.json" kms list-keys "${r[@]}"
  for name in $(words 'Keys[].KeyId' kms list-keys "${r[@]}"); do
    keep "$d/kms/$name/get-key-policy.json" \
      kms get-key-policy --key-id "$name" --policy-name default "${r[@]}"
    for verb in list-grants list-resource-tags; do
      keep "$d/kms/$name/$verb.json" kms "$verb" --key-id "$name" "${r[@]}"
    done
  done
  keep "$d/sqs/list-queues.json" sqs list-queues "${r[@]}"
  for name in $(words QueueUrls sqs list-queues "${r[@]}"); do
    keep "$d/sqs/${name##*/}/get-queue-attributes.json" \
      sqs get-queue-attributes --queue-url "$name" --attribute-names All "${r[@]}"
  done
  keep "$d/sns/list-topics.json" sns list-topics "${r[@]}"
  for name in $(words 'Topics[].TopicArn' sns list-topics "${r[@]}"); do
    keep "$d/sns/${name##*:}/get-topic-attributes.json" \
      sns get-topic-attributes --topic-arn "$name" "${r[@]}"
  done
  keep "$d/secretsmanager/list-secrets.json" secretsmanager list-secrets "${r[@]}"
  for name in $(words 'SecretList[].ARN' secretsmanager list-secrets "${r[@]}"); do
    keep "$d/secretsmanager/$(folder "${name##*:}")/get-resource-policy.json" \
      secretsmanager get-resource-policy --secret-id "$name" "${r[@]}"
  done
  keep "$d/lambda/list-functions.json" lambda list-functions "${r[@]}"
  for name in $(words 'Functions[].FunctionName' lambda list-functions "${r[@]}"); do
    keep "$d/lambda/$name/get-policy.json" lambda get-policy --function-name "$name" "${r[@]}"
  done
  keep "$d/ecr/describe-repositories.json" ecr describe-repositories "${r[@]}"
  keep "$d/ecr/get-registry-policy.json" ecr get-registry-policy "${r[@]}"
  for name in $(words 'repositories[].repositoryName' ecr describe-repositories "${r[@]}"); do
    keep "$d/ecr/$(folder "$name")/get-repository-policy.json" \
      ecr get-repository-policy --repository-name "$name" "${r[@]}"
  done
  keep "$d/dynamodb/list-tables.json" dynamodb list-tables "${r[@]}"
  for name in $(words TableNames dynamodb list-tables "${r[@]}"); do
    keep "$d/dynamodb/$name/describe-table.json" dynamodb describe-table --table-name "$name" "${r[@]}"
    keep "$d/dynamodb/$name/get-resource-policy.json" dynamodb get-resource-policy \
      --resource-arn "arn:$PARTITION:dynamodb:$3:$1:table/$name" "${r[@]}"
  done
  keep "$d/kinesis/list-streams.json" kinesis list-streams "${r[@]}"
  for name in $(words StreamNames kinesis list-streams "${r[@]}"); do
    keep "$d/kinesis/$name/get-resource-policy.json" kinesis get-resource-policy \
      --resource-arn "arn:$PARTITION:kinesis:$3:$1:stream/$name" "${r[@]}"
  done
  keep "$d/opensearch/list-domain-names.json" opensearch list-domain-names "${r[@]}"
  for name in $(words 'DomainNames[].DomainName' opensearch list-domain-names "${r[@]}"); do
    keep "$d/opensearch/$name/describe-domain-config.json" \
      opensearch describe-domain-config --domain-name "$name" "${r[@]}"
  done
  keep "$d/ec2/describe-vpc-endpoints.json" ec2 describe-vpc-endpoints "${r[@]}"
  keep "$d/events/list-event-buses.json" events list-event-buses "${r[@]}"
  keep "$d/logs/describe-resource-policies.json" logs describe-resource-policies "${r[@]}"
  keep "$d/glue/get-resource-policy.json" glue get-resource-policy "${r[@]}"
  keep "$d/efs/describe-file-systems.json" efs describe-file-systems "${r[@]}"
  for name in $(words 'FileSystems[].FileSystemId' efs describe-file-systems "${r[@]}"); do
    keep "$d/efs/$name/describe-file-system-policy.json" \
      efs describe-file-system-policy --file-system-id "$name" "${r[@]}"
  done
  keep "$d/ram/get-resource-shares.json" ram get-resource-shares --resource-owner SELF "${r[@]}"
}

member() { # ID: an account, in a shell of its own
  local id=$1 session
  if [ "$id" != "$MANAGEMENT" ]; then
    if ! session=$(call sts assume-role --role-arn "arn:$PARTITION:iam::$id:role/$ROLE" \
      --role-session-name orgsim-export --output text \
      --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' 2>/dev/null); then
      printf '%s\t%s\t%s\n' "accounts/$id" AssumeRoleFailed "sts assume-role $ROLE" >>"$OUT/errors.tsv"
      return 0
    fi
    PROFILE=()
    unset AWS_PROFILE
    read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<<"$session"
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
  fi
  account "$id"
}

mkdir -p "$OUT"
if [ -n "$(ls -A "$OUT")" ]; then
  echo "'$OUT' is not empty: what an earlier export left there would count as today's" >&2
  exit 2
fi
ERRORS=$(mktemp -d)
trap 'rm -rf "$ERRORS"' EXIT
: >"$OUT/errors.tsv"
printf '{"format":"org-export/1","startedAt":"%s","awsCli":"%s","regions":"%s","identityCenterRegion":"%s","role":"%s"}\n' \
  "$(date -u +%FT%TZ)" "$(aws --version 2>&1 | cut -d' ' -f1)" "$REGIONS" "$CENTER" "$ROLE" \
  >"$OUT/manifest.json"
if ! keep get-caller-identity.json sts get-caller-identity; then
  echo "no credentials that work: $(tail -n 1 "$OUT/errors.tsv")" >&2
  exit 1
fi
MANAGEMENT=$(words Account sts get-caller-identity)
PARTITION=$(words Arn sts get-caller-identity | cut -d: -f2)
organization
identity_center
if [ "$ORGANIZATION_ONLY" = 0 ]; then
  # shellcheck disable=SC2016
  for id in ${ONLY:-$(words 'Accounts[?Status==`ACTIVE` || State==`ACTIVE`].Id' organizations list-accounts)}; do
    while [ "$(jobs -rp | wc -l)" -ge "$PARALLEL" ]; do sleep 0.2; done
    (member "$id") &
  done
  wait
fi
sort -o "$OUT/errors.tsv" "$OUT/errors.tsv"
echo "$OUT: $(find "$OUT" -name '*.json' | wc -l) files, $(wc -l <"$OUT/errors.tsv") calls without an answer"
