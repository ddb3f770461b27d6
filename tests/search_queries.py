"""A hundred queries as planners type them, by hand: the text, and the zones any of which answers it."""

SZ, FU, BA, LO, PI = "sz", "futian", "baoan", "longhua", "pingshan"

# Names and parts of names.
NAMES = (
    ("光明科学城", f"{SZ}.platform.guangming"),
    ("河套", f"{SZ}.platform.hetao {FU}.core.hetao"),
    ("前海", f"{SZ}.platform.qianhai"),
    ("西丽湖", f"{SZ}.platform.xilihu"),
    ("石壁龙", f"{SZ}.node.shibilong"),
    ("蛇口国际海洋城", f"{SZ}.subarea.shekou-ocean-city"),
    ("坂雪岗科学城", f"{SZ}.subarea.banxuegang"),
    ("清湖-富士康", f"{SZ}.subarea.qinghu-foxconn {LO}.subarea.qinghu-foxconn"),
    ("清湖富士康", f"{SZ}.subarea.qinghu-foxconn {LO}.subarea.qinghu-foxconn"),
    ("大运", f"{SZ}.subarea.dayun"),
    ("笋岗", f"{SZ}.subarea.sungang"),
    ("八卦岭", f"{SZ}.subarea.bagualing {FU}.cluster.bagualing"),
    ("国际生物谷", f"{SZ}.cluster.biovalley"),
    ("深汕智造城", f"{SZ}.cluster.shenshan"),
    ("智造城北园", f"{SZ}.subarea.shenshan-north"),
    ("自创区", f"{SZ}.park.zcq"),
    ("口岸经济带", f"{SZ}.belt.port-economy"),
    ("车公庙", f"{FU}.cluster.chegongmiao"),
    ("湾区芯谷", f"{FU}.park.ic"),
    ("一号通道", f"{FU}.node.channel1"),
    ("皇岗口岸", f"{FU}.subarea.huanggang"),
    ("数字人民币", f"{FU}.region.ecny"),
    ("电子第一街", f"{FU}.node.hqb"),
    ("107走廊", f"{BA}.corridor.r107"),
    ("滨海走廊", f"{BA}.corridor.binhai"),
    ("南光科技创新走廊", f"{BA}.corridor.nanguang"),
    ("尖岗山", f"{BA}.core.jiangangshan"),
    ("石岩南", f"{BA}.core.shiyannan"),
    ("铁仔山", f"{BA}.core.tiezaishan {SZ}.subarea.xixiang-tiezaishan"),
    ("新桥东", f"{BA}.core.xinqiaodong {SZ}.subarea.xinqiaodong"),
    ("大铲湾", f"{BA}.subarea.dachanwan"),
    ("立新湖", f"{BA}.node.lixinhu {BA}.subarea.lixinhu"),
    ("桃花源", f"{BA}.park.taohuayuan {BA}.park.taohuayuan-network {BA}.node.taohuayuan-town"),
    ("会展城", f"{BA}.node.huizhancheng"),
    ("梅观走廊", f"{LO}.corridor.meiguan"),
    ("龙澜走廊", f"{LO}.corridor.longlan"),
    ("观澜湖", f"{LO}.core.guanlanhu {LO}.ring.guanlanhu"),
    ("鹭湖", f"{LO}.core.luhu"),
    ("九龙山数字城", f"{LO}.core.jiulongshan"),
    ("北站商务中心", f"{LO}.core.north-station"),
    ("坪山中心区", f"{PI}.platform.center"),
    ("坪山高新区", f"{PI}.park.hightech"),
    ("高新北", f"{PI}.park.north {PI}.subarea.hightech-north"),
    ("金沙碧湖", f"{PI}.park.jinsha-bihu"),
    ("创想X轴", f"{PI}.axis.x"),
    ("技术大学", f"{PI}.node.sztu"),
    ("车联网先导区", f"{PI}.region.cv-pilot"),
    ("坪山综合保税区", f"{PI}.subarea.bonded"),
)

# Two words, in the order of the speaker.
WORDS = (
    ("坪山 保税区", f"{PI}.subarea.bonded"),
    ("宝安 高新区", f"{BA}.park.hightech"),
    ("龙华 高新区", f"{LO}.park.hightech"),
    ("福田 梅林", f"{FU}.cluster.meilin {FU}.community.meilin-caitian"),
    ("梅林 福田", f"{FU}.cluster.meilin {FU}.community.meilin-caitian"),
    ("宝安 铁仔山", f"{BA}.core.tiezaishan"),
    ("龙华 观澜高新园", f"{LO}.subarea.guanlan-hightech"),
    ("坪山大道走廊", f"{PI}.corridor.pingshan-avenue"),
    ("坪山核心园区", f"{PI}.park.incubation"),
    ("半导体园", f"{LO}.park.semiconductor"),
)

PINYIN = (
    ("guangmingkexuecheng", f"{SZ}.platform.guangming"),
    ("guangming", f"{SZ}.platform.guangming"),
    ("he tao", f"{SZ}.platform.hetao {FU}.core.hetao"),
    ("qianhai", f"{SZ}.platform.qianhai"),
    ("xilihu", f"{SZ}.platform.xilihu"),
    ("chegongmiao", f"{FU}.cluster.chegongmiao"),
    ("jiangangshan", f"{BA}.core.jiangangshan"),
    ("tiezaishan", f"{BA}.core.tiezaishan {SZ}.subarea.xixiang-tiezaishan"),
    ("dachanwan", f"{BA}.subarea.dachanwan"),
    ("luhu", f"{LO}.core.luhu"),
    ("longlan", f"{LO}.corridor.longlan"),
    ("zhukeng", f"{PI}.subarea.zhukeng"),
    ("pingshanzhongxinqu", f"{PI}.platform.center"),
    ("maluanchuanggu", f"{PI}.node.maluan"),
)

INITIALS = (
    ("gmkxc", f"{SZ}.platform.guangming"),
    ("xlh", f"{SZ}.platform.xilihu"),
    ("cgm", f"{FU}.cluster.chegongmiao"),
    ("bgl", f"{SZ}.subarea.bagualing {FU}.cluster.bagualing"),
    ("jgs", f"{BA}.core.jiangangshan"),
    ("tzs", f"{BA}.core.tiezaishan {SZ}.subarea.xixiang-tiezaishan"),
    ("dcw", f"{BA}.subarea.dachanwan"),
    ("jls", f"{LO}.core.jiulongshan"),
    ("pszxq", f"{PI}.platform.center"),
    ("yzl", f"{PI}.subarea.yanziling"),
)

ENGLISH = (
    ("Guangming Science City", f"{SZ}.platform.guangming"),
    ("Hetao", f"{SZ}.platform.hetao {FU}.core.hetao"),
    ("Route 107", f"{BA}.corridor.r107"),
    ("binhai corridor", f"{BA}.corridor.binhai"),
    ("Meiguan corridor", f"{LO}.corridor.meiguan"),
    ("pingshan avenue", f"{PI}.corridor.pingshan-avenue"),
    ("Central Innovation District", f"{FU}.region.cid"),
    ("bio valley", f"{SZ}.cluster.biovalley"),
    ("semiconductor park", f"{LO}.park.semiconductor"),
)

# One character wrong, missing or too many.
TYPOS = (
    ("光明科学成", f"{SZ}.platform.guangming"),
    ("光明科城", f"{SZ}.platform.guangming"),
    ("西里湖", f"{SZ}.platform.xilihu"),
    ("尖刚山", f"{BA}.core.jiangangshan"),
    ("铁子山", f"{BA}.core.tiezaishan {SZ}.subarea.xixiang-tiezaishan"),
    ("八挂岭", f"{SZ}.subarea.bagualing {FU}.cluster.bagualing"),
    ("guangmin", f"{SZ}.platform.guangming"),
    ("jiangangsan", f"{BA}.core.jiangangshan"),
    ("Guangmin Science City", f"{SZ}.platform.guangming"),
)

QUERIES = NAMES + WORDS + PINYIN + INITIALS + ENGLISH + TYPOS
