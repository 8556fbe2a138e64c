#!/usr/bin/env python3
"""Replays CloudTrail files on the executors of a Spark cluster with `orgsim replay`.

    spark-submit Tools/spark/replay.py --orgsim /opt/orgsim --organization org.json \
        --against guardrail.json --events /mnt/cloudtrail --format text

orgsim is a filter, as `RDD.pipe` wants it. The files of a folder are dealt out to partitions by
their size, every partition is piped, a path a line, through one `orgsim replay --files-from -`,
and the answers, which are small however many records there were, are put together by
`orgsim replay --merge`. What comes out is what one run on one machine says, byte for byte.

The organization with what it refers to, orgsim itself, and a folder of events must lie at the same
paths on every machine. Events behind a URL (`s3a://bucket/AWSLogs/…/*.json.gz`) are read by Spark,
and their text is piped; records that cannot be read are then told without the name of their file.
"""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile

ENDINGS = (".json", ".json.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--orgsim", default="orgsim", help="the program, at one path everywhere")
    parser.add_argument("--organization", required=True)
    parser.add_argument("--against", action="append", default=[], metavar="OVERLAY")
    parser.add_argument("--root", help="nothing outside this folder is read for the organization")
    parser.add_argument("--events", required=True, help="a folder of CloudTrail files, or a URL")
    parser.add_argument("--partitions", type=int, default=0, help="default: four for each core")
    parser.add_argument("--format", default="json", choices=["text", "json", "html"])
    parser.add_argument("--fail-on-denied", action="store_true")
    return parser.parse_args()


def files_below(folder):
    """Every file of records below a folder, with its size."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(ENDINGS) and not name.startswith("."):
                path = os.path.join(place, name)
                yield path, os.path.getsize(path)


def dealt_out(files, count):
    """The files in so many parts of about one size: the largest first, each to the smallest part."""
    parts = [[0, []] for _ in range(max(1, min(count, len(files))))]
    for path, size in sorted(files, key=lambda file: (-file[1], file[0])):
        smallest = min(parts, key=lambda part: part[0])
        smallest[0] += size + 65536  # What a file costs by itself.
        smallest[1].append(path)
    return [sorted(part[1]) for part in parts]


def answers(options, spark):
    """One answer for each partition."""
    command = [options.orgsim, "replay", "--jobs", "1", "--format", "json"]
    command += ["--organization", options.organization]
    for overlay in options.against:
        command += ["--against", overlay]
    if options.root:
        command += ["--root", options.root]
    count = options.partitions or 4 * spark.defaultParallelism
    if "://" in options.events:
        lines = spark.textFile(options.events, count)
        command += ["-"]
    else:
        files = list(files_below(options.events))
        if not files:
            sys.exit(f"no file below {options.events} ends in {', '.join(ENDINGS)}")
        parts = dealt_out(files, count)
        lines = spark.parallelize(parts, len(parts)).flatMap(lambda part: part)
        command += ["--files-from", "-"]
    return lines.pipe(shlex.join(command)).glom().map("\n".join).toLocalIterator()


def main():
    from pyspark.sql import SparkSession

    options = arguments()
    spark = SparkSession.builder.appName("orgsim replay").getOrCreate().sparkContext
    with tempfile.TemporaryDirectory() as folder:
        for number, answer in enumerate(answers(options, spark)):
            try:
                json.loads(answer)
            except ValueError:
                sys.exit("an executor gave no answer: its log has what orgsim wrote")
            with open(os.path.join(folder, f"{number:06}.json"), "w") as file:
                file.write(answer)
        merge = [options.orgsim, "replay", "--merge", "--format", options.format]
        if options.fail_on_denied:
            merge.append("--fail-on-denied")
        sys.exit(subprocess.run(merge + [folder]).returncode)


if __name__ == "__main__":
    main()
