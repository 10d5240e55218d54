"""Ways in which the embedded stack can fail to run; messages are for people, Chinese first."""

from pathlib import Path


class EmbeddedError(Exception):
    """Base of everything below: the message says what happened and what to do next."""


class NoUnprivilegedAccount(EmbeddedError):
    """PostgreSQL refuses to run as root, and there is no account to run it as."""

    def __init__(self) -> None:
        """Say which accounts were looked for."""
        super().__init__(
            "PostgreSQL 不能以 root 运行，也找不到 nobody 或 daemon 账户。请换用普通用户。\n"
            "PostgreSQL refuses to run as root, and there is no account nobody or daemon. Run as an ordinary user."
        )


class FolderNotOurs(EmbeddedError):
    """A folder of ours is owned by somebody else, who could change what we run."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"{folder} 属于其他用户，拒绝使用。请删除它，或设置 KAOZHENG_STATE_DIR。\n"
            f"{folder} belongs to another user. Remove it, or set KAOZHENG_STATE_DIR."
        )


class DidNotStart(EmbeddedError):
    """A program ended or did not answer in time."""

    def __init__(self, program: str, log: Path) -> None:
        """Show the end of its log."""
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
        super().__init__(
            f"{program} 未能启动，日志见 {log}。\n{program} did not start; its log is {log}. It ends with:\n{tail}"
        )
        self.log = log
