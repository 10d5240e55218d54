"""A small standard of our own, and its parts as data that a test can change."""

from typing import Any

from shared.standards.model import SkillStandard


def requirement(code: str, description: str, **fields: Any) -> dict[str, Any]:
    """Return a requirement as data."""
    return {"code": code, "clause": code.rsplit(":", 1)[1], "description": description, **fields}


def data(code: str = "cafe", edition: str = "2021", **fields: Any) -> dict[str, Any]:
    """Return a standard of two levels as data: a junior one with an area, a senior one that is not stated."""
    area = f"{code}:junior:1"
    return {
        "code": code,
        "title": "咖啡店运营",
        "title_en": "Cafe operation",
        "edition": edition,
        "status": "published",
        "publisher": {"owner": "青禾大学"},
        "references": [{"number": "GB/T 1.1", "year": 2009, "title": "标准化工作导则"}],
        "terms": [
            {"clause": "3.1", "title": "咖啡店", "definition": "卖咖啡的店铺。"},
            {"clause": "3.2", "title": "意式浓缩", "title_en": "Espresso", "definition": "高压萃取的咖啡。"},
        ],
        "majors": [{"school_type": "secondary", "title": "中等职业学校", "majors": [{"title": "西餐烹饪"}]}],
        "categories": [{"code": "service", "title": "服务"}],
        "inclusion": {"kind": "higher_includes_lower", "description": "高一级包含低一级。"},
        "levels": [
            {
                "level": "junior",
                "title": "初级",
                "title_en": "Junior",
                "description": "开店与出品。",
                "posts": {"employers": [{"title": "咖啡店"}], "posts": [{"title": "咖啡师助理"}]},
                "assessment": {"units": "all_units", "description": "考核全部领域。"},
                "units": [
                    {
                        "code": area,
                        "clause": "1",
                        "title": "开店准备",
                        "title_en": "Opening",
                        "category": "service",
                        "tasks": [
                            {
                                "code": f"{area}.1",
                                "clause": "1.1",
                                "title": "环境检查",
                                "title_en": "Checking the room",
                                "requirements": [
                                    requirement(f"{area}.1.1", "检查照明和桌椅。", description_en="Checks the lights."),
                                    requirement(f"{area}.1.2", "启动咖啡机，记录压力。", title="启动设备"),
                                ],
                            },
                            {
                                "code": f"{area}.2",
                                "clause": "1.2",
                                "title": "物料补充",
                                "requirements": [requirement(f"{area}.2.1", "补齐杯、盖和吸管。")],
                            },
                        ],
                    }
                ],
            },
            {
                "level": "senior",
                "title": "高级",
                "description": "经营。",
                "assessment": {"units": "not_stated", "description": "未说明。"},
                "complete": False,
            },
        ],
        **fields,
    }


def standard(code: str = "cafe", edition: str = "2021", **fields: Any) -> SkillStandard:
    """Return the small standard."""
    return SkillStandard.model_validate(data(code, edition, **fields))
