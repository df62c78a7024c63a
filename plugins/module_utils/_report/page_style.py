# Copyright (c) 2026, netops.floating_ip contributors
# SPDX-License-Identifier: BSD-2-Clause
# Private to this collection: may change in any release.

"""How pages and their charts look. No colour carries a meaning alone: there is a word or hatching
with each.
"""

from __future__ import annotations

_COLOURS = """
:root{--ground:#fff;--plate:#f5f6f7;--ink:#1b1f24;--soft:#59636e;--line:#d9dee3;--good:#0b6e4f;
--bad:#b3261e;--good-ground:#e7f4ee;--bad-ground:#fbeae8;--answered:#b9dccb;--lost:#c62f24;
--lost-soft:#f3b7b1;--up:#cfe6da;--down:#efb0aa;--unknown:#e3e6ea;--first:#bcd3f0;--other:#f2d6a2;
--moving:#8e99a6;--call:#3d6fb4;--step:#33557f;--decision:#7b4397;--told:#6a737d;--usual:#0b6e4f;
--worst:#a9b3bd;--phase:#eef2f7}
@media (prefers-color-scheme:dark){:root{--ground:#15181c;--plate:#1e2227;--ink:#e8ebee;
--soft:#a3adb8;--line:#333a42;--good:#5fd0a3;--bad:#ff8a7d;--good-ground:#14301f;
--bad-ground:#3b1714;--answered:#2a6048;--lost:#ff6b5c;--lost-soft:#6d2a24;--up:#24503c;
--down:#7c332c;--unknown:#343b43;--first:#2f4d74;--other:#6b5321;--moving:#7d8894;--call:#7fb0f2;
--step:#9dbde6;--decision:#d3a4ea;--told:#a3adb8;--usual:#5fd0a3;--worst:#5b6670;--phase:#1c2229}}
@media print{:root{--ground:#fff;--plate:#fff;--ink:#000;--soft:#444;--line:#bbb;--good:#0b6e4f;
--bad:#b3261e;--good-ground:#fff;--bad-ground:#fff;--answered:#b9dccb;--lost:#c62f24;
--lost-soft:#f3b7b1;--up:#cfe6da;--down:#efb0aa;--unknown:#e3e6ea;--first:#bcd3f0;--other:#f2d6a2;
--moving:#8e99a6;--call:#3d6fb4;--step:#33557f;--decision:#7b4397;--told:#6a737d;--usual:#0b6e4f;
--worst:#a9b3bd;--phase:#f4f6f8}
body{font-size:10pt}section,header,.tiles{break-inside:avoid}main{max-width:none;padding:0}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
_PAGE = """
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:1120px;margin:0 auto;padding:32px 24px}
article+article{margin-top:56px;border-top:2px solid var(--line);padding-top:32px}
header{border-left:8px solid var(--soft);background:var(--plate);border-radius:6px;
padding:20px 24px}
header.good{border-color:var(--good);background:var(--good-ground)}
header.bad{border-color:var(--bad);background:var(--bad-ground)}
.verdict{margin:0;font-weight:700;letter-spacing:.06em}
.good .verdict,.tiles .good strong,td.good{color:var(--good)}
.bad .verdict,.tiles .bad strong{color:var(--bad)}
h1{margin:2px 0 6px;font-size:1.75rem;line-height:1.2}
.sentence{margin:0;font-size:1.08rem}
h2{font-size:1.15rem;margin:36px 0 6px}
section>p{margin:0 0 10px;color:var(--soft);max-width:75ch}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;
list-style:none;margin:16px 0 0;padding:0}
.tiles li{border:1px solid var(--line);border-radius:6px;padding:12px 14px}
.tiles strong{display:block;font-size:1.5rem;line-height:1.25;font-variant-numeric:tabular-nums}
.tiles span{color:var(--soft);font-size:.85rem}
.scroll,.figure{overflow-x:auto}
.figure{border:1px solid var(--line);border-radius:6px;padding:8px}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600;white-space:nowrap}
td:not(:last-child){white-space:nowrap}
tr.bad td{color:var(--bad);font-weight:600}
footer{max-width:1120px;margin:0 auto;padding:0 24px 40px;color:var(--soft);font-size:.85rem}
"""
_CHART = """
.chart{display:block;width:100%;min-width:640px;height:auto;
font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.chart text{fill:var(--ink)}
.chart .lane-name{font-weight:600;font-size:12.5px}
.chart .lane-note,.chart .tick{fill:var(--soft);font-size:10.5px}
.chart .phase-name{fill:var(--soft);font-size:11px;font-weight:600}
.chart .grid{stroke:var(--line);stroke-width:1}
.chart .phase{fill:none}.chart .phase.other{fill:var(--phase)}
.chart .bar{stroke:none}
.bar.answered{fill:var(--answered)}.bar.unmeasured{fill:var(--unknown)}.bar.lost{fill:var(--lost)}
.lost-ground{fill:var(--lost-soft)}.lost-line{fill:var(--lost)}
.chart .plate{fill:var(--ground);opacity:.92}
.chart .on-lost{fill:var(--bad);font-weight:700}
.bar.up{fill:var(--up)}.bar.down{fill:var(--down)}.bar.unknown{fill:var(--unknown)}
.bar.first{fill:var(--first)}.bar.other{fill:var(--other)}.bar.nowhere{fill:var(--down)}
.bar.moving{fill:var(--moving)}.bar.call{fill:var(--call);fill-opacity:.6}.bar.failed{fill:var(--lost)}
.chart .cross{fill:none;stroke:var(--lost);stroke-width:2}
.mark.step{fill:var(--step)}.mark.decision{fill:var(--decision)}.mark.told{fill:var(--told)}
.chart .number{fill:var(--ground);font-size:10.5px;font-weight:700}
.curve{fill:none;stroke-width:1.5;stroke-linejoin:round}
.curve.usual{stroke:var(--usual)}.curve.worst{stroke:var(--worst);stroke-width:1}
"""
STYLE = f"{_COLOURS}{_PAGE}{_CHART}"
