/** The till: the glass of the terminal's page, its keys, and thermal paper, torn off at both ends. */
export const tillStyle = `
.strip{display:flex;flex-wrap:wrap;gap:.55rem .7rem;align-items:flex-start;margin-left:calc(var(--lane)*var(--step));background:var(--paper);padding:.5rem 0 .6rem}
.frame{display:grid;gap:.3rem;max-width:100%}.keys{display:flex;flex-wrap:wrap;gap:.25rem}
.strip kbd{font:600 .74rem/1 var(--sans);color:#e9ecee;background:#4a525a;border-radius:.3rem;padding:.32rem .5rem;box-shadow:0 2px 0 #0007,0 1px 0 #fff3 inset}
.strip kbd.typed{color:#1a1e21;background:#e8eaea;letter-spacing:.12em;padding-right:.38rem}
.strip kbd.enter{background:#1d7a43;color:#fff}.strip kbd.cancel{background:#b3261e;color:#fff}.strip kbd.clear{background:#e3b341;color:#241a00}
.strip kbd.enter::after{content:' ○'}.strip kbd.cancel::after{content:' ✕'}.strip kbd.clear::after{content:' ‹'}
.lcd{margin:0;font:.75rem/1.4 var(--mono);background:#c3d0b0;color:#17230f;border:.4rem solid #101314;border-radius:.55rem;padding:.35rem .55rem;min-width:13.2rem;min-height:5.4rem;white-space:pre-wrap;overflow-wrap:anywhere;box-shadow:inset 0 2px 5px #0004}
.lcd.dark{background:#20261d}
.paper{margin:.2rem 0 0;max-width:100%}.paper figcaption{color:var(--soft);font-size:.75rem;margin-bottom:.2rem}.paper figcaption b{color:var(--warned)}
.shade{filter:drop-shadow(0 1px 2px #0005)}
.slip{margin:0;font:.72rem/1.45 var(--mono);background:#fffdf4;color:#26241f;padding:1rem .95rem 1.1rem;width:48ch;max-width:100%;box-sizing:content-box;white-space:pre-wrap;overflow-wrap:anywhere;--tooth:conic-gradient(from -45deg at bottom,#0000,#000 1deg 89deg,#0000 90deg);--notch:conic-gradient(from 135deg at top,#0000,#000 1deg 89deg,#0000 90deg);mask:var(--tooth) 0 100%/9px 51% repeat-x,var(--notch) 0 0/9px 51% repeat-x}
.slip.duplicate{background:repeating-linear-gradient(-45deg,#fffdf4 0 18px,#f3ecd2 18px 36px)}
.lcd i,.slip i{font-style:normal;display:inline-block;width:2ch;text-align:center}
@media (max-width:42rem){.strip{margin-left:0;gap:.5rem .4rem}.lcd{min-width:11.2rem;max-width:11.2rem;min-height:4.8rem;font-size:.68rem;border-width:.3rem}.slip{box-sizing:border-box;font-size:.68rem}}
@media print{.frame,.paper{break-inside:avoid}}
`
