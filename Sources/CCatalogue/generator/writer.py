"""Writes the data files, one line per operation, shape and type, and the assembly file that links them in."""
import hashlib
import json
import os


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def service_text(service):
    """A service file: head members, then one line for each operation, shape and type."""
    lines = ["{"]
    for key, value in service.items():
        if key not in ("operations", "shapes", "types"):
            lines.append(f"{compact(key)}:{compact(value)},")
    lines += _block("operations", service["operations"]) + [","]
    lines += ['"shapes":['] + _separated([compact(each) for each in service["shapes"]]) + ["],"]
    lines += _block("types", service["types"]) + ["}"]
    return _text(lines)


def index_text(index):
    lines = ["{"]
    for key, value in index.items():
        if key == "services":
            continue
        lines.append(f"{compact(key)}:{compact(value)},")
    return _text(lines + _block("services", index["services"]) + ["}"])


def _block(name, members):
    body = _separated([f"{compact(key)}:{compact(value)}" for key, value in members.items()])
    return [f"{compact(name)}:{{"] + body + ["}"]


def _separated(lines):
    return [line + "," for line in lines[:-1]] + lines[-1:]


def _text(lines):
    return "\n".join(lines).replace("\n,\n", ",\n") + "\n"


def stale(folder, files):
    """The names whose files under `folder` are missing or hold something else."""
    found = []
    for name, content in files.items():
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                if file.read() == content:
                    continue
        found.append(name)
    return found


def write(folder, files):
    """Replaces the files under `folder` by `files` (name to text)."""
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            if os.path.relpath(full, folder) not in files:
                os.remove(full)
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)


ASSEMBLY_HEAD = """\
// Written by the generator (generator/README.md): links the data files into the program.
// The digests make an incremental build notice that a file has changed.
    .section .rodata
"""


def assembly_text(files):
    """Each file's bytes, then the table that include/catalogue.h declares."""
    lines = [ASSEMBLY_HEAD.rstrip()]
    names = sorted(files)
    for number, name in enumerate(names):
        digest = hashlib.sha256(files[name].encode()).hexdigest()[:16]
        lines += [f"// {name} {digest}", f".Lfile{number}:", f'    .incbin "{name}"', f".Lend{number}:"]
    for number, name in enumerate(names):
        lines += [f".Lname{number}:", f'    .asciz "{name}"']
    lines += ["", "    .section .data.rel.ro, \"aw\"", "    .balign 8", "    .globl catalogue_files",
              "    .type catalogue_files, @object", "catalogue_files:"]
    lines += [f"    .quad .Lname{number}, .Lfile{number}, .Lend{number}" for number in range(len(names))]
    lines += ["    .quad 0, 0, 0", "    .size catalogue_files, . - catalogue_files", "",
              '    .section .note.GNU-stack, "", @progbits']
    return "\n".join(lines) + "\n"
