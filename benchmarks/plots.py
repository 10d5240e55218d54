"""Pictures of contests: bars with their range, without a background, in colours that are read in light and in dark."""

from pathlib import Path

from benchmarks.finding import Picture

_OURS, _OTHERS, _INK = "#d9731a", "#4b86c4", "#808080"
_FONTS = ["Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "DejaVu Sans"]


def draw(picture: Picture, folder: Path, kind: str = "svg") -> Path:
    """Draw one picture and return its file; an SVG keeps its words as text, so it is small and can be searched."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    bars = list(reversed(picture.bars))
    style = {"svg.fonttype": "none", "font.family": _FONTS, "svg.hashsalt": "kaozheng", "text.color": _INK}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{picture.file}.{kind}"
    with mpl.rc_context(style):
        figure = Figure(figsize=(7.6, 0.7 + 0.36 * len(bars)), layout="constrained")
        axes = figure.add_subplot()
        ranges = [[one.value - one.low for one in bars], [one.high - one.value for one in bars]]
        axes.barh(
            [one.name for one in bars],
            [one.value for one in bars],
            xerr=ranges,
            color=[_OURS if one.ours else _OTHERS for one in bars],
            error_kw={"ecolor": _INK, "elinewidth": 1.2, "capsize": 3},
            height=0.62,
        )
        reach = max(one.high for one in bars)
        for place, one in enumerate(bars):
            axes.text(one.high + reach * 0.015, place, _number(one.value), va="center", fontsize=9)
        axes.set_xlim(0, reach * 1.16)
        axes.set_xlabel(picture.axis, color=_INK, fontsize=9)
        axes.tick_params(colors=_INK, labelsize=9, length=0)
        axes.xaxis.set_major_formatter(lambda value, _place: _number(value))
        axes.spines[:].set_visible(False)
        axes.grid(axis="x", color=_INK, alpha=0.25, linewidth=0.6)
        axes.set_axisbelow(True)
        figure.savefig(file, transparent=True, metadata={"Date": None} if kind == "svg" else None)
    return file


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
