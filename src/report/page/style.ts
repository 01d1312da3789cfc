/** How a page looks: light and dark by the reader's choice, on paper, and on a narrow screen. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --soft: #555; --edge: #8a8a8a; --panel: #f5f5f3; --link: #00598c; }
@media (prefers-color-scheme: dark) { :root { --ground: #14161a; --ink: #e6e6e6; --soft: #b4b4b4; --edge: #777; --panel: #1d2026; --link: #7cc4f2; } }
* { box-sizing: border-box; }
body { background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.3rem; margin-top: 3rem; } h3 { font-size: 1.1rem; margin-top: 2.5rem; }
h1, h2, h3, code, dd, td, th, figcaption { overflow-wrap: anywhere; }
a { color: var(--link); } code, pre { font: .86em/1.5 ui-monospace, monospace; }
pre { background: var(--panel); padding: .8rem; overflow-x: auto; border-radius: 4px; }
nav ul { padding-left: 1.2rem; columns: 2 16rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; }
figure { margin: 0; } figcaption { margin-top: .5rem; max-width: 44rem; }
.picture { overflow-x: auto; } .picture svg { display: block; max-width: 100%; height: auto; }
.picture:focus-visible, button:focus-visible, select:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.series, .tools { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0; }
button { font: inherit; font-size: .85rem; color: var(--ink); background: var(--panel); border: 1px solid var(--edge); border-radius: 4px; padding: .2rem .6rem; text-align: left; cursor: pointer; }
button[aria-pressed=false] { color: var(--soft); text-decoration: line-through; }
.regenerate { font-size: .9rem; color: var(--soft); } .keys { font-size: .85rem; color: var(--soft); margin: .3rem 0; }
.scrolled { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { padding: .15rem .6rem; text-align: right; border-bottom: 1px solid var(--edge); white-space: nowrap; } td.text, th.text { text-align: left; }
.choice { display: flex; flex-wrap: wrap; gap: .5rem; align-items: baseline; margin: .5rem 0; font-size: .9rem; }
select { font: inherit; max-width: 100%; color: var(--ink); background: var(--panel); border: 1px solid var(--edge); border-radius: 4px; padding: .2rem; }
.swatch { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px; }
[hidden] { display: none !important; }
#told { position: fixed; z-index: 1; max-width: 22rem; background: var(--ground); color: var(--ink); border: 1px solid var(--edge);
  border-radius: 4px; padding: .3rem .6rem; font-size: .85rem; pointer-events: none; overflow-wrap: anywhere; }
#told dl { display: grid; grid-template-columns: auto auto; gap: 0 .8rem; margin: 0; } #told dd { margin: 0; }
@media print {
  :root { color-scheme: light; --ground: #fff; --ink: #000; --soft: #333; --panel: #fff; --link: #000; }
  body { max-width: none; margin: 0; font-size: 11pt; } h2, h3 { break-after: avoid; } figure { break-inside: avoid; }
  #told, .series, .tools, .keys, nav { display: none; } details:not([open]) { display: none; }
}
`;
