#!/usr/bin/env python3
"""Writes the state of the inventory collector as metrics for node_exporter's textfile collector.

  inventory-collector-metrics.py [FILE]       FILE: by default standard output; replaced as a whole

Run it every minute, as root or as a member of the group inventory, into node_exporter's folder, for example
/var/lib/prometheus/node-exporter/inventory-collector.prom. The alerts in inventory-collector.rules.yml are made for it.
"""
import datetime
import json
import os
import subprocess
import sys


def ask(*words):
    """What collectorctl prints as JSON; nothing when the daemon does not answer."""
    done = subprocess.run(["collectorctl", *words, "-o", "json"], capture_output=True, text=True, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else None


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def metrics():
    status, metadata = ask("status"), ask("metadata")
    yield "inventory_collector_up", {}, int(status is not None)
    if status:
        yield "inventory_collector_accounts", {}, status["accounts"]
        yield "inventory_collector_active_runs", {}, len(status["activeRuns"])
        if status.get("nextRun"):
            yield "inventory_collector_next_run_seconds", {}, seconds(status["nextRun"])
        run = status.get("lastRun")
        if run:
            yield "inventory_collector_last_run_succeeded", {}, int(run["state"] == "succeeded")
            yield "inventory_collector_last_run_finished_seconds", {}, seconds(run.get("finishedAt") or run["startedAt"])
            for outcome, count in sorted(run["outcomes"].items()):
                yield "inventory_collector_last_run_listings", {"outcome": outcome}, count
    for unit in (metadata or {}).get("units", []):
        labels = {"service": unit["service"], "account": unit["accountId"], "region": unit["region"]}
        if unit.get("updatedAt"):
            yield "inventory_collector_unit_refreshed_seconds", labels, seconds(unit["updatedAt"])


def text():
    lines, known = [], set()
    for name, labels, value in metrics():
        if name not in known:
            lines.append(f"# TYPE {name} gauge")
            known.add(name)
        inside = ",".join(f'{key}="{label}"' for key, label in labels.items())
        lines.append(f"{name}{{{inside}}} {value:.0f}" if inside else f"{name} {value:.0f}")
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) < 2:
        sys.stdout.write(text())
        return
    fresh = f"{sys.argv[1]}.{os.getpid()}"
    with open(fresh, "w", encoding="utf-8") as file:
        file.write(text())
    os.replace(fresh, sys.argv[1])


if __name__ == "__main__":
    main()
