"""Which files are meant by the paths that a user gives: folders walked, leftovers passed over."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.read import FOLDER_SUFFIXES, READERS
from corpus.read.limits import shown

__all__ = ["Problem", "find_files"]

_DOCUMENT_KINDS = frozenset(
    {".wps", ".rar", ".7z", ".tar", ".gz", ".pages", ".xls", ".xlsx", ".ppt", ".pptx"}
)
"""Kinds that hold documents but cannot be read: passing over them must not go unsaid."""

_PICTURES = frozenset(READERS) - FOLDER_SUFFIXES

_NAMED = 6
"""Other suffixes that are named before the rest is left to "…"."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something under the given paths that was not taken, with one line that says why and what to do."""

    path: Path
    reason: str


@dataclass(slots=True)
class _Found:
    """Collects files in order, each once however it is reached."""

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, path: Path) -> None:
        try:
            real = os.path.realpath(path)
        except ValueError:  # a name that no file can have; reading it says so
            real = str(path)
        if real not in self.seen:
            self.seen.add(real)
            self.files.append(path)

    def problem(self, path: Path, reason: str) -> None:
        self.problems.append(Problem(path, f"{shown(path)}: {reason}"))


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Files to read under `paths`, and what could not be taken.

    A file that is named is taken whatever its kind; of a folder, files of the kinds that can be
    read, in the order of their names, from all folders in it. Hidden files and Word's lock files
    (~$…) are passed over. Links in a folder are not followed out of it.
    """
    found = _Found()
    for path in paths:
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if is_folder:
            _folder(path, found)
        else:
            found.take(path)
    return found.files, found.problems


def _folder(folder: Path, found: _Found) -> None:
    readable = False
    passed: Counter[str] = Counter()
    for path in _walk(folder, found):
        suffix = path.suffix.lower()
        if suffix in FOLDER_SUFFIXES:
            readable = True
            found.take(path)
        else:
            passed[suffix] += 1
    for suffix in sorted(passed.keys() & _DOCUMENT_KINDS):
        found.problem(folder, f"bỏ qua {passed.pop(suffix)} tệp {suffix} vì không đọc được loại này.")
    pictures = sum(passed.pop(suffix, 0) for suffix in _PICTURES)
    if pictures:
        found.problem(folder, f"bỏ qua {pictures} tệp ảnh; ảnh chụp văn bản thì hãy nêu đích danh từng tệp.")
    if passed:
        others = ", ".join(shown(suffix) or "không đuôi" for suffix in sorted(passed)[:_NAMED])
        more = "…" if len(passed) > _NAMED else ""
        count = passed.total()
        found.problem(folder, f"bỏ qua {count} tệp không phải văn bản đọc được ({others}{more}).")
    if not readable:
        kinds = ", ".join(sorted(FOLDER_SUFFIXES))
        found.problem(folder, f"thư mục không có văn bản nào đọc được ({kinds}); hãy chỉ tới thư mục khác.")


def _walk(folder: Path, found: _Found) -> Iterator[Path]:
    """Everything in a folder that is no folder, in the order of names, folders after files."""
    root = os.path.realpath(folder)
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        folders: list[Path] = []
        for entry in _entries(here, found):
            path = here / entry.name
            if entry.name.startswith((".", "~$")):
                continue
            if entry.is_symlink():
                if not _leads_astray(path, root, found):
                    yield path
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            else:
                yield path
        waiting.extend(reversed(folders))


def _entries(folder: Path, found: _Found) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        found.problem(folder, "không mở được thư mục; hãy kiểm tra quyền đọc.")
        return []


def _leads_astray(link: Path, root: str, found: _Found) -> bool:
    """Is this link none to a file below `root`? One that seems to hold documents is reported."""
    target = Path(os.path.realpath(link))
    inside = target.is_relative_to(root)
    if inside and target.is_file():
        return False
    is_folder = target.is_dir()  # below the root it is walked anyway
    if (is_folder and not inside) or (not is_folder and link.suffix.lower() in FOLDER_SUFFIXES):
        found.problem(link, "là liên kết hỏng hoặc ra ngoài thư mục nên bỏ qua; hãy chép tệp thật vào.")
    return True
