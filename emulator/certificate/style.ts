/** One sheet of A4, in millimetres and points. `.sheet` is as high as the paper: what does not fit runs out of it, and can be measured. */
export const certificateStyle = `
@page{size:210mm 297mm;margin:0}
:root{--ink:#16191b;--soft:#51595e;--line:#b9bdb9;--passed:#0f6b41;--warned:#7d5600;--failed:#a5241a;--inconclusive:#56379e;--untested:#56379e;--not-applicable:#646b70;
--serif:'Iowan Old Style','Palatino Linotype',Palatino,'Liberation Serif','Noto Serif CJK SC','Songti SC',SimSun,'Noto Sans CJK SC',serif;
--sans:'Helvetica Neue',Arial,'Liberation Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;
--mono:'SF Mono',Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace}
*{box-sizing:border-box;print-color-adjust:exact;-webkit-print-color-adjust:exact}
html,body{margin:0;padding:0;background:#fff;color:var(--ink)}
body{font:8.4pt/1.36 var(--sans)}
h1,h2,h3,p,dl,dd,ul{margin:0;padding:0}ul{list-style:none}
.sheet{position:relative;width:210mm;height:296.6mm;overflow:hidden;padding:11.5mm 14.5mm 10mm;display:flex;flex-direction:column;justify-content:space-between;gap:2.6mm}
.sheet::before{content:'';position:absolute;inset:6mm;border:.35mm solid var(--c);outline:.12mm solid var(--c);outline-offset:-1.1mm;pointer-events:none}
.not-certified.sheet::before{border-width:2mm;outline:0}
.inconclusive.sheet::before{border:.5mm dashed var(--c);outline:0}
.certified{--c:var(--passed)}.not-certified{--c:var(--failed)}.sheet.inconclusive{--c:var(--inconclusive)}
.passed{--v:var(--passed)}.warned{--v:var(--warned)}.failed{--v:var(--failed)}.inconclusive{--v:var(--inconclusive)}.untested{--v:var(--untested)}.not-applicable{--v:var(--not-applicable)}
.soft,small{color:var(--soft)}small{font-size:1em}
.top{display:flex;justify-content:space-between;align-items:baseline;font:600 11pt var(--serif)}
.top .what{font-weight:400;font-style:italic;color:var(--soft)}:lang(zh) .top .what{font-style:normal}
.band{display:flex;gap:6mm;align-items:center;padding:3.2mm 0 3.4mm;border-top:.25mm solid var(--line);border-bottom:.25mm solid var(--line)}
.not-certified .band{background:#1b1b1b;color:#fff;border:0;padding:5mm 6mm;background:repeating-linear-gradient(135deg,#000 0 1.6mm,#fff 1.6mm 3.2mm) 0 0/100% 1.6mm no-repeat,repeating-linear-gradient(135deg,#000 0 1.6mm,#fff 1.6mm 3.2mm) 0 100%/100% 1.6mm no-repeat,var(--failed)}
.seal{flex:none;width:26mm;height:26mm;fill:none;stroke:var(--c);stroke-linecap:round;stroke-linejoin:round}
.seal .sign{stroke-width:8}.seal .fringe{stroke-width:.9}.seal .ring{stroke-width:1.8}.seal .fine{stroke-width:.6}.seal .broken{stroke-width:3;stroke-dasharray:9 6.5}
.not-certified .seal{stroke:#fff}.seal .filled{fill:#fff;stroke:none}.not-certified .seal .sign{stroke:#1b1b1b;stroke-width:11}
h1{font:700 31pt/1.02 var(--serif);letter-spacing:.005em;color:var(--c)}
:lang(en) h1 b{text-transform:uppercase;letter-spacing:.03em}h1 b{font-weight:700}h1 span{font-size:.52em;font-weight:600;display:inline-block}
:lang(zh) h1{letter-spacing:.08em}
.not-certified h1{color:#fff}
.who{font:600 14pt/1.18 var(--serif);margin-top:1.6mm;overflow-wrap:anywhere}
.who.long{font-size:10.5pt}.clamp{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:var(--lines,2);overflow:hidden}
.told{margin-top:1.2mm;font-size:9.2pt}
.facts{display:grid;grid-template-columns:42mm 42mm 36mm 24mm 1fr;gap:1.4mm 4mm}
.facts .all{grid-column:1/-1}
dt{font-size:7pt;color:var(--soft)}dd{overflow-wrap:anywhere}
.digest{font:7.3pt/1.3 var(--mono);overflow-wrap:anywhere}
h2{font:600 10.4pt/1.15 var(--serif);margin-bottom:1.2mm}h2 small{font:400 7.6pt var(--sans);margin-left:1.2mm}
.halves{display:grid;grid-template-columns:102mm 1fr;gap:6mm}
table{border-collapse:collapse;width:100%}
.chapters td,.chapters th{border-top:.12mm solid var(--line);padding:.5mm 0 .2mm;text-align:left;vertical-align:top;font-weight:400;font-size:8pt;line-height:1.2}
.chapters th{padding-right:1.5mm}.chapters th div{display:grid;grid-template-columns:9.5mm 1fr}.chapters th b{font-weight:600}.chapters .sum{white-space:nowrap;padding-right:2mm;text-align:right;font-variant-numeric:tabular-nums}
.chapters td:last-child{width:1%}.chapters .broken .sum{font-weight:700;color:var(--failed)}
.cells{display:block}.mark{width:2.9mm;height:2.9mm;vertical-align:-.45mm}
.cells rect,.mark rect{fill:color-mix(in srgb,var(--v) 13%,#fff);stroke:none}
.cells path,.mark path{fill:none;stroke:var(--v);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
.cells .failed rect,.mark.failed rect{fill:var(--failed)}.cells .failed path,.mark.failed path{stroke:#fff;stroke-width:1.9}
.cells .warned rect,.mark.warned rect,.cells .inconclusive rect,.mark.inconclusive rect,.cells .untested rect,.mark.untested rect{fill:#fff;stroke:var(--v);stroke-width:1}
.cells .not-applicable rect,.mark.not-applicable rect{fill:none}
.legend{display:flex;flex-wrap:wrap;gap:0 4.5mm;margin-top:-1.2mm;color:var(--soft);font-size:7.6pt}.legend b{color:var(--ink);font-variant-numeric:tabular-nums}
.called{display:grid;grid-template-columns:1fr 1fr;gap:6mm}.called.full{grid-template-columns:1.62fr 1fr}
.called li{display:grid;grid-template-columns:2.9mm 14mm 1fr;gap:1mm;line-height:1.25;padding:.25mm 0;font-size:7.6pt}.called li b{font-weight:600}
.called .brief{display:flex;flex-wrap:wrap;gap:.3mm 3mm}.called .brief li{display:block;white-space:nowrap}
.against li{display:grid;grid-template-columns:3.4mm 22mm 1fr;gap:1.2mm;padding:.75mm 0;border-top:.12mm solid var(--line);break-inside:avoid}
.against li b{font-weight:700}.against li i{font-style:normal;display:block;color:var(--soft);font-size:7.2pt}.against li small{display:block;font-size:7.5pt}.against li>span{overflow-wrap:anywhere;min-width:0}
.rest{border-top:.12mm solid var(--line);padding-top:.8mm;font-size:7.6pt;--lines:3}.rest b{font-weight:600}
.deviations td,.deviations th{text-align:left;vertical-align:top;padding:.6mm 3mm .6mm 0;border-top:.12mm solid var(--line);overflow-wrap:anywhere}.deviations th{font-weight:400;color:var(--soft);font-size:7pt;border:0;padding-bottom:.2mm}.deviations td:first-child{font-weight:600;white-space:nowrap}.deviations .date{white-space:nowrap}
.thirds{display:grid;grid-template-columns:1fr 1.9fr .8fr;gap:5mm;font-size:7.6pt}.thirds h3{font:600 7.6pt var(--sans)}.thirds p{overflow-wrap:anywhere}
.remarks{font-size:7.6pt}.remarks li{--lines:2}
.foot{display:grid;gap:2.4mm}
.evidence{display:grid;grid-template-columns:1fr;gap:.3mm;font-size:7.6pt}.evidence div{display:grid;grid-template-columns:22mm 1fr;gap:2mm;align-items:baseline}
.scope{font:italic 9.4pt/1.35 var(--serif);border-top:.25mm solid var(--line);padding-top:2mm}:lang(zh) .scope{font-style:normal}
.sign-here{display:grid;grid-template-columns:1.2fr 1.2fr 1fr;gap:8mm;padding-top:10.5mm}.sign-here div{border-top:.25mm solid var(--ink);padding-top:.8mm;font-size:7.2pt;color:var(--soft)}
`
