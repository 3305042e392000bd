"""What people have tried to get past sanitisers with, written down here once; and a judge of what came out."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    "<img src=`x`onerror=alert(1)>",
    "<img src=javascript:alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<img srcset='x 1x' onload=alert(1)>",
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text x=0 y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href='data:image/svg+xml;base64,PHN2Zy8+#x'/></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='https:evil.example' onclick=alert(1)>x</a>",
    "<a href='mailto:a@example.org?body=%0d%0aBcc:x@example.org'>x</a>",
    "<a href='blob:https://x/y'>x</a>",
    "<a href='#' style='position:fixed;inset:0'>x</a>",
    "<a href='media:../../etc'>x</a>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='//evil.example/'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    '<p style="x:expression(alert(1))">x</p>',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<table background=javascript:alert(1)><tr><td>x</td></tr></table>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<title><a title='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<xss id=x tabindex=1 onactivate=alert(1)></xss>",
    "<li id=location class=fn-1>x</li>",
    "<a id='fn-1\" onmouseover=\"alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "![><script>alert(1)</script>](media:a)",
    "![x](media:a '><script>alert(1)</script>')",
    "[![><img src=x onerror=alert(1)>](media:a)](page:k)",
    "[x](https://example.org '><script>alert(1)</script>')",
    "[x](java&#115;cript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](media:a)',
    "![x](media:a \"' onerror='alert(1)\")",
    '[x](https://example.org/" onclick="alert(1))',
    "<javascript:alert(1)>",
    '```html" onclick="alert(1)\n<script>alert(1)</script>\n```',
    "$\\href{javascript:alert(1)}{x}$",
    "$\\text{<script>alert(1)</script>}$",
    "$$</math><img src=x onerror=alert(1)>$$",
    'x[^1" onclick="alert(1)]\n\n[^1" onclick="alert(1)]: y',
    "`<img src=x onerror=alert(1)>`",
    "<<script>alert(1)//<</script>",
    '<p title="</p><img src=x onerror=alert(1)>">x',
]
TAGS = frozenset(
    [
        "p",
        "br",
        "strong",
        "em",
        "s",
        "sub",
        "sup",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "blockquote",
        "hr",
        "img",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "section",
        "math",
        "semantics",
        "annotation",
        "mrow",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "mspace",
        "mfrac",
        "msqrt",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
        "mmultiscripts",
        "mprescripts",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "video",
        "audio",
        "track",
    ]
)
ATTRIBUTES = frozenset(
    [
        "href",
        "title",
        "id",
        "class",
        "src",
        "alt",
        "rel",
        "loading",
        "start",
        "display",
        "xmlns",
        "encoding",
        "stretchy",
        "fence",
        "separator",
        "form",
        "accent",
        "mathvariant",
        "linethickness",
        "columnalign",
        "displaystyle",
        "scriptlevel",
        "notation",
        "controls",
        "preload",
    ]
)


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src") and not _harmless(value or ""):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")


def _harmless(address: str) -> bool:
    if address.startswith(("#fn", "/media/", "media:", "page:")):
        return ".." not in address
    parts = urlsplit(address)
    return (parts.scheme in ("http", "https") and bool(parts.hostname)) or parts.scheme == "mailto"


def active(html: str) -> list[str]:
    """Everything in some HTML that could do anything but show; empty for what is harmless."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.wrong
