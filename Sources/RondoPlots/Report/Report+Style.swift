extension Report {
  /// The style of the page; the colours are those of the figures.
  static let style = """
    :root {
      --page: #f6f8fa; --paper: #ffffff; --ink: #1f2328; --muted: #59636e; --edge: #d9dfe5;
      --accent: #2f6feb; --stripe: #f6f8fa;
    }
    @media screen and (prefers-color-scheme: dark) {
      :root {
        --page: #0d1117; --paper: #151b23; --ink: #e6edf3; --muted: #9aa5b1; --edge: #2b333d;
        --accent: #6ea8fe; --stripe: #1a212a;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--ink);
      font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans',
        sans-serif;
    }
    main { max-width: 770px; margin: 0 auto; padding: 40px 24px 64px; }
    h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; margin: 0 0 4px; }
    h2 { font-size: 19px; margin: 36px 0 12px; }
    p { max-width: 68ch; margin: 12px 0; }
    .subtitle { color: var(--muted); margin: 0 0 20px; }
    .card {
      background: var(--paper); border: 1px solid var(--edge); border-radius: 10px;
      padding: 12px 18px; margin: 16px 0; overflow: hidden;
    }
    .highlights {
      display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
      margin: 20px 0;
    }
    .tile {
      background: var(--paper); border: 1px solid var(--edge); border-radius: 10px;
      padding: 12px 16px;
    }
    .value { font-size: 24px; font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
    .name { color: var(--muted); font-size: 13px; }
    .picture { margin: -6px -18px 0; }  /* figures bring margins of their own */
    .picture svg { display: block; max-width: 100%; height: auto; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; }
    .row > div { max-width: 100%; }
    figcaption { color: var(--muted); font-size: 13.5px; margin: 4px 0 6px; max-width: 76ch; }
    details { font-size: 13px; margin: 4px 0 2px; }
    summary { color: var(--accent); cursor: pointer; width: max-content; }
    .scroll { overflow: auto; max-height: 420px; margin-top: 8px; }
    table { border-collapse: collapse; font-size: 13px; width: max-content; min-width: 100%; }
    th, td { text-align: start; padding: 4px 12px 4px 0; vertical-align: top; }
    th { color: var(--muted); font-weight: 500; }
    thead th {
      border-bottom: 1px solid var(--edge); position: sticky; top: 0; background: var(--paper);
    }
    thead + tbody tr:nth-child(even) { background: var(--stripe); }
    .number { text-align: end; font-variant-numeric: tabular-nums; }
    .facts { width: 100%; }
    .facts th { width: 34%; font-weight: 400; }
    .facts td { overflow-wrap: anywhere; }
    .facts tr + tr > * { border-top: 1px solid var(--edge); }
    .note { color: var(--muted); margin: 6px 0; }
    pre {
      font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
      overflow-x: auto; white-space: pre;
    }
    @media print {
      body { background: none; font-size: 11pt; }
      main { max-width: none; padding: 0; }
      .card, .tile, tr { break-inside: avoid; }
      h2 { break-after: avoid; }
      details { display: none; }
    }

    """
}
