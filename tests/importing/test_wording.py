"""Text as it is stored, and text as it is compared."""

import pytest

from kaozheng.importing.wording import fold, joined, level_named, paragraphs, tidy


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("## 农场 管理", "农场管理"),
        ("### **3.1 农场 Farm**", "3.1 农场 Farm"),
        ("<p>1.1 能种菜。</p>", "1.1 能种菜。"),
        ("种菜<br/>浇水", "种菜浇水"),
        ("１．１．１　能Ｗｅｂ开发", "1.1.1 能Web开发"),
        ("按方案, 种菜 (含黄瓜)、浇水", "按方案,种菜(含黄瓜)、浇水"),
        ("使用 SEO 工具", "使用 SEO 工具"),
        ("C# 程序", "C# 程序"),
        ("⼯作领域", "工作领域"),
        ("1\\.1\\.1 能", "1.1.1 能"),
        ("__init__ 方法", "__init__ 方法"),
        ("__种菜__", "种菜"),
        ("R&amp;D 与 &lt;div&gt; 标签", "R&D 与 <div> 标签"),
        ("种\u200b菜\ufeff", "种菜"),
    ],
)
def test_marks_and_stray_spaces_are_dropped(raw: str, tidied: str):
    assert tidy(raw) == tidied


def test_wrapped_lines_are_joined_without_spaces_but_between_latin_words():
    assert joined(["能使用 SEO", "tools 进行", "分析"]) == "能使用 SEO tools 进行分析"


def test_width_case_and_punctuation_make_no_difference_when_comparing():
    assert fold("（ＡＢＣ）：种菜，浇水。") == fold("(abc): 种菜, 浇水.")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("【农场】（ 初 级 ）", "junior"),
        ("中级：", "intermediate"),
        ("初级、中级", None),
        ("高级别", None),
        ("农场", None),
    ],
)
def test_a_label_names_one_level_or_none(text: str, level: str | None):
    assert level_named(text) == level


def test_paragraphs_are_parted_by_newlines_and_html():
    assert paragraphs("<p>种菜</p><p>浇水</p>除草\n施肥") == ["种菜", "浇水", "除草", "施肥"]
