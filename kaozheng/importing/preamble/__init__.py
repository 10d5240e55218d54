"""What a standard says before its requirements, from the lines of one section each: pure, and never raising."""

from kaozheng.importing.preamble.assessment import ALL_UNITS
from kaozheng.importing.preamble.categories import category_named, read_categories
from kaozheng.importing.preamble.heading import Heading, read_heading
from kaozheng.importing.preamble.inclusion import NOT_STATED
from kaozheng.importing.preamble.introduction import Introduction, read_introduction
from kaozheng.importing.preamble.levels import LevelTexts, read_levels
from kaozheng.importing.preamble.majors import read_majors
from kaozheng.importing.preamble.posts import read_posts
from kaozheng.importing.preamble.publisher import read_publisher
from kaozheng.importing.preamble.references import read_references
from kaozheng.importing.preamble.scope import read_scope
from kaozheng.importing.preamble.terms import read_terms

__all__ = [
    "ALL_UNITS",
    "NOT_STATED",
    "Heading",
    "Introduction",
    "LevelTexts",
    "category_named",
    "read_categories",
    "read_heading",
    "read_introduction",
    "read_levels",
    "read_majors",
    "read_posts",
    "read_publisher",
    "read_references",
    "read_scope",
    "read_terms",
]
