"""Passes the yardstick's table on and adds what it means for us: our figures as ratios to each peer's."""
import sys

CPU, MEMORY, WALL = "CPU ms/1000", "peak RSS MB", "wall s"


def main():
    names, rows = [], {}
    for line in sys.stdin:
        print(line, end="", flush=True)
        cells = [each.strip() for each in line.strip().strip("|").split("|")]
        if cells[0] == "peer":
            names = cells
        elif names and len(cells) == len(names) and not cells[0].startswith("-"):
            rows[cells[0]] = dict(zip(names, cells))
    ours = rows.pop("ours", None)
    if ours is None:
        sys.exit("our daemon did not finish: no figures")
    print(f"\nours: {ours[CPU]} CPU ms per 1,000 resources, {ours[MEMORY]} MB peak memory")
    for name, row in rows.items():
        cpu, memory, wall = (float(row[each].split()[0]) / float(ours[each].split()[0]) for each in (CPU, MEMORY, WALL))
        print(f"{name:8} takes {cpu:6.2f} x our CPU, {memory:5.2f} x our memory, {wall:5.2f} x our time")


if __name__ == "__main__":
    main()
