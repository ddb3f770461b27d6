"""Words of the indicators: themes, units, what an indicator is about, and values as the plans write them."""

from zones.atlas import Atlas
from zones.schema import DISTRICTS
from zones.statements.indicators import Indicator, Value

DASH = "—"
ARROW = " → "
COUNTED = ("number", "bound", "range")
"""Forms that a unit can follow; a placeholder, a pair or a text takes none."""

CITY = "440300"
CITY_NAME = "深圳市"

DISTRICTS_EN: dict[str, str] = {
    "440300": "Shenzhen",
    "440303": "Luohu",
    "440304": "Futian",
    "440305": "Nanshan",
    "440306": "Baoan",
    "440307": "Longgang",
    "440308": "Yantian",
    "440309": "Longhua",
    "440310": "Pingshan",
    "440311": "Guangming",
    "x-dapeng": "Dapeng",
    "x-shenshan": "Shenshan",
}

MEASURES_EN: dict[str, str] = {
    "家": "units",
    "个": "units",
    "亿元": "CNY 100 m",
    "万元": "CNY 10 k",
    "件": "items",
    "人": "people",
    "名": "people",
    "位": "people",
    "万人": "10 k people",
    "项": "items",
    "平方公里": "km²",
    "万平方米": "10 k m²",
    "家次": "visits",
    "年": "years",
    "宗": "items",
    "支": "funds",
    "万条": "10 k lines",
    "亿条": "100 m lines",
    "万家": "10 k units",
    "座": "units",
    "人年": "person-years",
    "间": "units",
    "期": "rounds",
    "类": "classes",
    "所": "units",
    "条": "items",
    "场": "events",
    "个百分点": "percentage points",
    "亿": "100 million",
    "万亿": "trillion",
}
"""Units as the plans write them, in English."""

THEMES: dict[str, tuple[str, str]] = {
    "academician-stations": ("院士工作站", "Academician workstations"),
    "basic-institutes": ("基础研究机构", "Basic research institutes"),
    "city-platforms": ("市级创新平台", "City-level platforms"),
    "firms-10bn": ("百亿级企业", "Firms above CNY 10 billion"),
    "floor-space-industrial": ("产业空间", "Industrial floor space"),
    "guidance-fund-size": ("引导基金规模", "Size of guidance funds"),
    "guidance-funds": ("引导基金", "Guidance funds"),
    "high-level-talents": ("高层次人才", "High-level talents"),
    "high-tech-firms": ("国家高新技术企业", "National high-tech firms"),
    "high-tech-output": ("高新技术产业产值", "High-tech output"),
    "high-tech-output-share": ("高新技术产业产值占比", "Share of high-tech output"),
    "high-value-patents-per-10k": ("每万人口高价值专利", "High-value patents per 10,000 people"),
    "hkmo-youth-bases": ("港澳青年创新创业基地", "Bases for Hong Kong and Macao youth"),
    "incubators": ("科技企业孵化器", "Incubators"),
    "incubators-makerspaces": ("孵化载体与众创空间", "Incubators and makerspaces"),
    "industry-clusters": ("千亿级产业集群", "Industry clusters above CNY 100 billion"),
    "innovation-carriers": ("市级以上创新载体", "Innovation carriers, city level or above"),
    "invention-applications": ("发明专利申请", "Invention patent applications"),
    "invention-patents-granted": ("发明专利授权", "Invention patents granted"),
    "it-share": ("新一代信息技术占比", "Share of new-generation IT"),
    "it-value": ("新一代信息技术增加值", "Value added of new-generation IT"),
    "land-prepared": ("整备与连片空间", "Land prepared"),
    "listed-firms": ("上市企业", "Listed firms"),
    "makerspaces-city-level": ("市级以上众创空间", "Makerspaces, city level or above"),
    "national-incubators": ("国家级孵化器", "National incubators"),
    "national-makerspaces": ("国家级众创空间", "National makerspaces"),
    "national-platforms": ("国家级创新平台", "National platforms"),
    "new-high-level-talents": ("新增高层次人才", "New high-level talents"),
    "patent-applications": ("专利申请", "Patent applications"),
    "patents-granted": ("专利授权", "Patents granted"),
    "pct-patents": ("PCT国际专利申请", "PCT patent applications"),
    "planned-area": ("规划面积", "Planned area"),
    "postdoc-stations": ("博士后工作站", "Postdoctoral workstations"),
    "provincial-platforms": ("省级创新平台", "Provincial platforms"),
    "rd-intensity": ("研发投入强度", "R&D intensity"),
    "rd-projects": ("科技攻关项目", "R&D projects"),
    "rd-spending": ("全社会研发投入", "R&D spending"),
    "rd-unit-coverage-industrial": ("规上工业企业研发机构覆盖率", "Industrial firms with an R&D unit"),
    "research-institutions": ("科研机构", "Research institutions"),
    "strategic-industries-share": ("战略性新兴产业占比", "Share of strategic emerging industries"),
    "strategic-industries-value": ("战略性新兴产业增加值", "Value added of strategic emerging industries"),
    "tech-contracts": ("技术合同成交额", "Technology contracts"),
}
"""Themes that two plans or more share."""


def scope_name(atlas: Atlas, code: str, lang: str) -> str:
    """Return the name of a zone, a scheme, a district or a list of districts; what is none of them, as it is."""
    if code in atlas.zones.index:
        return str(atlas.zones.at[code, f"name_{lang}"])
    schemes = (scheme for plan in atlas.plans.values() for scheme in plan.schemes)
    scheme = next((each for each in schemes if each.scheme_id == code), None)
    if scheme is not None:
        return str(getattr(scheme.name, lang))
    names = DISTRICTS_EN if lang == "en" else DISTRICTS | {CITY: CITY_NAME}
    return ("、" if lang == "zh" else ", ").join(names.get(part, part) for part in code.split(", "))


def measure_name(unit: str, lang: str) -> str:
    """Return a unit as the plans write it, or in English; nothing where the plan gives a dash."""
    if unit == DASH:
        return ""
    return MEASURES_EN.get(unit, unit) if lang == "en" else unit


def written(value: Value | None, unit: str = "") -> str:
    """Return a value as the plan writes it, with its unit where the value lacks it, and its year."""
    if value is None:
        return DASH
    gap = "" if unit in ("%", "") or not unit.isascii() else " "
    text = value.raw + (gap + unit if value.form in COUNTED and unit not in value.raw else "")
    return f"{text} ({value.year})" if value.year and str(value.year) not in value.raw else text


def told_briefly(indicator: Indicator, lang: str) -> str:
    """Return baseline, milestones and target of an indicator in one line."""
    held = [value for value in (indicator.baseline, *indicator.milestones, indicator.target) if value is not None]
    unit = measure_name(indicator.unit, lang)
    return ARROW.join(written(value, "" if indicator.unit in value.raw else unit) for value in held)
