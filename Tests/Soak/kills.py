"""At least 500 random kills of the daemon under its refreshes; see Tests/Support/kills.py.

  python kills.py [COUNT]       KILL_SEED, from the environment, repeats a run
"""
import os
import random
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Support"))
from emulator import Emulator  # noqa: E402
from kills import Kills  # noqa: E402

COUNT = 500


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"seed {seed}", flush=True)
    begin = time.monotonic()
    with Emulator() as emulator:
        kills = Kills(emulator, seed, tell=lambda text: print(text, flush=True))
        try:
            kills.run(count)
        except AssertionError:
            print(kills.collector.log[-5000:], file=sys.stderr)
            raise
        finally:
            kills.close()
    print(f"{kills.kills} kills in {kills.rounds} rounds, {kills.calls} pages, {kills.repeated} asked for again, "
          f"{time.monotonic() - begin:.0f} s: nothing lost")


if __name__ == "__main__":
    main()
