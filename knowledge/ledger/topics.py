"""The topic of a Chinese number: the words in front of it without what leads up to it and what it does."""

import re

UP = r"增长|增加|上升|提高|提升|增幅(?:为|达)?|上涨|扩大|增速(?:为|达)?|攀升|上调|加快|涨幅?|多增|高于|快于|增"
DOWN = r"下降|减少|下滑|降低|回落|降幅(?:为|达)?|缩减|下跌|收窄|萎缩|少增|低于|减|跌|降"
CHANGE = re.compile(rf"(?P<up>{UP})|(?P<down>{DOWN})")
LEADING = re.compile(
    r"^(?:按可比价格计算|按可比价计算|按可比口径|会上|大会|现场|活动上|其中|此外|同时|另外|并且|并|且|而|但|均|共|共计|总计|合计|累计|全年|已|已经|据统计|据介绍|数据显示|统计显示|值得注意的是|包括|以及|和|与|及|还|也|则|分别|当年|为|在|从|截至|截止|目前|新|的|按|分|日前|近日|到|达|是|有|去年|今年|年初|(?:年初)?(?:提出|确定|设定)的(?:全年)?(?:预期)?目标|预期目标|确定|全市共|一共|年内|(?:比|较).{0,6}(?:同期|相比)|通过|同比|环比|实现|完成|成功|正式|当前|当日|当月|现场|举行的|举办的|召开的)+"
)
KEEP_LEADING = (
    "新增",
    "新加坡",
    "新西兰",
    "新疆",
    "新闻",
    "新乡",
    "新余",
    "新北",
    "和田",
    "新设",
    "新建",
    "新签",
    "新引进",
    "新落地",
    "新注册",
    "新认定",
    "分布",
    "为民",
    "有效",
    "在建",
    "在手",
    "全社会",
    "已签",
    "实现利润",
    "有色",
    "分类",
    "从业",
    "共享",
    "按揭",
    "及以上",
    "新能源",
    "新一代",
    "新兴",
    "新材料",
    "新开工",
    "完成投资",
    "在京",
    "在沪",
    "和平",
    "为主",
    "有限",
    "新登记",
    "新认证",
    "新批",
    "新质",
    "达产",
    "在营",
    "到位",
    "达成",
    "到账",
    "从事",
    "通过率",
    "到资",
    "按期",
    "完成额",
)
TRAILING = re.compile(
    r"(?:相应|更正|仍|预期(?:目标)?|累计共|同比|环比|比上年|比去年|较上年|较去年|比上年同期|增速|增幅|分别|均|为|达|达到|到|至|了|(?<!签)约|超过|超|近|逾|突破|有|共|共计|合计|总计|累计|已|实现|完成|高达|多达|占|是|增至|升至|降至|增长|下降|增加|减少|上升|提高|将|预计|计划|拟|力争|将达|的|在|等|再|仅|又|也|即|已达|达成|余|(?<!签)约为|接近|将近|不到|不足|至少|折合|约合|位居|居|排名|名列|位列|全国|保持|比|较|同期|涉及|来自|增量|其中|超额|成为|由(?:[初原][报来定]的?)?|从|突破了|经核[查实]|修[订正]|不低于|不高于|不少于|不超过|高于|低于|控制在)+$"
)
RANKED = re.compile(
    r"(?:位居|稳居|居|排名|排在|名列|位列|列|排|继续|连续)+(?:全国|全省|全市|全区|全球|省内|同类|副省级城市|[\u4e00-\u9fff]{0,6})?$"
)
COMPARES = re.compile(
    r"^(?:(?:相当于|等于|占)(?:年度|全年|年初|原定|既定|预期)*(?:目标|任务|计划)|[比较距离](?:年度|全年|年初|原定|既定|预期)*(?:目标|任务|计划)|超出|超过|慢于|高于|低于|快于|好于|优于|高出|比全|较全)"
)
AIM = re.compile(
    r"(?:(?<=[\u4e00-\u9fff”])|^)(?:将力争|力争|将|计划|预计|拟|争取)(?=[\u4e00-\u9fff]{2})(?!总?投资|投入)"
)
MERELY = re.compile(
    r"[近这]?[两三四五六七八九十]年来?|[比较]上一?[届期次轮]|(?:[比较].{0,6}|末)?(?:净增|多|少|增加|减少)|按?可比价格?计算"
)
AREA_ALL = re.compile(r"^(?:全市|全国|全省|全区|我市|我省|我国|本市|全县|该市|该区|全州|我区|全球|全自治区)(?:的)?")
AROUND = re.compile(r"^(?:左右|上下|以上|及以上|以下|以内|之多|有余)的?")
SHORT_FORM = re.compile(r"[(（](?:以?下称|以下简称|简称)[^()（）]*[)）]")
ACHIEVED = re.compile(r"^[\u4e00-\u9fff]{2,20}[区市省县州国]实现(?=[\u4e00-\u9fff]{3})")


def topic_of(left: str) -> str:
    """The words in front of a number, without what leads up to it and what it does."""
    text = (
        left.split("\u0000")[-1]
        if re.search(r"[\u4e00-\u9fff]{2,}", TRAILING.sub("", left.split("\u0000")[-1]))
        else left.replace("\u0000", "")
    )
    text = SHORT_FORM.sub("", text).strip(' ,，;；。、:：()（）"“”')
    text = TRAILING.sub("", RANKED.sub("", text))
    text = AREA_ALL.sub("", text)
    if COMPARES.match(text):
        return ""
    text = AIM.split(text)[-1] if AIM.search(text) else text
    led = LEADING.match(text)
    if led and not text.startswith(KEEP_LEADING):
        rest = text[led.end() :]
        for keep in KEEP_LEADING:
            cut = led.end() - len(keep) + 1
            found = text.find(keep[: max(1, len(keep))], max(0, cut), led.end() + len(keep))
            if 0 <= found < led.end():
                rest = text[found:]
                break
        text = rest
    text = ACHIEVED.sub("", AREA_ALL.sub("", text))
    text = "" if MERELY.fullmatch(text) or text in ("末", "底", "初") else text
    text = CHANGE.sub("", text) if CHANGE.fullmatch(text) else text
    text = TRAILING.sub("", text).strip(' ,，、"”“的')
    return f"“{text}" if text.count("”") > text.count("“") else text


def counted_noun(tail: str) -> str:
    """The noun behind a classifier, up to what is said of it."""
    return re.split(
        r"(?:的(?=\d)|占|更正|修正|修订|订正|改为|调整|同比|环比|增长|下降|涉及|总投资|投资额|其中|分别|达到|位居|落户|,|，|;|；|合计|共计|、)",
        AROUND.sub("", tail),
    )[0]
