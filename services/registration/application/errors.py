"""How registration says no to its callers."""

from shared.errors import Conflict, Invalid, NotFound, Precondition, TooLarge


class UnknownPlan(NotFound):
    """No such exam plan has been published."""

    slug = "unknown-plan"
    zh = "没有这个考核计划，或尚未发布。"
    en = "There is no such exam plan, or it is not published yet."


class EntryClosed(Conflict):
    """The plan takes no applications now."""

    slug = "entry-closed"
    zh = "该考核计划当前不在报名时间内。"
    en = "This exam plan does not take applications now."


class AlreadyApplied(Conflict):
    """The person has a live application for this plan."""

    slug = "already-applied"
    zh = "该人员已有同一考核计划的有效申请。"
    en = "This person already has a live application for the same exam plan."


class StepNotAllowed(Conflict):
    """The application's status does not allow the step."""

    slug = "step-not-allowed"
    zh = "申请当前状态为 {status}，不能执行 {action}。"
    en = "The application is {status}; {action} is not possible."


class PlanArranged(Conflict):
    """Seats are arranged, so nobody enters or leaves."""

    slug = "plan-arranged"
    zh = "该考核计划已编排考场，不能再增减考生。"
    en = "The seats of this exam plan are arranged; nobody can enter or leave it."


class VersionMismatch(Precondition):
    """Somebody else changed the application first."""

    slug = "version-mismatch"
    zh = "申请已变为版本 {version}，请重新读取后再操作。"
    en = "The application is at version {version} now; read it again and retry."


class UnreadableUpload(Invalid):
    """The upload's bytes are neither UTF-8 nor GB 18030."""

    slug = "unreadable-upload"
    zh = "文件编码无法识别，请存为 UTF-8 或 GB18030（Excel 的“CSV 逗号分隔”）。"
    en = "The file is neither UTF-8 nor GB 18030; save it as one of these."


class EmptyUpload(Invalid):
    """The upload has no content."""

    slug = "empty-upload"
    zh = "文件没有内容。"
    en = "The file is empty."


class UploadTooLarge(TooLarge):
    """The upload has more bytes than one batch may carry."""

    slug = "upload-too-large"
    zh = "一个批次最多 {limit} 字节，请拆分后提交。"
    en = "A batch carries at most {limit} bytes; send it in parts."


class LeaseLost(Exception):
    """Another worker has taken the batch over; this one must let go of it."""
