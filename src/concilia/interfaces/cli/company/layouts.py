"""
Page designs of customers' papers, in Typst. All of them read one JSON value, `data` of `papers`.
"""

from __future__ import annotations

HEAD = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title + " " + d.number, date: none)
#set page(paper: "a4", margin: (x: 22mm, y: 20mm))
"""

LETTER = (
    HEAD
    + """
#set text(font: "Libertinus Serif", size: 10.5pt, lang: d.lang)
#text(size: 20pt, tracking: 2pt, weight: "bold")[#upper(d.brand)]
#line(length: 100%, stroke: .6pt)
#text(size: 8pt)[#d.issuer · #d.vat · Tel. #d.phone]
#v(14pt)
#for row in d.to [#row \\ ]
#v(8pt)
#align(right)[#d.place, #d.date]
#v(6pt)
*#d.title #d.number* \\
#for r in d.refs [#r.at(0) #r.at(1) \\ ]
#v(8pt)
#d.intro
#v(6pt)
#table(columns: d.columns.len(), stroke: none, inset: 5pt,
  table.hline(), ..d.columns.map(c => strong(c)), table.hline(stroke: .4pt),
  ..d.rows.flatten(), table.hline())
#align(right)[#for t in d.totals [#t.at(0) #h(12pt) *#t.at(1)* \\ ]]
#v(8pt)
#d.closing
#v(10pt)
#d.signer
"""
)

GRID = (
    HEAD
    + """
#set text(font: "New Computer Modern", size: 9.5pt, lang: d.lang)
#grid(columns: (1fr, auto), text(size: 15pt, weight: "bold")[#d.brand],
  box(stroke: 1pt, inset: 8pt)[#upper(d.title) \\ *#d.number* \\ #d.date])
#v(4pt)
#text(size: 8.5pt)[#d.issuer \\ #d.vat · #d.phone]
#v(8pt)
#table(columns: (1fr, 1fr), inset: 5pt,
  ..d.refs.map(r => [#text(size: 7.5pt)[#r.at(0)] \\ #r.at(1)]))
#v(6pt)
#table(columns: d.columns.len(), inset: 4pt, fill: (x, y) => if y == 0 { luma(225) },
  ..d.columns.map(c => strong(c)), ..d.rows.flatten())
#v(4pt)
#align(right, table(columns: 2, inset: 4pt,
  ..d.totals.map(t => (t.at(0), strong(t.at(1)))).flatten()))
#v(10pt)
#text(size: 8.5pt)[#d.intro #d.closing]
#v(4pt)
#text(size: 8pt)[#for row in d.to [#row · ]]
"""
)

PRINTOUT = (
    HEAD
    + """
#set text(font: "DejaVu Sans Mono", size: 8pt, lang: d.lang)
#upper(d.brand) #h(1fr) #d.date \\
#d.issuer \\
#d.vat
#line(length: 100%, stroke: (dash: "dashed"))
#upper(d.title): #d.number \\
#for r in d.refs [#r.at(0): #r.at(1) \\ ]
#line(length: 100%, stroke: (dash: "dashed"))
#table(columns: d.columns.len(), stroke: none, inset: (x: 4pt, y: 2.5pt),
  ..d.columns.map(c => upper(c)), ..d.rows.flatten())
#line(length: 100%, stroke: (dash: "dashed"))
#align(right)[#for t in d.totals [#upper(t.at(0)) #t.at(1) \\ ]]
#v(8pt)
#d.intro \\ #d.closing \\ #d.signer
"""
)

FORM = (
    HEAD
    + """
#set text(font: "Libertinus Serif", size: 10pt, lang: d.lang)
#rect(width: 100%, fill: luma(235), inset: 9pt)[#text(size: 16pt)[#d.title] #h(1fr) No. *#d.number*]
#v(3pt)
#grid(columns: (1fr, 1fr), gutter: 8pt,
  rect(width: 100%, inset: 7pt)[*From* \\ #d.issuer \\ #d.vat \\ #d.phone],
  rect(width: 100%, inset: 7pt)[*To* \\ #for row in d.to [#row \\ ]])
#v(3pt)
#table(columns: (35%, 65%), inset: 6pt, [Date], d.date, ..d.refs.flatten())
#v(3pt)
#table(columns: d.columns.len(), inset: 5pt, ..d.columns.map(c => strong(c)), ..d.rows.flatten())
#align(right)[#for t in d.totals [#t.at(0): *#t.at(1)* \\ ]]
#v(6pt)
#rect(width: 100%, inset: 7pt)[#d.intro #d.closing]
#v(10pt)
Signed: #d.signer
"""
)

SLIP = (
    HEAD
    + """
#set text(font: "New Computer Modern", size: 10pt, lang: d.lang)
#align(center)[#text(size: 14pt)[*#d.brand*] \\ #d.title *#d.number*]
#v(4pt)
#table(columns: (1fr, 1fr), inset: 6pt, ..d.refs.map(r => [#r.at(0): *#r.at(1)*]))
#table(columns: d.columns.len(), inset: 5pt, ..d.columns.map(c => strong(c)), ..d.rows.flatten())
#v(12pt)
#rect(width: 100%, inset: 9pt)[#d.intro \\ #v(6pt) #text(size: 13pt, style: "italic")[#d.closing]]
#v(12pt)
#d.place, #d.date #h(1fr) #text(style: "italic", size: 14pt)[#d.signer]
"""
)

DESIGNS = {"letter": LETTER, "grid": GRID, "printout": PRINTOUT, "form": FORM, "slip": SLIP}
