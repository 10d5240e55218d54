"""The blueprint of the demo's plans: written down, as the certifying body's is, and not derived where it is needed."""

from pathlib import Path

from shared.standards import Catalogue, parse_blueprint, template

STANDARD, LEVEL = "xb2b", "junior"
CODE = f"{STANDARD}-{LEVEL}"


def keep_blueprint(folder: Path) -> None:
    """Keep the blueprint in a stack's folder of standards; one that is there stays."""
    catalogue = Catalogue(folder)
    text = template(catalogue.standard(STANDARD, None), LEVEL)
    catalogue.save_blueprint(parse_blueprint(text, CODE), text)
