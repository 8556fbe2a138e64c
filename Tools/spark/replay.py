#!/usr/bin/env python3
"""Replays CloudTrail files on the executors of a Spark cluster with `orgsim replay`.

    spark-submit Tools/spark/replay.py --orgsim /opt/orgsim --organization org.json \
        --against guardrail.json --events /mnt/cloudtrail --format text

orgsim is a filter, as `RDD.pipe` wants it. The files of a folder are dealt out to partitions by
their size, every partition is piped, a path a line, through one `orgsim replay --files-from -`,
and the answers, which are small however many records there were, are put together by
`orgsim replay --merge`. What comes out is what one run on one machine says, byte for byte.

The organization with what it refers to, orgsim itself, and a folder of events must lie at the same
paths on every machine; relative ones begin at the folder where the job is started. Events behind a
URL (`s3a://bucket/AWSLogs/…/*.json.gz`) are read by Spark, a file in memory at a time, and their
text is piped: records that cannot be read are then told without the name of their file.
"""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile

# As `orgsim replay` has it for folders.
DIGESTS = "CloudTrail-Digest"


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


def readable(path):
    """A path as text: orgsim cannot open one that is not, and tells it."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_below(folder):
    """Every file below a folder with its size, and every folder that cannot be read."""
    unreadable = []
    for place, folders, names in os.walk(folder, onerror=lambda e: unreadable.append(e.filename)):
        folders[:] = [name for name in folders if name[0] != "." and name != DIGESTS]
        for name in names:
            if name[0] != ".":
                path = os.path.join(place, name)
                yield readable(path), os.lstat(path).st_size
    for path in unreadable:
        yield readable(path), 0


def dealt_out(files, count):
    """The files in so many parts of about one size: the largest first, each to the smallest part."""
    parts = [[0, []] for _ in range(max(1, min(count, len(files))))]
    for path, size in sorted(files, key=lambda file: (-file[1], file[0])):
        smallest = min(parts, key=lambda part: part[0])
        smallest[0] += size + 65536  # What a file costs by itself.
        smallest[1].append(path)
    return [part[1] for part in parts]


def question(options):
    command = [options.orgsim, "replay", "--jobs", "1", "--format", "json"]
    command += ["--organization", options.organization]
    for overlay in options.against:
        command += ["--against", overlay]
    return command + (["--root", options.root] if options.root else [])


def answers(options, spark):
    """One answer for each partition, all worked out before the first is handed over."""
    from pyspark import StorageLevel

    count = options.partitions or 4 * spark.defaultParallelism
    if "://" in options.events:
        # Whole, since a file may be one list over many lines.
        lines = spark.wholeTextFiles(options.events, count).values()
        source = ["-"]
    else:
        files = list(files_below(options.events))
        if not files:
            sys.exit(f"there is no file below {options.events}")
        parts = dealt_out(files, count)
        lines = spark.parallelize(parts, len(parts)).flatMap(lambda part: part)
        source = ["--files-from", "-"]
    # An executor works in a folder of its own.
    there = ["sh", "-c", 'cd "$0" && exec "$@"', os.getcwd()]
    command = shlex.join(there + question(options) + source)
    piped = lines.pipe(command, env={"PATH": os.environ["PATH"]}).glom().map("\n".join)
    piped.persist(StorageLevel.DISK_ONLY).count()
    return piped.toLocalIterator()


def main():
    options = arguments()
    # What is wrong with the question is said here, and not in the logs of executors.
    check = subprocess.run(
        question(options) + ["--files-from", os.devnull], stdout=subprocess.DEVNULL
    )
    if check.returncode != 0:
        sys.exit(check.returncode)
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("orgsim replay").getOrCreate()
    with tempfile.TemporaryDirectory() as folder:
        for number, answer in enumerate(answers(options, session.sparkContext)):
            try:
                json.loads(answer)
            except ValueError:
                sys.exit("an executor gave no answer: its log has what orgsim wrote")
            with open(os.path.join(folder, f"{number:06}.json"), "w") as file:
                file.write(answer)
        session.stop()
        merge = [options.orgsim, "replay", "--merge", "--format", options.format]
        if options.fail_on_denied:
            merge.append("--fail-on-denied")
        sys.exit(subprocess.run(merge + [folder]).returncode)


if __name__ == "__main__":
    main()
