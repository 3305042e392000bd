"""How the page that a pair keeps looks on paper: one sheet of A4 with a frame, a seal, figures, a picture, words."""

STYLE = """
@page { margin: 10mm; @bottom-left { content: none } @bottom-right { content: none } }
body { color: #1f1d1a; font-size: 9pt; line-height: 1.5 }
.frame { border: .5pt solid #8b8479; padding: 1.6mm; height: 273mm; box-sizing: border-box }
.inner { border: 1.4pt solid #b5341f; height: 100%; box-sizing: border-box; padding: 9mm 15mm 0; position: relative }
.en { color: #5c564d; font-size: .86em }
.seal { width: 15mm; height: 15mm; margin: 0 auto 4mm; background: #b5341f; color: #fff8f0; font-size: 27pt;
  line-height: 15mm; text-align: center; border-radius: 1.4mm }
h1 { font-size: 36pt; line-height: 1.1; text-align: center; letter-spacing: .34em; text-indent: .34em }
.title-en { text-align: center; font-size: 11pt; letter-spacing: .16em; color: #5c564d; margin: 1.5mm 0 6mm }
.names { text-align: center; font-size: 22pt; line-height: 1.3; margin: 0 0 1.5mm }
.arrow { color: #b5341f; padding: 0 5mm; font-size: 16pt }
.kind { text-align: center; font-size: 10.5pt; margin: 0 0 4mm }
.span { text-align: center; font-size: 10.5pt; margin: 0 }
.numbers { margin: 6mm 0; border-top: .5pt solid #8b8479; border-bottom: .5pt solid #8b8479 }
.numbers td { text-align: center; padding: 3mm 1mm; line-height: 1.35 }
.figure { font-size: 22pt; line-height: 1.3; color: #1f4e79 }
.middle td { vertical-align: top; padding: 0 0 0 7mm }
.middle td:first-child { padding: 0 }
.middle .picture { width: 46%; text-align: center }
.picture img { max-width: 100%; max-height: 48mm; border: .5pt solid #e2ddd2 }
.product { font-size: 11pt; margin: 2.5mm 0 .5mm }
.small { font-size: 8pt; line-height: 1.4 }
h2 { font-size: 10pt; color: #1f4e79; margin: 0 0 1.5mm }
ul { margin: 0 0 5mm; padding: 0 0 0 4mm }
li { margin: 0 0 1mm }
.bond { margin: 0 0 1.5mm; line-height: 1.4 }
.thanks { margin-top: 6mm }
.thanks td { vertical-align: top; padding: 0 5mm; border-left: 1.2pt solid #b5341f }
.quote { font-size: 11pt; line-height: 1.6; margin: 0 0 1mm }
.who { text-align: right; color: #5c564d; margin: 0 }
.foot { position: absolute; bottom: 9mm; left: 15mm; width: 155.4mm }
.foot td { vertical-align: bottom; line-height: 1.4 }
.foot .stamp { text-align: center; color: #8b8479; font-size: 8pt }
.foot .on { text-align: right }
.dense h1, .denser h1 { font-size: 28pt }
.dense .picture img, .denser .picture img { max-height: 34mm }
.dense .numbers, .denser .numbers { margin: 4mm 0 }
.dense .thanks, .denser .thanks { margin-top: 4mm }
.dense .quote { font-size: 7.6pt; line-height: 1.45 }
.denser .quote { font-size: 6.2pt; line-height: 1.4 }
.dense li, .denser li { margin: 0; font-size: 8pt; line-height: 1.35 }
.dense .bond, .denser .bond { font-size: 7.6pt }
.dense .title-en, .denser .title-en { margin-bottom: 3mm }
.dense ul, .denser ul { margin-bottom: 2mm }
.dense .thanks td, .denser .thanks td { padding: 0 3mm }
.dense .seal, .denser .seal { width: 11mm; height: 11mm; line-height: 11mm; font-size: 20pt; margin-bottom: 3mm }
"""
