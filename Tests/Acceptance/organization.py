"""The one emulator and organisation that all acceptance tests share: made at the first use, gone at exit."""
import atexit
import functools

import truth
from collector import Collector, accounts_text
from emulator import Emulator
from seed_organization import REGIONS, seed

# One that does nothing by itself: tests refresh when they want to.
NO_SCHEDULE = "\n[Schedule never]\nCron=at(2199-01-01T00:00:00)\n"
SQLITE = "\n[Store]\nType=sqlite\n"


@functools.cache
def emulator():
    started = Emulator()
    atexit.register(started.stop)
    return started


@functools.cache
def organization():
    return seed(emulator().url)


def collector(store=SQLITE, schedules=NO_SCHEDULE, accounts=None, **keys):
    """A configured collector of the organisation, not started."""
    keys = {"Types": " ".join(truth.KINDS), "Regions": " ".join(REGIONS)} | keys
    text = store + (accounts_text(organization()) if accounts is None else accounts) + schedules
    return Collector(emulator().url, text, **keys)


def expected(name):
    """Every resource of a type in the whole organisation: {(account, stored region, resource id): document}."""
    everywhere = name.split("/")[0] in truth.GLOBAL_SERVICES
    found = {}
    for account in organization().accounts:
        for region in REGIONS[:1] if everywhere else REGIONS:
            for key, document in truth.documents(organization(), account, region, name).items():
                found[account.id, "global" if everywhere else region, key] = document
    return found


def without(document, members):
    return {key: value for key, value in document.items() if key not in members}
