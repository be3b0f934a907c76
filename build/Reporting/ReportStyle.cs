namespace Qcw.Build.Reporting;

/// <summary>How a report looks: its only style sheet, inside the page.</summary>
internal static class ReportStyle
{
    public const string Css =
        """
        :root{color-scheme:light dark;--page:#fff;--raised:#f4f6f8;--line:#d5dae0;--text:#1d2329;--quiet:#535c66;--link:#0b57a4;
        --good:#1a6b33;--bad:#b3261e;--warn:#8a5a00;
        --fetch:#0a7f8c;--patch:#8a3ab0;--compile:#1f64b4;--docs:#5a5fd0;--package:#2a8442;--release:#b86a00;--checks:#9aa4ae;
        --c0:#bcd9f5;--c1:#f6d2a9;--c2:#c5e6c1;--c3:#e3c7ee;--c4:#f7c8ce;--c5:#bfe5e3;--c6:#ece2a4;--c7:#d3d3f0;--c8:#ddd5c8;--c9:#cbd4db}
        @media (prefers-color-scheme:dark){:root{--page:#15181c;--raised:#20252b;--line:#3a424b;--text:#e4e7ea;--quiet:#aab3bc;
        --link:#8abdf7;--good:#74cf8b;--bad:#ff9a90;--warn:#f0bd62;
        --fetch:#35b3bf;--patch:#c37be3;--compile:#5b9fee;--docs:#9296f5;--package:#58bd74;--release:#e89b35;--checks:#6d7882;
        --c0:#1f4a73;--c1:#6b491d;--c2:#2b582f;--c3:#573b66;--c4:#6b323c;--c5:#1f5553;--c6:#575019;--c7:#403f70;--c8:#4c463a;
        --c9:#3c464e}}
        *{box-sizing:border-box}
        body{background:var(--page);color:var(--text);font:1rem/1.55 system-ui,"Segoe UI",sans-serif;margin:0;overflow-wrap:anywhere}
        a{color:var(--link);text-underline-offset:.15em}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px}
        code{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
        header{background:var(--raised);border-bottom:1px solid var(--line)}
        header>div,main,footer{margin:0 auto;max-width:78rem;padding:0 1.5rem}
        header>div{padding-bottom:1.1rem;padding-top:1.4rem}
        h1{font-size:1.75rem;line-height:1.2;margin:0}
        h1 small{color:var(--quiet);display:block;font-size:1rem;font-weight:400;margin-top:.3rem}
        h2{border-top:1px solid var(--line);font-size:1.35rem;line-height:1.25;margin:2.2rem 0 .6rem;padding-top:1.2rem}
        h3{font-size:1.08rem;margin:1.5rem 0 .4rem}
        main>section:first-child h2{border:0;padding-top:0}
        p{margin:.5rem 0;max-width:60rem}
        .quiet,.lead{color:var(--quiet)}
        nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;list-style:none;margin:.9rem 0 0;padding:0}
        nav a{display:inline-block;padding:.2rem 0}
        .facts{display:grid;gap:.6rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));margin:1rem 0 0}
        .facts div{background:var(--raised);border:1px solid var(--line);border-radius:.5rem;padding:.55rem .8rem}
        dt{color:var(--quiet);font-size:.8rem}
        dd{font-size:1.08rem;font-weight:600;line-height:1.35;margin:0}
        dd small{color:var(--quiet);display:block;font-size:.8rem;font-weight:400}
        .good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
        .tag{border:1px solid currentColor;border-radius:1rem;display:inline-block;font-size:.8rem;line-height:1.3;
        padding:.05rem .55rem;white-space:nowrap}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.9rem;line-height:1.4;margin:.6rem 0;width:100%}
        th,td{border-bottom:1px solid var(--line);padding:.35rem .7rem .35rem 0;text-align:left;vertical-align:top}
        thead th{color:var(--quiet);font-size:.8rem;font-weight:600;vertical-align:bottom}
        tbody th{font-weight:600}
        .n{font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}
        .sub>:first-child{font-weight:400;padding-left:1rem}
        .leaf>:first-child{color:var(--quiet);font-weight:400;padding-left:2rem}
        th.key{min-width:9rem}
        td{min-width:6rem}
        td.n,th.n{min-width:0}
        td.words{min-width:15rem}
        details{margin:.5rem 0}
        summary{cursor:pointer;padding:.25rem 0}
        summary strong{font-weight:600}
        .box{border:1px solid var(--line);border-radius:.5rem;padding:.2rem .9rem}
        .box[open]{padding-bottom:.6rem}
        svg{display:block;height:auto;width:100%}
        svg text{fill:var(--text);font:11px system-ui,"Segoe UI",sans-serif;unicode-bidi:plaintext}
        .timeline{min-width:46rem}
        .timeline .label{font-size:12px}.timeline .tick{fill:var(--quiet)}
        .grid,.lane{fill:none;stroke:var(--line);stroke-width:.6}
        .bar{fill:var(--checks)}
        .fetch{fill:var(--fetch);background:var(--fetch)}.patch{fill:var(--patch);background:var(--patch)}.compile{fill:var(--compile);
        background:var(--compile)}.docs{fill:var(--docs);background:var(--docs)}
        .package{fill:var(--package);background:var(--package)}.release{fill:var(--release);background:var(--release)}
        .checks{fill:var(--checks);background:var(--checks)}
        .idle{fill-opacity:.35}.hatching{stroke:var(--text);stroke-width:1.4}
        .failed{fill:var(--bad);background:var(--bad)}
        .critical{fill:none;stroke:var(--text);stroke-width:3}
        .legend{display:flex;flex-wrap:wrap;font-size:.85rem;gap:.2rem 1.1rem;list-style:none;margin:.6rem 0;padding:0}
        .legend span{border-radius:2px;display:inline-block;height:.75rem;margin-right:.4rem;width:1.3rem}
        .legend .critical{background:none;border-bottom:3px solid var(--text);border-radius:0}
        .legend .hatch{background:repeating-linear-gradient(135deg,var(--text) 0 1px,var(--line) 1px 4px)}
        .treemap rect{stroke:var(--page);stroke-width:1}
        .treemap .file{fill:var(--raised);stroke:var(--line)}
        .treemap .d1{fill-opacity:.6}.treemap .d2{fill-opacity:.75}
        .treemap .t0{font-weight:600}
        .c0{fill:var(--c0)}.c1{fill:var(--c1)}.c2{fill:var(--c2)}.c3{fill:var(--c3)}.c4{fill:var(--c4)}.c5{fill:var(--c5)}
        .c6{fill:var(--c6)}.c7{fill:var(--c7)}.c8{fill:var(--c8)}.c9{fill:var(--c9)}
        .narrow{display:none}
        footer{color:var(--quiet);font-size:.85rem;padding:2rem 1.5rem}
        @media (max-width:48rem){header>div,main,footer{padding-left:1rem;padding-right:1rem}.wide{display:none}.narrow{display:block}
        h1{font-size:1.45rem}.facts{grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr))}th,td{padding-right:.45rem}
        table{font-size:.84rem}th.key{min-width:6.5rem}td.words{min-width:10.5rem}td{min-width:4.5rem}}
        @media print{:root{color-scheme:light;--page:#fff;--raised:#f4f6f8;--line:#bbb;--text:#000;--quiet:#444}nav{display:none}
        .scroll{overflow:visible}.timeline{min-width:0}h2{break-after:avoid}tr,svg{break-inside:avoid}
        svg,.legend span{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;
}
