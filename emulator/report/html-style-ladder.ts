/** The ladder: time at the left, a lifeline for each terminal, the acquirer's at the right, what rests on it in the margin. */
export const ladderStyle = `
.scenario .rule,.scenario>.source,.scenario>.kept-page{margin:.2rem .9rem}.scenario .ids{font-size:.85rem}.scenario .rule a{margin-left:.4rem}.scenario>summary .ids{color:var(--soft)}
.ladder-place{padding:.5rem .9rem 1rem}.scroll{overflow-x:auto}
.ladder{min-width:44rem;position:relative}
.lane-heads,.rung{display:grid;grid-template-columns:3.2rem minmax(0,1fr) 6.5rem;column-gap:.5rem}
.lane-heads{grid-template-columns:3.2rem repeat(var(--lanes),minmax(0,1fr)) 6.5rem;padding:.4rem 0;border-bottom:1px solid var(--line);margin-top:.6rem}
.lane-head{text-align:center;line-height:1.25}.lane-head small{display:block;color:var(--soft);font:.75rem var(--mono)}
.at{font:.75rem/1.9 var(--mono);color:var(--soft);text-align:right}
.rung{--step:calc(100%/var(--lanes));--mine:calc((var(--lane,0) + .5)*var(--step));--theirs:calc((var(--lanes) - .5)*var(--step))}
.what{position:relative;min-width:0;padding:.2rem 0;background:repeating-linear-gradient(to right,transparent 0 calc(var(--step)/2 - 1px),var(--line) calc(var(--step)/2 - 1px) calc(var(--step)/2),transparent calc(var(--step)/2) var(--step))}
.rests{font-size:.75rem;line-height:1.9}.rests a{color:var(--c);display:block;text-decoration:none}.rests a::before{content:'◂ '}.rests summary{color:var(--soft);cursor:pointer}
.step>.what,.operation>.what,.note>.what,.claim>.what,.verdict>.what{display:flex;gap:.6rem;align-items:baseline;flex-wrap:wrap}
.step>.what{background:var(--paper);font:italic 1.05rem var(--serif);padding:.8rem 0 .3rem}
.operation>.what>*,.note>.what>*,.claim>.what>*,.verdict>.what>*{background:var(--paper)}
.operation .number{border:1px solid var(--soft);border-radius:50%;width:1.35rem;height:1.35rem;display:inline-grid;place-items:center;font-size:.75rem}
.operation .name{font-weight:600}.operation .role{font-size:.8rem;color:var(--soft);border:1px solid var(--line);border-radius:2px;padding:0 .35rem}.operation .role.tested{color:var(--accent);border-color:var(--accent)}
.note,.claim{font-size:.85rem;color:var(--soft)}.note .about,.claim .about{font-weight:600}
.verdict .word{font-weight:600;color:var(--c)}
.mine{font-size:.75rem;border:1px dashed var(--inconclusive);color:var(--inconclusive);border-radius:2px;padding:0 .35rem;background:var(--paper)}
.arrow{display:block;position:relative;margin-left:var(--mine);width:calc(var(--theirs) - var(--mine));height:2.1rem;border:0;background:none;padding:0;cursor:pointer;color:var(--ink);font:.85rem var(--sans);text-align:center}
.arrow::before{content:'';position:absolute;left:0;right:0;bottom:.42rem;border-top:1.5px solid currentColor}
.arrow::after{content:'';position:absolute;bottom:calc(.42rem - 4.25px);border:5px solid transparent}
.arrow.sent::after{right:0;border-left:8px solid currentColor;border-right:0}.arrow.received::after{left:0;border-right:8px solid currentColor;border-left:0}
.arrow .label{background:var(--paper);padding:0 .4rem;position:relative;top:-.3rem}
.arrow:hover{color:var(--accent)}.wrong>.what>.arrow{color:var(--failed);font-weight:600}
.arrow.swallowed::before,.arrow.late::before,.arrow.foreign::before,.arrow.unsolicited::before,.arrow.in-progress::before{border-top-style:dashed}
.standing{font-style:normal;font-weight:400;font-size:.75rem;color:var(--warned);border:1px solid currentColor;border-radius:2px;padding:0 .3rem;margin-left:.4rem}
.swallowed{color:var(--soft)}
.detail{background:var(--paper);border:1px solid var(--line);border-radius:3px;padding:.6rem .75rem;margin:.1rem 0 .5rem;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem}
.wrong .detail{border-color:var(--failed)}
.fields{width:100%;font-size:.82rem;line-height:1.45}.fields th{text-align:left;font-weight:400;color:var(--soft);padding-right:.6rem;white-space:nowrap;vertical-align:top}.fields td{vertical-align:top;overflow-wrap:anywhere}.fields .path{font-family:var(--mono);color:var(--soft);text-align:right;padding-right:.6rem}.fields .value{font-family:var(--mono);white-space:pre-wrap}.fields .part th{padding-left:.75rem}
.fields tr{cursor:default}.marked,.hex .marked{background:color-mix(in srgb,var(--warned) 28%,var(--paper))}
.remark{font:.78rem var(--sans);color:var(--warned);display:block}.problem{color:var(--failed);grid-column:1/-1;margin:0}
.hex{font:.78rem/1.7 var(--mono);overflow-wrap:anywhere;align-self:start}.hex span{border-radius:2px}.hex span:not([data-path]){color:var(--soft)}
.break{display:block;margin-left:var(--mine);width:calc(var(--theirs) - var(--mine));text-align:center;font-size:.82rem;color:var(--failed);border-bottom:1.5px dotted currentColor;padding-bottom:.1rem}
.break.ours{color:var(--inconclusive)}.break .mine{margin-left:.5rem;white-space:nowrap}
button.call{display:flex;flex-wrap:wrap;gap:.1rem .7rem;justify-content:center;align-items:baseline;margin-left:var(--mine);width:calc(var(--theirs) - var(--mine));border:0;border-bottom:1.5px dotted var(--accent);background:var(--paper);padding:.15rem .3rem;cursor:pointer;color:var(--soft);font:.8rem var(--sans)}
button.call code{font:.8rem var(--mono);color:var(--accent);overflow-wrap:anywhere}button.call:hover{background:var(--ground)}.wrong>.what>button.call{border-color:var(--failed)}
.deed{margin:.15rem 0 .3rem var(--mine);width:calc(var(--theirs) - var(--mine));background:var(--paper);border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:3px;font-size:.85rem}
.deed>summary{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;padding:.25rem .6rem;cursor:pointer;list-style:none}.deed>summary::-webkit-details-marker{display:none}.deed>summary::before{content:'▸';color:var(--soft)}.deed[open]>summary::before{content:'▾'}
.deed b{font-weight:600}.deed q{color:var(--soft);font-style:italic}.deed .saw{font-weight:600;border:1px solid currentColor;border-radius:2px;padding:0 .35rem;background:var(--paper)}.deed .saw::before{content:'→ '}.deed .role{font-size:.75rem;color:var(--soft)}
.deed ul{margin:0;padding:.1rem .6rem .4rem 1.6rem;color:var(--soft);font-size:.8rem;overflow-wrap:anywhere}.wrong>.what>.deed{border-color:var(--failed)}.wrong>.what>.deed .saw{color:var(--failed)}
.side{min-width:0}.side>b{display:block;margin:0 0 .2rem;font-size:.75rem;color:var(--soft);font-weight:600}.side .start{font:600 .82rem var(--mono);overflow-wrap:anywhere}.side .fields{margin:.3rem 0}.side .fields th{white-space:normal}.side .body{margin:.4rem 0 0;padding:.5rem .6rem;background:var(--ground);border-radius:3px;font:.78rem/1.45 var(--mono);white-space:pre-wrap;overflow-wrap:anywhere}
@media (max-width:42rem){.detail{grid-template-columns:1fr}.ladder{min-width:34rem}}
`
