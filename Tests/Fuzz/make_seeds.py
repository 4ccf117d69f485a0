#!/usr/bin/env python3
"""Writes the fuzzers' first inputs and the table of operations that their first byte chooses from.

    make_seeds.py FOLDER        FOLDER/cases-{json,xml}.jsonl and FOLDER/{json,xml,document,ini,varlink}/*

The replies are those of Tests/AWSTests/Fixtures/replies.jsonl.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICES = ROOT / "Sources/CCatalogue/data/services"
# One byte chooses.
CASES = 256


def main():
    target = pathlib.Path(sys.argv[1])
    lines = (ROOT / "Tests/AWSTests/Fixtures/replies.jsonl").read_text(encoding="utf-8").split("\n")[1:-1]
    tables = {"json": [], "xml": []}
    for number, line in enumerate(lines):
        entry = json.loads(line)
        body = entry["body"].encode()
        reader = "json" if body[:1] == b"{" else "xml" if body[:1] == b"<" else None
        if not reader:
            continue
        case = {key: entry[key] for key in ("service", "operation", "steps")} | {"folder": str(SERVICES)}
        table = tables[reader]
        if case not in table:
            if len(table) == CASES:
                continue
            table.append(case)
        write(target / reader / f"reply-{number}", bytes([table.index(case), number % 64]) + body)
        if reader == "json":
            write(target / "document" / f"reply-{number}", body)
    for reader, table in tables.items():
        (target / f"cases-{reader}.jsonl").write_text("".join(json.dumps(each) + "\n" for each in table))
    write(target / "varlink" / "call",
          b'{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"a.b"},"more":false}')
    write(target / "varlink" / "flags", b'{"method":"a.b.C","oneway":true,"parameters":null,"x":[1.5,"\\u00e4"]}')
    write(target / "ini" / "sample", (ROOT / "etc/collectord.conf").read_bytes())
    write(target / "ini" / "aws", b"[profile a]\nrole_arn = x\ns3 =\n  addressing_style = path\n[default]\nregion=y # z\n")


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
