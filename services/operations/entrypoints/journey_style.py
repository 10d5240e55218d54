"""The style sheet of the journey page; it is inside the page, so that nothing is loaded."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5d6b7c; --line: #e3e8ee; --card: #fff; --back: #f4f6f9;
  --registration: #2f6fde; --exam: #0f9d8a; --grading: #8a55d7; --certificate: #d9822b; --other: #78879a;
  --wait: #c3ccd8; --error: #d43f4d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --soft: #9aa8b8; --line: #2c3644; --card: #18202b;
  --back: #10161e; --registration: #6ea1ff; --exam: #3cc7b3; --grading: #b48af0; --certificate: #f0a85c;
  --other: #93a1b3; --wait: #4a586a; --error: #ff6b78; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); line-height: 1.5;
  font-size: 14px; font-family: "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 24px; margin: 0; } h1 small, h2 small, .en { color: var(--soft); font-weight: 400; }
h1 small { font-size: 16px; margin-left: 8px; }
code, .mono { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; font-size: 12px;
  color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 10px; margin: 18px 0 14px; padding: 0; list-style: none; }
.facts li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 16px;
  min-width: 118px; }
.facts b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
.facts span { color: var(--soft); font-size: 12px; }
.facts .bad b { color: var(--error); }
.legend { display: flex; flex-wrap: wrap; gap: 16px; margin: 0 0 18px; padding: 0; list-style: none; font-size: 13px; }
.legend svg, .step svg.dot { width: 10px; height: 10px; vertical-align: baseline; margin-right: 6px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px 12px; }
.card header { display: flex; flex-wrap: wrap; gap: 4px 14px; align-items: baseline; margin-bottom: 8px; }
.card h2 { font-size: 15px; margin: 0; } .card header .mono { margin-left: auto; }
.gap { display: flex; align-items: center; gap: 12px; color: var(--soft); font-size: 13px; padding: 10px 0 10px 26px;
  margin-left: 22px; border-left: 2px dashed var(--wait); }
.gap b { color: var(--ink); }
.step { display: grid; grid-template-columns: minmax(240px, 36%) 1fr; gap: 14px; align-items: center; padding: 3px 0;
  border-top: 1px solid var(--line); }
.name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.name .about { display: block; padding-left: 17px; color: var(--soft); font-size: 11.5px; line-height: 1.45;
  overflow: hidden; text-overflow: ellipsis; }
.name .tag { color: var(--error); font-size: 12px; }
.d1 { padding-left: 16px; } .d2 { padding-left: 32px; } .d3 { padding-left: 48px; } .d4 { padding-left: 64px; }
.d5 { padding-left: 80px; } .d6 { padding-left: 96px; }
.bar { display: block; width: 100%; overflow: visible; margin: -3px 0; }
.bar text { font-size: 11.5px; fill: var(--soft); font-variant-numeric: tabular-nums; }
.bar rect { rx: 3px; } .bar .grid { stroke: var(--line); } .bar .wait { fill: var(--wait); opacity: .55; }
.axis text { font-size: 11px; }
.registration { fill: var(--registration); } .exam { fill: var(--exam); } .grading { fill: var(--grading); }
.certificate { fill: var(--certificate); } .other { fill: var(--other); }
.failed { stroke: var(--error); stroke-width: 2px; }
@media (max-width: 720px) { .step { grid-template-columns: 1fr; gap: 2px; } .card header .mono { margin-left: 0; } }
footer { color: var(--soft); font-size: 12px; margin-top: 22px; }
"""
