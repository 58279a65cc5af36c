/** How the panel looks; lives in its shadow root, so that neither page nor panel disturbs the other. */

export const styles = `
:host {
  --ink: light-dark(#10262b, #e8f1f2); --soft: light-dark(#54696e, #9db3b8); --paper: light-dark(#ffffff, #122429);
  --edge: light-dark(#dbe5e7, #24404a); --well: light-dark(#f1f6f7, #1a3138); --brand: light-dark(#0b6b74, #3fb6c1);
  --on-brand: light-dark(#ffffff, #04191c); --danger: #d3382f; --good: light-dark(#1d8a52, #46c98a); --warn: light-dark(#8a5a00, #f2b84b);
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink);
}
* { box-sizing: border-box; margin: 0; }
button { font: inherit; color: inherit; border: 0; background: none; cursor: pointer; touch-action: manipulation; }
button:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
button:disabled { opacity: .45; cursor: default; }
[hidden] { display: none !important; }
svg { width: 1.35em; height: 1.35em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.launcher { position: fixed; right: 24px; bottom: 24px; z-index: 2147483000; display: flex; align-items: center; gap: .6em; padding: .85em 1.3em;
  border-radius: 999px; background: var(--brand); color: var(--on-brand); font-weight: 600; box-shadow: 0 10px 30px rgb(4 40 46 / .28); transition: transform .15s; }
.launcher:hover { transform: translateY(-2px); }
.panel { position: fixed; right: 24px; bottom: 24px; z-index: 2147483001; width: 332px; max-height: calc(100dvh - 32px); overflow: auto; padding: 18px 20px 20px;
  border-radius: 20px; background: var(--paper); border: 1px solid var(--edge); box-shadow: 0 24px 60px rgb(2 30 36 / .32); animation: rise .22s ease-out; }
@keyframes rise { from { transform: translateY(16px); opacity: 0; } }
header { display: flex; align-items: center; justify-content: space-between; gap: 12px; }
h2 { font-size: 15px; font-weight: 600; color: var(--soft); }
.close { padding: 6px; border-radius: 10px; color: var(--soft); line-height: 0; }
.close:hover { background: var(--well); }
.face { display: grid; justify-items: center; gap: 4px; padding: 4px 0 12px; text-align: center; }
.disc { position: relative; display: grid; place-items: center; width: 64px; height: 64px; margin: 6px 0 12px; border-radius: 50%; background: var(--well); color: var(--brand); font-size: 22px; }
.disc::after { content: ""; position: absolute; inset: 0; border-radius: 50%; border: 2px solid currentColor; opacity: 0; }
[data-state=connecting] .disc::after, [data-state=asking] .disc::after, [data-state=waiting] .disc::after { animation: ring 1.6s ease-out infinite; }
@keyframes ring { from { opacity: .7; } to { transform: scale(1.35); opacity: 0; } }
[data-state=talking] .disc { background: var(--good); color: light-dark(#fff, #06210f); }
[data-state=failed] .disc { color: var(--danger); }
.state { font-size: 16px; font-weight: 600; min-height: 1.5em; }
.timer { font-variant-numeric: tabular-nums; font-size: 15px; color: var(--soft); }
.notice { padding: 8px 12px; border-radius: 10px; background: color-mix(in srgb, var(--warn) 14%, transparent); color: var(--warn); font-size: 13px; }
.article { padding: 8px 12px; border-radius: 10px; background: var(--well); color: var(--brand); font-size: 14px; font-weight: 600; }
.article:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
.problem { padding: 10px 12px; border-radius: 12px; background: color-mix(in srgb, var(--danger) 10%, transparent); font-size: 14px; text-align: start; }
.meters { display: grid; grid-template-columns: auto 1fr; align-items: center; gap: 4px 10px; margin-bottom: 12px; font-size: 12px; color: var(--soft); }
.meter { height: 6px; border-radius: 3px; background: var(--well); overflow: hidden; }
.meter i { display: block; height: 100%; width: 100%; background: var(--good); border-radius: 3px; transform-origin: left; transform: scaleX(0); transition: transform .12s linear; }
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; }
.keys button { padding: 7px 0 6px; border-radius: 12px; background: var(--well); font-size: 19px; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.keys button:hover:enabled { background: var(--edge); }
.keys button:active:enabled, .keys button.down { background: var(--brand); color: var(--on-brand); }
.hint { margin-top: 8px; text-align: center; font-size: 12px; color: var(--soft); min-height: 1.5em; letter-spacing: .02em; }
.pressed { font-variant-numeric: tabular-nums; letter-spacing: .18em; color: var(--ink); }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; margin-top: 12px; }
.actions button { display: flex; align-items: center; justify-content: center; gap: .5em; padding: 11px; border-radius: 14px; font-weight: 600; background: var(--well); }
.actions .hang-up { background: var(--danger); color: #fff; }
.actions .again { grid-column: 1 / -1; background: var(--brand); color: var(--on-brand); }
.actions .mute[aria-pressed=true] { background: var(--warn); color: light-dark(#fff, #241a05); }
.launchers { position: fixed; right: 24px; bottom: 24px; z-index: 2147483000; display: flex; gap: 12px; }
.launchers .launcher { position: static; }
.launcher.quiet { background: var(--paper); color: var(--ink); border: 1px solid var(--edge); }
.ask { display: grid; gap: 12px; margin-top: 12px; }
.ask label { display: grid; gap: 4px; font-size: 13px; color: var(--soft); }
.ask input, .ask select { font: inherit; color: var(--ink); background: var(--well); border: 1px solid var(--edge); border-radius: 12px; padding: 9px 12px; }
.ask input:focus-visible, .ask select:focus-visible { outline: 3px solid var(--brand); outline-offset: 1px; }
.ask .again { display: flex; justify-content: center; gap: .5em; padding: 11px; border-radius: 14px; font-weight: 600; background: var(--brand); color: var(--on-brand); }
@media (max-width: 480px) {
  .panel { right: 0; left: 0; bottom: 0; width: auto; border-radius: 20px 20px 0 0; padding-bottom: max(20px, env(safe-area-inset-bottom)); }
  .launcher { right: 16px; bottom: 16px; }
}
@media (max-height: 560px) { .disc { width: 44px; height: 44px; } .keys button { padding: 3px 0; } }
@media (prefers-reduced-motion: reduce) { .panel, .disc::after { animation: none !important; } .meter i { transition: none; } }
`;
