/* The run-time of SCORM without a browser: what a part says to it, and what it hands over to be kept. It reads one line
   of JSON {how, cmi, steps} and writes one: {said, kept}. A step is the name of a call and what it is given. */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const window = {};
const around = { window, self: window, console, setTimeout, clearTimeout, setInterval, clearInterval, performance };
const context = vm.createContext(around);
vm.runInContext(readFileSync(process.argv[2], "utf8"), context);

const asked = vm.runInContext("(text) => JSON.parse(text)", context)(readFileSync(0, "utf8")); // objects of its own world
const kept = [];
const old = asked.how === "scorm12";
const api = new window[old ? "Scorm12API" : "Scorm2004API"]({
  autocommit: false,
  lmsCommitUrl: "site",
  alwaysSendTotalTime: true,
  renderCommonCommitFields: true,
  mastery_override: true,
  logLevel: 5,
  httpService: {
    updateSettings() {},
    processHttpRequest(_url, object, _now, _log, _listeners, about) {
      const data = JSON.parse(JSON.stringify({ cmi: object.runtimeData.cmi }));
      kept.push({ data, seconds: object.totalTimeSeconds || 0, final: Boolean(about?.isTerminateCommit) });
      return { result: "true", errorCode: 0 };
    },
  },
});
api.loadFromJSON(asked.cmi, "cmi");
const call = (name, ...given) => String(api[(old ? "LMS" : "") + name](...given));
const said = asked.steps.map(([name, ...given]) => [call(name, ...given), call("GetLastError")]);
process.stdout.write(JSON.stringify({ said, kept }), () => process.exit(0));
