"""Grows the tree of one level out of its events: position decides the parent, numbers fill in what is missing."""

from collections.abc import Sequence

from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.events import Event
from kaozheng.importing.tree.nodes import Node
from kaozheng.importing.tree.numbers import Number

_REQUIREMENT_DEPTH = 3


class Grower:
    """Takes one event after another; `areas` is what has grown."""

    def __init__(self, ledger: Ledger) -> None:
        self.areas: list[Node] = []
        #: Texts that have no place in the tree; each is doubted.
        self.left_out: list[str] = []
        self._ledger = ledger
        self._area: Node | None = None
        self._task: Node | None = None
        self._last: Node | None = None
        self._requirement: Node | None = None

    def take(self, event: Event, ahead: Sequence[Event]) -> None:
        """Take one event, knowing those of the same row that follow it."""
        match event.kind:
            case "area":
                self._take_area(event, ahead)
            case "task":
                self._take_task(event, ahead)
            case "requirement":
                self._take_requirement(event)
            case "more":
                self._go_on(event)
            case "loose":
                self._leave(event)

    def _take_area(self, event: Event, ahead: Sequence[Event]) -> None:
        known = self._filled(self.areas, event)
        if known is None and self._area and self._continues(self._area, event, ahead):
            known = self._area
            known.add("" if known.repeats(event.text) else event.text, event.line)
        if known is None:
            known = _node(event)
            self.areas.append(known)
        if known is not self._area:
            self._area, self._task = known, known.children[-1] if known.children else None
        known.add("", event.line)
        self._last = known

    def _take_task(self, event: Event, ahead: Sequence[Event]) -> None:
        area = self._area_for(event)
        known = self._filled(area.children, event)
        if known is None and self._task in area.children and self._task and self._continues(self._task, event, ahead):
            known = self._task
            known.add("" if known.repeats(event.text) else event.text, event.line)
        if known is None:
            known = _node(event)
            area.children.append(known)
        known.add("", event.line)
        self._task = self._last = known

    def _filled(self, nodes: Sequence[Node], event: Event) -> Node | None:
        """Return the node that only numbers told of so far and whose title this is."""
        for node in reversed(nodes):
            waits = not node.parts and not node.is_implicit and event.number is not None
            if waits and event.number and node.path == event.number.parts:
                node.number = event.number
                node.add(event.text, event.line)
                return node
        return None

    def _continues(self, node: Node, event: Event, ahead: Sequence[Event]) -> bool:
        """Tell a title that is repeated, or that goes on in another row, from a new one."""
        repeated = node.repeats(event.text)
        if event.number:
            return node.number is not None and node.number.parts == event.number.parts and repeated
        if event.is_fresh or _leaves(node, ahead):
            return False
        if repeated or not node.parts:
            return True
        return node.number is not None or _goes_on(node, ahead)

    def _area_for(self, event: Event) -> Node:
        """Return the area of a task: the one that its number names if that has begun, else where it stands."""
        number = event.number
        if self._area is None:
            self._area = self._missing(self.areas, number.parts[:-1] if number and number.is_dotted else (), event)
        elif number and number.is_dotted and number.depth > 1:
            if not (self._area.path or self._area.children):
                self._area.implied = number.parts[:-1]
            elif self._area.row != event.row:
                self._area = self._other_area(number, self._area, event)
        return self._area

    def _other_area(self, number: Number, area: Node, event: Event) -> Node:
        outer = number.parts[:-1]
        if not area.path:
            return area
        ends_alike = area.path[-len(outer) :] == outer or outer[-len(area.path) :] == area.path
        if ends_alike:
            return area
        known = next((each for each in self.areas if each.path == outer and not each.parts), None)
        if known or number.last != 1 or outer <= area.path:
            return known or area
        return self._missing(self.areas, outer, event)

    def _missing(self, siblings: list[Node], path: tuple[int, ...], event: Event) -> Node:
        """Return a new node for a title that was not found, or not yet."""
        node = Node(implied=path, lines=[event.line], row=event.row)
        siblings.append(node)
        return node

    def _take_requirement(self, event: Event) -> None:
        task = self._task_for(event)
        node = _node(event)
        task.children.append(node)
        if event.number and event.number.depth > 1 and not task.path:
            self._imply(task, event.number.parts[:-1])
        self._task = task
        self._last = self._requirement = node

    def _imply(self, task: Node, path: tuple[int, ...]) -> None:
        """Note what a requirement's number says of the task and area above it that have none."""
        area = path if task.is_implicit else path[:-1]
        task.implied = () if task.is_implicit else path
        if self._area and not self._area.path:
            self._area.implied = area

    def _task_for(self, event: Event) -> Node:
        number = event.number
        outer = number.parts[:-1] if number and number.depth >= _REQUIREMENT_DEPTH else ()
        if self._area is None:
            self._area = self._missing(self.areas, outer[:-1], event)
        if outer == self._area.path:
            outer = ()  # 6.1.1.1 lies right under the unit 6.1.1
        if self._task is None:
            return self._first_task(self._area, outer, event)
        if not outer or self._task.path == outer or not (self._task.path or self._task.children):
            return self._task
        return self._named_task(self._area, self._task, outer, event)

    def _first_task(self, area: Node, outer: tuple[int, ...], event: Event) -> Node:
        node = self._missing(area.children, outer, event)
        node.is_implicit = not outer
        return node

    def _named_task(self, area: Node, task: Node, outer: tuple[int, ...], event: Event) -> Node:
        """Return the task that a requirement's number names if it can be that one, else the task where it stands."""
        same_row = [node for node in area.children if node.row == task.row and node.path == outer]
        if same_row:
            return same_row[-1]
        begins = event.number is not None and event.number.last == 1 and outer > task.path
        if not begins or task.row == event.row or len(outer) != len(task.path) or not task.children:
            return task
        if outer[:-1] != task.path[:-1]:
            self._area = self._missing(self.areas, outer[:-1], event)
            return self._missing(self._area.children, outer, event)
        return self._missing(area.children, outer, event)

    def _go_on(self, event: Event) -> None:
        current = {"requirement": self._requirement, "area": self._area, "task": self._task}
        node = current[event.role] if event.role else self._last
        if node is None:
            self._leave(event)
        elif event.role == "requirement" or not node.repeats(event.text):
            node.add(event.text, event.line)

    def _leave(self, event: Event) -> None:
        self.left_out.append(event.text)
        reason = f"无法确定这段文字属于哪一项，未收入：{event.text[:40]}"
        english = f"It could not be told what this belongs to; left out: {event.text[:40]}"
        self._ledger.doubt(event.line, "not-placed", reason, english)


def _node(event: Event) -> Node:
    node = Node(number=event.number, row=event.row, uncertain=event.uncertain)
    node.add(event.text, event.line)
    return node


def _leaves(node: Node, ahead: Sequence[Event]) -> bool:
    """Tell whether the rest of the row has numbers that do not lie under a node."""
    numbers = [event.number for event in ahead if event.number and event.number.is_dotted]
    return any(number.parts[: len(node.path)] != node.path for number in numbers)


def _goes_on(node: Node, ahead: Sequence[Event]) -> bool:
    """Tell whether the rest of a row goes on below a node that has no number, so that its title does so too."""
    if any(event.kind == "task" for event in ahead):
        return bool(node.path) and any(event.number and event.number.is_dotted for event in ahead)
    numbers = [event.number for event in ahead if event.kind == "requirement"]
    first = next(iter(numbers), None)
    return not numbers or (first is not None and (first.last > 1 or (first.is_dotted and bool(node.path))))
