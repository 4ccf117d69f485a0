"""What a person has to decide: a member that looks like something to hide or to leave out and is in no table."""
from .derivation.listing import asks_for_pages
from .documents import text
from .tables import keys, listings, moving, sensitive
from .uniqueness import Evidence


class Review:
    """Gathers what the tables do not answer, type by type, and what in them nothing asks for any more."""

    def __init__(self, boto3):
        self.problems = []
        self._boto3 = boto3
        self._used = set()
        # Types by what their key's uniqueness rests on.
        self.proofs = {"models": 0, "arn": 0, "review": 0}

    def see(self, document, name, entry):
        """Looks at a finished entry and its document."""
        self._unique(document, name, entry)
        key = f"{name.split('/')[0]}:{entry['operation']}"
        if "pages" not in entry and key not in listings.ONE_PAGE \
                and asks_for_pages(document.service, entry["operation"]):
            self.problems.append(f"{name}: {key} has pages, but nothing says how they follow each other")
        self._moving(document, name, entry.get("volatile", []))
        redacted = [path for path in entry.get("redact", []) if not path.startswith("!")]
        self._sensitive(document, name, redacted)
        for path in _own_paths(entry):
            if _is_within(path, redacted) and entry["group"] != "optIn":
                self.problems.append(f"{name}: what it is known by, {path}, is redacted")

    def finish(self):
        """All problems, with the tables' lines that are not needed."""
        needless = [f"tables/sensitive.py: nothing needs {service}: {member}"
                    for service, member in sorted(set(sensitive.STORED) - self._used)]
        needless += [f"tables/keys.py: nothing needs {name}"
                     for name in sorted((keys.UNIQUE | keys.OWN_ARN) - self._used)]
        needless += [f"tables/moving.py: nothing needs {name}" for name in sorted(moving.STABLE - self._used)]
        return self.problems + needless

    def _moving(self, document, name, volatile):
        """Numbers and times that look as if they moved are volatile, or in the table of those that do not."""
        for path, ref, _ in document.walk():
            if path[-1] == "[]" or document.shape(ref)["type"] not in moving.TYPES \
                    or not moving.looks_moving(path[-1]) or _is_within(text(path), volatile):
                continue
            if path[-1] in moving.STABLE:
                self._used.add(path[-1])
            else:
                self.problems.append(f"{name}: does {text(path)} move by itself? See tables/moving.py")

    def _unique(self, document, name, entry):
        """The identifier is the resource's alone by the models, by its ARN, or by the table."""
        evidence = Evidence(document.service, name.split("/")[1], document.entry, entry["id"], self._boto3)
        if evidence.found():
            self.proofs["models"] += 1
        elif entry["key"] == "arn" and (evidence.is_named_arn() or name in keys.OWN_ARN):
            self.proofs["arn"] += 1
            self._used.add(name)
        elif entry["key"] != "arn" and name in keys.UNIQUE:
            self.proofs["review"] += 1
            self._used.add(name)
        else:
            self.problems.append(f"{name}: nothing proves that {entry['arn' if entry['key'] == 'arn' else 'id']} is "
                                 "one resource's alone; see tables/keys.py")

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
