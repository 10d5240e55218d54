"""Where this program finds and keeps standards: the built-in ones, and the operator's folder."""

from pathlib import Path

from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State
from shared.standards.catalogue import BUILT_IN, Catalogue
from shared.standards.errors import FolderUnusable
from shared.standards.model import SkillStandard


class StandardsSettings(LauncherSettings):
    """The launcher's settings and, if it is not in the state folder, the folder of the standards."""

    standards_dir: Path | None = None


def folder() -> Path:
    """Return the folder that the services of this stack read too."""
    settings = StandardsSettings()
    return settings.standards_dir or State(settings.state_dir).standards


def prepare() -> None:
    """Make the state folder, for us alone, if standards are kept there. Raises FolderNotOurs, FolderUnusable."""
    settings = StandardsSettings()
    if settings.standards_dir is not None:
        return
    try:
        State(settings.state_dir).prepare()
    except OSError as error:
        reason = f"{settings.state_dir}: {error.strerror}"
        raise FolderUnusable(reason_zh=reason, reason_en=reason) from error


def catalogue() -> Catalogue:
    """Return everything that is stored."""
    return Catalogue(folder())


def origin(standard: SkillStandard) -> str:
    """Return `built_in` or `imported`, a key of the labels."""
    if standard.edition not in BUILT_IN.editions(standard.code):
        return "imported"
    return "built_in" if BUILT_IN.standard(standard.code, standard.edition) == standard else "imported"
