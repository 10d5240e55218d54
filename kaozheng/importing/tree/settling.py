"""Settles the numbers of a grown tree: one of a kind, in their parents', with a doubt wherever the print says other."""

from collections.abc import Sequence

from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.nodes import Node
from kaozheng.importing.tree.numbers import read_number

_LAYERS = ("工作领域", "工作任务", "技能要求")
_LAYERS_EN = ("work area", "work task", "requirement")


def settle(areas: list[Node], ledger: Ledger, before: int = 0) -> None:
    """Give every node its clause; `before` is the last area's number of the level before, from which some go on."""
    areas[:] = [area for area in areas if any(task.children for task in area.children) or area.parts]
    for area in areas:
        _read_late_number(area)
    _settle_layer(areas, "", 0, ledger, before)
    for area in areas:
        _take_tasks_for_requirements(area, ledger)
        _settle_children(area, 1, ledger)


def _read_late_number(area: Node) -> None:
    """Read the number of a title that was put together from pieces, if it is the one that the tasks tell of."""
    number, title = read_number(area.words)
    if area.number is None and number and number.parts == area.implied:
        area.number, area.parts = number, [title]


def _take_tasks_for_requirements(area: Node, ledger: Ledger) -> None:
    """Where nothing stands below any task of an area, what was taken for tasks are its requirements."""
    if area.children and not any(task.children for task in area.children):
        area.children = [Node(implied=area.path, children=area.children, row=area.row, is_implicit=True)]
        line = area.children[0].children[0].lines[0]
        ledger.doubt(line, "tasks-as-requirements", "下面没有更细的要求，按技能要求收入。", "Taken for requirements.")


def _settle_children(parent: Node, layer: int, ledger: Ledger) -> None:
    if layer == 1:
        _join_lost(parent, ledger)
        for task in parent.children if len(parent.children) > 1 else ():
            task.is_implicit = False
    _settle_layer(parent.children, parent.clause, layer, ledger)
    for child in parent.children:
        if layer < 2:  # noqa: PLR2004 - requirements have no children
            _settle_children(child, layer + 1, ledger)


def _join_lost(area: Node, ledger: Ledger) -> None:
    """Join a requirement without a number to the one before where the number that it would get is the next one's."""
    for task in area.children:
        kept: list[Node] = []
        for place, node in enumerate(task.children):
            following = task.children[place + 1] if place + 1 < len(task.children) else None
            if kept and _is_taken(node, kept[-1], following):
                for text in node.parts:
                    kept[-1].add(text, node.lines[0])
                zh = "没有编号的一段接在上一条要求之后。"
                ledger.doubt(node.lines[0], "number-missing", zh, "A text without number was joined to the one before.")
            else:
                kept.append(node)
        task.children = kept


def _is_taken(node: Node, before: Node, following: Node | None) -> bool:
    if node.number or before.number is None or following is None or following.number is None:
        return False
    return following.number.last == before.number.last + 1


def _settle_layer(nodes: Sequence[Node], outer: str, layer: int, ledger: Ledger, before: int = 0) -> None:
    """Settle siblings from the first to the last."""
    printed = {_own(node) for node in nodes if node.path}
    taken: set[str] = set()
    last = before if nodes and nodes[0].path and nodes[0].path[-1] == before + 1 else 0
    for node in nodes:
        if node.is_implicit:
            node.clause = outer
            continue
        wanted = _wanted(node, last)
        own = wanted if wanted not in taken else _free(wanted, last, printed | taken)
        taken.add(own)
        if own.isdigit():
            _doubt_gap(node, int(own), last, (layer, ledger))
            last = int(own)
        else:
            last = node.path[-1] if node.path else last
        node.clause = _clause(node, outer, own)
        _doubt_number(node, layer, ledger)


def _own(node: Node) -> str:
    """Return the last part of a node's number, or its letter."""
    if node.number and node.number.letter:
        return node.number.letter
    return str(node.path[-1]) if node.path else ""


def _wanted(node: Node, last: int) -> str:
    return _own(node) or str(last + 1)


def _free(wanted: str, last: int, used: set[str]) -> str:
    """Return a number that nothing else has: the next one, or the same with a suffix."""
    if wanted.isdigit() and str(last + 1) not in used:
        return str(last + 1)
    suffix = 2
    while f"{wanted}-{suffix}" in used:
        suffix += 1
    return f"{wanted}-{suffix}"


def _clause(node: Node, outer: str, own: str) -> str:
    if not own[0].isdigit():
        return own
    if not outer and node.number and node.number.depth > 1:
        return ".".join([*map(str, node.number.parts[:-1]), own])  # a unit is headed 6.1.1
    return f"{outer}.{own}" if outer else own


def _doubt_gap(node: Node, own: int, last: int, context: tuple[int, Ledger]) -> None:
    layer, ledger = context
    if own == last + 1 or not node.lines:
        return
    zh = f"{_LAYERS[layer]}的编号从 {last} 跳到 {own}：中间可能缺少内容。"
    if own < last:
        zh = f"{_LAYERS[layer]}的编号 {own} 排在 {last} 之后，次序有误。"
    ledger.doubt(node.lines[0], "number-gap", zh, f"The number of a {_LAYERS_EN[layer]} goes from {last} to {own}.")


def _doubt_number(node: Node, layer: int, ledger: Ledger) -> None:
    if not node.lines:
        return
    number = node.number
    wrong = number is not None and number.is_dotted and ".".join(map(str, number.parts)) != node.clause
    if not node.path:
        zh = f"{_LAYERS[layer]}没有编号，按次序编为 {node.clause}。"
        english = f"A {_LAYERS_EN[layer]} without a number; it was given {node.clause} by its place."
        ledger.doubt(node.lines[0], "number-assigned", zh, english)
    elif number and (wrong or not node.clause.endswith(_own(node))):
        zh = f"原文编号为“{number.printed}”，与所在位置不符或重复，编为 {node.clause}。"
        english = f"Printed as '{number.printed}', which does not fit its place or is there twice; now {node.clause}."
        ledger.doubt(node.lines[0], "number-wrong", zh, english)
    if node.uncertain:
        zh = "这一条与上一条在同一段里，依编号分开。"
        ledger.doubt(node.lines[0], "split-uncertain", zh, "Cut off from the item before by its number alone.")
