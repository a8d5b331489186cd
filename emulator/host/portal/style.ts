/** The looks of the portal: one column on a phone, light and dark by system, black on white on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --paper: #fff; --ink: #1b2430; --quiet: #5a6675; --line: #d9dee5; --deep: #17324d;
  --link: #0b5cad; --good: #0c6b3f; --good-ground: #e2f4ea; --warn: #7a4b00; --warn-ground: #fdf1d6; --bad: #a3211b; --bad-ground: #fbe6e4;
  --calm: #3d4b5c; --calm-ground: #e8ecf1; --on-deep: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #11161c; --paper: #1a2129; --ink: #e7ebf0; --quiet: #a3afbd; --line: #323d49; --deep: #0c1a28;
    --link: #82b9f2; --good: #7fdcaa; --good-ground: #143524; --warn: #f3c876; --warn-ground: #3a2c0d; --bad: #ff9d95; --bad-ground: #431a18;
    --calm: #c2ccd8; --calm-ground: #2a333e;
  }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif }
a { color: var(--link) }
:focus-visible { outline: 3px solid #e09a1a; outline-offset: 2px }
.skip { position: absolute; left: -9999px }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); color: var(--link); padding: .4rem .8rem; z-index: 1 }
header { background: var(--deep); color: var(--on-deep) }
header a { color: inherit; text-decoration: none }
header a:hover { text-decoration: underline }
.bar { max-width: 68rem; margin: 0 auto; padding: .7rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.5rem }
.brand { font-weight: 650; letter-spacing: .01em; margin-right: auto }
.brand small { display: block; font-weight: 400; opacity: .85; font-size: .82rem }
nav { display: flex; flex-wrap: wrap; gap: .2rem .4rem; width: 100%; order: 1; margin: 0 -.7rem }
nav a { padding: .35rem .7rem; border-radius: .4rem }
nav a[aria-current] { background: #ffffff26; font-weight: 600 }
.me { display: flex; align-items: center; gap: .9rem; font-size: .88rem }
.me button { background: none; border: 1px solid #ffffff80; color: inherit; padding: .2rem .7rem; min-height: 0; font-size: inherit }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; font-weight: 650 }
h2 { font-size: 1.05rem; margin: 0 0 .8rem; font-weight: 650 }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .7rem; padding: 1.2rem 1.3rem; margin: 0 0 1.2rem }
.card > :last-child { margin-bottom: 0 }
.narrow { max-width: 26rem; margin: 6vh auto 0 }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1.2rem; align-items: start }
.quiet { color: var(--quiet) }
.small { font-size: .88rem }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .9rem; margin-bottom: 1rem }
.head h1 { margin: 0 }
.head .big { font-size: 1.5rem; font-variant-numeric: tabular-nums }
label { display: block; font-size: .88rem; font-weight: 600; margin-bottom: .25rem }
.hint { font-size: .84rem; color: var(--quiet); margin: .25rem 0 0 }
input, textarea, button, .button { font: inherit; border-radius: .45rem; min-height: 2.6rem }
input, textarea { width: 100%; padding: .5rem .7rem; border: 1px solid #8a95a3; background: var(--paper); color: var(--ink) }
textarea { min-height: 6rem; resize: vertical }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px }
.field { margin-bottom: 1rem; min-width: 0 }
.search { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: .2rem 1rem }
.search .field { margin-bottom: .6rem }
.times { grid-column: span 2; display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
button, .button { display: inline-block; border: 1px solid var(--deep); background: #17324d; color: #fff; padding: .5rem 1.2rem; font-weight: 600; cursor: pointer; text-decoration: none }
button:hover, .button:hover { filter: brightness(1.25) }
.plain { background: none; color: var(--ink); border-color: #8a95a3 }
.danger { background: #a3211b; border-color: #a3211b; color: #fff }
.row { display: flex; flex-wrap: wrap; gap: .7rem; align-items: center }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
th { text-align: left; font-size: .82rem; color: var(--quiet); font-weight: 600; padding: .5rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap }
td { padding: .6rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top }
tr:last-child td { border-bottom: 0 }
tbody tr:hover { background: color-mix(in srgb, var(--link) 6%, transparent) }
.flush { padding: .4rem .5rem }
.number { text-align: right; white-space: nowrap }
.nowrap { white-space: nowrap }
.tag { display: inline-block; border-radius: 1rem; padding: .05rem .7rem; font-size: .86rem; font-weight: 600; white-space: nowrap; background: var(--calm-ground); color: var(--calm) }
.tag::before { content: "● "; font-size: .7em; vertical-align: .12em }
.tag.good { background: var(--good-ground); color: var(--good) }
.tag.warn { background: var(--warn-ground); color: var(--warn) }
.tag.warn::before { content: "◷ "; font-size: .95em; vertical-align: 0 }
.tag.bad { background: var(--bad-ground); color: var(--bad) }
.tag.bad::before { content: "✕ "; font-size: .8em }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .45rem 1.2rem; margin: 0 }
dt { color: var(--quiet); font-size: .88rem; padding-top: .1rem }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
td.text { min-width: 9rem }
ol.life { list-style: none; margin: 0; padding: 0 }
ol.life li { position: relative; padding: 0 0 1rem 1.4rem; border-left: 2px solid var(--line); margin-left: .4rem }
ol.life li:last-child { padding-bottom: 0; border-left-color: transparent }
ol.life li::before { content: ""; position: absolute; left: -.42rem; top: .4rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--link) }
ol.life time { display: block; color: var(--quiet); font-size: .84rem }
.alert { border-left: 4px solid var(--bad); background: var(--bad-ground); color: var(--bad); padding: .7rem 1rem; border-radius: .3rem; margin: 0 0 1.2rem }
.alert ul { margin: .2rem 0 0; padding-left: 1.2rem }
.consequence { border-left: 4px solid #e09a1a; background: var(--warn-ground); color: var(--warn); padding: .7rem 1rem; border-radius: .3rem; margin: 1rem 0 1.2rem }
.told { font-size: .84rem; color: var(--quiet) }
.told.down { color: var(--bad); font-weight: 600 }
.slip { background: #fff; color: #111; max-width: 21rem; padding: 1.2rem 1.2rem 1.4rem; font: 13px/1.55 ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace; border: 1px solid #c9ced6; border-top: 0; clip-path: polygon(0 0, 100% 0, 100% calc(100% - 6px), 97% 100%, 94% calc(100% - 6px), 91% 100%, 88% calc(100% - 6px), 85% 100%, 82% calc(100% - 6px), 79% 100%, 76% calc(100% - 6px), 73% 100%, 70% calc(100% - 6px), 67% 100%, 64% calc(100% - 6px), 61% 100%, 58% calc(100% - 6px), 55% 100%, 52% calc(100% - 6px), 49% 100%, 46% calc(100% - 6px), 43% 100%, 40% calc(100% - 6px), 37% 100%, 34% calc(100% - 6px), 31% 100%, 28% calc(100% - 6px), 25% 100%, 22% calc(100% - 6px), 19% 100%, 16% calc(100% - 6px), 13% 100%, 10% calc(100% - 6px), 7% 100%, 4% calc(100% - 6px), 0 100%) }
.slip strong { display: block; text-align: center; font-size: 1.05em }
.slip .centre { text-align: center; margin: 0 0 .8rem }
.slip dl { grid-template-columns: auto 1fr; gap: 0 1rem }
.slip dt { color: #444; font-size: inherit; padding: 0 }
.slip dd { text-align: right }
.slip .sum { border-top: 1px dashed #777; margin-top: .6rem; padding-top: .6rem; display: flex; justify-content: space-between; font-weight: 700; font-size: 1.15em }
@media (max-width: 48rem) {
  .bar { padding: .7rem 1rem; gap: .4rem 1rem }
  .me { margin-left: auto; gap: .7rem }
  .brand small, .role { display: none }
  nav { order: 2 }
  main { padding: 1.2rem 1rem 3rem }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 0 }
  .search { grid-template-columns: 1fr 1fr }
  .card { padding: 1rem }
  .listing thead { position: absolute; left: -9999px }
  .listing, .listing tbody { display: block }
  .listing tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .15rem 1rem; padding: .8rem .3rem; border-bottom: 1px solid var(--line); align-items: center }
  .listing tr:last-child { border-bottom: 0 }
  .listing td { display: block; border: 0; padding: .05rem 0; order: 3; min-width: 0; overflow-wrap: anywhere }
  .listing td.first { order: 1; font-weight: 600 }
  .listing td.number { order: 2; font-weight: 600; text-align: right }
  .listing td.right { text-align: right }
  .listing td.last { order: 4; grid-column: 1 / -1 }
  .listing td[data-name]::before { content: attr(data-name) " "; color: var(--quiet); font-size: .82rem }
  .listing td.wide { grid-column: 1 / -1 }
}
@media (max-width: 26rem) { .times { grid-template-columns: 1fr; gap: 0 } }
@media print {
  header, .told, form, .no-print, .columns > :not(:has(.slip)) { display: none }
  body { background: #fff }
  .card { border: 0; padding: 0 }
}
`
