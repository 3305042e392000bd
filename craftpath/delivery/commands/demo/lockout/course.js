/* What both parts of the course need of SCORM 1.2: find the run-time, begin, keep, end. */
"use strict";

const course = (() => {
  let api = null;
  for (let at = window; at && !api; at = at === at.parent ? null : at.parent) {
    try { api = at.API || null; } catch { break; }
  }
  const began = Date.now();
  let open = Boolean(api) && api.LMSInitialize("") === "true";
  const get = (name) => (open ? api.LMSGetValue(name) : "");
  const set = (name, value) => open && api.LMSSetValue(name, String(value));
  const time = () => {
    const spent = Math.round((Date.now() - began) / 1000);
    const two = (count) => String(count).padStart(2, "0");
    return `${String(Math.floor(spent / 3600)).padStart(4, "0")}:${two(Math.floor(spent / 60) % 60)}:${two(spent % 60)}`;
  };
  const keep = () => { set("cmi.core.session_time", time()); if (open) api.LMSCommit(""); };
  const end = () => {
    if (!open) return;
    const done = ["completed", "passed", "failed"].includes(get("cmi.core.lesson_status"));
    set("cmi.core.exit", done ? "" : "suspend");
    set("cmi.core.session_time", time());
    api.LMSFinish("");
    open = false;
  };
  window.addEventListener("pagehide", end);
  return { get, set, keep, end };
})();
