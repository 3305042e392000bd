"""Exams as offices keep them: the same few questions in the manners that are met, Chinese and English."""

TURNERS = """澜川技师学院数控车工期末试卷
姓名：______ 学号：______

一、单项选择题（每题2分，共8分）
1. M03 指令的含义是（ B ）。
A. 程序结束  B. 主轴正转  C. 切削液开  D. 主轴停止
2、车刀刃倾角为正时，切屑流向（  ）
A、已加工表面
B、待加工表面
C、过渡表面
答案：B
解析：刃倾角为正时切屑流向待加工表面。
3．千分尺的精度是（）A.0.01mm B.0.02mm C.0.05mm D.0.1mm
4. 尺寸在 10~20 mm 之间、数量 5*3 件，下列说法对的是
(A) 甲 (B) 乙
(C) 丙

二、多项选择题（每题3分，共6分。少选得一半，错选不得分）
1. 劳动防护用品有（ ABD ）
A.护目镜 B.工作帽 C.手套 D.安全鞋
2. 下列属于切削用量三要素的是
A.切削速度
B.进给量
C.背吃刀量
D.刀具角度

三、判断题（每题1分）
1. 车削时可以戴手套。（ × ）
2. 停机后才能测量工件。（   ）
3. 铁屑可以用手清除 ×

四、填空题（每空1分）
1. G 代码 ____ 表示快速定位，____ 表示直线插补。
2. 切削速度的单位是______。
答案：m/min
五、计算题
1. 工件直径 50 mm，转速 800 r/min，求切削速度。（5分）
答案：125.7±0.5 m/min
2. 求转速。
答：n = 1000v/(πd)
   = 637 r/min
六、简答题
1. 简述对刀的步骤。
（1）试切外圆；
（2）测量。

参考答案
一、单项选择题
3.A 4. C
二、2. ABC
三、判断题 2.√
四、填空题
1. G00/G0；G01/G1

页脚
"""

SAFETY_EN = """Part A. Multiple choice (2 points each)
Q1. What does M03 do?
A) End of program
B) Spindle on, clockwise
C) Coolant on
Answer: B
Explanation: M04 turns it the other way.
Q2. Which are PPE? (3 points)
(A) goggles (B) cap (C) loose gloves (D) safety shoes
Answer: A, B, D
Part B: True or false
1. Gloves may be worn when turning. (F)
2. The chuck key stays in the chuck.
Part C. Fill in the blanks
1. G00 is ____ positioning.
Answer: rapid / fast
Part D. Essay
1. Describe how to set the tool offset. [10 points]
Answers:
1-2 FF
"""

WELDERS_IN_ONE = """焊工理论考试  单选题（每题 1 分）
（1）焊条电弧焊的电流种类有
A．直流 B．交流 C．以上都是
（2）氩弧焊的保护气体是
A．氩气 B．氧气 C．氮气
（3）下列哪项是焊接缺陷
A．气孔 B．焊缝 C．母材
（4）焊条烘干的目的是
A．去水分 B．去油
（5）焊接场地应远离
A．易燃物 B．工具箱
答案
1-5 CAAAA
"""

NO_HEADS = """1.下列正确的是
A.甲B.乙C.丙
2.下列属于量具的是
A 千分尺 √
B 扳手
3.车削时可以戴手套。 ×
4. 量块的精度等级共几级？
答案：5
难度：难
5. 写出一个零件的加工工艺。
1.A 2.A
"""

HALF_A_KEY = """一、单项选择题（每小题2分）
1. 甲（ ）
A. 一
B. 二
2. 乙（ A ）
A. 一
B. 二
3. 丙（ D ）
A. 一
B. 二
4. 丁（ A ）
A. 一
B. 二
答案：B
5. 戊
"""

ANSWERS_BY_SECTION = """一、选择题
1.甲 A.一 B.二
2.乙 A.一 B.二
二、判断题
1.丙
2.丁
【参考答案】
一、选择题：1.B 2.A
二、判断题：1.√ 2.×
三、简答题：1.没有这道题
"""
