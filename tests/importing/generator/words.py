"""Our own vocabulary of many trades, and sentences made of it: what a generated standard says."""

from dataclasses import dataclass
from random import Random

TRADES = (
    "校园咖啡店运营", "古籍修复", "社区养老照护", "无人机巡检", "智能温室管理", "短视频制作", "冷链仓储",
    "Web 前端开发", "BIM 建模", "数控车铣加工", "母婴护理", "云计算平台运维", "民宿管家", "5G 基站建设", "药品购销",
    "B2B 数据服务", "3D 打印应用", "新能源汽车检测", "工业机器人集成", "财税代理", "物联网安装调试", "C# 程序设计",
    "宠物美容", "葡萄酒推介",
)  # fmt: skip
AREAS = (
    "设备准备", "日常运营", "客户服务", "数据采集与清洗", "现场安全管理", "方案设计", "质量检验", "物料采购",
    "系统部署", "Web 页面开发", "故障诊断与排除", "营销推广", "成本核算", "照护计划制定", "标本整理", "巡检作业",
    "环境监测（含温湿度）", "培训与指导", "AI 模型应用", "“三废”处理", "5G 网络优化", "项目管理", "文案撰写",
    "法规与标准", "3D 扫描", "工具及夹具维护",
)  # fmt: skip
TASKS = (
    "工具检查", "原料验收", "接待顾客", "编写作业计划", "数据库建表", "接口联调", "清洁消毒", "参数设置", "报表编制",
    "样品抽检", "拍摄与剪辑", "排班与交接", "应急处置", "库存盘点", "记录归档", "协助装配", "竞品分析", "UI 设计",
    "回访与投诉处理", "设备点检、保养", "SQL 查询", "线路敷设", "合同审核", "风险评估", "温室灌溉", "书页除尘",
    "照护评估", "CAD 制图", "上架、下架", "售后（含退换货）",
)  # fmt: skip
OBJECTS = (
    "咖啡豆", "顾客订单", "传感器数据", "装订线", "电池组", "页面元素", "冷藏库温度", "护理记录", "机器人程序",
    "工件尺寸", "发票与凭证", "药品批号", "短视频脚本", "虚拟机镜像", "施工图纸", "巡检航线", "土壤湿度", "宠物皮毛",
    "客房用品", "基站天线", "营养液配比", "老年人进食情况", "关键词与标题", "刀具磨损量", "网络拓扑图",
    "古籍虫蛀部位", "酒标信息", "纳税申报表", "点位 A1 至 B2", "T 恤样衣",
)  # fmt: skip
TOOLS = (
    "Python 3.6.1", "MySQL 8.0", "GB/T 1.1-2020", "ISO 9001:2015", "Excel", "游标卡尺（0.02 mm）", "HTML5 + CSS3",
    "C#", "USB 3.0", "《操作手册》", "“5S”管理法", "Wi-Fi 6", "PLC（S7-1200）", "pH 试纸", "JSON/XML", "AutoCAD 2020",
    "1+X 题库", "Vue.js 2.6.12", "《GB 2760-2014 使用说明》", "IPv6", "万用表", "H2O2 溶液", "ERP 系统",
    "“望、闻、问、切”四步法",
)  # fmt: skip
VERBS = (
    "检查", "整理", "记录", "调整", "核对", "安装", "评估", "汇总", "更新", "测量", "清理", "编制", "优化", "识别",
    "维护", "设计", "拍摄",
)  # fmt: skip
GROUNDS = ("根据", "按照", "依据", "结合", "对照")
PAPERS = (
    "作业指导书",
    "当日排班表",
    "客户要求",
    "设备说明书",
    "工艺卡片",
    "行业规范",
    "项目进度",
    "安全规程",
    "店长安排",
)
ABLE = ("能", "能够", "会", "可以", "具备", "了解", "熟悉", "掌握")
ENDS = (
    "确保不遗漏",
    "误差不超过 5%",
    "按时交付",
    "并做好记录",
    "准确率达到 99.5% 以上",
    "做到日清月结",
    "不少于 3 次/天",
    "并及时反馈",
)
#: Phrases that look like structure but stand inside a sentence.
TRAPS = (
    "能指导初级人员完成上述工作", "能说明表 2 所列项目的含义", "能区分高级与中级岗位的工作任务",
    "能引用参考文献并标明出处", "能按附录 A 的格式填写", "能执行第 3 章的术语和定义", "能将 1.5 kg 原料分为 3 份",
    "能在 2020 年 1 月 1 日前完成迁移", "能完成职业技能要求自评", "能解释 10.1.1.1 之类的网络地址",
    "能使用版本 9.9.1 的软件", "能说出 4 个工作领域的分工",
)  # fmt: skip
TERMS = (
    ("手冲咖啡", "Pour-over Coffee"), ("金缮", "Kintsugi"), ("滴灌", "Drip Irrigation"), ("照护计划", "Care Plan"),
    ("容器", "Container"), ("航点", "Waypoint"), ("首件检验", "First Article Inspection"),
    ("B2B", "Business-to-Business"), ("全网营销", "Cross-Platform Marketing"), ("冷链", "Cold Chain"),
    ("数字孪生", "Digital Twin"), ("脱敏", "Data Masking"),
)  # fmt: skip
REFERENCES = (
    ("GB/T 1.1", 2009, "标准化工作导则 第 1 部分：标准的结构和编写"),
    ("GB/T 10001.1", 2012, "公共信息图形符号 第 1 部分：通用符号"), ("GB 14881", None, "食品生产通用卫生规范"),
    ("GB/T 35273", 2020, "信息安全技术 个人信息安全规范"), ("ISO 9001", 2015, "质量管理体系 要求"),
    ("WS/T 368", None, "医院空气净化管理规范"), ("JB/T 5992.1", 1992, "机械制造工艺方法分类与代码 总则"),
    ("GB/Z 26337.1", 2010, "供应链管理 第 1 部分：综述与基本原理"),
)  # fmt: skip
MAJORS = (
    "电子商务",
    "物流管理",
    "茶艺与茶营销",
    "计算机应用",
    "园艺技术",
    "文物修复与保护",
    "护理",
    "酒店管理与数字化运营",
    "软件工程",
    "机械设计制造及其自动化",
)
POSTS = (
    "咖啡师",
    "门店店长",
    "巡检员",
    "古籍修复助理",
    "前端工程师",
    "养老护理员",
    "数据专员",
    "仓储主管",
    "设备管理员",
    "客服专员",
)
EMPLOYERS = ("餐饮服务企业", "科技企业", "养老服务机构", "文博单位", "物流企业")


@dataclass(frozen=True)
class Wording:
    """Chooses words by a seed and a place in the tree, so that a smaller tree keeps the words of what remains."""

    seed: int

    def sentence(self, place: str) -> str:
        """Return what a requirement says: one sentence mostly, at times several, very short or very long."""
        random = Random(f"{self.seed}:{place}")
        kind = random.random()
        if kind < 0.06:
            return f"{random.choice(ABLE)}{random.choice(VERBS)}{random.choice(OBJECTS)}。"
        parts = 1 if kind < 0.7 else 2 if kind < 0.95 else 6
        return "".join(_clause(random) + random.choice("。。。；") for _ in range(parts))[:-1] + "。"

    def text(self, place: str) -> str:
        """Return a sentence for a scope, a definition or a description."""
        random = Random(f"{self.seed}:{place}")
        return f"{random.choice(GROUNDS)}{random.choice(PAPERS)}{random.choice(VERBS)}{random.choice(OBJECTS)}的活动。"


def _clause(random: Random) -> str:
    if random.random() < 0.08:
        return random.choice(TRAPS)
    start = f"{random.choice(ABLE)}{random.choice(GROUNDS)}{random.choice(PAPERS)}"
    tool = random.choice(("", "", f"使用{random.choice(TOOLS)}", f"借助 {random.choice(TOOLS)} "))
    deed = f"{random.choice(VERBS)}{random.choice(OBJECTS)}"
    pieces = [start, f"{tool}{deed}"]
    if random.random() < 0.4:
        pieces.append(random.choice(ENDS))
    return "，".join(pieces) if random.random() < 0.6 else f"{start}{tool}{deed}"
