"""Saved pages written for the tests: what a site prints around an article, in four languages."""

MENU = """<nav><ul><li><a href="/">{home}</a></li><li><a href="/w">{world}</a></li><li><a href="/o">{opinion}</a></li></ul></nav>"""


def article(
    *,
    language="en",
    title="",
    byline="",
    date="",
    paragraphs=(),
    head="",
    menu=("Home", "World", "Opinion"),
    after="",
):
    """A page as most are: a menu, a headline with name and date, the text, teasers, a foot."""
    home, world, opinion = menu
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title} | The Quay Review</title>
<meta property="og:site_name" content="The Quay Review">{head}</head><body>
<header class="site-header">{MENU.format(home=home, world=world, opinion=opinion)}</header>
<main><article><h1>{title}</h1><div class="article-meta">{byline}{date}</div>
<div class="article-body">{text}</div></article>
<section class="related-posts"><h3>{opinion}</h3><ul><li><a href="/1">One harbour, two ferries</a></li>
<li><a href="/2">What the tide left behind</a></li></ul></section>{after}</main>
<footer><p>© 2025 The Quay Review. All rights reserved.</p></footer></body></html>""".encode()


ENGLISH = article(
    title="The lighthouse keeps its lamp",
    byline='<span class="byline">By <a rel="author" href="/author/mara-oswin">Mara Oswin</a></span>',
    date='<time datetime="2024-03-05T09:30:00+01:00">5 March 2024</time>',
    paragraphs=(
        "For ninety years the lamp on the headland has turned without a pause, and the keepers, who are three now, mean to go on.",
        "They clean the glass at dawn, they log the wind, and in the evening they drink tea in the room under the gallery.",
        "The harbour board wanted to sell the tower last spring, but the town bought it with the money of four hundred people.",
    ),
)
SIMPLIFIED = article(
    language="zh-CN",
    title="灯塔守望者留了下来",
    byline='<span class="author">作者：李明</span>',
    date='<span class="date">2024年3月5日 09:30</span>',
    paragraphs=(
        "九十年来，岬角上的灯从未停止转动，如今的三位守塔人打算继续守下去，他们说，这里的夜晚需要有人醒着。",
        "他们在黎明擦拭玻璃，记录风向，傍晚在回廊下面的小屋里喝茶，一边听着海浪拍打礁石的声音。",
        "去年春天，港务局想把塔卖掉，但镇上的四百个人凑钱把它买了下来，现在它属于所有人。",
    ),
    menu=("首页", "国际", "评论"),
)
TRADITIONAL = article(
    language="zh-TW",
    title="燈塔守望者留了下來",
    byline='<span class="author">作者：陳國華</span>',
    date='<span class="date">2024年3月5日</span>',
    paragraphs=(
        "九十年來，岬角上的燈從未停止轉動，如今的三位守塔人打算繼續守下去，他們說，這裡的夜晚需要有人醒著。",
        "他們在黎明擦拭玻璃，記錄風向，傍晚在迴廊下面的小屋裡喝茶，一邊聽著海浪拍打礁石的聲音。",
        "去年春天，港務局想把塔賣掉，但鎮上的四百個人湊錢把它買了下來，現在它屬於所有人。",
    ),
    menu=("首頁", "國際", "評論"),
)
GERMAN = article(
    language="de",
    title="Der Leuchtturm behält seine Lampe",
    byline='<span class="autor">Von Jana Weidmann</span>',
    date='<time datetime="2024-03-05">05.03.2024</time>',
    paragraphs=(
        "Seit neunzig Jahren dreht sich die Lampe auf der Landspitze ohne Pause, und die drei Wärter wollen, dass es so bleibt.",
        "Sie putzen das Glas im Morgengrauen, sie schreiben den Wind auf, und am Abend trinken sie Tee im Zimmer unter der Galerie.",
        "Die Hafenbehörde wollte den Turm im Frühjahr verkaufen, doch vierhundert Leute aus der Stadt haben ihn gekauft.",
    ),
    menu=("Start", "Welt", "Meinung"),
)
