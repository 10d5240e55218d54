"""Counts per stage, and the sums that must hold at the end."""

from dataclasses import dataclass


@dataclass
class Tally:
    """How many persons or things passed each stage."""

    rows: int = 0
    rows_accepted: int = 0
    rows_refused: int = 0
    admitted: int = 0
    review_refused: int = 0
    seated: int = 0
    sat: int = 0
    absent: int = 0
    works: int = 0
    interviews: int = 0
    third_marks: int = 0
    arbitrated: int = 0
    passed: int = 0
    failed: int = 0
    absent_results: int = 0
    certificates: int = 0
    verified: int = 0
    revoked: int = 0
    tampered_refused: int = 0
    expected_bad_rows: int = 0

    def sums(self) -> list[tuple[str, int, int]]:
        """Return each promise as (what, left side, right side); both sides must be equal."""
        return [
            ("批次行数 = 接受 + 退回  rows = accepted + refused", self.rows, self.rows_accepted + self.rows_refused),
            ("退回行 = 样本错误行  refused = bad rows generated", self.rows_refused, self.expected_bad_rows),
            (
                "接受 = 准考 + 审核不通过  accepted = admitted + refused",
                self.rows_accepted,
                self.admitted + self.review_refused,
            ),
            ("准考 = 编排  admitted = seated", self.admitted, self.seated),
            ("准考 = 应试 + 缺考  admitted = sat + absent", self.admitted, self.sat + self.absent),
            ("应试 = 交卷  sat = works", self.sat, self.works),
            ("应试 = 面试  sat = interviews", self.sat, self.interviews),
            ("应试 = 通过 + 未通过  sat = passed + failed", self.sat, self.passed + self.failed),
            ("缺考 = 缺考成绩  absent = absent results", self.absent, self.absent_results),
            ("通过 = 证书  passed = certificates", self.passed, self.certificates),
            ("证书 = 验证有效  certificates = verified valid", self.certificates, self.verified),
            ("撤销一张  one revoked", self.revoked, 1),
            ("篡改被拒  one tampered refused", self.tampered_refused, 1),
        ]

    def broken(self) -> list[str]:
        """Return the promises that do not hold."""
        return [what for what, left, right in self.sums() if left != right]
