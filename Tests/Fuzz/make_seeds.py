#!/usr/bin/env python3
"""Writes the fuzzers' first inputs: corpus/*.b64 and the replies of Tests/AWSTests/Fixtures/replies.jsonl.

    make_seeds.py FOLDER      FOLDER/{json,xml,document,ini,varlink}/*
    make_seeds.py --cases     corpus/cases-{json,xml}.jsonl anew: the operations that an input's first byte chooses from

With other cases the corpus is still read, but by other operations.
"""
import base64
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "Tests/Fuzz/corpus"
# One byte chooses.
CASES = 256


def replies():
    """(number, reader, case, body) of each reply that has a body to read."""
    lines = (ROOT / "Tests/AWSTests/Fixtures/replies.jsonl").read_text(encoding="utf-8").split("\n")[1:-1]
    for number, line in enumerate(lines):
        entry = json.loads(line)
        body = entry["body"].encode()
        reader = "json" if body[:1] == b"{" else "xml" if body[:1] == b"<" else None
        if reader:
            yield number, reader, {key: entry[key] for key in ("service", "operation", "steps")}, body


def write_cases():
    tables = {"json": [], "xml": []}
    for _, reader, case, _ in replies():
        if case not in tables[reader] and len(tables[reader]) < CASES:
            tables[reader].append(case)
    for reader, table in tables.items():
        write(CORPUS / f"cases-{reader}.jsonl", "".join(json.dumps(each) + "\n" for each in table).encode())


def write_seeds(target):
    tables = {reader: [json.loads(line) for line in open(CORPUS / f"cases-{reader}.jsonl", encoding="utf-8")]
              for reader in ("json", "xml")}
    for number, reader, case, body in replies():
        if case in tables[reader]:
            write(target / reader / f"reply-{number}", bytes([tables[reader].index(case), number % 64]) + body)
        if reader == "json":
            write(target / "document" / f"reply-{number}", body)
    for file in CORPUS.glob("*.b64"):
        for number, line in enumerate(file.read_text(encoding="ascii").split()):
            write(target / file.stem / f"corpus-{number}", base64.b64decode(line))
    write(target / "varlink" / "call",
          b'{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"a.b"},"more":false}')
    write(target / "varlink" / "flags", b'{"method":"a.b.C","oneway":true,"parameters":null,"x":[1.5,"\\u00e4"]}')
    write(target / "ini" / "sample", (ROOT / "etc/collectord.conf").read_bytes())
    write(target / "ini" / "aws", b"[profile a]\nrole_arn = x\ns3 =\n  addressing_style = path\n[default]\nregion=y # z\n")


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    if sys.argv[1] == "--cases":
        write_cases()
    else:
        write_seeds(pathlib.Path(sys.argv[1]))
