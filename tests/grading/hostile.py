"""HTML and other output that wants to act in the browser of whoever reads a page."""

from __future__ import annotations

import base64

ELSEWHERE = "http://elsewhere.example"
ACT = f"document.title='acted';fetch('{ELSEWHERE}/f')"
IN_SVG = f'<script>{ACT}</script><image href="{ELSEWHERE}/i"/>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{ACT}">{IN_SVG}</svg>'
PNG = base64.b64encode(b"\x89PNG not really").decode()
HOSTILE_HTML = {
    "script": f"<script>{ACT}</script>",
    "script from elsewhere": f"<script src='{ELSEWHERE}/s.js'></script>",
    "handler": f'<img src="x" onerror="{ACT}"><body onload="{ACT}">'
    f'<details ontoggle="{ACT}" open>a</details>',
    "focus": f'<input autofocus onfocus="{ACT}"><button onclick="{ACT}" autofocus>b</button>',
    "script address": f'<a id="bait" href="javascript:{ACT}">bait</a>'
    f'<iframe src="javascript:{ACT}"></iframe>',
    "frame": f'<iframe src="{ELSEWHERE}"></iframe><iframe srcdoc="<script>{ACT}</script>"></iframe>',
    "embedded": f'<object data="{ELSEWHERE}/o"></object><embed src="{ELSEWHERE}/e">'
    f'<video src="{ELSEWHERE}/v">',
    "style sheet": f'<link rel="stylesheet" href="{ELSEWHERE}/c.css"><style>@import "{ELSEWHERE}/i.css"; '
    f"body {{ background: url({ELSEWHERE}/b) }}</style>",
    "style": f'<p style="background: url({ELSEWHERE}/p); color: red; position: fixed; inset: 0">over all</p>'
    f'<p style="background-color: u\\72l({ELSEWHERE}/q)">q</p>',
    "picture": f'<img src="{ELSEWHERE}/i.png" srcset="{ELSEWHERE}/j.png 2x">'
    f'<picture><source srcset="{ELSEWHERE}/k"></picture>'
    '<img src="//elsewhere.example/l"><img src="/etc/passwd"><img src="secret.png">',
    "base and refresh": f'<base href="{ELSEWHERE}/"><meta http-equiv="refresh" content="0;url={ELSEWHERE}">',
    "form": f'<form id="f" action="{ELSEWHERE}"><input name="a"></form><button form="f">send</button>',
    "drawing": SVG,
    "mathematics": "<math><mtext><table><mglyph><style>"
    f'<img src=x onerror="{ACT}"></style></mglyph></table></mtext>',
    "confused parser": f'<noscript><p title="</noscript><img src=x onerror={ACT}>"></noscript>'
    f"<!--><img src=x onerror={ACT}>-->",
    "end of the page": f"</div></section></main></body></html><script>{ACT}</script><plaintext>",
}
HOSTILE_DATA = [
    {"application/javascript": ACT, "text/plain": "<Javascript object>"},
    {"image/svg+xml": SVG},
    {"image/png": f'{PNG}" onerror="{ACT}'},
    {"text/markdown": f"**strong** <script>{ACT}</script> ![p]({ELSEWHERE}/m) [l](javascript:{ACT})"},
    {"text/latex": f"$$\\href{{javascript:{ACT}}}{{x}}$$ <script>{ACT}</script>"},
    {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/html": f"<script>{ACT}</script>"},
    {"text/plain": f"</pre><script>{ACT}</script>"},
]  # fmt: skip
