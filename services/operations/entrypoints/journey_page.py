"""The page of one journey: a card per trace with its own time axis, and what lay between them. No scripts.

Bars are SVG, because its positions are attributes: a strict content security policy forbids style attributes.
"""

from html import escape

from services.operations.domain import journey
from services.operations.domain.journey import Step, Story, Trace
from services.operations.domain.model import Span, Status
from services.operations.domain.window import moment
from services.operations.entrypoints.durations import brief, china_time
from services.operations.entrypoints.journey_style import STYLE

_SERVICES = {"registration": "报名", "exam": "考务", "grading": "阅卷", "certificate": "证书", "operations": "运维"}
_OUTCOMES = {
    "applied": "已处理 applied",
    "duplicate": "重复 duplicate",
    "parked": "已搁置 parked",
    "retry": "待重试 retry",
}
_COLOURED = frozenset({"registration", "exam", "grading", "certificate"})
_DEEPEST_INDENT = 6
#: The share of the width that bars may take; the rest is for the label of the last one.
_WIDTH = 84.0
#: A label that starts further right would be cut off.
_LABEL_FITS = 58.0
_SPACE = 0.6
_THINNEST = 0.35
_TICKS = 4
_LOW, _TALL = 26, 40
_TOP, _TOP_BELOW_WAIT = 6, 19


def render(story: Story) -> str:
    """Return the page of a story that has at least one span."""
    cards = [_card(number, trace) for number, trace in enumerate(story.traces, start=1)]
    gaps = [_gap(gap) for gap in journey.gaps(story)]
    body = cards[0] + "".join(gap + card for gap, card in zip(gaps, cards[1:], strict=True))
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>考证 · 旅程 Journey</title><style>{STYLE}</style></head><body><main>"
        f"<h1>报名旅程<small>Journey of one application</small></h1><code>{story.journey_id}</code>"
        f"{_facts(story)}{_legend(story)}{body}"
        "<footer>时间为北京时间。每张卡片是一条追踪，有自己的时间轴；灰色为事件在主题中等待。"
        '<br><span class="en">Beijing time. Each card is one trace on its own axis; '
        "grey is an event waiting in its topic.</span></footer></main></body></html>"
    )


def _facts(story: Story) -> str:
    start, end = story.traces[0].start, max(trace.end for trace in story.traces)
    facts = [
        (brief(end - start), "历时 elapsed", ""),
        (brief(story.busy), "处理 working", ""),
        (str(len(story.services)), "服务 services", ""),
        (str(len(story.traces)), "追踪 traces", ""),
        (str(len(story.spans)), "步骤 steps", ""),
        (str(story.errors), "出错 errors", "bad" if story.errors else ""),
    ]
    items = "".join(f'<li class="{mark}"><b>{value}</b><span>{name}</span></li>' for value, name, mark in facts)
    return f'<ul class="facts">{items}</ul>'


def _legend(story: Story) -> str:
    items = "".join(f"<li>{_dot(service)}{_service(service)}</li>" for service in story.services)
    return f'<ul class="legend">{items}</ul>'


def _card(number: int, trace: Trace) -> str:
    services = dict.fromkeys(step.span.service for step in trace.steps)
    route = " → ".join(_SERVICES.get(service, escape(service)) for service in services)
    return (
        f'<section class="card"><header><h2>{number}. {china_time(moment(trace.start))}</h2><span>{route}</span>'
        f'<span class="en">{brief(trace.end - trace.start)}</span>'
        f'<span class="mono">trace {trace.trace_id.hex()}</span></header>'
        f"{_axis(trace)}{''.join(_row(step, trace) for step in trace.steps)}</section>"
    )


def _gap(gap: int) -> str:
    if gap == 0:
        return '<div class="gap">同时进行 <span class="en">meanwhile</span></div>'
    return f'<div class="gap">间隔 <b>{brief(gap)}</b> <span class="en">later</span></div>'


def _axis(trace: Trace) -> str:
    span = trace.end - trace.start
    marks = "".join(
        f'<text x="{_WIDTH * tick / _TICKS:.2f}%" y="13">{brief(span * tick // _TICKS) if tick else "0"}</text>'
        for tick in range(_TICKS + 1)
    )
    return f'<div class="step"><div></div><svg class="bar axis" height="18" aria-hidden="true">{marks}</svg></div>'


def _row(step: Step, trace: Trace) -> str:
    return f'<div class="step">{_label(step)}{_bar(step, trace)}</div>'


def _label(step: Step) -> str:
    span = step.span
    failed = ' <span class="tag">出错 error</span>' if span.status is Status.ERROR else ""
    outcome = _OUTCOMES.get(step.outcome or "", step.outcome)
    about = [part for part in (step.event_type, outcome) if part]
    detail = f'<span class="about">{escape(" · ".join(about))}</span>' if about else ""
    return (
        f'<div class="name d{min(step.depth, _DEEPEST_INDENT)}" title="{escape(_title(span))}">{_dot(span.service)}'
        f"{escape(span.name)}{failed}{detail}</div>"
    )


def _bar(step: Step, trace: Trace) -> str:
    span, width = step.span, max(1, trace.end - trace.start)
    left = _WIDTH * (span.start - trace.start) / width
    wide = max(_THINNEST, _WIDTH * (span.end - span.start) / width)
    top, height = (_TOP_BELOW_WAIT, _TALL) if step.waited else (_TOP, _LOW)
    failed = " failed" if span.status is Status.ERROR else ""
    return (
        f'<svg class="bar" height="{height}" role="img">{_grid(height)}{_wait(step, trace, width, left)}'
        f'<rect class="{_colour(span.service)}{failed}" x="{left:.2f}%" y="{top}" width="{wide:.2f}%" height="14"/>'
        f'<text x="{left + wide + _SPACE:.2f}%" y="{top + 11}">{brief(span.end - span.start)}</text></svg>'
    )


def _wait(step: Step, trace: Trace, width: int, right: float) -> str:
    """Draw the wait that ends at `right`, as far as it lies within this trace, with its label above."""
    if not step.waited:
        return ""
    drawn = _WIDTH * min(step.waited, step.span.start - trace.start) / width
    left = right - drawn
    place = f'x="{left:.2f}%"' if left < _LABEL_FITS else f'x="{_WIDTH:.2f}%" text-anchor="end"'
    return (
        f'<rect class="wait" x="{left:.2f}%" y="{_TOP_BELOW_WAIT + 4}" width="{drawn:.2f}%" height="6"/>'
        f'<text {place} y="12">在主题中等待 waiting in topic {brief(step.waited)}</text>'
    )


def _grid(height: int) -> str:
    places = (f"{_WIDTH * tick / _TICKS:.2f}%" for tick in range(_TICKS + 1))
    return "".join(f'<line class="grid" x1="{place}" x2="{place}" y1="0" y2="{height}"/>' for place in places)


def _dot(service: str) -> str:
    return f'<svg class="dot" aria-hidden="true"><circle class="{_colour(service)}" cx="5" cy="5" r="5"/></svg>'


def _colour(service: str) -> str:
    return service if service in _COLOURED else "other"


def _service(service: str) -> str:
    known = _SERVICES.get(service)
    return f'{known} <span class="en">{service}</span>' if known else escape(service)


def _title(span: Span) -> str:
    facts = (f"{key} = {value}" for key, value in sorted(span.attributes.items()))
    return "\n".join((f"{span.service}: {span.name}", f"span {span.span_id.hex()}", *facts))
