"""Words of the demo's rubrics: levels, criteria with what is seen at each level, remarks of raters."""

LEVELS = (("不合格", "Not yet"), ("合格", "Sufficient"), ("良好", "Good"), ("优秀", "Excellent"))

RUBRICS = {
    "weld": ("焊接作业评分量规", "Rubric for welding jobs"),
    "project": ("改进项目评分量规", "Rubric for improvement projects"),
}

# key, name, weight, learning area, core skill, anchors lowest first
CRITERIA = {
    "weld": (
        ("seam", ("焊缝外观与尺寸", "Look and size of the seam"), 40, "general_professional_skills", "", (
            ("有裂纹、未熔合或超差", "Cracks, lack of fusion, or out of tolerance"),
            ("尺寸合格，有一处缺陷需返修", "In tolerance, one flaw to be repaired"),
            ("尺寸合格，余高均匀，少量飞溅", "In tolerance, even bead, little spatter"),
            ("一次成形，鱼鳞纹均匀，无飞溅", "One pass, even ripples, no spatter"),
        )),
        ("process", ("装配与工艺执行", "Fit-up and following the procedure"), 30, "general_professional_skills",
         "planning_organising", (
            ("未按工艺卡，参数凭感觉", "Not by the procedure card, settings by feel"),
            ("按工艺卡，需提醒一次以上", "By the card, reminded more than once"),
            ("按工艺卡独立完成", "By the card, without help"),
            ("独立完成，并指出工艺卡可改进之处", "Without help, and names what the card could do better"),
        )),
        ("safety", ("安全与现场", "Safety and workplace"), 20, "professional_consciousness", "", (
            ("防护不全，或现场有火险", "Gear missing, or a fire risk left"),
            ("防护齐全，清场需提醒", "Gear complete, reminded to clear up"),
            ("防护齐全，现场有序", "Gear complete, tidy place"),
            ("主动检查气瓶与接地，带动同伴", "Checks bottles and earthing unasked, and takes others along"),
        )),
        ("selfcheck", ("自检与记录", "Self-check and record"), 10, "professional_consciousness",
         "self_reflection_learning_to_learn", (
            ("没有自检", "No self-check"),
            ("自检了，记录不全", "Checked, record incomplete"),
            ("自检并如实记录", "Checked and truly recorded"),
            ("自检、记录，并说明缺陷成因", "Checked, recorded, and explains the flaw"),
        )),
    ),
    "project": (
        ("problem", ("问题与测量", "Problem and measurement"), 25, "general_professional_knowledge",
         "analytical_critical_thinking", (
            ("说不清要改什么", "Cannot say what is to be improved"),
            ("说清了问题，没有数据", "Says the problem, without data"),
            ("有改进前后的数据", "Data from before and after"),
            ("数据可靠，说明了误差和条件", "Sound data with error and conditions"),
        )),
        ("making", ("制作质量", "Quality of what was made"), 35, "general_professional_skills", "", (
            ("不能使用", "Cannot be used"),
            ("能用，需返工", "Usable after rework"),
            ("直接可用，尺寸合格", "Usable at once, in tolerance"),
            ("直接可用，易装、易修、安全", "Usable at once, easy to fit and repair, safe"),
        )),
        ("effect", ("效果", "Effect"), 25, "general_professional_skills", "", (
            ("没有变化", "No change"),
            ("省时不到一成", "Saves less than a tenth of the time"),
            ("省时一至三成", "Saves a tenth to three tenths"),
            ("省时三成以上，或消除了一类差错", "Saves more, or rules out a kind of error"),
        )),
        ("telling", ("讲解与合作", "Explaining and working together"), 15, "professional_consciousness",
         "communication", (
            ("讲不清", "Cannot explain it"),
            ("讲清了做法", "Explains how it was done"),
            ("讲清了做法和理由", "Explains how and why"),
            ("讲清理由，听取意见并据此修改", "Explains why, takes advice and acts on it"),
        )),
    ),
}  # fmt: skip

REMARKS = (
    "动作稳，收弧还要多练。",
    "量具用得对，读数记得清楚。",
    "想法好，样件毛边没处理。",
    "安全意识强，会提醒同伴。",
    "先想后做，返工少了。",
)
