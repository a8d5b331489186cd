/** Requirements × scenarios. What stands out is drawn larger and in a tinted row and column, and each verdict has its shape. */
export const matrixStyle = `
.run .lead{margin:0 0 .8rem;color:var(--soft);max-width:46rem}
.marks{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;margin:0;padding:0;font-size:.85rem}.marks li{white-space:nowrap}.marks svg{vertical-align:-2px}
.readout{position:sticky;top:0;z-index:2;background:var(--ground);margin:.7rem 0 0;padding:.35rem 0;min-height:2.9em;font-size:.9rem;color:var(--soft)}.readout b{color:var(--ink)}.readout .word{color:var(--c);font-weight:600}
.run .half{margin:0 0 1.5rem}.run figcaption{font-weight:600}
.drawing{display:block;width:100%;min-width:58rem;height:auto;font:10px var(--sans);overflow:visible}
.drawing rect.feature{fill:var(--paper)}.drawing rect.feature.even{fill:color-mix(in srgb,var(--line) 45%,var(--paper))}
.drawing .to-feature{fill:none;stroke:var(--soft);stroke-width:.7}.drawing .of-feature{fill:var(--ink);font-size:11px}.drawing .of-chapter{fill:var(--soft);font-size:11px}.drawing .of-chapter .id{fill:var(--ink);font-weight:600}.drawing a:hover .of-chapter{fill:var(--accent)}
.drawing .of-row{fill:var(--c);font-size:11px;font-weight:600}.drawing line.rule{stroke:var(--line)}
.drawing rect.wrong{fill:var(--failed);opacity:.13}.drawing rect.wrong.column{opacity:.08}
.drawing .cross rect{fill:var(--accent);opacity:.16;pointer-events:none}
.drawing a{outline:none}.mark,.spot{fill:var(--c);stroke:none}
.mark .in,.spot .in{fill:none;stroke:var(--paper);stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}.mark .open,.spot .open{fill:none;stroke:var(--c);stroke-width:1.6}
.spot.failed circle{stroke:var(--paper);stroke-width:1.2}
.band{fill:var(--c)}.spot.line .band{opacity:.55}.spot.line .band.failed{opacity:1}.drawing .spot:hover,.drawing .spot:focus{stroke:var(--ink);stroke-width:1.4}.drawing .spot:focus-visible{stroke:var(--ink);stroke-width:2.4}
.in-words summary{cursor:pointer;color:var(--soft)}.in-words th,.in-words td{text-align:left;vertical-align:top;padding:.25rem 1.5rem .25rem 0;font-weight:400;border-top:1px solid var(--line)}.in-words thead th{color:var(--soft);font-size:.85rem;border:0}.in-words ul{list-style:none;margin:0;padding:0}
@media (max-width:42rem){.readout{position:static}.in-words thead{display:none}.in-words tr{display:block;padding:.3rem 0}.in-words th,.in-words td{display:block;border:0;padding:0}}
@media print{.readout,.in-words{display:none}.run .half{break-inside:avoid}.drawing{min-width:0}}
`
