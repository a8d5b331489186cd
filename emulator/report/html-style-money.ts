/** The money of a scenario: accounts as lifelines, movements as arrows between them, and what is not as it should be, hatched. */
export const moneyStyle = `
.money{margin:1.2rem 0 0 3.7rem}.money h3{margin:0 0 .6rem;font-size:.85rem;color:var(--soft)}
.flows{table-layout:fixed;width:min(100%,calc(8rem + var(--accounts)*15rem));min-width:calc(6rem + var(--accounts)*8.5rem);font-size:.85rem;font-variant-numeric:tabular-nums;--step:calc(100%/var(--accounts))}
.flows .moment{width:8rem;text-align:left;font-weight:400;color:var(--soft);padding:.3rem .6rem .3rem 0;overflow-wrap:anywhere;vertical-align:middle}
.flows thead th{font-weight:600;padding:0 .3rem .4rem;vertical-align:bottom;line-height:1.25}.flows small{display:block;font-weight:400;color:var(--soft);font-size:.75rem;overflow-wrap:anywhere}
.flows .held{text-align:center;padding:.1rem .25rem}.amount{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:.1rem .7rem;background:var(--paper)}
.flow{padding:0;background:repeating-linear-gradient(to right,transparent 0 calc(var(--step)/2 - 1px),var(--line) calc(var(--step)/2 - 1px) calc(var(--step)/2),transparent calc(var(--step)/2) var(--step))}
.move{position:relative;margin-left:calc((var(--from) + .5)*var(--step));width:calc((var(--to) - var(--from))*var(--step));text-align:center;padding:.25rem 0 .6rem;line-height:1.3}
.move::before{content:'';position:absolute;left:0;right:0;bottom:.42rem;border-top:2px solid var(--accent)}.move::after{content:'';position:absolute;bottom:calc(.42rem - 4px);border:5px solid transparent}
.move.right::after{right:0;border-left:9px solid var(--accent);border-right:0}.move.left::after{left:0;border-right:9px solid var(--accent);border-left:0}
.move .label{background:var(--paper);padding:0 .35rem}
.flows .mismatch{border:2px dashed var(--failed);background:repeating-linear-gradient(-45deg,color-mix(in srgb,var(--failed) 22%,var(--paper)) 0 5px,var(--paper) 5px 11px)}.mismatch .amount{border-color:var(--failed);color:var(--failed);font-weight:700}.flows .mismatch small{display:inline-block;margin:.15rem 0;background:var(--paper);color:var(--ink);font-weight:600;padding:.05rem .4rem;border-radius:2px}
.change{text-align:center;color:var(--soft);padding-top:.35rem}.change.moved{color:var(--ink);font-weight:600}
.agrees{margin:.6rem 0 0;color:var(--c);font-weight:600;font-size:.88rem}.batch{margin:.6rem 0 0;font-size:.85rem;color:var(--soft)}.batch b{color:var(--ink)}.booked{display:inline-block;border:1px solid var(--line);border-radius:3px;padding:.05rem .5rem;margin:.1rem 0 .1rem .5rem;color:var(--ink);font-variant-numeric:tabular-nums}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:42rem){.money{margin-left:0}.flows .moment{width:5rem}.flows{font-size:.78rem}}
`
