#!/usr/bin/env python3
"""Makes the zone fixtures of ScheduleTests: compiled zones under zoneinfo/ and offsets.csv, read by Python's zoneinfo.

Run by developers, not by the build: make-zones.py [FOLDER OF ZONES]. The zones are copied so that a test does not
depend on the tzdata of the machine. Zones under Synthetic/ hold nothing but a POSIX TZ rule, to test its forms.
"""

import csv
import datetime
import os
import pathlib
import random
import struct
import sys
import time
import zoneinfo

SOURCE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo")
HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "zoneinfo"

ZONES = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Asia/Kolkata",
    "America/St_Johns", "America/Sao_Paulo", "Africa/Monrovia", "Europe/Dublin", "Pacific/Kwajalein",
    "Antarctica/Troll", "America/Nuuk", "Etc/GMT-14", "GMT",
]
# Name: standard offset in seconds, rule. Julian days, counted days, times before midnight and beyond a day, odd offsets,
# summer time in the south, all year and in winter (as Ireland defines it), and no summer time.
SYNTHETIC = {
    "Julian": (3600, "AAA-1BBB,J60/2,J305/3"),
    "Counted": (-18000, "AAA5BBB,59/0,330/23"),
    "Negative": (-7200, "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"),
    "Beyond": (7200, "IST-2IDT,M3.4.4/26,M10.5.0"),
    "Seconds": (20 * 60 + 45, "AAA-0:20:45BBB-1:20:45,M4.1.0/1:30:15,M9.2.3/2:15:30"),
    "South": (39600, "AAA-11BBB-12,M10.1.0,M4.1.0/3"),
    "AllYear": (-10800, "XXX3EDT4,0/0,J365/23"),
    "Winter": (3600, "IST-1GMT0,M10.5.0,M3.5.0/1"),
    "Plain": (20700, "<+0545>-5:45"),
    "HalfHour": (37800, "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"),
}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
LAST = 7_258_118_400 - 2 * 86400


def synthetic(offset: int, rule: str) -> bytes:
    def block(version: bytes, body: bytes) -> bytes:
        return b"TZif" + version + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + body

    body = struct.pack(">lBB", offset, 0, 0) + b"AAA\0"
    return block(b"3", body) + block(b"3", body) + b"\n" + rule.encode() + b"\n"


class CLibraryZone:
    """A POSIX rule read by the C library: zoneinfo takes the counted days of a rule for one day less (Python 3.11)."""

    def __init__(self, rule: str) -> None:
        self.rule = rule

    def offset_at(self, instant: int) -> int:
        if os.environ.get("TZ") != self.rule:
            os.environ["TZ"] = self.rule
            time.tzset()
        return time.localtime(instant).tm_gmtoff


def offset_at(zone: zoneinfo.ZoneInfo | CLibraryZone, instant: int) -> int:
    if isinstance(zone, CLibraryZone):
        return zone.offset_at(instant)
    moment = (EPOCH + datetime.timedelta(seconds=instant)).astimezone(zone)
    return int(moment.utcoffset().total_seconds())


def transitions(zone: zoneinfo.ZoneInfo | CLibraryZone) -> list[int]:
    """The changes of offset, found by halving six-day steps; a shorter stretch does not exist in these zones."""
    found = []
    step = 6 * 86400
    for low in range(0, LAST - step, step):
        high = low + step
        if offset_at(zone, low) == offset_at(zone, high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset_at(zone, middle) == offset_at(zone, low):
                low = middle
            else:
                high = middle
        found.append(high)
    return found


def main() -> None:
    for name in ZONES:
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((SOURCE / name).read_bytes())
    for name, (offset, rule) in SYNTHETIC.items():
        path = TARGET / "Synthetic" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(synthetic(offset, rule))
    generator = random.Random(2026)
    with open(HERE / "offsets.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["zone", "instant", "offset"])
        for name in ZONES + ["Synthetic/" + name for name in SYNTHETIC]:
            if name == "Synthetic/Counted":
                zone = CLibraryZone(SYNTHETIC["Counted"][1])
            else:
                with open(TARGET / name, "rb") as data:
                    zone = zoneinfo.ZoneInfo.from_file(data, name)
            changes = transitions(zone)
            # All to 2050, then some of each decade: the rule repeats.
            chosen = [change for change in changes if change < 2_524_608_000 or generator.random() < 0.1]
            instants = {point for change in chosen for point in (change - 1, change)}
            instants |= {generator.randrange(0, LAST) for _ in range(40)}
            for instant in sorted(instants):
                writer.writerow([name, instant, offset_at(zone, instant)])


if __name__ == "__main__":
    main()
