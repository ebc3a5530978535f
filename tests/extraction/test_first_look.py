import pytest

from corpusapp.extraction.errors import OnlyFurnitureError
from corpusapp.extraction.pipeline import extract

STANZAS = """灯塔

林渡
2017年4月2日
灯亮着的时候
海还没有睡
守灯的人把茶喝完
把窗推开一点

路过的有两条船
一筐空的网
一只不肯上岸的狗
和我

到了早上
大家都走了
只有光又回来
坐在原来的石头上
"""
MENU = """港口新闻

首页
天气预报
潮汐表

票务中心
失物招领
联系方式

船期查询
会员中心
"""


def test_verse_without_punctuation_is_read_with_its_breaks():
    article = extract(STANZAS.encode())

    assert "路过的有两条船\\\n一筐空的网\\\n一只不肯上岸的狗\\\n和我" in article.body


@pytest.mark.parametrize(
    "capture", [MENU, "  • ropes\n  • nets\n  • lamps\n  • oars\n  • sails\n  • boats"]
)
def test_a_menu_is_no_verse(capture):
    with pytest.raises(OnlyFurnitureError):
        extract(capture.encode())
