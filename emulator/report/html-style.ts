/** The page but for the ladders. Colours are named once; a dark window turns them, paper does not. */
export const pageStyle = `
:root{--ink:#1d2327;--soft:#5d6870;--line:#dcdfd9;--ground:#f4f3ee;--paper:#fffefb;--passed:#18713f;--warned:#805700;--failed:#b02a1f;--inconclusive:#6a4bb3;--untested:#6a4bb3;--na:#5d676d;--accent:#245e8f;--tint:12%;
--serif:'Iowan Old Style','Palatino Linotype',Palatino,'Songti SC',Georgia,serif;--sans:system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',Roboto,'Helvetica Neue',Arial,sans-serif;--mono:ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e3dd;--soft:#9aa3a8;--line:#343a3e;--ground:#15181a;--paper:#1d2124;--passed:#5fc795;--warned:#dcae4c;--failed:#f0897d;--inconclusive:#b39bf0;--untested:#b39bf0;--na:#a5afb4;--accent:#86b8e3;--tint:18%;color-scheme:dark}}
*{box-sizing:border-box}
html{scroll-padding-top:5rem}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 var(--sans)}
main{max-width:72rem;margin:0 auto;padding:2rem 1.25rem 5rem}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:9}
h1,h2{font-family:var(--serif);font-weight:600;line-height:1.15;text-wrap:balance}
h2{font-size:1.5rem;margin:3rem 0 1rem}
h3{font-size:1rem;margin:1.5rem 0 .5rem}h3 small{color:var(--soft);font-weight:400}
h4{font-size:.8rem;margin:1rem 0 .25rem;color:var(--soft);font-weight:600}
table{border-collapse:collapse}
[hidden]{display:none!important}
.passed{--c:var(--passed)}.warned{--c:var(--warned)}.failed{--c:var(--failed)}.inconclusive{--c:var(--inconclusive)}.untested{--c:var(--untested)}.na,.not-applicable{--c:var(--na)}
.certificate{background:var(--paper);border:1px solid var(--line);border-top:6px solid var(--c);border-radius:4px;padding:2.25rem 2.5rem 1.75rem;box-shadow:0 1px 2px #0001,0 12px 32px -20px #0004}
.maker{margin:0 0 1.75rem;font:600 1rem var(--serif);letter-spacing:.01em}.maker span{font-weight:400;color:var(--soft);margin-left:.4rem;font-style:italic}
.conclusion{display:flex;align-items:center;gap:1.1rem}
.conclusion h1{font-size:clamp(2rem,6vw,3.4rem);margin:0;color:var(--c)}
.conclusion h1::first-letter{text-transform:uppercase}
.seal{flex:none;display:grid;place-items:center;width:3.6rem;height:3.6rem;border:2px solid var(--c);border-radius:50%;box-shadow:inset 0 0 0 4px var(--paper),inset 0 0 0 5px var(--c);color:var(--c);font-size:1.6rem;line-height:1}
.stopped{color:var(--failed);font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.9rem 1.5rem;margin:1.9rem 0}
.facts dt,.comparison dt{font-size:.78rem;color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.digest{font:.78rem var(--mono);display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.tallies{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:1.5rem 2.5rem}
.tally h2{font:600 .95rem var(--sans);margin:0 0 .45rem}.tally p{margin:.45rem 0 0}
.bar{display:flex;gap:2px;height:.55rem}.bar span{background:var(--c);flex-basis:2px;border-radius:1px}
.count{color:var(--c);white-space:nowrap;margin-right:.9rem}.count b{font-size:1.15rem;font-variant-numeric:tabular-nums}
.scope{margin:1.75rem 0 0;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font:italic .95rem var(--serif)}
.against ul{list-style:none;margin:0;padding:0}.against li{display:grid;grid-template-columns:9.5rem 4.5rem 1fr;gap:.75rem;padding:.6rem 0;border-top:1px solid var(--line)}
.against a{font-weight:600;color:var(--failed);white-space:nowrap}.against em{font-style:normal;color:var(--soft)}.against small,.finding small{color:var(--soft);font-size:.85rem}
.halves{display:grid;gap:2rem}.half h3{margin:0}.half p{margin:0 0 .5rem;color:var(--soft)}
.half table{width:100%}.half th{text-align:left;font-weight:400;width:1%;white-space:nowrap;padding:.35rem 1.5rem .35rem 0;vertical-align:top;border-top:1px solid var(--line)}.half th a{display:inline-block;min-width:3.4rem;font-weight:600}.half th span{color:var(--soft)}
.half td{border-top:1px solid var(--line);padding:.3rem 0;line-height:0}
.cell{display:inline-grid;grid-auto-flow:column;gap:.3rem;align-items:center;justify-content:center;min-width:3.5rem;height:1.7rem;margin:2px 2px 2px 0;border-radius:3px;background:color-mix(in srgb,var(--c) var(--tint),var(--paper));color:var(--c);text-decoration:none;line-height:1}
.cell i{font:normal .75rem var(--mono)}.cell b{font-size:.85rem}.cell.failed{background:var(--c);color:var(--paper)}.cell:hover{box-shadow:0 0 0 2px var(--c)}
.legend{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.4rem 1.5rem;margin:1.5rem 0 0;font-size:.85rem}.legend dt{font-weight:600}.legend dd{margin:0;color:var(--soft)}
.sign{color:var(--c);font-weight:700;display:inline-block;min-width:1em}
.views ul,.of{list-style:none;padding:0;margin:0}
.search{position:sticky;top:0;z-index:3;background:var(--ground);padding:.75rem 0;display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center}
.search input[type=search]{flex:1 1 16rem;font:inherit;padding:.5rem .8rem;border:1px solid var(--line);border-radius:4px;background:var(--paper);color:inherit}
.filters{display:flex;flex-wrap:wrap;gap:.3rem .9rem;font-size:.85rem}.filter{color:var(--c);cursor:pointer;white-space:nowrap}.filter input{accent-color:var(--c);margin:0 .1rem 0 0;vertical-align:-1px}
#found{color:var(--soft);font-size:.85rem;min-width:5rem;font-variant-numeric:tabular-nums}
.card,.scenario{background:var(--paper);border:1px solid var(--line);border-left:4px solid var(--c);border-radius:3px;margin:.4rem 0}
.card>summary,.scenario>summary{list-style:none;cursor:pointer;padding:.6rem .9rem;display:grid;grid-template-columns:8.2rem 6.5rem 1fr;gap:.75rem;align-items:baseline}
.scenario>summary{grid-template-columns:8.2rem 1fr auto}
summary::-webkit-details-marker{display:none}
.badge{color:var(--c);font-weight:600;font-size:.85rem;white-space:nowrap}.card .id{font-weight:600;overflow-wrap:anywhere}
.card[open]>summary{border-bottom:1px solid var(--line)}
.card .body{padding:.9rem}.finding{margin:0 0 .75rem;font:1.12rem/1.4 var(--serif)}
.comparison{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:.75rem;margin:0}.comparison div{border:1px solid var(--line);border-radius:3px;padding:.5rem .75rem}.comparison .received{border-color:var(--c)}.comparison dd{margin:0;overflow-wrap:anywhere}
.evidence{list-style:none;margin:0;padding:0}.evidence a{font-family:var(--mono);font-size:.85rem;display:inline-block;min-width:3rem}.evidence i{color:var(--soft)}
.many summary{cursor:pointer;color:var(--soft);margin-top:.75rem;list-style:revert}
.source{color:var(--soft);font-size:.85rem;margin:.75rem 0 0;overflow-wrap:anywhere}
.again{margin:.4rem 0 0;font-size:.85rem;color:var(--soft)}.again code{font:.82rem var(--mono);color:var(--ink);background:var(--ground);padding:.2rem .45rem;border-radius:3px;user-select:all;overflow-wrap:anywhere}
.uncovered summary{cursor:pointer}.uncovered th{text-align:left;padding:.25rem 1.5rem .25rem 0;vertical-align:top;font-weight:600;white-space:nowrap}
.lit{outline:3px solid var(--warned);outline-offset:3px;border-radius:3px}
@media (max-width:42rem){.certificate{padding:1.5rem 1.25rem}.card>summary,.scenario>summary{grid-template-columns:auto 1fr}.card .says,.scenario .ids{grid-column:1/-1}.half th{width:5rem}.half th span{display:none}.against li{grid-template-columns:1fr;gap:0}.search{position:static}}
@media print{body{background:none;font-size:10.5pt}main{max-width:none;padding:0}.certificate{box-shadow:none}.search,.skip{display:none}.card,.cell,.against li,.rung{break-inside:avoid}h2,h3{break-after:avoid}.scenario:not([open]),.scenarios:not(:has(>details[open])){display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
