/// The page's rules of style.
struct Stylesheet {
  /// The CSS.
  let text: String

  /// The colours, and where everything stands.
  static let page = Stylesheet(
    text: ":root{color-scheme:light dark;\(variables(\.light))}"
      + "@media(prefers-color-scheme:dark){:root{\(variables(\.dark))}}" + rules)

  private static func variables(_ colour: (Palette) -> String) -> String {
    Palette.allCases.map { "--\($0.rawValue):\(colour($0));" }.joined()
  }

  private static let rules = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--page);color:var(--text);
      font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
      overflow-wrap:break-word}
    bdi,dd,h3{overflow-wrap:anywhere}
    body>*{max-width:68rem;margin:0 auto;padding:0 1rem}
    a{color:var(--link)}
    a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,
    [tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
    h1{font-size:1.4rem;margin:0;font-weight:700}
    h1 a{color:inherit;text-decoration:none}
    h2{font-size:1.1rem;margin:0 0 .75rem}
    h3{font-size:1rem;margin:0 0 .25rem}
    p{margin:0 0 .75rem}
    header{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:center;
      padding-top:1.25rem;padding-bottom:1.25rem}
    header nav{margin-left:auto;display:flex;flex-wrap:wrap;gap:.75rem 1.25rem;align-items:center}
    form{display:flex;gap:.5rem;flex-wrap:wrap}
    input,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--quiet);
      border-radius:.5rem;padding:.4rem .7rem;min-width:0}
    input{width:20rem;max-width:100%}
    input::placeholder{color:var(--quiet);opacity:1}
    button{cursor:pointer}
    main{display:grid;gap:1rem}
    main>*{min-width:0}
    section,article{background:var(--card);border:1px solid var(--line);border-radius:.9rem;
      padding:1.1rem 1.25rem;min-width:0}
    section>:last-child,article>:last-child{margin-bottom:0}
    .quiet{color:var(--quiet)}
    .small{font-size:.875rem}
    .verdict{border:0}
    .verdict h2{font-size:1.35rem;margin:0}
    .verdict ul{margin:.6rem 0 0;padding-left:1.2rem}
    .good{background:var(--goodGround);color:var(--goodText)}
    .warn{background:var(--warnGround);color:var(--warnText)}
    .bad{background:var(--badGround);color:var(--badText)}
    .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,11rem),1fr));
      gap:1rem 1.5rem;margin:0}
    .facts dt,.legend dt{color:var(--quiet);font-size:.875rem}
    .facts dd{margin:0;font-weight:600}
    .two{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
    .legend{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem;margin:0 0 .75rem}
    .legend div{display:flex;gap:.45rem;align-items:baseline}
    .legend dd{margin:0;font-weight:600}
    .legend dt::before{content:"";display:inline-block;width:.7rem;height:.7rem;border-radius:.2rem;
      margin-right:.4rem;background:currentColor}
    .legend .accepted dt::before{background:var(--accepted)}
    .legend .ignored dt::before{background:var(--ignored)}
    .legend .waiting dt::before{background:var(--waiting)}
    .legend .needing dt::before{background:var(--needing)}
    svg{display:block;width:100%;height:9rem;border-bottom:1px solid var(--line)}
    svg .accepted{fill:var(--accepted)}
    svg .ignored{fill:var(--ignored)}
    svg .waiting{fill:var(--waiting)}
    svg .needing{fill:var(--needing)}
    .axis{display:flex;justify-content:space-between;color:var(--quiet);font-size:.8125rem;
      margin:.3rem 0 .6rem}
    details summary{cursor:pointer;color:var(--link)}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    th,td{text-align:left;vertical-align:top;padding:.45rem .9rem .45rem 0;
      border-top:1px solid var(--line)}
    thead td{border-top:0}
    thead th{border-top:0;color:var(--quiet);font-weight:500;font-size:.875rem}
    th:last-child,td:last-child{padding-right:0}
    .number{text-align:right}
    td time,td a{white-space:nowrap}
    .scroll{overflow-x:auto}
    code{font:.875rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
      background:var(--page);border:1px solid var(--line);border-radius:.35rem;padding:.1rem .35rem}
    .badge{white-space:nowrap}
    .badge::before{content:"";display:inline-block;width:.6rem;height:.6rem;border-radius:50%;
      margin-right:.45rem;background:var(--ignored)}
    .badge.accepted::before{background:var(--accepted)}
    .badge.waiting::before{background:var(--waiting)}
    .badge.needing::before{background:var(--needing)}
    .needs{display:grid;gap:1.25rem}
    .needs>div{border-left:.3rem solid var(--needing);padding-left:.9rem}
    .needs ul{margin:.5rem 0 0;padding-left:1.2rem}
    ol.story{list-style:none;margin:.5rem 0;padding:0}
    ol.story li{display:grid;grid-template-columns:11.5rem 1fr;gap:0 1rem;padding:.2rem 0}
    footer{padding-top:1.25rem;padding-bottom:2rem;color:var(--quiet);font-size:.875rem}
    @media(max-width:44rem){
      header nav{margin-left:0;width:100%}
      form{width:100%;flex-wrap:nowrap}
      form input{flex:1}
      section,article{padding:1rem}
      .facts{grid-template-columns:1fr 1fr}
      .cards thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
      .cards,.cards tbody,.cards tr,.cards td{display:block}
      .cards tr{border-top:1px solid var(--line);padding:.6rem 0}
      .cards td{border:0;padding:.1rem 0}
      .cards td[data-label]::before{content:attr(data-label) ": ";color:var(--quiet)}
      ol.story li{grid-template-columns:1fr}
    }
    """
}
