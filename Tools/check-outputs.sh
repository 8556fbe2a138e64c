#!/usr/bin/env bash
# Holds what orgsim writes for other tools against what those take: JUnit against the schema of
# Jenkins, SARIF against 2.1.0, TAP by prove, lcov by genhtml, the JSON Schemas by Python's
# jsonschema, completions by their shells. Needs Python 3 and PyPI, and takes prove, genhtml, zsh and
# fish where they are installed.
#
#     swift build -c release --product orgsim && Tools/check-outputs.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here=$(pwd)
tool=${1:-$here/.build/release/orgsim}
venv=.build/check-outputs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { printf '\n== %s\n' "$1"; }
fail() { printf 'check-outputs: %s\n' "$1" >&2; exit 1; }
# Runs a command that has to end with a code.
ends() {
    local code=$1 found=0
    shift
    "$@" || found=$?
    [ "$found" -eq "$code" ] || fail "ended with $found, not $code: $*"
}

step "validators"
if [ ! -e "$venv/ready" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    # The sdists hold the schemas: junit-10.xsd of Jenkins, and SARIF 2.1.0 by Microsoft.
    cat > "$venv/sources.txt" <<'PINS'
pytest==8.3.3 --hash=sha256:70b98107bd648308a7952b06e6ca9a50bc660be218d53c257cc1fc94fda10181
sarif_om==1.0.4 --hash=sha256:cd5f416b3083e00d402a92e449a7ff67af46f11241073eea0461802a3b5aef98
PINS
    "$venv/bin/pip" install --quiet jsonschema==4.26.0 xmlschema==4.3.2 \
        PyYAML==6.0.2 check-jsonschema==0.39.0
    "$venv/bin/pip" download --quiet --no-deps --no-binary :all: --require-hashes \
        --dest "$venv/sources" --requirement "$venv/sources.txt"
    for archive in "$venv"/sources/*.tar.gz; do tar -xzf "$archive" -C "$venv/sources"; done
    touch "$venv/ready"
fi
python=$(pwd)/$venv/bin/python
junit=$(ls "$venv"/sources/pytest-*/testing/example_scripts/junit-10.xsd)
sarif=$(ls "$venv"/sources/sarif_om-*/sarif-2.1.0-rtm.4.json)

step "runs: all passes, one fails, one cannot be read"
cp -R Scenarios "$work/passed"
cp -R Scenarios "$work/failed"
cp -R Scenarios "$work/broken"
cat > "$work/failed/99-fails.json" <<'JSON'
{
  "scenario": "Fails <script>alert(1)</script> & \"quotes\" ]]> \u0001 \u001b[31m é 🙂 # 50%\nnext line",
  "organization": "organizations/larkspur.json",
  "steps": [
    { "name": "is allowed, says # somebody", "principal": "shop-prod:role/Operator",
      "action": ["ec2:RunInstances", "iam:CreateUser"], "resource": "*",
      "context": { "aws:RequestedRegion": "us-east-1" }, "expect": "allowed" }
  ]
}
JSON
printf '{ "scenario": "Broken", "steps": [] oops }\n' > "$work/broken/99-broken.json"
lcov=()
if "$tool" help test | grep -q lcov; then lcov=(--output); fi
code=0
for run in passed failed broken; do
    outputs=()
    for format in text json junit tap github sarif; do
        outputs+=(--output "$format=$work/$run.$format")
    done
    if [ ${#lcov[@]} -gt 0 ]; then outputs+=(--output "lcov=$work/$run.lcov"); fi
    ends "$code" "$tool" test "${outputs[@]}" "$work/$run" > /dev/null 2> "$work/$run.errors"
    code=$((code + 1))
done
for run in passed failed; do
    ends 0 "$tool" lint --fail-on never --format sarif "$work/$run" > "$work/$run.lint.sarif"
done
mkdir "$work/scp"
printf '%s\n' '{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Nothing", "Resource": "*" } }' \
    > "$work/scp/unknown-action.json"
ends 1 "$tool" lint --format sarif "$work/scp" > "$work/findings.lint.sarif"

step "JUnit against junit-10.xsd, SARIF against 2.1.0"
"$python" - "$junit" "$sarif" "$work" <<'PYTHON'
import json, pathlib, sys
import jsonschema, xmlschema

junit = xmlschema.XMLSchema(sys.argv[1])
sarif = json.load(open(sys.argv[2]))
jsonschema.Draft7Validator.check_schema(sarif)
folder = pathlib.Path(sys.argv[3])
bad = 0
for path in sorted(folder.glob("*.junit")):
    problems = [str(p.reason) for p in junit.iter_errors(str(path))]
    cases = path.read_text().count("<testcase")
    print(f"{path.name}: {cases} test cases, {len(problems)} problems", *problems[:5], sep="\n  ")
    bad += len(problems) + (cases == 0)
for path in sorted(folder.glob("*sarif")):
    log = json.loads(path.read_text())
    problems = [e.message for e in jsonschema.Draft7Validator(sarif).iter_errors(log)]
    results = sum(len(r["results"]) for r in log["runs"])
    print(f"{path.name}: {results} results, {len(problems)} problems", *problems[:5], sep="\n  ")
    bad += len(problems)
    notes = sum(len(i.get("toolExecutionNotifications", []))
                for r in log["runs"] for i in r.get("invocations", []))
    if path.name.startswith(("failed.s", "findings")) and not results or \
            path.name == "broken.sarif" and not notes:
        print("  no result, and there is something to tell")
        bad += 1
for path in sorted(folder.glob("*.json")):
    json.loads(path.read_text())
sys.exit(bad > 0)
PYTHON

step "TAP by prove"
if command -v prove > /dev/null; then
    prove --quiet --exec cat "$work/passed.tap"
    for run in failed broken; do
        if prove --quiet --exec cat "$work/$run.tap" > "$work/prove" 2>&1; then
            fail "prove takes $run.tap for a success"
        fi
        if grep -q 'Parse errors' "$work/prove"; then cat "$work/prove"; fail "$run.tap"; fi
        grep -E 'Result|Failed test' "$work/prove"
    done
else
    echo "prove is not installed"
fi

step "lcov by genhtml"
if [ ${#lcov[@]} -eq 0 ]; then
    echo "this orgsim writes no lcov"
elif command -v genhtml > /dev/null; then
    genhtml --quiet --output-directory "$work/genhtml" "$work/passed.lcov"
    ls "$work/genhtml/index.html"
else
    echo "genhtml is not installed"
fi

step "JSON Schemas by jsonschema, both ways"
mkdir "$work/schemas"
for format in organization scenario overlay request scp rcp identity trust resource endpoint session; do
    "$tool" schema "$format" > "$work/schemas/$format.json"
done
"$tool" format --check "$work/schemas" > /dev/null || fail "a schema is laid out otherwise"
"$python" - "$work/schemas" <<'PYTHON'
import json, pathlib, sys
from jsonschema import Draft202012Validator as Validator

schemas = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    schema = json.loads(path.read_text())
    Validator.check_schema(schema)
    schemas[path.stem] = Validator(schema)

def value(path):
    try:
        return json.loads(path.read_text())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return None

def is_scenario(found):
    return isinstance(found, dict) and ("steps" in found or "scenario" in found)

bad = checked = 0
def hold(schema, path, fits):
    global bad, checked
    checked += 1
    error = next(schemas[schema].iter_errors(value(path)), None)
    if (error is None) != fits:
        bad += 1
        print(f"{path} against {schema}: {error.message[:200] if error else 'fits'}")

for folder in ["Scenarios", "Tests/Conformance/scenarios", "Tests/RuleScenarios", "Tests/PublishedPolicies"]:
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        if is_scenario(value(path)):
            hold("scenario", path, True)
for folder in ["Scenarios/organizations", "Tests/Conformance/organizations"]:
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        hold("organization", path, True)
        hold("overlay", path, True)
for path in sorted(pathlib.Path("Scenarios/organizations/overlays").glob("*.json")):
    hold("overlay", path, True)
    hold("organization", path, False)
kinds = {"scp": "scp", "rcp": "rcp", "trust": "trust", "bucket": "resource", "key": "resource",
         "queue": "resource", "secret": "resource", "function": "resource",
         "endpoint": "endpoint", "policy": "identity", "boundary": "identity"}
for folder in ["Scenarios/organizations/policies", "Tests/Conformance/organizations/policies"]:
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        kind = kinds.get(path.name.split("-")[0])
        if kind and path.name != "shared-parts.json":
            hold(kind, path, True)
# What a schema can tell of the invalid files is held in Tests/ConformanceTests; here both
# validators have to be of one mind, so the count is.
refused = 0
for path in sorted(pathlib.Path("Tests/Conformance/invalid").glob("*.json")):
    found = value(path)
    if path.name.endswith(".expected.json") or found is None:
        continue
    schema = "scenario" if is_scenario(found) or path.name.startswith("scenario-") else "organization"
    refused += not schemas[schema].is_valid(found)
print(f"{len(schemas)} schemas, {checked} files, {bad} of them otherwise than thought; "
      f"{refused} invalid files are refused")
sys.exit(bad > 0 or refused < 40)
PYTHON

step "snippets of the README: their schemas, and their lines in a fresh folder"
"$python" - "$work" <<'PYTHON'
import pathlib, re, sys
import yaml

work = pathlib.Path(sys.argv[1])
blocks = re.findall(r"```yaml\n(# (\S+)\n.*?)```", pathlib.Path("README.md").read_text(), re.S)
for text, name in blocks:
    (work / pathlib.Path(name).name.lstrip(".")).write_text(text)
    found = yaml.safe_load(text)
    if "jobs" in found:
        lines = [s["run"] for job in found["jobs"].values() for s in job["steps"] if "run" in s]
    else:
        lines = [line for job in found.values() for line in job["script"]]
    (work / (pathlib.Path(name).stem.lstrip(".") + ".sh")).write_text("\n".join(lines) + "\n")
print(*(name for _, name in blocks), sep="\n")
PYTHON
"$venv/bin/check-jsonschema" --builtin-schema vendor.github-workflows "$work/guardrails.yml"
"$venv/bin/check-jsonschema" --builtin-schema vendor.gitlab-ci "$work/gitlab-ci.yml"
# The lines clone this repository; the build is taken from here, it was made of the same sources.
mkdir "$work/bin"
cat > "$work/bin/swift" <<'SWIFT'
#!/bin/sh
mkdir -p .orgsim/.build/release && cp "$ORGSIM_BUILT" .orgsim/.build/release/orgsim
SWIFT
chmod +x "$work/bin/swift"
for snippet in guardrails gitlab-ci; do
    mkdir "$work/$snippet"
    "$tool" new "$work/$snippet/guardrails" > /dev/null
    (
        cd "$work/$snippet"
        export ORGSIM_REPOSITORY="file://$here" ORGSIM_BUILT="$tool" PATH="$work/bin:$PATH"
        export GITHUB_PATH="$work/$snippet/path" CI_NODE_INDEX=1 CI_NODE_TOTAL=1
        # GitHub puts what stands in that file before the path of the next step.
        sed -i 's|^echo .*GITHUB_PATH.*|&\nexport PATH="$(cat "$GITHUB_PATH"):$PATH"|' \
            "$work/$snippet.sh"
        bash -euo pipefail "$work/$snippet.sh" > "$work/$snippet.out" 2>&1
    ) || { cat "$work/$snippet.out"; fail "the lines of $snippet"; }
    tail -1 "$work/$snippet.out"
    ls "$work/$snippet/results.xml" > /dev/null
done

step "completions by their shells"
for shell in bash zsh fish; do
    "$tool" completions "$shell" > "$work/completions.$shell"
    if command -v "$shell" > /dev/null; then
        "$shell" -n "$work/completions.$shell"
        echo "$shell reads them"
    else
        echo "$shell is not installed"
    fi
done

printf '\nall outputs are taken\n'
