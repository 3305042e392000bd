"""What turners, robot technicians and welders of the demo put on their boards: duties with their tasks, zh and en."""

from __future__ import annotations

Board = list[tuple[tuple[str, str], list[tuple[str, str, str]]]]
"""(duty zh, en), its tasks: zh, en, keys of skills"""

TURNER: Board = [
    (("班前准备", "Prepare the shift"), [
        ("点检机床", "Check the machine by the daily list", "self_reflection_learning_to_learn"),
        ("检查油位、气压", "Check oil level and air pressure", ""),
        ("热机运转", "Run the spindle warm", ""),
        ("领取毛坯", "Collect blanks from the store", ""),
        ("核对毛坯规格", "Check blanks against the order", "analytical_critical_thinking"),
        ("领用刀具、量具", "Draw tools and gauges", ""),
        ("查看交接班记录", "Read the handover log", "communication"),
        ("整理工位", "Put the workplace in order", ""),
    ]),
    (("看图定工艺", "Read drawings and plan the work"), [
        ("识读零件图", "Read the part drawing", "analytical_critical_thinking"),
        ("找出关键尺寸", "Find the critical dimensions", "analytical_critical_thinking"),
        ("确定装夹方案", "Choose how to hold the part", "problem_solving_decision_making"),
        ("排定加工顺序", "Put the cuts in order", "planning_organising"),
        ("选择刀具、刀片", "Choose tools and inserts", ""),
        ("查表选切削用量", "Look up speed, feed and depth", ""),
        ("填写工序卡", "Fill in the operation sheet", "communication"),
        ("估算单件工时", "Estimate the time per piece", "planning_organising"),
    ]),
    (("编程", "Write programs"), [
        ("计算节点坐标", "Calculate the points of the contour", ""),
        ("编写外圆程序", "Write a program for outside diameters", "use_basic_software"),
        ("编写内孔程序", "Write a program for bores", "use_basic_software"),
        ("编写螺纹程序", "Write a program for threads", "use_basic_software"),
        ("调用固定循环", "Call fixed cycles", "use_basic_software"),
        ("模拟刀路", "Simulate the tool path", "use_basic_software"),
        ("传输程序到机床", "Send the program to the machine", "use_basic_software"),
        ("备份程序", "Back the program up", ""),
    ]),
    (("装夹和对刀", "Clamp and set tools"), [
        ("安装三爪卡盘", "Mount the three-jaw chuck", ""),
        ("镗软爪", "Bore soft jaws", ""),
        ("用百分表找正工件", "True the part with a dial gauge", ""),
        ("安装顶尖", "Mount the tailstock centre", ""),
        ("安装刀具", "Mount the tools", ""),
        ("试切对刀", "Set tool offsets by a trial cut", ""),
        ("设定工件坐标系", "Set the work offset", "use_basic_software"),
        ("空运行程序", "Dry-run the program", ""),
    ]),
    (("车削零件", "Turn parts"), [
        ("车削端面", "Face the end", ""),
        ("粗车外圆", "Rough-turn outside diameters", ""),
        ("精车外圆", "Finish-turn outside diameters", ""),
        ("钻孔", "Drill on the lathe", ""),
        ("镗孔", "Bore to size", ""),
        ("切槽、切断", "Groove and part off", ""),
        ("车削螺纹", "Cut threads", ""),
        ("车削锥面", "Turn tapers", ""),
        ("车削薄壁件", "Turn thin-walled parts", "problem_solving_decision_making"),
        ("去毛刺", "Deburr edges", ""),
    ]),
    (("检验零件", "Inspect parts"), [
        ("做首件检验", "Inspect the first piece", "analytical_critical_thinking"),
        ("用千分尺测量外径", "Measure diameters with a micrometer", ""),
        ("用内径表测量孔径", "Measure bores with a bore gauge", ""),
        ("用螺纹规检验螺纹", "Check threads with a gauge", ""),
        ("比对表面粗糙度", "Compare the surface with a standard", ""),
        ("修改刀补", "Correct the tool offset", "problem_solving_decision_making"),
        ("填写检验记录", "Fill in the inspection record", "communication"),
        ("隔离不合格品", "Set faulty parts apart", ""),
    ]),
    (("排除故障和保养", "Clear faults and maintain"), [
        ("处理报警", "Deal with alarms", "problem_solving_decision_making"),
        ("更换磨损刀片", "Change worn inserts", ""),
        ("清理铁屑", "Clear the swarf", ""),
        ("更换切削液", "Change the coolant", ""),
        ("调整导轨润滑", "Adjust the slideway lubrication", ""),
        ("处理撞刀", "Deal with a tool crash", "problem_solving_decision_making"),
        ("报修设备", "Report the machine for repair", "communication"),
    ]),
    (("交接班和带人", "Hand over and teach"), [
        ("填写交接班记录", "Fill in the handover log", "communication"),
        ("当面交代在制件", "Hand over parts in work face to face", "communication"),
        ("教徒弟对刀", "Teach an apprentice to set tools", "collaboration_teamwork"),
        ("检查徒弟的程序", "Check an apprentice's program", "collaboration_teamwork"),
        ("提合理化建议", "Suggest an improvement", "creative_innovative_thinking"),
    ]),
]  # fmt: skip

ROBOT: Board = [
    (("日常巡检", "Inspect every day"), [
        ("检查本体异响", "Listen for noise of the arm", ""),
        ("检查线缆磨损", "Check cables for wear", ""),
        ("查看控制柜温度", "Read the cabinet temperature", ""),
        ("记录运行数据", "Record running data", "use_basic_software"),
    ]),
    (("示教和调试", "Teach and adjust"), [
        ("校准零点", "Calibrate the zero points", ""),
        ("示教轨迹点", "Teach path points", "use_basic_software"),
        ("标定工具坐标系", "Calibrate the tool frame", "use_basic_software"),
        ("优化节拍", "Shorten the cycle time", "problem_solving_decision_making"),
    ]),
    (("故障维修", "Repair faults"), [
        ("读取故障代码", "Read fault codes", ""),
        ("更换伺服电机", "Replace a servo motor", ""),
        ("更换减速机润滑脂", "Change the grease of a gearbox", ""),
        ("检修夹爪气路", "Repair the gripper's air line", ""),
        ("恢复备份程序", "Restore the program backup", "use_basic_software"),
    ]),
    (("安全联锁", "Keep the interlocks"), [
        ("测试急停", "Test the emergency stops", ""),
        ("检验安全门联锁", "Test the door interlock", ""),
        ("上锁挂牌", "Lock out and tag", ""),
    ]),
]  # fmt: skip

WELDER: Board = [
    (("焊前准备", "Prepare to weld"), [
        ("清理坡口", "Clean the joint", ""),
        ("烘干焊条", "Dry the electrodes", ""),
        ("调节焊接电流", "Set the welding current", ""),
        ("点固焊件；检查间隙", "Tack the parts and check the gap", ""),
    ]),
    (("施焊", "Weld"), [
        ("焊接平板对接", "Weld flat butt joints", ""),
        ("焊接立角焊缝", "Weld vertical fillets", ""),
        ("熟悉防火要求", "Know the fire rules", ""),
    ]),
    (("焊后检查", "Check the weld"), []),
]  # fmt: skip

BESIDE = {
    "knowledge": [
        ("机械制图", "Engineering drawing"), ("公差与配合", "Limits and fits"),
        ("金属材料与热处理", "Metals and heat treatment"),
        ("三角函数计算", "Trigonometry"), ("安全操作规程", "Safety rules"),
    ],
    "behaviours": [
        ("手不离急停", "A hand near the emergency stop"), ("量三次再下刀", "Measures three times before the cut"),
        ("做事有条理", "Works in good order"), ("肯教人", "Willing to teach"),
    ],
    "tools": [
        ("游标卡尺、千分尺、内径表", "Calliper, micrometer, bore gauge"),
        ("三爪卡盘、软爪、顶尖", "Chuck, soft jaws, centre"),
        ("机夹外圆刀、镗刀、螺纹刀", "Turning, boring and threading tools"), ("仿真软件", "Simulation software"),
    ],
    "trends": [
        ("桁架上下料，一人看多机", "Gantry loading: one turner, several machines"),
        ("在机测量", "Measuring on the machine"),
        ("刀具寿命管理上系统", "Tool life kept by a system"),
    ],
}  # fmt: skip

PANEL = [
    ("何卫东", "金恒机械 一号车间", 22), ("罗秀英", "金恒机械 一号车间", 15), ("贺建军", "清河电气 机加车间", 18),
    ("邓桂林", "澜川轴承厂", 26), ("曹玉梅", "清河电气 机加车间", 9),
]  # fmt: skip
