"""What a person has to decide: a member that looks like something to hide or to leave out and is in no table."""
from .documents import text
from .tables import sensitive


class Review:
    """Gathers what the tables do not answer, type by type, and what in them nothing asks for any more."""

    def __init__(self):
        self.problems = []
        self._used = set()

    def see(self, document, name, entry):
        """Looks at a finished entry's document."""
        redacted = [path for path in entry.get("redact", []) if not path.startswith("!")]
        self._sensitive(document, name, redacted)
        for path in _own_paths(entry):
            if _is_within(path, redacted) and entry["group"] != "optIn":
                self.problems.append(f"{name}: what it is known by, {path}, is redacted")

    def finish(self):
        """All problems, with the tables' lines that are not needed."""
        stale = sorted(set(sensitive.STORED) - self._used)
        return self.problems + [f"tables/sensitive.py: nothing needs {service}: {member}" for service, member in stale]

    def _sensitive(self, document, name, redacted):
        """What AWS marks is redacted, or in the table with a reason."""
        for path, ref, _ in document.walk():
            here = text(path)
            if not document.shape(ref).get("sensitive") or _is_within(here, redacted) \
                    or sensitive.is_tag(here):
                continue
            member = next(each for each in reversed(path) if each != "[]")
            line = next((each for each in ((name.split("/")[0], member), ("*", member)) if each in sensitive.STORED),
                        None)
            if line:
                self._used.add(line)
            else:
                self.problems.append(f"{name}: {here} is sensitive, but neither redacted nor in tables/sensitive.py")


def _own_paths(entry):
    """Paths in the document of what the resource is stored under and found by."""
    found = entry["id"] if isinstance(entry["id"], list) else [entry["id"]]
    found = found + [entry.get("arn", ""), entry.get("name", ""), ".".join(entry.get("tags", []))]
    return [path.rstrip("~") for each in found for path in each.split(" || ") if path and path[0] not in "@^%$"]


def _is_within(path, redacted):
    """Whether a redaction replaces the member, or all values of the map or list that it is."""
    return any(path == other or path + "[]" == other or path.startswith((other + ".", other + "[]"))
               for other in redacted)
