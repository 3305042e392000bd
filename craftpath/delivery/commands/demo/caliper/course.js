/* Two units: six points to read, and five readings of a caliper that is drawn anew each time. */
"use strict";

(async () => {
  const main = document.querySelector("main");
  const put = (name, words, around = main) => {
    const made = document.createElement(name);
    made.textContent = words;
    around.append(made);
    return made;
  };
  let told;
  try {
    told = await unit.begin();
  } catch (fault) {
    put("p", `${fault.message}`);
    return;
  }
  const say = (zh, en) => (told.chinese ? zh : en);
  document.documentElement.lang = say("zh-CN", "en");

  const close = () => {
    const button = put("button", say("完成并返回", "Finish and go back"));
    button.addEventListener("click", unit.end, { once: true });
  };

  const care = () => {
    put("h1", say("检查与保养", "Checks and care"));
    const list = put("ul", "");
    const points = [
      ["擦净量爪，合拢后对光检查，缝隙应看不见光。", "Wipe the jaws, close them and hold them to the light: none shows between them."],
      ["合拢时游标零线应与主尺零线对齐，否则记下零位误差。", "Closed, both zeros meet; if not, note the zero error."],
      ["工件停稳、去毛刺后再量。", "Measure only what stands still and has no burr."],
      ["量爪贴紧即可，不用力夹。", "Let the jaws touch; do not clamp."],
      ["读数时视线垂直于刻线。", "Look straight at the lines when you read."],
      ["用后擦净，涂薄防锈油，两爪留缝放回盒中。", "Afterwards wipe it, oil it thinly, and put it away with a gap between the jaws."],
    ];
    points.forEach(([zh, en]) => put("li", say(zh, en), list));
    const button = put("button", say("我已读完", "I have read this"));
    button.addEventListener("click", async () => {
      button.remove();
      if (unit.counts()) await unit.say("completed", { completion: true });
      await unit.end();
    }, { once: true });
  };

  const drawn = (reading) => {
    const scale = 18; // px of a millimetre
    const whole = Math.floor(reading);
    const first = Math.max(0, whole - 2);
    const at = (mm) => 20 + (mm - first) * scale;
    let lines = `<line x1="10" y1="50" x2="620" y2="50" stroke="#1f1d1a"/>`;
    for (let mm = first; at(mm) < 620; mm += 1) {
      lines += `<line x1="${at(mm)}" y1="${mm % 5 ? 34 : 24}" x2="${at(mm)}" y2="50" stroke="#1f1d1a"/>`;
      if (mm % 5 === 0) lines += `<text x="${at(mm)}" y="18" text-anchor="middle" font-size="12">${mm}</text>`;
    }
    for (let n = 0; n <= 20; n += 1) {
      const x = at(reading) + n * 0.95 * scale;
      lines += `<line x1="${x}" y1="50" x2="${x}" y2="${n % 2 ? 62 : 70}" stroke="#b5341f"/>`;
      if (n % 2 === 0) lines += `<text x="${x}" y="84" text-anchor="middle" font-size="11" fill="#b5341f">${n / 2}</text>`;
    }
    return `<svg viewBox="0 0 630 92" role="img" aria-label="${say("游标卡尺刻线", "Lines of a caliper")}">${lines}</svg>`;
  };

  const reading = () => {
    const count = Number(told.launchParameters) || 5;
    let right = 0;
    const next = (number) => {
      main.replaceChildren();
      if (number > count) return over();
      const wanted = Math.round((3 + Math.random() * 12) * 20) / 20;
      put("p", say(`第 ${number} 题，共 ${count} 题`, `${number} of ${count}`)).className = "step";
      put("h1", say("读数是多少毫米？", "How many millimetres?"));
      main.insertAdjacentHTML("beforeend", drawn(wanted));
      const form = put("form", "");
      form.className = "answer";
      const label = put("label", `${say("读数（mm，精确到 0.05）", "Reading (mm, to 0.05)")} `, form);
      const input = put("input", "", label);
      input.inputMode = "decimal";
      input.required = true;
      put("button", say("确定", "Answer"), form);
      const said = put("p", "");
      said.className = "told";
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const good = Math.abs(Number(input.value.replace(",", ".")) - wanted) < 0.001;
        right += Number(good);
        said.textContent = good ? say("正确。", "Right.") : say(`应为 ${wanted.toFixed(2)} mm。`, `It is ${wanted.toFixed(2)} mm.`);
        form.querySelector("button").remove();
        const on = put("button", say("下一步", "Next"));
        on.addEventListener("click", () => next(number + 1), { once: true });
        on.focus();
      }, { once: true });
      input.focus();
    };
    const over = async () => {
      const scaled = Math.round((right / count) * 100) / 100;
      const good = scaled >= told.masteryScore;
      put("h1", good ? say("通过", "Passed") : say("未通过", "Not passed"));
      put("p", say(`${count} 题中答对 ${right} 题。`, `${right} of ${count} right.`));
      try {
        if (unit.counts()) {
          await unit.say(good ? "passed" : "failed", { success: good, score: { scaled, raw: right, min: 0, max: count } });
          if (good) await unit.say("completed", { completion: true });
        }
      } catch (fault) {
        put("p", say("成绩没有保存：", "The result was not kept: ") + fault.message).className = "told";
      }
      close();
    };
    next(1);
  };

  (unit.part === "care" ? care : reading)();
})();
