"""Peak memory of the daemon over one unit with very many resources: a first refresh, an unchanged one, and one that
finds a tenth gone and a tenth changed.

  python3 unit_memory.py [--count 500000] [--limit-mb 128] [--program .build/release/inventory-collectord]

Ends with 1 when a refresh goes wrong or its peak (the kernel's ru_maxrss) is above the limit. Needs only Python.
"""
import argparse
import http.server
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

PAGE = 1000
ACCOUNT = "111122223333"


class Estate:
    """VPCs vpc-000000000 … as pages of DescribeVpcs; `shown` tells which, `content` what of them."""

    def __init__(self, count):
        self.count = count
        self.shown = lambda number: True
        self.content = lambda number: 0

    def page(self, first):
        items = "".join(
            f"<item><vpcId>vpc-{number:017x}</vpcId><ownerId>{ACCOUNT}</ownerId><state>available</state>"
            f"<cidrBlock>10.{self.content(number)}.{number % 256}.0/24</cidrBlock>"
            f"<tagSet><item><key>Name</key><value>network-{number}</value></item></tagSet></item>"
            for number in range(first, min(first + PAGE, self.count)) if self.shown(number))
        following = first + PAGE
        token = f"<nextToken>{following}</nextToken>" if following < self.count else ""
        return ("<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId>"
                f"<vpcSet>{items}</vpcSet>{token}</DescribeVpcsResponse>").encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    estate = None

    def log_message(self, *_):
        pass

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        token = re.search(r"NextToken=(\d+)", form)
        body = self.estate.page(int(token.group(1)) if token else 0)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def refresh(program, configuration, environment):
    """One refresh by the daemon: exit code, peak memory in MB, seconds."""
    start = time.monotonic()
    process = subprocess.Popen([program, "--once", "--config", configuration], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500_000)
    parser.add_argument("--limit-mb", type=float, default=128)
    parser.add_argument("--program", default=".build/release/inventory-collectord")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="unit-memory-")
    Handler.estate = estate = Estate(options.count)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    configuration = os.path.join(folder, "collectord.conf")
    with open(configuration, "w", encoding="utf-8") as file:
        file.write(f"[Collector]\nTypes=ec2/vpc\nRegions=us-east-1\nStateDirectory={folder}\nSocket={folder}/control\n"
                   f"LogLevel=warning\nListingTimeout=2h\nRunTimeout=3h\n[Store]\nType=sqlite\n"
                   f"Path={folder}/inventory.db\n[Account {ACCOUNT}]\n")
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "AKID",
                   "AWS_SECRET_ACCESS_KEY": "not-a-secret", "AWS_EC2_METADATA_DISABLED": "true",
                   "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}"}
    failed = False
    steps = [("first", lambda number: True, lambda number: 0), ("unchanged", lambda number: True, lambda number: 0),
             ("changed", lambda number: number % 10 != 1, lambda number: int(number % 10 == 2))]
    try:
        for name, estate.shown, estate.content in steps:
            code, peak, seconds = refresh(options.program, configuration, environment)
            with sqlite3.connect(f"file:{folder}/inventory.db?mode=ro", uri=True) as database:
                rows = database.execute("SELECT count(*) FROM inventory").fetchone()[0]
            expected = sum(1 for number in range(options.count) if estate.shown(number))
            good = code == 0 and rows == expected and peak <= options.limit_mb
            failed |= not good
            print(f"{name}: {rows} rows, peak {peak:.0f} MB, {seconds:.0f} s, exit {code}{'' if good else '  FAILED'}",
                  flush=True)
    finally:
        server.shutdown()
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
