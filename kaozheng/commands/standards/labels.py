"""The words for what the schema knows by code: Chinese, English."""

from typing import NamedTuple


class Label(NamedTuple):
    """One word in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Return both, Chinese first."""
        return f"{self.zh} {self.en}"


STATUSES = {
    "draft": Label("草案", "draft"),
    "published": Label("现行", "in force"),
    "replaced": Label("已被代替", "replaced"),
    "withdrawn": Label("已废止", "withdrawn"),
}
LEVELS = {
    "junior": Label("初级", "junior"),
    "intermediate": Label("中级", "intermediate"),
    "senior": Label("高级", "senior"),
}
SCHOOLS = {
    "secondary": Label("中等职业学校", "secondary vocational schools"),
    "higher": Label("高等职业学校", "higher vocational colleges"),
    "vocational_bachelor": Label("高等职业教育本科学校", "vocational universities"),
    "applied_bachelor": Label("应用型本科学校", "universities of applied sciences"),
    "other": Label("其他院校", "other schools"),
}
INCLUSIONS = {
    "higher_includes_lower": Label("高级别涵盖低级别", "a higher level includes the lower ones"),
    "separate": Label("各等级互不涵盖", "levels stand apart"),
    "not_stated": Label("文件未说明是否涵盖低级别", "the document does not say whether levels include each other"),
}
SCOPES = {
    "all_units": Label("考核全部单元", "all units are assessed"),
    "one_unit": Label("申请者选一个单元考核", "one unit, chosen by the applicant, is assessed"),
    "not_stated": Label("文件未说明如何考核", "the document does not say how it is assessed"),
}
PARTS = {
    "materials": Label("书面材料", "written materials"),
    "practical": Label("实操考试", "practical exam"),
    "interview": Label("面试", "interview"),
    "theory": Label("理论考试", "written test"),
}
ORIGINS = {"built_in": Label("内置", "built in"), "imported": Label("导入", "imported")}
FATES = {
    "used": Label("采用", "used"),
    "doubtful": Label("存疑", "doubtful"),
    "ignored": Label("略过", "left out"),
}
DIFFERENCES = {
    "added": Label("新增", "added"),
    "dropped": Label("删去", "dropped"),
    "changed": Label("修改", "changed"),
    "moved": Label("移动", "moved"),
}
COMPLETE, PARTIAL = Label("完整", "complete"), Label("不完整", "incomplete")
SCOPE = Label("范围", "Scope")
REFERENCES = Label("规范性引用文件", "Normative references")
TERMS = Label("术语和定义", "Terms and definitions")
MAJORS = Label("对应院校专业", "Majors addressed")
CATEGORIES = Label("职业技能分类", "Skill categories")
LEVEL_RULES = Label("职业技能等级", "Skill levels")
EMPLOYERS, POSTS = Label("面向单位", "employers"), Label("岗位（群）", "posts")
ASSESSMENT, INCLUSION = Label("考核方式", "assessment"), Label("等级关系", "how levels relate")


def completeness(*, is_complete: bool) -> Label:
    """Return the word for whether something is stored as a whole."""
    return COMPLETE if is_complete else PARTIAL
