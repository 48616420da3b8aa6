"""
Any ERP that can read files: one posting, one set of files, handed over exactly once.

The folder has three parts: `out/` is ours to fill and the other system's to empty, `ack/` is theirs
to fill, `sent/` is our memory. See docs/how-to/connect-any-erp-by-folder.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from concilia.kernel.languages import LANGUAGES
from concilia.ledger.ports import (
    ConfigurationInvalid,
    ErpHealth,
    ErpOpenItem,
    PostingFailed,
    PostingRequest,
    PostingResult,
    PostingStatus,
    Setting,
    require_same_amounts,
)
from concilia.plugins.erps.folder.acknowledgement import read_acknowledgement
from concilia.plugins.erps.folder.files import HandOver, require_safe_name
from concilia.plugins.erps.folder.texts import as_csv, as_json, as_text

SETTINGS: Final = (
    Setting(name="folder", label="Folder", help_text="An absolute path; it must exist"),
    Setting(
        name="language",
        label="Language of the readable file",
        required=False,
        help_text="en, it, fr, es or de; en if left empty",
    ),
)


class FolderErp:
    """An ERP behind a folder. It answers when it likes, by a file."""

    name: ClassVar[str] = "folder"
    label: ClassVar[str] = "Folder"
    settings: ClassVar[tuple[Setting, ...]] = SETTINGS

    def __init__(self, folder: Path, *, language: str = "en") -> None:
        self._folder = folder
        self._language = language
        self._files = HandOver(out=folder / "out", memory=folder / "sent")
        self._acknowledgements = folder / "ack"

    @classmethod
    def configured(cls, values: Mapping[str, Any]) -> Self:
        """
        This will be a connector for a folder; it is not touched yet.

        :raises ConfigurationInvalid: if the path is missing or relative, or the language unknown
        """
        folder = Path(str(values.get("folder") or ""))
        if not folder.is_absolute():
            raise ConfigurationInvalid(f"Folder: {str(folder)!r} is not an absolute path")
        language = str(values.get("language") or "en")
        if language not in LANGUAGES:
            raise ConfigurationInvalid(f"Language: {language!r} is none of {', '.join(LANGUAGES)}")
        return cls(folder, language=language)

    def check(self) -> ErpHealth:
        """This will write a file into the folder and take it away again."""
        try:
            self._prepare()
            self._files.try_out()
        except OSError as error:
            return ErpHealth(reachable=False, problems=(f"{self._folder}: {_said(error)}",))
        return ErpHealth(reachable=True)

    def find(self, external_ref: str) -> PostingResult | None:
        """This will read the answer of the other system, or say that it has the files."""
        require_safe_name(external_ref)
        try:
            if not self._files.was_handed_over(f"{external_ref}.json"):
                return None
            answer = read_acknowledgement(self._acknowledgements, external_ref)
        except OSError as error:
            raise self._unreachable(error) from error
        return answer or PostingResult(external_ref=external_ref, status=PostingStatus.ACCEPTED)

    def post(self, request: PostingRequest) -> PostingResult:
        """
        This will hand the files over, unless they were; the JSON comes last, as the signal.

        :raises PostingFailed: if the folder cannot be written, or the reference was used for
            something else
        """
        require_safe_name(request.external_ref)
        files = {
            "txt": as_text(request, self._language),
            "csv": as_csv(request),
            "json": as_json(request),
        }
        try:
            self._prepare()
            self._require_same_posting(request)
            for suffix, content in files.items():
                self._files.hand_over(f"{request.external_ref}.{suffix}", content)
        except OSError as error:
            raise self._unreachable(error) from error
        found = self.find(request.external_ref)
        assert found is not None, "what was handed over is remembered"
        return require_same_amounts(request, found)

    def read_open_items(
        self,
        since: datetime | None,  # noqa: ARG002 - the port's signature
    ) -> Iterator[ErpOpenItem]:
        """
        This will always refuse: open items come in through the imports, not through this folder.

        :raises PostingFailed: permanent
        """
        raise PostingFailed(
            "the folder holds no open items; import them from a file instead",
            permanent=True,
            code="unsupported",
        )

    def _require_same_posting(self, request: PostingRequest) -> None:
        """A release may word the files anew; the decision behind a reference never changes."""
        earlier = self._files.remembered(f"{request.external_ref}.json")
        if earlier is not None and request.idempotency_key not in earlier.decode():
            raise PostingFailed(
                f"{request.external_ref} was handed over for another decision",
                permanent=True,
                code="reused",
            )

    def _prepare(self) -> None:
        # The folder itself is not made: an unmounted share must not turn into a local folder.
        if not self._folder.is_dir():
            raise FileNotFoundError("there is no such folder")
        self._files.prepare()
        self._acknowledgements.mkdir(exist_ok=True)

    def _unreachable(self, error: OSError) -> PostingFailed:
        return PostingFailed(
            f"the folder {self._folder} cannot be used: {_said(error)}",
            permanent=False,
            code="unreachable",
        )


def _said(error: OSError) -> str:
    return error.strerror or str(error)
